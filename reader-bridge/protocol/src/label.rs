//! Short text that came from outside: a reader's name, a user ID, a version.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::secret::Malformed;

/// 1 to 512 bytes without control characters. PC/SC names end at 128 characters of up to four bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Label(String);

impl Label {
    /// Errors: [`Malformed`] when empty, too long or with a control character.
    pub fn parse(text: impl Into<String>) -> Result<Self, Malformed> {
        let text = text.into();
        let fits = (1..=512).contains(&text.len()) && !text.chars().any(char::is_control);
        fits.then_some(Self(text)).ok_or(Malformed)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
