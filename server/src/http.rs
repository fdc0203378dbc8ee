//! The http layer: doors, headers, cookies, the Origin check, and the way into pages and server functions.

pub(crate) mod cookies;
mod downloads;
mod files;
mod functions;
mod guard;
mod headers;
mod health;
mod pages;
mod site_files;
pub mod tls;

use std::{path::PathBuf, sync::Arc};

use app::{
    Assets,
    routes::Download,
    services::{Door, Services},
};
use axum::{
    Extension, Router, middleware,
    routing::{get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{
    certificates::ClientCaStore,
    clock::{Ambient, SystemClock},
    demo::pki::DemoPki,
    services::Core,
};

pub use site_files::{SiteFiles, SiteFilesError};

/// Everything that the http layer needs, shared by all doors.
#[derive(Clone)]
pub struct Site {
    /// The services, for pages and server functions.
    pub services: Services,
    /// Database, keys, time: for readiness, cookies and request identifiers.
    pub core: Core,
    /// The CA of the client certificates.
    pub client_ca: Arc<ClientCaStore>,
    /// Names of the built browser files.
    pub assets: Assets,
    /// Folder of the built browser files.
    pub files: SiteFiles,
    /// Origin of the public listener.
    pub public_origin: String,
    /// Origin of the sign-in listener.
    pub sign_in_origin: String,
    /// The help desk's phone number.
    pub support_phone: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// While this file exists, pages and server functions answer Z-6; `/livez` and `/readyz` go on.
    pub maintenance_file: Option<PathBuf>,
    /// Port of reader-bridge on people's own computers.
    pub reader_port: u16,
    /// Set on a demo server only.
    pub demo: Option<Demo>,
}

/// What only a demo server has.
#[derive(Clone)]
pub struct Demo {
    /// Its certificates, for the choice page of the plain-HTTP door.
    pub pki: DemoPki,
    /// The clock that `/demo/clock` moves.
    pub clock: Arc<SystemClock>,
    /// Where its mails can be read.
    pub mailbox: String,
    /// Origin of the plain-HTTP door.
    pub origin: String,
}

impl Site {
    /// Whether an operator has closed the service for maintenance.
    fn under_maintenance(&self) -> bool {
        self.maintenance_file.as_ref().is_some_and(|file| file.exists())
    }

    fn ambient(&self) -> &Ambient {
        &self.core.ambient
    }

    /// The origin that a browser shows for pages of `door`.
    fn origin(&self, door: Door) -> &str {
        match door {
            Door::Public => &self.public_origin,
            Door::SignIn => &self.sign_in_origin,
            Door::Demo => self.demo.as_ref().map_or("", |demo| demo.origin.as_str()),
        }
    }
}

/// Longest time for one request.
const REQUEST_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);

/// The routes of one door. To be called inside a Tokio runtime.
pub fn router(site: Arc<Site>, door: Door) -> Router {
    // Leptos runs the parts of a page as tasks; a second call changes nothing, and says so.
    let _ = any_spawner::Executor::init_tokio();
    let dynamic = Router::new()
        .route("/api/{*function}", axum::routing::any(functions::call))
        .route(Download::Records.path(), post(downloads::records))
        .route(Download::EmergencyUses.path(), post(downloads::emergency_uses))
        .fallback(pages::show)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard::admit))
        .layer(CompressionLayer::new());
    let demo = match (&site.demo, door) {
        (Some(_), Door::Demo) => crate::demo::door::router(),
        _ => Router::new(),
    };
    Router::new()
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .nest_service("/pkg", site.files.service())
        .merge(site.files.named())
        .merge(demo)
        .merge(dynamic)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), headers::secure))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        .layer(CatchPanicLayer::custom(headers::after_panic))
        .layer(Extension(door))
        .with_state(site)
}
