//! The text behind 「問い合わせ用の情報をコピー」: what the help desk asks for. Never a secret, a query string or a
//! person's data.

use crate::{
    screens::ScreenId,
    services::{PageInfo, ProblemReport},
};

/// For an error screen.
pub(super) fn report_text(page: &PageInfo, screen: ScreenId, report: &ProblemReport) -> String {
    let from = report.from.map_or("－", ScreenId::number);
    let path = report.return_to.as_deref().unwrap_or("－");
    let path = path.split('?').next().unwrap_or(path);
    format!(
        "{}画面番号：{}\n操作していた画面：{from}\n画面のURL：{path}\nエラーメッセージ：{}\nエラーID：{}\n不具合の発生日時：{}\n発生している不具合：\n",
        who(page),
        screen.number(),
        screen.title(),
        report.error_id,
        report.at.second_text(),
    )
}

/// For H-4, opened without an error.
pub fn contact_text(page: &PageInfo) -> String {
    let problem = page.problem.as_ref();
    if let Some(report) = problem {
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
