//! A finished reading, as it goes on from the page to the server: evidence from the card, signed by the terminal.
//!
//! The terminal signs [`AuthenticationReading::signed_bytes`] or [`FaceReading::signed_bytes`]: a tag for the mode,
//! then every field with its length before it, so that no two readings share their bytes and one mode never passes as
//! the other. The server rebuilds them from its own origin and nonce.
//!
//! ECDSA signatures, the terminal's as well as a card's, are in DER, as in certificates; RSA signatures are as long as
//! the key.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{
    bytes::{Bytes, Nonce},
    challenge::{Origin, SignatureAlgorithm},
    reply::{Certificate, Terminal},
    secret::Malformed,
};

/// The terminal's signature over a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalSignature {
    /// Who signed. The server looks the key up by ID and does not trust this copy.
    pub terminal: Terminal,
    /// How.
    pub algorithm: SignatureAlgorithm,
    /// Over `signed_bytes`.
    pub signature: Bytes,
}

/// 暗証番号 mode: the card's signature over the challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationReading {
    /// Whose card.
    pub card: Certificate,
    /// Over [`crate::challenge::message`], by the card.
    pub signature: Bytes,
    /// Over the whole reading, by the terminal.
    pub terminal: TerminalSignature,
}

/// 目視 mode: what a member of staff compares with the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaceReading {
    /// 基本4情報.
    pub attributes: Attributes,
    /// Photo: JPEG 2000, greyscale.
    pub photo: Bytes,
    /// The card's last day.
    pub expiry: CardDate,
    /// Over the whole reading, by the terminal.
    pub terminal: TerminalSignature,
}

/// 基本4情報 of the card's holder. Prints nothing: personal data stay out of logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    /// 氏名.
    pub name: String,
    /// 住所.
    pub address: String,
    /// 生年月日.
    pub birth_date: CardDate,
    /// 性別.
    pub sex: Sex,
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attributes(…)")
    }
}

/// 性別 as the card has it.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男 (1).
    Male,
    /// 女 (2).
    Female,
    /// 適用不能 (9).
    NotApplicable,
}

/// A day as the card writes it, YYYYMMDD. Month and day may be 00 where a birthday is unknown.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CardDate(String);

impl CardDate {
    /// The eight digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CardDate {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let in_range =
            |range, last: u8| text.get(range).and_then(|t: &str| t.parse().ok()).is_some_and(|n: u8| n <= last);
        let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && in_range(4..6, 12) && in_range(6..8, 31)).then(|| Self(text.to_owned())).ok_or(Malformed)
    }
}

impl fmt::Debug for CardDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardDate(…)")
    }
}

impl<'de> Deserialize<'de> for CardDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl SignatureAlgorithm {
    /// Its name in signed bytes; the same as on the wire.
    const fn tag(self) -> &'static [u8] {
        match self {
            Self::RsaSha256 => b"rsa_sha256",
            Self::EcdsaP384Sha384 => b"ecdsa_p384_sha384",
            Self::EcdsaP256Sha256 => b"ecdsa_p256_sha256",
        }
    }
}

impl AuthenticationReading {
    /// What the terminal signs.
    pub fn signed_bytes(card: &Certificate, signature: &Bytes, origin: &Origin, nonce: &Nonce) -> Vec<u8> {
        framed(&[
            b"reader-bridge/1/authentication",
            origin.as_str().as_bytes(),
            &nonce.0,
            &card.certificate.0,
            card.algorithm.tag(),
            &signature.0,
        ])
    }
}

impl FaceReading {
    /// What the terminal signs.
    pub fn signed_bytes(
        attributes: &Attributes,
        photo: &Bytes,
        expiry: &CardDate,
        origin: &Origin,
        nonce: &Nonce,
    ) -> Vec<u8> {
        let sex: &[u8] = match attributes.sex {
            Sex::Male => b"1",
            Sex::Female => b"2",
            Sex::NotApplicable => b"9",
        };
        framed(&[
            b"reader-bridge/1/face",
            origin.as_str().as_bytes(),
            &nonce.0,
            attributes.name.as_bytes(),
            attributes.address.as_bytes(),
            attributes.birth_date.0.as_bytes(),
            sex,
            &photo.0,
            expiry.0.as_bytes(),
        ])
    }
}

/// Each part after its length (8 bytes, big-endian).
fn framed(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| [&(part.len() as u64).to_be_bytes(), *part].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_cannot_move_from_one_field_to_the_next() {
        assert_ne!(framed(&[b"ab", b"c"]), framed(&[b"a", b"bc"]));
        assert_eq!(framed(&[b"a"]), b"\0\0\0\0\0\0\0\x01a");
    }

    #[test]
    fn a_day_has_eight_digits() {
        for good in ["19500401", "19500400", "19500000"] {
            assert_eq!(good.parse::<CardDate>().unwrap().as_str(), good);
        }
        for bad in ["1950041", "19501301", "19500132", "1950-4-1", "+9500401", "１９５０"] {
            assert!(bad.parse::<CardDate>().is_err(), "{bad}");
        }
    }
}
