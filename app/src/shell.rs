//! The document around every screen, and the table of routes.

use leptos::prelude::*;

/// Names of the hashed files that the page loads.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct Assets {
    /// `/pkg/app.….css`.
    pub css: String,
    /// `/pkg/app.….js`.
    pub script: String,
    /// `/pkg/app.….wasm`.
    pub wasm: String,
}

/// The whole document.
#[cfg(feature = "ssr")]
pub fn document(assets: &Assets) -> impl IntoView + use<> {
    let _ = assets;
    view! { <!DOCTYPE html> <html lang="ja"><body><App/></body></html> }
}

/// The site.
#[component]
pub fn App() -> impl IntoView {
    view! { <main></main> }
}
