//! Frame data for the mock screens.

use app::services::{PageInfo, SignedInSummary};
use domain::{Timestamp, account::AccountKind};

/// 2025/02/07 09:05 in Japan.
pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_738_886_700);

pub(crate) fn signed_out() -> PageInfo {
    PageInfo {
        now: NOW,
        address: "/".to_owned(),
        demo_mailbox: None,
        request_id: "01931f6c-8d3a-7e52".to_owned(),
        demo: true,
        sign_in_origin: String::new(),
        public_origin: String::new(),
        support_phone: "0120-000-000".to_owned(),
        maintenance: None,
        emergency: None,
        signed_in: None,
        flash: None,
        shown_once: None,
        reader_port: 27443,
        problem: None,
        refused: None,
    }
}

pub(crate) fn office() -> PageInfo {
    let account = SignedInSummary {
        kind: AccountKind::Office,
        login_id: "KJ237210144000".to_owned(),
        name: "あおぞら居宅介護支援センター".to_owned(),
        office_number: "2372101440".to_owned(),
        office_name: "あおぞら居宅介護支援センター".to_owned(),
        idle_seconds: 1800,
        certificate_ends: Some(NOW.plus_minutes(60 * 24 * 82)),
    };
    PageInfo { signed_in: Some(account), ..signed_out() }
}
