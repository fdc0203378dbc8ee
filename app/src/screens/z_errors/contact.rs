//! The text behind 「問い合わせ用の情報をコピー」: what the help desk asks for. Never a secret, a query string or a
//! person's data.

use domain::Timestamp;

use crate::{
    screens::ScreenId,
    services::{PageInfo, ProblemReport},
};

/// What an error screen showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The error screen.
    pub screen: ScreenId,
    /// The screen where it happened.
    pub from: Option<ScreenId>,
    /// Identifies the request in the log.
    pub error_id: String,
    /// When it happened.
    pub at: Timestamp,
}

/// For an error screen.
pub(super) fn report_text(page: &PageInfo, screen: ScreenId, report: &ProblemReport) -> String {
    let path = report.return_to.as_deref().unwrap_or("－");
    let path = path.split('?').next().unwrap_or(path);
    let seen = Seen { screen, from: report.from, error_id: report.error_id.clone(), at: report.at };
    seen_text(page, &seen, path)
}

fn seen_text(page: &PageInfo, seen: &Seen, path: &str) -> String {
    let from = seen.from.map_or("－", ScreenId::number);
    format!(
        "{}画面番号：{}\n操作していた画面：{from}\n画面のURL：{path}\nエラーメッセージ：{}\nエラーID：{}\n不具合の発生日時：{}\n発生している不具合：\n",
        who(page),
        seen.screen.number(),
        seen.screen.title(),
        seen.error_id,
        seen.at.second_text(),
    )
}

/// For H-4, opened from an error screen (`seen`), after one, or without one.
pub fn contact_text(page: &PageInfo, seen: Option<&Seen>) -> String {
    if let Some(seen) = seen {
        return seen_text(page, seen, "－");
    }
    if let Some(report) = page.problem.as_ref() {
        return report_text(page, super::screen_of(&report.error), report);
    }
    format!(
        "{}画面番号：\n画面のURL：\nエラーメッセージ：\n不具合の発生日時：{}\n発生している不具合：\n",
        who(page),
        page.now.minute_text()
    )
}

fn who(page: &PageInfo) -> String {
    let Some(who) = &page.signed_in else {
        return "事業所名：\n事業所番号：\nユーザID：\nユーザの種類：\n".to_owned();
    };
    format!(
        "事業所名：{}\n事業所番号：{}\nユーザID：{}\nユーザの種類：{}\n",
        who.office_name,
        who.office_number,
        who.login_id,
        who.kind.name()
    )
}
