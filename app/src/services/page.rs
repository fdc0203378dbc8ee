//! What the server tells every page besides its content: who is signed in, which door, what just went wrong.

use std::collections::BTreeMap;

use domain::{Timestamp, account::AccountKind};
use serde::{Deserialize, Serialize};

use super::{emergencies::EmergencyNotice, maintenance::MaintenancePlan};
use crate::{error::ApiError, screens::ScreenId};

/// Frame data of one page. Sent inside the HTML, so that the browser's first render equals the server's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageInfo {
    /// When the page was made.
    pub now: Timestamp,
    /// Identifies this request in the log; shown on error screens.
    pub request_id: String,
    /// Path and query of the page.
    pub address: String,
    /// A demo server: shows the 「デモ環境」 strip.
    pub demo: bool,
    /// Where the demo's mails and short messages can be read.
    pub demo_mailbox: Option<String>,
    /// Origin of the listener that asks for a client certificate, without a trailing slash; empty at the demo door.
    pub sign_in_origin: String,
    /// Origin of the public listener; empty at the demo door.
    pub public_origin: String,
    /// Port of reader-bridge on the person's own computer.
    pub reader_port: u16,
    /// The help desk's phone number.
    pub support_phone: String,
    /// Maintenance that is to be announced.
    pub maintenance: Option<MaintenancePlan>,
    /// What is declared for the office of whoever is signed in.
    pub emergency: Option<EmergencyNotice>,
    /// Set when a session is open.
    pub signed_in: Option<SignedInSummary>,
    /// A form post without JavaScript that failed: shown once.
    pub flash: Option<Flash>,
    /// What this page shows and no later one: new recovery codes, one a line.
    pub shown_once: Option<String>,
    /// The error that led to `/problem`.
    pub problem: Option<ProblemReport>,
    /// Set when this page must not be shown; the error screen takes its place.
    pub refused: Option<ApiError>,
}

/// The signed-in account, for the frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInSummary {
    /// Its kind.
    pub kind: AccountKind,
    /// ユーザID as registered.
    pub login_id: String,
    /// 氏名, or the office's name for a 事業所ユーザ.
    pub name: String,
    /// 事業所番号.
    pub office_number: String,
    /// 事業所名.
    pub office_name: String,
    /// Seconds until the session ends without a further request.
    pub idle_seconds: i64,
    /// The client certificate's last moment when it ends within 90 days.
    pub certificate_ends: Option<Timestamp>,
}

/// The outcome of a failed form post, carried over the redirect back to the form in an encrypted cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Path of the server function that refused.
    pub endpoint: String,
    /// What it said.
    pub error: ApiError,
    /// What was typed, secrets left out.
    pub values: BTreeMap<String, String>,
}

/// What an error screen shows and 「問い合わせ用の情報をコピー」 copies. Never a secret, a query string or a person's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemReport {
    /// What happened.
    pub error: ApiError,
    /// The screen where it happened.
    pub from: Option<ScreenId>,
    /// Identifies the request in the log.
    pub error_id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Path to go back to after signing in again; one of ours.
    pub return_to: Option<String>,
}
