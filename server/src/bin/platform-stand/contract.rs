//! The contract's paths, answered by the registry.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Form, Json, Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::care::{Day, FourItems, InsuredNumber, InsurerNumber, Item, Sex};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use server::platform::{
    CardFace, Found, Person, PersonId, Platform, PlatformError, TerminalAccount, TerminalVerdict,
    registry::EmbeddedRegistry,
};
use subtle::ConstantTimeEq;

use crate::{
    fhir,
    orders::{self, Orders},
};

/// What all paths share.
pub(crate) struct Stand {
    registry: EmbeddedRegistry,
    token: String,
    /// What tests told it to do.
    pub(crate) orders: Orders,
    /// Requests under the contract so far.
    pub(crate) requests: AtomicU64,
}

impl Stand {
    pub(crate) fn new(registry: EmbeddedRegistry, token: String) -> Self {
        Self { registry, token, orders: Orders::default(), requests: AtomicU64::new(0) }
    }
}

type Shared = State<Arc<Stand>>;
type Fields = Form<Vec<(String, String)>>;

/// Why a request is not answered as it asks.
pub(crate) struct Refusal(StatusCode);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let issue = json!([{ "severity": "error", "code": "processing" }]);
        let outcome = json!({ "resourceType": "OperationOutcome", "issue": issue });
        (self.0, [(header::CONTENT_TYPE, fhir::MEDIA)], outcome.to_string()).into_response()
    }
}

impl From<PlatformError> for Refusal {
    fn from(_: PlatformError) -> Self {
        Self(StatusCode::SERVICE_UNAVAILABLE)
    }
}

const BAD: Refusal = Refusal(StatusCode::BAD_REQUEST);

pub(crate) fn router(stand: Arc<Stand>) -> Router {
    let contract = Router::new()
        .route("/metadata", get(metadata))
        .route("/Patient/_search", post(search))
        .route("/CoverageEligibilityRequest/$submit", post(eligibility))
        .route("/care-items/_query", post(care_item))
        .route("/terminal-accounts/_verify", post(terminal))
        .layer(middleware::from_fn_with_state(Arc::clone(&stand), orders::obey))
        .layer(middleware::from_fn_with_state(Arc::clone(&stand), count));
    Router::new()
        .nest("/r4", contract)
        .merge(orders::router())
        .layer(middleware::from_fn_with_state(Arc::clone(&stand), authorise))
        .with_state(stand)
}

async fn authorise(State(stand): Shared, request: Request, next: Next) -> Response {
    let shown = request.headers().get(header::AUTHORIZATION).map_or(&b""[..], |value| value.as_bytes());
    let expected = format!("Bearer {}", stand.token);
    if bool::from(shown.ct_eq(expected.as_bytes())) {
        next.run(request).await
    } else {
        Refusal(StatusCode::UNAUTHORIZED).into_response()
    }
}

async fn count(State(stand): Shared, request: Request, next: Next) -> Response {
    stand.requests.fetch_add(1, Ordering::SeqCst);
    next.run(request).await
}

/// A resource with its media type.
fn resource(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, fhir::MEDIA)], value.to_string()).into_response()
}

async fn metadata() -> Response {
    resource(&json!({
        "resourceType": "CapabilityStatement", "status": "active", "date": "2025-02-07", "kind": "instance",
        "fhirVersion": "4.0.1", "format": ["json"],
    }))
}

/// Of a search by POST: exactly the combinations that the contract names.
async fn search(State(stand): Shared, Form(fields): Fields) -> Result<Response, Refusal> {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if let Some(id) = field("_id") {
        let person = stand.registry.person(&PersonId(id.to_owned())).await?;
        return Ok(resource(&fhir::searchset(person.as_ref(), None)));
    }
    let born_on = field("birthdate").and_then(Day::parse);
    let sex = field("gender").and_then(Sex::from_code);
    let identifier = field("identifier").and_then(|token| token.split_once('|'));
    let (found, certificate) = match (identifier, field("name"), born_on.zip(sex)) {
        (Some((fhir::CERTIFICATE, serial)), None, None) => {
            (stand.registry.find_by_certificate(serial).await?, Some(serial))
        }
        (Some((fhir::INSURED, number)), None, Some((born_on, sex))) => {
            let insurer = field("insurer").and_then(|token| token.split_once('|')).map(|(_, number)| number);
            let insurer = insurer.and_then(|number| InsurerNumber::parse(number).ok()).ok_or(BAD)?;
            let insured = InsuredNumber::parse(number).map_err(|_| BAD)?;
            (stand.registry.find_by_four_items(&FourItems { insurer, insured, born_on, sex }).await?, None)
        }
        (None, Some(name), Some((born_on, sex))) => {
            let face = CardFace { name: name.to_owned(), born_on, sex };
            (stand.registry.find_by_card_face(&face).await?, None)
        }
        _ => return Err(BAD),
    };
    Ok(resource(&match found {
        Found::One(person) => fhir::searchset(Some(&person), certificate),
        Found::Nobody => fhir::searchset(None, None),
        Found::Several => fhir::several(),
        Found::InsurerNotJoined => fhir::not_joined(),
    }))
}

async fn eligibility(State(stand): Shared, body: String) -> Result<Response, Refusal> {
    let question: Value = serde_json::from_str(&body).map_err(|_| BAD)?;
    let text = |pointer: &str| question.pointer(pointer).and_then(Value::as_str).ok_or(BAD);
    if text("/resourceType")? != "CoverageEligibilityRequest" {
        return Err(BAD);
    }
    let id = PersonId(text("/patient/reference")?.strip_prefix("Patient/").ok_or(BAD)?.to_owned());
    let item = Item::from_code(text("/item/0/category/coding/0/code")?).ok_or(BAD)?;
    let person: Option<Person> = stand.registry.person(&id).await?;
    let content = stand.registry.item(&id, item).await?;
    Ok(resource(&fhir::eligibility(&question, person.as_ref(), content.as_ref())))
}

#[derive(Deserialize)]
struct CareItemQuestion {
    person: String,
    item: Item,
}

async fn care_item(State(stand): Shared, Json(question): Json<CareItemQuestion>) -> Result<Json<Value>, Refusal> {
    let CareItemQuestion { person, item } = question;
    let content = stand.registry.item(&PersonId(person.clone()), item).await?;
    Ok(Json(json!({ "person": person, "item": item, "content": content })))
}

#[derive(Deserialize)]
struct TerminalQuestion {
    user_id: String,
    password: SecretString,
    terminal_id: String,
}

async fn terminal(State(stand): Shared, Json(question): Json<TerminalQuestion>) -> Result<Json<Value>, Refusal> {
    let TerminalQuestion { user_id, password, terminal_id } = question;
    let account = TerminalAccount { user_id: &user_id, password: &password, terminal_id: &terminal_id };
    let verdict = match stand.registry.verify_terminal(account).await? {
        TerminalVerdict::Accepted => "accepted",
        TerminalVerdict::WrongCredentials => "wrong_credentials",
        TerminalVerdict::OtherTerminal => "other_terminal",
    };
    Ok(Json(json!({ "verdict": verdict })))
}
