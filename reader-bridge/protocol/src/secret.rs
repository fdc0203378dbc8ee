//! What must not be seen: PIN, 照合番号B, passcode, password, connection token.
//!
//! These types print nothing, compare without telling where they differ and overwrite their memory when dropped. They
//! are read straight from the frame's text, with no copy on the way. What cannot be reached from here: the WebSocket's
//! own buffers, and the scratch memory of the JSON reader when somebody escapes a character for no reason.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

/// The text does not have the form of this secret. Says nothing about the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text does not have the expected form")
    }
}

impl std::error::Error for Malformed {}

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident: $well_formed:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes a copy of `text`; the caller overwrites the original. Errors: [`Malformed`].
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                let well_formed: fn(&str) -> bool = $well_formed;
                well_formed(text).then(|| Self(Zeroizing::new(text.to_owned()))).ok_or(Malformed)
            }

            /// The secret itself. Every use of this word deserves a second look in review.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                same(self.0.as_bytes(), other.0.as_bytes())
            }
        }

        impl Eq for $name {}

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a secret")
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    )+};
}

secrets! {
    /// 暗証番号 of the user-authentication certificate: 4 digits.
    Pin: |text| digits(text, 4);
    /// 照合番号B: birth YYMMDD (Japanese-era year), expiry YYYY, security code NNNN; 14 digits.
    NumberB: |text| digits(text, 14);
    /// パスコード that opens reader-bridge: 4 digits.
    Passcode: |text| digits(text, 4);
    /// Password of the ユーザ設定情報 issued for this terminal: 1 to 128 bytes without control characters.
    Password: |text| (1..=128).contains(&text.len()) && !text.chars().any(char::is_control);
    /// Proof that this connection knew the passcode: 16 to 128 letters, digits, `-` or `_`. Never leaves its connection.
    Token: |text| {
        (16..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Compares every byte whatever the first difference; only the length shows in the time taken.
fn same(left: &[u8], right: &[u8]) -> bool {
    let difference = left.iter().zip(right).fold(0, |sum, (a, b)| sum | (a ^ b));
    left.len() == right.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_form_is_taken() {
        assert!(Pin::parse("0123").is_ok());
        for wrong in ["", "123", "12345", "12a4", "１２３４", "-123", " 123"] {
            assert!(Pin::parse(wrong).is_err(), "{wrong}");
        }
        assert!(NumberB::parse("25040120301234").is_ok());
        assert!(NumberB::parse("2504012030123").is_err());
        assert!(Password::parse("").is_err() && Password::parse("a\nb").is_err());
        assert!(Token::parse("short").is_err() && Token::parse("0123456789abcdef").is_ok());
    }

    #[test]
    fn nothing_is_printed_even_by_a_failed_reading() {
        assert_eq!(format!("{:?}", Pin::parse("1234").unwrap()), "Pin(…)");
        let error = serde_json::from_str::<NumberB>("\"987654\"").unwrap_err().to_string();
        assert!(!error.contains("987654"), "{error}");
    }

    #[test]
    fn equality_looks_at_the_whole_text() {
        let pin = |text| Pin::parse(text).unwrap();
        assert_eq!(pin("1234"), pin("1234"));
        assert_ne!(pin("1234"), pin("1235"));
        assert_ne!(Password::parse("ab").unwrap(), Password::parse("abc").unwrap());
    }
}
