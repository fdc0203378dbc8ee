//! Passkeys: the browser's `navigator.credentials`, with options and answers as JSON text.
//!
//! Called by name: typed bindings of `WebAuthn` would add much Wasm for two calls, and the JSON forms are the browser's own.

use std::cell::RefCell;

use js_sys::{Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{PasskeyRefusal, PasskeyRequest};

thread_local! {
    /// Takes back the request that waits for an answer: a browser takes one at a time.
    static WAITING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

fn class() -> Option<JsValue> {
    let window = web_sys::window()?;
    let class = Reflect::get(&window, &"PublicKeyCredential".into()).ok()?;
    class.is_function().then_some(class)
}

fn function(owner: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(owner, &name.into())?.dyn_into()
}

/// Whether this browser knows passkeys and their JSON forms.
pub fn passkeys_work() -> bool {
    class().is_some_and(|class| {
        ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"]
            .iter()
            .all(|name| function(&class, name).is_ok())
    })
}

/// Whether this browser can offer passkeys in a field.
pub fn autofills_passkeys(then: impl Fn(bool) + 'static) {
    let asked = class().filter(|_| passkeys_work()).and_then(|class| {
        function(&class, "isConditionalMediationAvailable").ok()?.call0(&class).ok()?.dyn_into::<Promise>().ok()
    });
    let Some(asked) = asked else { return then(false) };
    leptos::task::spawn_local(async move { then(JsFuture::from(asked).await.is_ok_and(|able| able.is_truthy())) });
}

/// Has a passkey answer `options`; `then` gets the answer as JSON text. Takes the place of a request that still waits;
/// but an offer in a field never that of one that somebody asked for by button while the page prepared the offer.
pub fn ask_for_passkey(
    options: &str,
    request: PasskeyRequest,
    then: impl Fn(Result<String, PasskeyRefusal>) + 'static,
) {
    let asked_before = WAITING.with_borrow(Option::is_some);
    if request == PasskeyRequest::Autofill && asked_before {
        return;
    }
    let Ok(controller) = AbortController::new() else { return then(Err(PasskeyRefusal::Failed)) };
    let options = options.to_owned();
    if let Some(earlier) = WAITING.replace(Some(controller.clone())) {
        earlier.abort();
    }
    leptos::task::spawn_local(async move {
        let answered = ask(&options, request, &controller).await;
        then(answered.map_err(|error| refusal(&error)));
    });
}

async fn ask(options: &str, request: PasskeyRequest, controller: &AbortController) -> Result<String, JsValue> {
    let (parse, method) = match request {
        PasskeyRequest::Create => ("parseCreationOptionsFromJSON", "create"),
        PasskeyRequest::Choose | PasskeyRequest::Autofill => ("parseRequestOptionsFromJSON", "get"),
    };
    let class = class().ok_or(JsValue::UNDEFINED)?;
    let public_key = function(&class, parse)?.call1(&class, &JSON::parse(options)?)?;
    let asked = Object::new();
    Reflect::set(&asked, &"publicKey".into(), &public_key)?;
    Reflect::set(&asked, &"signal".into(), &controller.signal())?;
    if request == PasskeyRequest::Autofill {
        Reflect::set(&asked, &"mediation".into(), &"conditional".into())?;
    }
    let credentials = Reflect::get(&leptos::prelude::window().navigator(), &"credentials".into())?;
    let promise: Promise = function(&credentials, method)?.call1(&credentials, &asked)?.dyn_into()?;
    // `JSON.stringify` calls the credential's own `toJSON`.
    Ok(JSON::stringify(&JsFuture::from(promise).await?)?.into())
}

fn refusal(error: &JsValue) -> PasskeyRefusal {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" => PasskeyRefusal::Cancelled,
        "InvalidStateError" => PasskeyRefusal::AlreadyThere,
        "AbortError" => PasskeyRefusal::Replaced,
        _ => PasskeyRefusal::Failed,
    }
}
