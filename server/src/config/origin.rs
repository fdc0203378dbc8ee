//! Under which address browsers reach a listener.

use std::fmt;

use url::Url;

/// Scheme, host and port, such as `https://care.example.jp` or `https://localhost:8443`; what browsers send as `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    host: String,
}

/// Not an `https` address, or more than scheme, host and port.
#[derive(Debug, thiserror::Error)]
#[error("not an https address without a path")]
pub struct InvalidOrigin;

impl Origin {
    /// Takes `https://host` or `https://host:port`. Errors: [`InvalidOrigin`].
    pub fn https(text: &str) -> Result<Self, InvalidOrigin> {
        let url = Url::parse(text).map_err(|_| InvalidOrigin)?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        match url.host_str() {
            Some(host) if bare && url.scheme() == "https" => {
                Ok(Self { text: url.origin().ascii_serialization(), host: host.to_owned() })
            }
            _ => Err(InvalidOrigin),
        }
    }

    /// `http://localhost:port`, for the demo's door. Not an IP address: passkeys need a name.
    pub fn plain_localhost(port: u16) -> Self {
        Self { text: format!("http://localhost:{port}"), host: "localhost".to_owned() }
    }

    /// As browsers write it: no final slash, no default port.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host alone.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
