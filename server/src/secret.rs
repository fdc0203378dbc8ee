//! Secrets at rest: tokens and codes as keyed hashes, readable-later data sealed with a key from the environment.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};

use crate::clock::Ambient;

/// A random secret for a cookie or a link: 256 bits, URL-safe.
pub fn token(ambient: &Ambient) -> String {
    URL_SAFE_NO_PAD.encode(ambient.bytes::<32>())
}

/// What is stored of a token. Tokens have full entropy, so a plain hash suffices.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// SHA-256, lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Two lower-case digits a byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    digits.map(char::from).collect()
}

/// The server's keys, derived from one master key (32 bytes) that comes from the environment or a file.
pub struct Keys {
    code: SecretBox<[u8; 32]>,
    seal: SecretBox<[u8; 32]>,
    cookie: SecretBox<[u8; 32]>,
    /// Names the master key, for columns that outlive it.
    id: String,
    /// Those of the master key before the present one.
    previous: Option<Previous>,
}

/// What is still done with an earlier master key: opening what it sealed, recognising codes that it hashed.
struct Previous {
    code: SecretBox<[u8; 32]>,
    seal: SecretBox<[u8; 32]>,
    id: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Sealed bytes could not be opened: another key, or they were changed.
#[derive(Debug, thiserror::Error)]
#[error("sealed data cannot be opened with this key")]
pub struct CannotOpen;

/// What the sealing key is derived for.
const SEALED: &[u8] = b"sealed columns";

/// What the key of hashed codes is derived for.
const CODES: &[u8] = b"one-time codes";

type HmacSha256 = Hmac<Sha256>;

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <HmacSha256 as hmac::KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// One key per purpose, so that none can stand in for another.
fn derive(master: &[u8; 32], purpose: &[u8]) -> SecretBox<[u8; 32]> {
    SecretBox::new(Box::new(mac(master, &[purpose])))
}

fn name(master: &[u8; 32]) -> String {
    hexadecimal(&mac(master, &[b"name of the sealing key"])[..8])
}

impl Keys {
    /// Derives the keys.
    pub fn from_master(master: &[u8; 32]) -> Self {
        Self {
            code: derive(master, CODES),
            seal: derive(master, SEALED),
            cookie: derive(master, b"cookies"),
            id: name(master),
            previous: None,
        }
    }

    /// The same while the master key is being changed: what was sealed with the `previous` one can still be opened, and
    /// what it hashed be recognised.
    #[must_use]
    pub fn with_previous(self, previous: &[u8; 32]) -> Self {
        let previous = Previous { code: derive(previous, CODES), seal: derive(previous, SEALED), id: name(previous) };
        Self { previous: Some(previous), ..self }
    }

    /// Names the master key behind [`Self::seal`] and [`Self::code_hash`]. Stored beside what is kept for long, it tells
    /// what to seal anew, and which codes are still good.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the master key before, while it is being changed.
    pub fn previous_id(&self) -> Option<&str> {
        self.previous.as_ref().map(|previous| previous.id.as_str())
    }

    /// What is stored of a low-entropy code: a hash keyed with the server's key and bound to where it may be used.
    pub fn code_hash(&self, bound_to: &[u8], code: &str) -> Vec<u8> {
        mac(self.code.expose_secret(), &[bound_to, code.as_bytes()]).to_vec()
    }

    /// The same hash with the key before, while keys are being changed: for codes that live longer than a sign-in.
    pub fn previous_code_hash(&self, bound_to: &[u8], code: &str) -> Option<Vec<u8>> {
        let previous = self.previous.as_ref()?;
        Some(mac(previous.code.expose_secret(), &[bound_to, code.as_bytes()]).to_vec())
    }

    /// Encrypts `plain` for a column; `context` (table and row) must be given again to open it.
    pub fn seal(&self, ambient: &Ambient, context: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; 24] = ambient.bytes();
        let cipher = XChaCha20Poly1305::new(self.seal.expose_secret().into());
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context })
            .unwrap_or_else(|_| unreachable!("the input is far below the cipher's limit"));
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Self::seal`] made. Errors: [`CannotOpen`].
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (nonce, body) = sealed.split_first_chunk::<24>().ok_or(CannotOpen)?;
        let open = |key: &SecretBox<[u8; 32]>| {
            let cipher = XChaCha20Poly1305::new(key.expose_secret().into());
            cipher.decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: context }).ok()
        };
        open(&self.seal).or_else(|| self.previous.as_ref().and_then(|previous| open(&previous.seal))).ok_or(CannotOpen)
    }

    /// Key material for encrypted cookies (64 bytes).
    pub fn cookie_key(&self) -> [u8; 64] {
        let mut key = [0; 64];
        let (left, right) = key.split_at_mut(32);
        left.copy_from_slice(&mac(self.cookie.expose_secret(), &[b"signing"]));
        right.copy_from_slice(&mac(self.cookie.expose_secret(), &[b"encryption"]));
        key
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::{SystemClock, SystemEntropy};

    fn system() -> Ambient {
        Ambient { clock: Arc::new(SystemClock::default()), entropy: Arc::new(SystemEntropy) }
    }

    #[test]
    fn sealed_data_opens_only_with_its_key_and_context() {
        let keys = Keys::from_master(&[1; 32]);
        let sealed = keys.seal(&system(), b"outbox/1", "851025".as_bytes());
        assert_eq!(keys.open(b"outbox/1", &sealed).unwrap(), b"851025");
        assert!(keys.open(b"outbox/2", &sealed).is_err());
        assert!(Keys::from_master(&[2; 32]).open(b"outbox/1", &sealed).is_err());
        assert!(keys.open(b"outbox/1", &sealed[..10]).is_err());
        assert!(!sealed.windows(6).any(|w| w == b"851025"));
    }

    #[test]
    fn what_an_earlier_key_sealed_is_opened_while_keys_change() {
        let old = Keys::from_master(&[1; 32]);
        let sealed = old.seal(&system(), b"terminals/1", b"password");
        let new = Keys::from_master(&[2; 32]).with_previous(&[1; 32]);
        assert_eq!(new.open(b"terminals/1", &sealed).unwrap(), b"password");
        assert!(new.open(b"terminals/2", &sealed).is_err());
        assert_ne!(old.id(), new.id());
        assert_eq!(new.previous_id(), Some(old.id()));
        assert_eq!(new.previous_code_hash(b"a", "000000"), Some(old.code_hash(b"a", "000000")));
        assert!(old.open(b"terminals/1", &new.seal(&system(), b"terminals/1", b"password")).is_err());
    }

    #[test]
    fn a_code_hash_belongs_to_one_sign_in() {
        let keys = Keys::from_master(&[1; 32]);
        assert_eq!(keys.code_hash(b"a", "000000"), keys.code_hash(b"a", "000000"));
        assert_ne!(keys.code_hash(b"a", "000000"), keys.code_hash(b"b", "000000"));
        assert_ne!(keys.code_hash(b"a", "b000000"), keys.code_hash(b"ab", "000000"));
    }
}
