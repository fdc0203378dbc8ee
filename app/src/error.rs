//! What can go wrong, as codes. The Japanese is chosen by the screen that shows it; what the log says stays in the log.

use domain::{
    form::{Field, FieldErrors, Problem},
    reading::Refusal,
};
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};

use crate::routes::Route;

/// Why a client certificate was not accepted (Z-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateProblem {
    /// The browser sent none.
    Missing,
    /// Its last day is past (or its first is yet to come).
    Expired,
    /// It is on the CA's revocation list.
    Revoked,
    /// It was issued by a CA that this service does not know, or is not a client certificate.
    UnknownIssuer,
    /// It belongs to another office than the account.
    WrongOffice,
}

/// The one error type of all server functions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Fields to mend. 422.
    Invalid(FieldErrors),
    /// ID, password or lock: deliberately not told apart. 401.
    SignInRefused,
    /// A wrong one-time code; so many tries are left. 422.
    WrongCode {
        /// Tries left in this sign-in.
        left: i64,
    },
    /// This sign-in ended (its time is over, too many wrong codes, a step was skipped). Start again. 401.
    SignInOver,
    /// A code was sent so recently that another has to wait. 429.
    ResendTooSoon {
        /// Seconds to wait.
        seconds: i64,
    },
    /// No more codes in this sign-in. 429.
    ResendLimit,
    /// No mail address or phone number is registered, so no code can be sent. 409.
    NoContact,
    /// Too many wrong answers: locked (Z-7). 423.
    Locked {
        /// Minutes until the lock ends.
        minutes: i64,
    },
    /// The client certificate was not accepted (Z-2). 403.
    Certificate(CertificateProblem),
    /// The session ended (Z-3). 401.
    SessionTimedOut,
    /// Signed in elsewhere with the same browser (Z-8). 409.
    SignedInElsewhere,
    /// The account may not do this (Z-4). 403.
    NotPermitted,
    /// The person must prove once more who they are: their last proof is too old. 403.
    NotConfirmed,
    /// No such thing, or it belongs to another office (Z-5). 404.
    NotFound,
    /// Somebody else changed the same record meanwhile. 409.
    Conflict,
    /// From one address too often. 429.
    TooManyRequests {
        /// Seconds to wait.
        seconds: i64,
    },
    /// Maintenance (Z-6). 503.
    Maintenance,
    /// More requests at once than the database takes; this one changed nothing. 503.
    Busy,
    /// The browser could not reach the server. Never sent by the server.
    Unreachable,
    /// Platform or 市町村 not available (Z-9). 503.
    PlatformUnavailable,
    /// A reading of a card was not taken. 422.
    Reading(Refusal),
    /// This server was given no CA of My Number cards. 503.
    CardsNotConfigured,
    /// No insured person, or several, fit what was typed: deliberately not told apart. 422.
    NoMatch,
    /// The 市町村 does not take part yet. 422.
    InsurerNotJoined,
    /// The request could not be read. 400.
    Malformed,
    /// Ours (Z-1). 500.
    Internal,
}

impl ApiError {
    /// One field, one problem.
    pub fn field(field: Field, problem: Problem) -> Self {
        Self::Invalid(FieldErrors::one(field, problem))
    }

    /// The HTTP status that carries this error.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SignInRefused | Self::SignInOver | Self::SessionTimedOut => 401,
            Self::Certificate(_) | Self::NotPermitted | Self::NotConfirmed => 403,
            Self::NotFound => 404,
            Self::NoContact | Self::Conflict | Self::SignedInElsewhere => 409,
            Self::Invalid(_) | Self::WrongCode { .. } | Self::Reading(_) | Self::NoMatch | Self::InsurerNotJoined => {
                422
            }
            Self::Locked { .. } => 423,
            Self::ResendTooSoon { .. } | Self::ResendLimit | Self::TooManyRequests { .. } => 429,
            Self::Internal => 500,
            Self::Maintenance
            | Self::Busy
            | Self::PlatformUnavailable
            | Self::CardsNotConfigured
            | Self::Unreachable => 503,
        }
    }

    /// Where a form goes when this error takes it away from the screen; `None`: the form stays and shows the error.
    pub fn leads_to(&self) -> Option<Route> {
        match self {
            Self::Invalid(_)
            | Self::SignInRefused
            | Self::WrongCode { .. }
            | Self::ResendTooSoon { .. }
            | Self::ResendLimit
            | Self::NoContact
            | Self::Conflict
            | Self::NoMatch
            | Self::InsurerNotJoined
            | Self::TooManyRequests { .. }
            | Self::Reading(_)
            | Self::CardsNotConfigured
            | Self::Busy
            // The page, asked for again, leads to where it can be proved.
            | Self::NotConfirmed
            // The browser could not reach the server: what was typed is still there to be sent again.
            | Self::Unreachable => None,
            Self::SignInOver => Some(Route::SignInOffice),
            _ => Some(Route::Problem),
        }
    }

    /// The field errors, if that is what this is.
    pub fn fields(&self) -> Option<&FieldErrors> {
        match self {
            Self::Invalid(errors) => Some(errors),
            _ => None,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Malformed,
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Internal,
        }
    }
}
