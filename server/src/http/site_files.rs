//! The built browser files: found through their manifest, served with their precompressed copies, cached for ever.

use std::path::{Path, PathBuf};

use app::Assets;
use axum::{Router, http::HeaderValue};
use http::{Response, header::CACHE_CONTROL};
use serde::Deserialize;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// Folder of the built browser files.
#[derive(Clone, Debug)]
pub struct SiteFiles {
    dir: PathBuf,
}

/// The built browser files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteFilesError {
    /// Not built, or not readable.
    #[error("{path}: {source}; build the browser files first (`make site`)")]
    Unreadable {
        /// The manifest.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Built by something else.
    #[error("{path} is not a manifest of browser files: {source}")]
    Malformed {
        /// The manifest.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
}

/// The files beside `/pkg`.
const NAMED: [&str; 7] = [
    "/preferences.js",
    "/favicon.svg",
    "/robots.txt",
    "/manifest.webmanifest",
    "/icon-180.png",
    "/icon-192.png",
    "/icon-512.png",
];

#[derive(Deserialize)]
struct Manifest {
    css: String,
    script: String,
    wasm: String,
}

impl SiteFiles {
    /// Reads `manifest.json` in `dir`. Errors: [`SiteFilesError`].
    pub fn open(dir: &Path) -> Result<(Self, Assets), SiteFilesError> {
        let path = dir.join("manifest.json");
        let text = std::fs::read_to_string(&path)
            .map_err(|source| SiteFilesError::Unreadable { path: path.clone(), source })?;
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|source| SiteFilesError::Malformed { path, source })?;
        let assets = Assets { css: manifest.css, script: manifest.script, wasm: manifest.wasm };
        Ok((Self { dir: dir.to_owned() }, assets))
    }

    /// Files with names of their own, which browsers ask for again after an hour.
    pub(super) fn named<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let hour = kept("public, max-age=3600");
        NAMED
            .into_iter()
            .fold(Router::new(), |router, name| router.route_service(name, ServeFile::new(self.dir.join(&name[1..]))))
            // The manual's pictures.
            .nest_service("/manual", ServeDir::new(self.dir.join("manual")))
            .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, hour))
    }

    /// Everything under `/pkg`: names carry a hash of their contents, so browsers may keep them.
    pub(super) fn service(&self) -> Router {
        let files = ServeDir::new(self.dir.join("pkg")).precompressed_br().precompressed_gzip();
        let forever = kept("public, max-age=31536000, immutable");
        Router::new().fallback_service(files).layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, forever))
    }
}

/// How long browsers keep a file. Not a missing one: on the next server, or after the next build, it may be there.
fn kept<B>(rule: &'static str) -> impl Fn(&Response<B>) -> Option<HeaderValue> + Clone {
    move |answer| (!answer.status().is_client_error()).then(|| HeaderValue::from_static(rule))
}
