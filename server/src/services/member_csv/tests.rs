use domain::{account::ContactRule, form::Field};
use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;

use super::*;
use crate::services::{
    csv_table::decoded,
    spreadsheet::{BYTE_ORDER_MARK, unguarded},
};

const HEAD: &str = "ユーザID,姓,名,せい,めい,サービス種類,職種区分,メールアドレス,携帯電話番号";

fn file(rows: &str) -> Vec<u8> {
    format!("{HEAD}\r\n{rows}").into_bytes()
}

const TANAKA: &str =
    "Tanaka01,田中,蓮,ﾀﾅｶ,れん,\"16、通所型サービス（独自／定率）\",ケアマネジャー;看護職,t@example.jp,9012345678\r\n";

#[test]
fn a_row_becomes_the_form_that_a_person_would_have_filled_in() {
    let rows = read(&file(TANAKA)).unwrap();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row.line, row.ragged), (2, false));
    assert_eq!(
        (&row.form.services, &row.form.jobs),
        (&vec!["16".into(), "A7".into()], &vec!["care_manager".into(), "nurse".into()])
    );
    let profile = row.form.validate(ContactRule::EmailRequired).unwrap();
    assert_eq!((profile.name.reading().as_str(), profile.phone.unwrap().as_str()), ("たなか れん", "09012345678"));
}

#[test]
fn what_excel_writes_is_read_whatever_its_encoding_and_line_ends() {
    let plain = file(&format!("{TANAKA},,,,,,,,\r\n{}", TANAKA.replace("Tanaka01", "Tanaka02")));
    let expected = read(&plain).unwrap();
    assert_eq!(expected.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4], "empty rows are counted, not taken");
    let text = String::from_utf8(plain.clone()).unwrap();
    let (shift_jis, _, lost) = SHIFT_JIS.encode(&text);
    assert!(!lost);
    let marked = [BYTE_ORDER_MARK, &plain].concat();
    for bytes in [shift_jis.into_owned(), marked, text.replace("\r\n", "\n").into_bytes()] {
        assert_eq!(read(&bytes).unwrap(), expected);
    }
    let (windows, _, _) = SHIFT_JIS.encode("髙橋①");
    assert_eq!(decoded(&windows).unwrap(), "髙橋①", "the characters that only Windows has");
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let utf_16: Vec<u8> = HEAD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let many = file(&TANAKA.repeat(IMPORT_ROWS + 1));
    for (bytes, problem) in [
        (Vec::new(), Problem::Missing),
        (HEAD.into(), Problem::TooShort),
        (template(Members::Staff), Problem::TooShort),
        (vec![b'x'; IMPORT_BYTES + 1], Problem::TooLong),
        (many, Problem::TooMany),
        (b"PK\x03\x04\x00\x00workbook".to_vec(), Problem::Unknown),
        (utf_16, Problem::Unknown),
        (vec![0x81, 0xFF, 0x81], Problem::Unknown),
        ([BYTE_ORDER_MARK, b"\x82\xa0"].concat(), Problem::Unknown),
        ("ID,氏名\r\nTanaka01,田中\r\n".into(), Problem::Differs),
        (file(TANAKA)[HEAD.len() + 2..].to_vec(), Problem::Differs),
    ] {
        let shown = String::from_utf8_lossy(&bytes).chars().take(20).collect::<String>();
        assert_eq!(read(&bytes), Err(problem), "{shown}");
    }
    assert_eq!(read(&file(&TANAKA.repeat(IMPORT_ROWS))).unwrap().len(), IMPORT_ROWS);
}

#[test]
fn columns_are_found_by_their_headings() {
    let text = "備考,携帯電話番号,メールアドレス,職種区分,サービス種類,めい,せい,名,姓,ユーザＩＤ\n\
                x,,t@example.jp,nurse,２Ａ;zz,れん,たなか,蓮,田中,Tanaka01\n";
    let rows = read(text.as_bytes()).unwrap();
    assert_eq!((rows[0].form.login_id.as_str(), rows[0].form.family_name.as_str()), ("Tanaka01", "田中"));
    assert_eq!(rows[0].form.services, ["2A", "zz"]);
    let errors = rows[0].form.validate(ContactRule::EmailRequired).unwrap_err();
    assert_eq!(errors.iter().collect::<Vec<_>>(), [(Field::Services, Problem::Unknown)]);
}

#[test]
fn a_comma_without_quotes_makes_a_row_ragged() {
    let rows = read(&file("Tanaka01,田中,蓮,たなか,れん,11,16,ケアマネジャー,t@example.jp,\r\n")).unwrap();
    assert!(rows[0].ragged);
    assert!(!read(&file("Tanaka01,田中\r\n")).unwrap()[0].ragged, "Excel drops empty cells at the end");
}

#[test]
fn a_list_that_was_given_out_can_be_taken_again() {
    let form = read(&file(TANAKA)).unwrap()[0].form.validate(ContactRule::EmailRequired).unwrap().to_form();
    let row = ListedRow {
        form: form.clone(),
        registered_at: Timestamp::from_seconds(1_738_890_000),
        last_sign_in: None,
        state: AccountState::NeverSignedIn,
    };
    let bytes = list(std::iter::once(row));
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(text.starts_with("\u{feff}ユーザID,") && text.ends_with("2025/02/07,,未ログイン\r\n"), "{text}");
    assert_eq!(read(&bytes).unwrap()[0].form, form);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
        let _ = read(&[HEAD.as_bytes(), b"\n", &bytes].concat());
    }

    #[test]
    fn any_text_after_the_head_stays_within_bounds(text in "[\\PC\"',;、\r\n]{0,400}") {
        if let Ok(rows) = read(&file(&text)) {
            let mut last = 1;
            for row in rows {
                prop_assert!(row.line > last, "lines grow");
                last = row.line;
                prop_assert!(row.form.services.len() <= 200);
                prop_assert_eq!(row.form.clone().bounded(), row.form);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back(cell in "[\\PC&&[^\u{feff}]]{1,40}") {
        let mut file = CsvFile::new(&["a", "b"]);
        file.row(&[cell.clone(), String::new()]);
        let bytes = file.bytes();
        let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[BYTE_ORDER_MARK.len()..]);
        let record = reader.records().next().unwrap().unwrap();
        let first = record[0].chars().next().unwrap();
        prop_assert!(!matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r'));
        prop_assert_eq!(unguarded(&record[0]), cell.as_str());
    }
}
