//! 管理者ユーザ and 一般ユーザ as CSV: what Excel writes is read, and what is written opens in Excel.

use app::{
    routes::Members,
    services::member_files::{IMPORT_BYTES, IMPORT_ROWS},
};
use domain::{
    Timestamp,
    account::{AccountState, MemberForm, SERVICES, ServiceCode},
    form::Problem,
    job::Job,
    text::narrow,
};
use serde::{Deserialize, Serialize};

use super::{
    csv_table::{self, Column, EXAMPLE, Limits},
    spreadsheet::CsvFile,
};

/// The headings of a form's columns, in the order of the template.
const COLUMNS: [&str; 9] =
    ["ユーザID", "姓", "名", "せい", "めい", "サービス種類", "職種区分", "メールアドレス", "携帯電話番号"];

/// What a list that is given out says besides.
const MORE_COLUMNS: [&str; 3] = ["登録日", "最終ログイン", "状態"];

/// One person in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvRow {
    /// The line in the file, from 1.
    pub line: u64,
    /// What the cells say, services and jobs as codes where they are known.
    pub form: MemberForm,
    /// The row has more cells than there are headings: a comma was not quoted.
    pub ragged: bool,
}

/// Reads a file. Empty rows and the template's example are left out.
///
/// Errors: what is wrong with the file as a whole, as a problem of `Field::File`.
pub fn read(bytes: &[u8]) -> Result<Vec<CsvRow>, Problem> {
    let limits = Limits { bytes: IMPORT_BYTES, rows: IMPORT_ROWS };
    let rows = csv_table::read(bytes, &limits, &COLUMNS.map(Column::required))?;
    Ok(rows.into_iter().map(|row| CsvRow { line: row.line, form: form(row.cells), ragged: row.ragged }).collect())
}

fn form(cells: [String; COLUMNS.len()]) -> MemberForm {
    let [login_id, family_name, given_name, family_kana, given_kana, services, jobs, email, phone] = cells;
    let form = MemberForm {
        login_id,
        family_name,
        given_name,
        family_kana,
        given_kana,
        services: codes(&services, service),
        jobs: codes(&jobs, job),
        email,
        phone: with_leading_zero(&phone),
    };
    form.bounded()
}

/// Several values in one cell. What is no known value stays as it is, for the rules to refuse.
fn codes(cell: &str, code: impl Fn(&str) -> Option<&'static str>) -> Vec<String> {
    let values = cell.split([';', '；', '、', ',', '，', '\n', '\r']).map(str::trim).filter(|value| !value.is_empty());
    values.map(|value| code(value).map_or_else(|| value.to_owned(), str::to_owned)).collect()
}

fn service(value: &str) -> Option<&'static str> {
    let value = narrow(value);
    let by_code = ServiceCode::from_code(&value.to_ascii_uppercase()).map(ServiceCode::code);
    by_code.or_else(|| SERVICES.iter().find(|service| narrow(service.name) == value).map(|service| service.code))
}

fn job(value: &str) -> Option<&'static str> {
    let value = narrow(value);
    Job::ALL.iter().find(|job| job.code() == value || narrow(job.name()) == value).map(|job| job.code())
}

/// Excel takes a phone number for a number and drops its first zero.
fn with_leading_zero(cell: &str) -> String {
    let digits = cell.len() == 10 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let mobile = ["70", "80", "90"].iter().any(|prefix| cell.starts_with(prefix));
    if digits && mobile { format!("0{cell}") } else { cell.to_owned() }
}

/// The file to fill in.
pub fn template(members: Members) -> Vec<u8> {
    let email = match members {
        Members::Administrators => "tanaka@example.jp",
        Members::Staff => "",
    };
    let example = format!("{EXAMPLE}（この行は登録されません）");
    let cells =
        [&example, "田中", "蓮", "たなか", "れん", "16;A7", "ケアマネジャー;一般介護職", email, "090-1234-5678"];
    let mut file = CsvFile::new(&COLUMNS);
    file.row(&cells.map(str::to_owned));
    file.bytes()
}

/// One account of a list that is given out.
pub struct ListedRow {
    /// What its form says.
    pub form: MemberForm,
    /// 登録日.
    pub registered_at: Timestamp,
    /// 最終ログイン.
    pub last_sign_in: Option<Timestamp>,
    /// 状態.
    pub state: AccountState,
}

/// A list as a file.
pub fn list(rows: impl Iterator<Item = ListedRow>) -> Vec<u8> {
    let mut file = CsvFile::new(&[COLUMNS.as_slice(), &MORE_COLUMNS].concat());
    for ListedRow { form, registered_at, last_sign_in, state } in rows {
        let services = form.services.iter().filter_map(|code| ServiceCode::from_code(code)).map(ServiceCode::name);
        let jobs = form.jobs.iter().filter_map(|code| Job::from_code(code)).map(Job::name);
        file.row(&[
            form.login_id,
            form.family_name,
            form.given_name,
            form.family_kana,
            form.given_kana,
            services.collect::<Vec<_>>().join(";"),
            jobs.collect::<Vec<_>>().join(";"),
            form.email,
            form.phone,
            registered_at.date_text(),
            last_sign_in.map(Timestamp::minute_text).unwrap_or_default(),
            state.name().to_owned(),
        ]);
    }
    file.bytes()
}

#[cfg(test)]
mod tests;
