//! 端末固有ID: the fingerprint of a terminal's public key, in a form that people read out and type.
//!
//! ```text
//! SHA-256(SubjectPublicKeyInfo, DER) ─ first 95 bits ─▶ 19 characters of Crockford's base32 ‖ 1 check character
//! e.g. 1DSM-HYG3-H5RC-93P0-FKBE
//! ```
//! 95 bits keep a second key with the same ID out of reach. The check character is a Reed-Solomon symbol over GF(32)
//! instead of Crockford's modulo 37: it stays within the same 32 characters (no `*~$=`), and it still finds every
//! single wrong character and every swap of two.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA: usize = 19;
const LENGTH: usize = DATA + 1;
const GROUP: usize = 4;

/// 端末固有ID, as 20 base32 values of which the last is the check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerminalId([u8; LENGTH]);

/// Why a text is no 端末固有ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotATerminalId {
    /// Not 20 characters, hyphens and spaces aside.
    Length,
    /// A character outside the alphabet.
    Character,
    /// All characters are possible, but the check does not fit: something was mistyped.
    Check,
}

impl fmt::Display for NotATerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a terminal ID has 20 characters",
            Self::Character => "a terminal ID has digits and letters only",
            Self::Check => "the check character does not fit",
        })
    }
}

impl std::error::Error for NotATerminalId {}

impl TerminalId {
    /// The ID of the terminal whose public key is `spki` (DER of `SubjectPublicKeyInfo`).
    pub fn of_public_key(spki: &[u8]) -> Self {
        let hash = Sha256::digest(spki);
        let mut values = [0; LENGTH];
        for (index, value) in values.iter_mut().take(DATA).enumerate() {
            *value = five_bits(&hash, index * 5);
        }
        values[DATA] = times_alpha(checksum(&values[..DATA]));
        Self(values)
    }
}

/// Bits `from..from + 5` of `bytes`, counted from the most significant.
fn five_bits(bytes: &[u8], from: usize) -> u8 {
    (from..from + 5).fold(0, |value, bit| value << 1 | bytes[bit / 8] >> (7 - bit % 8) & 1)
}

/// The values as a polynomial at α, so that each position counts with its own power. An intact ID gives 0.
fn checksum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_alpha(sum) ^ value)
}

/// Multiplies by α = x in GF(2⁵) = GF(2)[x] / (x⁵ + x² + 1).
const fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

/// What people type for one character: small and full-width letters, `O` for 0, `I` and `L` for 1. `None`: ignored.
fn value_of(typed: char) -> Option<Result<u8, NotATerminalId>> {
    let narrow = match typed {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(typed) - 0xfee0).unwrap_or(typed),
        other => other,
    };
    let meant = match narrow.to_ascii_uppercase() {
        '-' | ' ' | '\u{3000}' | '\u{2010}' | '\u{2212}' | '\u{30fc}' => return None,
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let value = (0..).zip(ALPHABET).find(|(_, letter)| char::from(**letter) == meant).map(|(value, _)| value);
    Some(value.ok_or(NotATerminalId::Character))
}

impl FromStr for TerminalId {
    type Err = NotATerminalId;

    fn from_str(text: &str) -> Result<Self, NotATerminalId> {
        let mut values = [0; LENGTH];
        let mut count = 0;
        for value in text.chars().filter_map(value_of) {
            *values.get_mut(count).ok_or(NotATerminalId::Length)? = value?;
            count += 1;
        }
        match (count, checksum(&values)) {
            (LENGTH, 0) => Ok(Self(values)),
            (LENGTH, _) => Err(NotATerminalId::Check),
            _ => Err(NotATerminalId::Length),
        }
    }
}

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for (index, value) in self.0.iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_char('-')?;
            }
            f.write_char(char::from(ALPHABET[usize::from(*value)]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TerminalId({self})")
    }
}

impl Serialize for TerminalId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TerminalId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> TerminalId {
        TerminalId::of_public_key(b"a public key")
    }

    #[test]
    fn the_text_is_fixed() {
        assert_eq!(sample().to_string(), "1DSM-HYG3-H5RC-93P0-FKBE");
    }

    #[test]
    fn typed_by_hand_it_is_still_found() {
        let text = sample().to_string();
        let wide = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect::<String>();
        let loose = text.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
        for typed in [text.replace('-', ""), loose, wide] {
            assert_eq!(typed.parse(), Ok(sample()), "{typed}");
        }
        assert_eq!("".parse::<TerminalId>(), Err(NotATerminalId::Length));
        assert_eq!(text[1..].parse::<TerminalId>(), Err(NotATerminalId::Length));
        assert_eq!(format!("{text}0").parse::<TerminalId>(), Err(NotATerminalId::Length));
        assert_eq!(text.replacen('-', "U", 1).parse::<TerminalId>(), Err(NotATerminalId::Character));
    }

    #[test]
    fn every_wrong_character_and_every_swap_is_noticed() {
        let id = sample().0;
        for i in 0..LENGTH {
            for wrong in (0..32).filter(|wrong| *wrong != id[i]) {
                let mut changed = id;
                changed[i] = wrong;
                assert_ne!(checksum(&changed), 0);
            }
            for j in (0..LENGTH).filter(|j| id[*j] != id[i]) {
                let mut swapped = id;
                swapped.swap(i, j);
                assert_ne!(checksum(&swapped), 0);
            }
        }
    }
}
