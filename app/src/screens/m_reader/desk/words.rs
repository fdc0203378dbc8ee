//! What the desk takes, orders and shows.

use domain::reading::Mode;
use protocol::{label::Label, reading::Attributes};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{error::ApiError, routes::ReaderStep};

/// How the connection stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::screens::m_reader) enum Connection {
    /// Not asked for yet, or being made.
    #[default]
    Opening,
    /// Open; `hello` is not answered yet: somebody may have to allow this site at reader-bridge.
    Greeting,
    /// In use.
    Ready,
    /// Gone.
    Closed,
}

/// M-11, moment by moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::screens::m_reader) enum Moment {
    /// No card lies on the reader.
    #[default]
    NoCard,
    /// Tries left are being asked for.
    Asking,
    /// 暗証番号 or 照合番号B is to be entered; so many tries are left.
    Enter {
        /// Tries left.
        tries: u8,
    },
    /// The server is asked for a challenge.
    Challenging,
    /// The card works.
    Working,
    /// The server judges.
    Judging,
    /// 目視: a member of staff compares.
    Compare {
        /// The reading.
        id: Uuid,
        /// What the card says of the person.
        face: Box<Face>,
    },
    /// The answer to the comparison is on its way.
    Confirming {
        /// The reading.
        id: Uuid,
    },
    /// The person may be looked up.
    Done,
}

/// What a member of staff compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::screens::m_reader) struct Face {
    /// 基本4情報.
    pub(in crate::screens::m_reader) attributes: Attributes,
    /// JPEG 2000.
    pub(in crate::screens::m_reader) photo: Vec<u8>,
}

/// What is said beside a field, or in passing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::screens::m_reader) enum Note {
    /// The field was left empty or does not have its form.
    Malformed,
    /// The second passcode is not the first.
    Differs,
    /// reader-bridge does not take it.
    Bridge(protocol::failure::Failure),
    /// The last try must be confirmed.
    ConfirmLast,
}

/// Whether the browser lets this page reach programs on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It does, or knows no such rule.
    Granted,
    /// It will ask.
    Prompt,
    /// It does not.
    Denied,
}

/// What somebody did or answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::screens::m_reader) enum Input {
    /// The browser's rule is known.
    Permission(Permission),
    /// The socket is open.
    Opened,
    /// The socket is closed, or never opened.
    Closed,
    /// A frame came.
    Frame(String),
    /// It is time to connect again.
    Reconnect,
    /// M-1 「同意して利用開始」.
    Accept,
    /// M-2 「登録する」.
    Account(String, Zeroizing<String>),
    /// M-4, M-5, M-7.
    Passcode(Zeroizing<String>),
    /// 「OK」, 「次へ」.
    Next,
    /// M-8: how to read.
    Mode(Mode),
    /// Another screen of the menu.
    Go(ReaderStep),
    /// M-10.
    Select(Label),
    /// Locks reader-bridge.
    Lock,
    /// M-11: 暗証番号 or 照合番号B, and whether a last try is meant.
    Enter(Zeroizing<String>, bool),
    /// M-11 「読み取りを中止する」.
    Cancel,
    /// M-12.
    Again,
    /// M-11: what the member of staff saw.
    Compared(bool),
    /// The server's challenge.
    Challenge(Result<String, ApiError>),
    /// The server's judgement.
    Judged(Result<Uuid, ApiError>),
    /// Nobody was found by the reading.
    NotUsed(ApiError),
    /// The comparison is written down.
    Confirmed(bool, Result<(), ApiError>),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::screens::m_reader) enum Order {
    /// Connect, after so many seconds.
    Connect(u32),
    /// Drop the connection.
    Hang,
    /// Send a frame.
    Send(Zeroizing<String>),
    /// Ask the server for a challenge.
    Challenge(Mode),
    /// Hand a reading to the server.
    Submit(Mode, String, String),
    /// Tell the server what the member of staff saw.
    Confirm(Uuid, bool),
    /// Go on with this reading.
    Use(Uuid),
}
