//! Results of every request. A page ignores fields that it does not know: a newer bridge may add some.

use serde::{Deserialize, Serialize};

use crate::{
    bytes::Bytes,
    challenge::SignatureAlgorithm,
    label::Label,
    level::{Level, Levels},
    request::Counted,
    secret::Token,
    terminal_id::TerminalId,
};

/// Answer to `hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The level both sides speak from here on.
    pub agreed: Level,
    /// What the bridge speaks.
    pub levels: Levels,
    /// The bridge's version, to show to people.
    pub version: Label,
    /// How far set-up has come.
    pub state: State,
}

/// The next thing a person has to do, in the order of the setup manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Accept the terms of use.
    Terms,
    /// Enter the ユーザ設定情報.
    Registration,
    /// Choose a passcode.
    Passcode,
    /// Enter the passcode.
    Locked,
    /// Nothing: cards can be read.
    Ready,
}

/// How far set-up has come, for this connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What comes next.
    pub stage: Stage,
}

/// 端末固有ID and its key; the holder checks that the one is the fingerprint of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminal {
    /// What is registered on screen J-1.
    pub id: TerminalId,
    /// DER of `SubjectPublicKeyInfo`.
    pub public_key: Bytes,
}

/// The passcode was right, or has just been chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlocked {
    /// Goes into every further request of this connection.
    pub token: Token,
}

/// What lies on the selected reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// Nothing.
    Absent,
    /// A card that has the My Number card's applications.
    MyNumber,
    /// Some other card.
    Other,
}

/// Answer to `card.status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardStatus {
    /// The selected reader.
    pub reader: Label,
    /// What lies on it.
    pub card: CardKind,
}

/// Answer to `card.tries_left`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriesLeft {
    /// Of what.
    pub of: Counted,
    /// 0: blocked.
    pub tries_left: u8,
}

/// The user-authentication certificate (利用者証明用電子証明書); it holds no name and no 個人番号.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// DER of the certificate.
    pub certificate: Bytes,
    /// How this card's key will sign.
    pub algorithm: SignatureAlgorithm,
}

/// Answer to `cancel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelSent {
    /// Whether that request was still under way.
    pub found: bool,
}
