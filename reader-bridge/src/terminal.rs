//! The terminal's key (端末の鍵): P-256, made at registration, never leaves its computer.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::{
    ecdsa::{DerSignature, SigningKey, signature::Signer},
    pkcs8::EncodePublicKey,
};
use protocol::{
    bytes::Bytes, challenge::SignatureAlgorithm, reading::TerminalSignature, reply::Terminal, terminal_id::TerminalId,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use crate::clock::Ambient;

/// The private key. Prints nothing; the key's own type overwrites its memory.
#[derive(Clone)]
pub struct TerminalKey(SigningKey);

impl TerminalKey {
    /// A new one.
    pub fn new(ambient: &Ambient) -> Self {
        loop {
            // All but one in 2³² of the 32-byte strings are keys.
            let bytes = Zeroizing::new(ambient.bytes::<32>());
            if let Ok(key) = SigningKey::from_slice(&bytes[..]) {
                return Self(key);
            }
        }
    }

    /// 端末固有ID and public key.
    pub fn terminal(&self) -> Terminal {
        let document = self.0.verifying_key().to_public_key_der();
        let public_key = document.unwrap_or_else(|_| unreachable!("a P-256 key has a DER form")).into_vec();
        Terminal { id: TerminalId::of_public_key(&public_key), public_key: Bytes(public_key) }
    }

    /// Signs what `protocol::reading` says is to be signed. The signature is in DER, as in certificates.
    pub fn sign(&self, signed_bytes: &[u8]) -> TerminalSignature {
        let signature: DerSignature = self.0.sign(signed_bytes);
        TerminalSignature {
            terminal: self.terminal(),
            algorithm: SignatureAlgorithm::EcdsaP256Sha256,
            signature: Bytes(signature.as_bytes().to_vec()),
        }
    }
}

impl fmt::Debug for TerminalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TerminalKey(…)")
    }
}

impl Serialize for TerminalKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = Zeroizing::new(self.0.to_bytes());
        serializer.serialize_str(&Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes)))
    }
}

impl<'de> Deserialize<'de> for TerminalKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = URL_SAFE_NO_PAD.decode(text.as_bytes()).map(Zeroizing::new);
        let key = bytes.ok().and_then(|bytes| SigningKey::from_slice(&bytes).ok());
        key.map(Self).ok_or_else(|| de::Error::custom("no P-256 key"))
    }
}

#[cfg(test)]
mod tests {
    use p256::{
        ecdsa::{VerifyingKey, signature::Verifier},
        pkcs8::DecodePublicKey,
    };

    use super::*;

    #[test]
    fn the_id_is_the_fingerprint_and_the_signature_is_the_keys() {
        let key = TerminalKey::new(&Ambient::of_the_machine());
        let signed = key.sign(b"reading");
        assert_eq!(signed.terminal.id, TerminalId::of_public_key(&signed.terminal.public_key.0));
        let public = VerifyingKey::from_public_key_der(&signed.terminal.public_key.0).unwrap();
        let signature = DerSignature::from_bytes(&signed.signature.0).unwrap();
        assert!(public.verify(b"reading", &signature).is_ok());
        assert!(public.verify(b"another", &signature).is_err());
    }

    #[test]
    fn the_same_key_comes_back_from_the_disk() {
        let key = TerminalKey::new(&Ambient::of_the_machine());
        let text = serde_json::to_string(&key).unwrap();
        assert_eq!(serde_json::from_str::<TerminalKey>(&text).unwrap().terminal(), key.terminal());
        assert_eq!(format!("{key:?}"), "TerminalKey(…)");
    }
}
