//! Lists for 一括資格確認 as CSV: what people send, and the results that they get.

use app::services::{
    care_batches::{BATCH_ROWS, BatchLine},
    member_files::IMPORT_BYTES,
};
use domain::{
    care::{BatchRow, Day},
    form::Problem,
    text::{holds_individual_number, narrow},
};

use super::{
    csv_table::{self, Column, EXAMPLE, Limits},
    spreadsheet::CsvFile,
};

/// The headings of a list, in the order of the template.
const COLUMNS: [&str; 3] = ["被保険者番号", "保険者番号", "生年月日"];

/// The headings of the results.
const RESULTS: [&str; 7] = ["行", "被保険者番号", "氏名", "結果", "要介護状態区分", "認定の終了日", "基準日"];

/// Most digits that a cell of a list can have: those of a 被保険者番号.
const DIGITS: usize = 10;

/// Longest cell that is kept, in characters.
const CELL_MAX: usize = 40;

/// Reads a list.
///
/// Errors: what is wrong with the file as a whole, as a problem of `Field::PeopleFile`.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<BatchRow>, Problem> {
    let [insured, insurer, born] = COLUMNS;
    let columns = [Column::required(insured), Column::optional(insurer), Column::optional(born)];
    let rows = csv_table::read(bytes, &Limits { bytes: IMPORT_BYTES, rows: BATCH_ROWS }, &columns)?;
    let row = |row: csv_table::CsvRecord<3>| {
        let [insured_number, insurer_number, born_on] = row.cells.map(|cell| kept(&cell));
        BatchRow { line: row.line, insured_number, insurer_number, born_on, ragged: row.ragged }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The cell as it is kept and shown. What has more digits than any number of a list may be a 個人番号: nothing of it stays
/// but that it was too long.
pub(super) fn kept(cell: &str) -> String {
    let digits = narrow(cell).chars().filter(char::is_ascii_digit).count();
    if digits > DIGITS { "*".repeat(DIGITS + 2) } else { cell.chars().take(CELL_MAX).collect() }
}

/// A file's name, without what may be somebody's number.
pub(super) fn kept_name(name: &str) -> String {
    if holds_individual_number(name) { "一覧.csv".to_owned() } else { name.to_owned() }
}

/// The file to fill in.
pub(super) fn template() -> Vec<u8> {
    let example = format!("{EXAMPLE}（この行は照会されません）");
    let mut file = CsvFile::new(&COLUMNS);
    file.row(&[example, "990010".to_owned(), "1940/04/01".to_owned()]);
    file.bytes()
}

/// The results as a file.
pub(super) fn results(lines: &[BatchLine], as_of: Day) -> Vec<u8> {
    let mut file = CsvFile::new(&RESULTS);
    for line in lines {
        let person = line.person.as_ref();
        file.row(&[
            line.line.to_string(),
            line.insured_number.clone(),
            person.map(|person| person.name.clone()).unwrap_or_default(),
            line.status.name().to_owned(),
            person.and_then(|person| person.level).map(|level| level.name().to_owned()).unwrap_or_default(),
            person.and_then(|person| person.until).map(Day::slashed).unwrap_or_default(),
            as_of.slashed(),
        ]);
    }
    file.bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<BatchRow>, Problem> {
        read(text.as_bytes())
    }

    #[test]
    fn a_number_is_enough_and_columns_stand_in_any_order() {
        let read = rows("\u{feff}氏名,生年月日,被保険者番号\r\n見本 花子,1940/4/1,0000012345\r\n,,12345\r\n").unwrap();
        assert_eq!(
            (read[0].line, read[0].born_on.as_str(), read[0].insured_number.as_str()),
            (2, "1940/4/1", "0000012345")
        );
        assert_eq!((read[1].line, read[1].insurer_number.as_str()), (3, ""));
        let (windows, ..) = encoding_rs::SHIFT_JIS.encode("被保険者番号\r\n12345\r\n");
        assert_eq!(super::read(&windows).unwrap()[0].insured_number, "12345");
    }

    #[test]
    fn files_that_are_no_lists_are_refused() {
        assert_eq!(rows(""), Err(Problem::Missing));
        assert_eq!(rows("番号\r\n1\r\n"), Err(Problem::Differs));
        assert_eq!(rows("被保険者番号\r\n\r\n"), Err(Problem::TooShort));
        assert_eq!(rows(&format!("被保険者番号\r\n{}", "1\r\n".repeat(501))), Err(Problem::TooMany));
        assert_eq!(rows(&"x".repeat(IMPORT_BYTES + 1)), Err(Problem::TooLong));
        assert_eq!(read(&template()), Err(Problem::TooShort), "the example is no row");
    }

    #[test]
    fn nothing_of_what_may_be_an_individual_number_is_kept() {
        for cell in ["123456789018", "１２３４５６７８９０１８", "1234-5678-9018", "12345678901"] {
            let read = rows(&format!("被保険者番号,生年月日\r\n{cell},{cell}\r\n")).unwrap();
            assert_eq!((read[0].insured_number.as_str(), read[0].born_on.as_str()), ("************", "************"));
            assert!(read[0].key().is_err());
        }
        assert_eq!(kept("0000012345"), "0000012345");
        assert_eq!(kept("昭和15年4月1日"), "昭和15年4月1日");
    }
}
