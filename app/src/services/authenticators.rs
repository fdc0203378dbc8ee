//! Authenticator apps (TOTP, RFC 6238) and recovery codes: further ways to the code at the sign-in.

use serde::{Deserialize, Serialize};

/// What an app needs to be set up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticatorSetup {
    /// The secret in base32, in groups of four, to be typed.
    pub secret: String,
    /// The same and its name as an `otpauth:` address, for an app on this very device.
    pub address: String,
    /// The address as a QR code.
    pub picture: QrPicture,
}

impl std::fmt::Debug for AuthenticatorSetup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthenticatorSetup(…)")
    }
}

/// A QR code to draw.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrPicture {
    /// Modules on each side, the quiet zone included.
    pub size: usize,
    /// The dark ones as an SVG path.
    pub path: String,
}

#[cfg(feature = "ssr")]
pub use server_side::Authenticators;

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;

    use super::AuthenticatorSetup;
    use crate::{
        error::ApiError,
        services::{OwnCredentials, RequestInfo},
    };

    /// The authenticator app and the recovery codes of one's own account. Every change writes its audit row and tells the
    /// owner, in one transaction.
    #[async_trait]
    pub trait Authenticators: Send + Sync {
        /// The secret for an app that is not registered yet; a reload shows the same. Errors: `Conflict` (an app is
        /// registered).
        async fn setup(&self, own: &OwnCredentials) -> Result<AuthenticatorSetup, ApiError>;

        /// Registers the app by its first code; answers new recovery codes, which are shown once.
        ///
        /// Errors: `Invalid`, `Conflict`, `Locked`.
        async fn register(
            &self,
            request: &RequestInfo,
            own: &OwnCredentials,
            code: &str,
        ) -> Result<Vec<String>, ApiError>;

        /// New recovery codes in the place of all earlier ones. Errors: `NotFound` (no app is registered).
        async fn renew_codes(&self, request: &RequestInfo, own: &OwnCredentials) -> Result<Vec<String>, ApiError>;

        /// Forgets app and recovery codes. Errors: `NotFound`.
        async fn remove(&self, request: &RequestInfo, own: &OwnCredentials) -> Result<(), ApiError>;
    }
}
