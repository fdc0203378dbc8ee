//! Parameters of every request, by name.
//!
//! A field that a level does not know is refused: what it would have meant (such as a confirmation) must not be lost
//! silently. Only `hello` ignores unknown fields, since it is what a peer of any level must be able to read.

use serde::{Deserialize, Serialize};

use crate::{
    bytes::Nonce,
    label::Label,
    level::Levels,
    secret::{NumberB, Passcode, Password, Pin},
};

macro_rules! without_parameters {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {}
    )+};
}

without_parameters! {
    /// How far set-up has come.
    GetState
    /// Ends what the passcode opened; all tokens become invalid.
    Lock
    /// The readers and what lies on them.
    ListReaders
    /// 端末固有ID and the public key it stands for.
    GetTerminalId
    /// Whether a card lies on the selected reader, and of which kind.
    GetCardStatus
    /// The user-authentication certificate; needs no PIN.
    ReadCertificate
}

/// The first request of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// What the page speaks.
    pub levels: Levels,
}

/// 同意して利用開始.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptTerms {
    /// Which edition of the terms the person saw.
    pub edition: u32,
}

/// Takes the ユーザ設定情報 issued for this terminal and makes the terminal's key. The password is not kept: from here on
/// the terminal proves itself by its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// User ID of the ユーザ設定情報.
    pub user_id: Label,
    /// Its password.
    pub password: Password,
}

/// Sets the passcode, or changes it. The page has it typed twice; only one arrives here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPasscode {
    /// The passcode so far; needed for a change, absent at first set-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Passcode>,
    /// The passcode from now on.
    pub new: Passcode,
}

/// Opens reader-bridge for this connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// What the person typed.
    pub passcode: Passcode,
}

/// Chooses the reader for all that follows; kept over restarts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectReader {
    /// A name from the list.
    pub reader: Label,
}

/// One of the two things a card counts tries for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// 暗証番号 of the user-authentication certificate (3 tries).
    Pin,
    /// 照合番号B (10 tries).
    NumberB,
}

/// Asks for the tries left; uses none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetTriesLeft {
    /// Of what.
    pub of: Counted,
}

/// 暗証番号 mode: the card signs our challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authenticate {
    /// The server's challenge. There is no field for the origin: reader-bridge knows it from the connection.
    pub nonce: Nonce,
    /// What the insured person typed.
    pub pin: Pin,
    /// The person knows that this is the last try and wants it.
    #[serde(default)]
    pub confirm_last_try: bool,
}

/// 目視 mode: photo and attributes, for a member of staff to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadFace {
    /// The server's challenge.
    pub nonce: Nonce,
    /// 照合番号B, from the card's printed face.
    pub number_b: NumberB,
    /// As in [`Authenticate`].
    #[serde(default)]
    pub confirm_last_try: bool,
}

/// Stops an earlier request of this connection; that one answers `cancelled`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// The other request's id.
    pub request: u64,
}
