//! How the program's types become columns and columns become types again.

use std::fmt;

use domain::{
    Timestamp,
    account::{AccountKind, MemberForm},
    care::{CareLevel, Day, Item, PersonRecord, Relation, Rule, Sex, ViewerClass},
    contact::{Email, Phone},
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{ColumnIndex, Decode, Row, Type};
use uuid::Uuid;

/// A type that is stored as another one, which both engines know.
pub(super) trait Stored: Sized {
    /// What the column holds.
    type Raw;

    /// What to bind.
    fn raw(&self) -> Self::Raw;

    /// The way back; `None` when this program cannot have written `raw`.
    fn from_raw(raw: Self::Raw) -> Option<Self>;
}

/// A column holds what this program cannot have written.
#[derive(Debug)]
pub(super) struct Unreadable(pub(super) &'static str);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unreadable value in {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

/// The value of the column `name`.
pub(super) fn column<'r, R, T>(row: &'r R, name: &'static str) -> Result<T, sqlx::Error>
where
    R: Row,
    T: Stored,
    T::Raw: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    T::from_raw(row.try_get(name)?).ok_or_else(|| sqlx::Error::Decode(Box::new(Unreadable(name))))
}

/// Lets a struct be read from a row of either engine; its fields are named as the columns.
macro_rules! read_from_row {
    ($type:ident { $($field:ident),* $(,)? }) => {
        $crate::storage::row::read_from_row!(@ sqlx::sqlite::SqliteRow, $type { $($field),* });
        $crate::storage::row::read_from_row!(@ sqlx::postgres::PgRow, $type { $($field),* });
    };
    (@ $row:ty, $type:ident { $($field:ident),* }) => {
        impl sqlx::FromRow<'_, $row> for $type {
            fn from_row(row: &$row) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: $crate::storage::row::column(row, stringify!($field))?),* })
            }
        }
    };
}
pub(super) use read_from_row;

/// Stores an enum as text codes.
macro_rules! stored_as_code {
    ($type:ident { $($variant:ident => $code:literal),* $(,)? }) => {
        impl $crate::storage::row::Stored for $type {
            type Raw = String;

            fn raw(&self) -> String {
                match self { $(Self::$variant => $code),* }.to_owned()
            }

            fn from_raw(raw: String) -> Option<Self> {
                match raw.as_str() {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
pub(super) use stored_as_code;

macro_rules! stored_as_itself {
    ($($type:ty),*) => {$(
        impl Stored for $type {
            type Raw = Self;

            fn raw(&self) -> Self {
                self.clone()
            }

            fn from_raw(raw: Self) -> Option<Self> {
                Some(raw)
            }
        }
    )*};
}

stored_as_itself!(i64, bool, String, Vec<u8>, Uuid);

impl<T: Stored> Stored for Option<T> {
    type Raw = Option<T::Raw>;

    fn raw(&self) -> Self::Raw {
        self.as_ref().map(T::raw)
    }

    fn from_raw(raw: Self::Raw) -> Option<Self> {
        match raw {
            None => Some(None),
            Some(raw) => T::from_raw(raw).map(Some),
        }
    }
}

/// Microseconds since the Unix epoch.
impl Stored for Timestamp {
    type Raw = i64;

    fn raw(&self) -> i64 {
        self.micros()
    }

    fn from_raw(raw: i64) -> Option<Self> {
        Some(Self::from_micros(raw))
    }
}

impl Stored for AccountKind {
    type Raw = String;

    fn raw(&self) -> String {
        self.code().to_owned()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Self::from_code(&raw)
    }
}

impl Stored for Email {
    type Raw = String;

    fn raw(&self) -> String {
        self.as_str().to_owned()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Self::parse(&raw).ok()
    }
}

impl Stored for Phone {
    type Raw = String;

    fn raw(&self) -> String {
        self.as_str().to_owned()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Self::parse(&raw).ok()
    }
}

macro_rules! stored_as_own_code {
    ($($type:ty),*) => {$(
        impl Stored for $type {
            type Raw = String;

            fn raw(&self) -> String {
                self.code().to_owned()
            }

            fn from_raw(raw: String) -> Option<Self> {
                Self::from_code(&raw)
            }
        }
    )*};
}

stored_as_own_code!(CareLevel, Item, Relation, Rule, Sex, ViewerClass);

/// ISO text, which sorts as days do.
impl Stored for Day {
    type Raw = String;

    fn raw(&self) -> String {
        self.iso()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Self::parse(&raw)
    }
}

/// JSON in a text column.
impl Stored for PersonRecord {
    type Raw = String;

    fn raw(&self) -> String {
        // Texts, numbers and lists of them only: there is nothing in a record that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn from_raw(raw: String) -> Option<Self> {
        serde_json::from_str(&raw).ok()
    }
}

/// A password hash: no password, but still nothing to print.
impl Stored for SecretString {
    type Raw = String;

    fn raw(&self) -> String {
        self.expose_secret().to_owned()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Some(raw.into())
    }
}

/// JSON in a text column: JSON escapes the NUL characters that somebody may type and PostgreSQL's text refuses.
impl Stored for MemberForm {
    type Raw = String;

    fn raw(&self) -> String {
        // Texts and lists of texts only: there is nothing in a form that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn from_raw(raw: String) -> Option<Self> {
        serde_json::from_str(&raw).ok()
    }
}
