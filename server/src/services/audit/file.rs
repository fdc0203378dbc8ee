//! The records as a CSV file that spreadsheets open.

use app::{
    routes::Records,
    screens::f_audit::{actions, words},
    services::audit::Record,
};

use crate::services::spreadsheet::CsvFile;

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
pub(super) fn csv(records: Records, rows: &[Record]) -> Vec<u8> {
    let heads = match records {
        Records::Operations => OPERATIONS,
        Records::Viewings => VIEWINGS,
    };
    let mut file = CsvFile::new(&heads);
    for row in rows {
        file.row(&fields(records, row));
    }
    file.bytes()
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
