//! The HTML document: head, scripts, content security policy.

use http::{HeaderValue, header::CONTENT_SECURITY_POLICY};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use super::App;
use crate::{routes::Route, screens::screen::page_info};

/// Names of the hashed files that the page loads.
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
pub fn document(assets: &Assets) -> impl IntoView + use<> {
    let nonce = use_nonce();
    if let (Some(nonce), Some(response)) = (&nonce, use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&policy(nonce, reader_port()))
    {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
    let start = format!("import {{ start }} from '{}'; start('{}');", assets.script, assets.wasm);
    let Assets { css, script, wasm } = assets.clone();
    view! {
        <!DOCTYPE html>
        <html lang="ja">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <script src="/preferences.js"></script>
                <link rel="stylesheet" href=css/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="apple-touch-icon" href="/icon-180.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                // The header's surface, light and dark (style/tokens/color.css).
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1a1a1a"/>
                <link rel="modulepreload" href=script/>
                <link rel="preload" r#as="fetch" r#type="application/wasm" crossorigin="anonymous" href=wasm/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <script type="module" nonce=nonce>{start}</script>
            </body>
        </html>
    }
}

/// The port of reader-bridge, on pages that speak with it.
fn reader_port() -> Option<u16> {
    let page = page_info();
    let screen = Route::parse(&page.address).and_then(|route| route.screen());
    screen.is_some_and(crate::screens::ScreenId::uses_reader).then_some(page.reader_port)
}

/// Only our own files and the scripts that carry this page's nonce; no inline styles, no frames, forms to ourselves.
/// Where a card is read, reader-bridge on this very computer as well.
fn policy(nonce: &leptos::nonce::Nonce, reader_port: Option<u16>) -> String {
    let reader = reader_port.map(|port| format!(" ws://127.0.0.1:{port}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'{reader}; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
}
