//! From a TCP connection to a WebSocket of a page whose origin is known.
//!
//! `Host` must be this very address: a name that an attacker's DNS points here (rebinding) shows in it. `Origin` is what
//! the browser vouches for; a page cannot set it, and what is no browser has no business here.

use protocol::{challenge::Origin, frame::MAX_REQUEST_BYTES};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async_with_config,
    tungstenite::{
        handshake::server::{ErrorResponse, Request, Response},
        http::{HeaderMap, StatusCode, header},
        protocol::WebSocketConfig,
    },
};

use crate::bridge::{Bridge, Doors};

/// A connection's buffers; requests are small and connections idle most of the time.
const BUFFER: usize = 4 * 1024;

/// `None`: refused, and told so.
pub(super) async fn perform(
    stream: TcpStream,
    port: u16,
    bridge: &Bridge,
) -> Option<(WebSocketStream<TcpStream>, Origin)> {
    let mut origin = None;
    #[expect(clippy::result_large_err, reason = "the library's signature")]
    let judge = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        match admit(request, port, bridge) {
            Ok(admitted) => {
                origin = Some(admitted);
                Ok(response)
            }
            Err(refusal) => Err(refusal.response()),
        }
    };
    let socket = accept_hdr_async_with_config(stream, judge, Some(configuration())).await.ok()?;
    Some((socket, origin?))
}

fn configuration() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(MAX_REQUEST_BYTES))
        .max_frame_size(Some(MAX_REQUEST_BYTES))
}

/// Why no WebSocket comes about. The body is for whoever looks at the browser's console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Path,
    Host,
    Origin,
}

impl Refusal {
    fn response(self) -> ErrorResponse {
        tracing::info!(refusal = ?self, "a connection was refused");
        let (status, body) = match self {
            Self::Path => (StatusCode::NOT_FOUND, "reader-bridge: no such path"),
            Self::Host => (StatusCode::MISDIRECTED_REQUEST, "reader-bridge: connect to 127.0.0.1, [::1] or localhost"),
            Self::Origin => (StatusCode::FORBIDDEN, "reader-bridge: this origin is not allowed"),
        };
        let mut response = ErrorResponse::new(Some(body.to_owned()));
        *response.status_mut() = status;
        response
    }
}

fn admit(request: &Request, port: u16, bridge: &Bridge) -> Result<Origin, Refusal> {
    let headers = request.headers();
    if !is_this_host(headers, port) {
        return Err(Refusal::Host);
    }
    let origin: Origin = only(headers, header::ORIGIN).and_then(|text| text.parse().ok()).ok_or(Refusal::Origin)?;
    let admitted = match &bridge.doors {
        Doors::Closed(_) => bridge.is_paired(&origin),
        Doors::Pairing(_) => is_trustworthy(&origin),
    };
    match (admitted, request.uri().path()) {
        (false, _) => Err(Refusal::Origin),
        (true, "/") => Ok(origin),
        (true, _) => Err(Refusal::Path),
    }
}

fn is_this_host(headers: &HeaderMap, port: u16) -> bool {
    let names = ["127.0.0.1", "[::1]", "localhost"];
    only(headers, header::HOST).is_some_and(|host| names.iter().any(|name| host == format!("{name}:{port}")))
}

/// The header's value, if there is exactly one.
fn only(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())?.to_str().ok()
}

/// A page that somebody on the network could have changed on its way cannot be allowed by a person's yes.
fn is_trustworthy(origin: &Origin) -> bool {
    let Some(authority) = origin.as_str().strip_prefix("http://") else { return true };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    };
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_trusted_on_this_computer_only() {
        let trusted = |origin: &str| is_trustworthy(&origin.parse().unwrap());
        assert!(trusted("https://care.example.jp") && trusted("http://localhost:8080") && trusted("http://[::1]:8080"));
        assert!(!trusted("http://care.example.jp") && !trusted("http://localhost.example.jp:8080"));
    }

    #[test]
    fn the_host_is_this_address_to_the_letter() {
        let fits = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            is_this_host(&headers, 27_443)
        };
        assert!(fits("127.0.0.1:27443") && fits("[::1]:27443") && fits("localhost:27443"));
        for host in
            ["127.0.0.1", "127.0.0.1:80", "evil.example:27443", "127.0.0.1:27443.evil.example", "127.0.0.2:27443"]
        {
            assert!(!fits(host), "{host}");
        }
        assert!(!is_this_host(&HeaderMap::new(), 27_443));
    }
}
