//! What the card signs: a challenge bound to the page's origin, as in Web eID.
//!
//! ```text
//! message = H(origin, UTF-8) ‖ H(nonce, 32 raw bytes)      H = SHA-256 today, SHA-384 for P-384 cards
//! card signs H(message)
//! ```
//! reader-bridge takes the origin from the connection's `Origin` header, never from the page's words, and signs nothing
//! that a page chose. The server builds the same message from its own origin and the nonce it issued, so a signature
//! obtained by another site is worthless here.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384};

use crate::{bytes::Nonce, secret::Malformed};

/// How a signature in a reading was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: today's cards (RSA-2048).
    RsaSha256,
    /// ECDSA over P-384 with SHA-384: the next generation of cards.
    EcdsaP384Sha384,
    /// ECDSA over P-256 with SHA-256: terminal keys.
    EcdsaP256Sha256,
}

impl SignatureAlgorithm {
    fn hash(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::RsaSha256 | Self::EcdsaP256Sha256 => Sha256::digest(bytes).to_vec(),
            Self::EcdsaP384Sha384 => Sha384::digest(bytes).to_vec(),
        }
    }
}

/// A page's origin exactly as browsers send it: `https://host` or `http://host:port`, small letters, no path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// The text that was parsed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Origin {
    type Err = Malformed;

    /// Refuses `null`, other schemes, user names, paths, default ports and capital letters: a browser sends none of
    /// these, and an allowlist compares letter by letter.
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let (scheme, authority) = text.split_once("://").ok_or(Malformed)?;
        let default_port = match scheme {
            "https" => "443",
            "http" => "80",
            _ => return Err(Malformed),
        };
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port_fits = port
            .is_none_or(|port| port != default_port && !port.starts_with(['0', '+']) && port.parse::<u16>().is_ok());
        (text.len() <= 300 && is_host(host) && port_fits).then(|| Self(text.to_owned())).ok_or(Malformed)
    }
}

/// A name, an IPv4 address or a bracketed IPv6 address, by its characters; whether it resolves is not our question.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok_and(|parsed| parsed.to_string() == address);
    }
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'_');
    !host.is_empty() && !host.starts_with('.') && host.bytes().all(plain)
}

/// The message whose hash the card signs; what a verifier that hashes by itself is given.
pub fn message(origin: &Origin, nonce: &Nonce, algorithm: SignatureAlgorithm) -> Vec<u8> {
    [algorithm.hash(origin.0.as_bytes()), algorithm.hash(&nonce.0)].concat()
}

/// The hash that goes to the card: 32 bytes for SHA-256, 48 for SHA-384.
pub fn digest(origin: &Origin, nonce: &Nonce, algorithm: SignatureAlgorithm) -> Vec<u8> {
    algorithm.hash(&message(origin, nonce, algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hexadecimal(bytes: &[u8]) -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    }

    /// Computed independently with Python's hashlib.
    #[test]
    fn the_construction_is_fixed() {
        let origin = "https://care.example.jp".parse().unwrap();
        let nonce = Nonce(std::array::from_fn(|index| u8::try_from(index).unwrap()));
        assert_eq!(
            hexadecimal(&message(&origin, &nonce, SignatureAlgorithm::RsaSha256)),
            "7aee2df24f769a4dca91bd9d3961c0481176d93217e8e5489d2336ab7c2e3111\
             630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
        );
        assert_eq!(
            hexadecimal(&digest(&origin, &nonce, SignatureAlgorithm::RsaSha256)),
            "8129bad6204ecc831806dfa2697c46e38d4c70a065c21ab5138c26343fa4abae"
        );
        assert_eq!(
            hexadecimal(&digest(&origin, &nonce, SignatureAlgorithm::EcdsaP384Sha384)),
            "1acadd267361d8bada2d4195b1fc9e84d0bb30055d45f5dbaa9e37726a36d4367d5cd223166abd7fa13c1728c3581909"
        );
    }

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for good in ["https://care.example.jp", "http://127.0.0.1:8080", "http://[::1]:3000", "https://a.b:8443"] {
            assert_eq!(good.parse::<Origin>().unwrap().as_str(), good);
        }
        let bad = "null|https://|https://a/|HTTPS://a|https://A|https://a:443|http://a:80|https://u@a|file://a|a|https://a:|\
                   https://a:+1|https://a:08|https://a:99999|https://[::1|https://[0:0:0:0:0:0:0:1]|https://日本.jp|https://a b";
        for text in bad.split('|') {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
