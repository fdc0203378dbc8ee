//! The screens of the service: what people see, the server functions behind it, and the traits that the server
//! implements. Depends on `domain`; knows nothing of SQL, HTTP listeners or certificates' bytes.

// The views' types are deep.
#![recursion_limit = "512"]

pub mod browser;
pub mod error;
pub mod parts;
pub mod routes;
pub mod screens;
pub mod services;
mod shell;

pub use shell::App;
#[cfg(feature = "ssr")]
pub use shell::{Assets, document};

/// Called by the page's script when the Wasm has arrived, before it brings each island to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}

/// Called when every island works.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn page_ready() {
    browser::start_page();
}
