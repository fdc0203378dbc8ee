//! The records as a CSV file that spreadsheets open: UTF-8 with a byte order mark, CRLF, and nothing that a spreadsheet
//! would take for a formula.

use app::{
    routes::Records,
    screens::f_audit::{actions, words},
    services::audit::Record,
};
use csv::{Terminator, WriterBuilder};

const OPERATIONS: [&str; 11] =
    ["日時", "ユーザID", "氏名", "ユーザ区分", "操作", "対象", "結果", "内容", "画面番号", "IPアドレス", "エラーID"];
const VIEWINGS: [&str; 11] = [
    "日時",
    "ユーザID",
    "氏名",
    "ユーザ区分",
    "利用者",
    "閲覧した情報",
    "目的",
    "結果",
    "画面番号",
    "IPアドレス",
    "エラーID",
];

/// The whole file.
pub(super) fn csv(records: Records, rows: &[Record]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let heads = match records {
        Records::Operations => OPERATIONS,
        Records::Viewings => VIEWINGS,
    };
    // Writing into memory cannot fail.
    let _ = writer.write_record(heads);
    for row in rows {
        let _ = writer.write_record(fields(records, row).map(harmless));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn fields(records: Records, row: &Record) -> [String; 11] {
    let at = row.at.second_text();
    let kind = row.kind.map(|kind| kind.name().to_owned()).unwrap_or_default();
    let (login_id, name, target) = (row.login_id.clone(), row.name.clone(), row.target.clone());
    let result = actions::result(&row.result);
    let (screen, address, request) = (row.screen.clone(), row.address.clone(), row.request_id.clone());
    match records {
        Records::Operations => {
            let (action, facts) = (actions::action(&row.action), words::facts_text(row));
            [at, login_id, name, kind, action, target, result, facts, screen, address, request]
        }
        Records::Viewings => {
            let (viewed, purpose) = (words::viewed(row), words::purpose(row));
            [at, login_id, name, kind, target, viewed, purpose, result, screen, address, request]
        }
    }
}

/// A field that begins like a formula gets an apostrophe before it; so spreadsheets take it for text.
fn harmless(field: String) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{field}") } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_becomes_text() {
        for field in ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "＝１"] {
            assert_eq!(harmless(field.to_owned()), format!("'{field}"));
        }
        for field in ["", "田中 蓮", "2025/02/07", "a=b"] {
            assert_eq!(harmless(field.to_owned()), field);
        }
    }

    #[test]
    fn the_file_begins_with_a_mark_and_its_lines_end_as_windows_ends_them() {
        let text = csv(Records::Viewings, &[]);
        assert!(text.starts_with("\u{feff}日時,ユーザID") && text.ends_with("エラーID\r\n"), "{text:?}");
    }
}
