//! A CSV file as people save it: UTF-8 with or without byte order mark, or `Shift_JIS` as Windows has it; any line ends. The
//! columns are found by their headings; others are ignored, so that a file that was given out can be taken again.

use csv::{ReaderBuilder, StringRecord, Trim};
use domain::{form::Problem, text::narrow};
use encoding_rs::SHIFT_JIS;

use super::{
    csv_lines::Lines,
    spreadsheet::{BYTE_ORDER_MARK, unguarded},
};

/// A row whose first column begins so is the template's example.
pub(super) const EXAMPLE: &str = "記入例";

/// A column that is looked for.
pub(super) struct Column {
    /// Its heading.
    pub(super) heading: &'static str,
    /// A file without it is refused; otherwise its cells count as empty.
    pub(super) required: bool,
}

impl Column {
    /// Every file must have it.
    pub(super) const fn required(heading: &'static str) -> Self {
        Self { heading, required: true }
    }

    /// A file may do without it.
    pub(super) const fn optional(heading: &'static str) -> Self {
        Self { heading, required: false }
    }
}

/// How large a file may be.
pub(super) struct Limits {
    pub(super) bytes: usize,
    pub(super) rows: usize,
}

/// One row of a file.
pub(super) struct CsvRecord<const N: usize> {
    /// The line in the file, from 1.
    pub(super) line: u64,
    /// The cells in the order of the columns, without a spreadsheet's guards.
    pub(super) cells: [String; N],
    /// The row has more cells than there are headings: a comma was not quoted.
    pub(super) ragged: bool,
}

/// Reads a file. Empty rows and the template's example are left out.
///
/// Errors: what is wrong with the file as a whole: `Missing`, `TooLong`, `Unknown` (no CSV), `Differs` (the headings),
/// `TooMany`, `TooShort` (no rows).
pub(super) fn read<const N: usize>(
    bytes: &[u8],
    limits: &Limits,
    columns: &[Column; N],
) -> Result<Vec<CsvRecord<N>>, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Missing);
    }
    if bytes.len() > limits.bytes {
        return Err(Problem::TooLong);
    }
    let text = decoded(bytes)?;
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| Problem::Unknown)?.clone();
    let places = places(&headings, columns)?;
    let mut lines = Lines::new(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Problem::Unknown)?;
        let line = record.position().map_or(0, |position| lines.at(position));
        let cells = places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default());
        if record.iter().all(str::is_empty) || cells.first().is_some_and(|first| first.starts_with(EXAMPLE)) {
            continue;
        }
        if rows.len() == limits.rows {
            return Err(Problem::TooMany);
        }
        let cells = cells.map(|cell| unguarded(cell).to_owned());
        rows.push(CsvRecord { line, cells, ragged: record.len() > headings.len() });
    }
    if rows.is_empty() { Err(Problem::TooShort) } else { Ok(rows) }
}

pub(super) fn decoded(bytes: &[u8]) -> Result<String, Problem> {
    let marked = bytes.strip_prefix(BYTE_ORDER_MARK);
    let text = match (std::str::from_utf8(marked.unwrap_or(bytes)), marked) {
        (Ok(text), _) => text.to_owned(),
        (Err(_), Some(_)) => return Err(Problem::Unknown),
        (Err(_), None) => {
            let decoded = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
            decoded.ok_or(Problem::Unknown)?.into_owned()
        }
    };
    // Workbooks, pictures and UTF-16 have such characters; a CSV has none.
    let binary = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if text.contains(binary) { Err(Problem::Unknown) } else { Ok(text) }
}

/// Where each of the columns stands.
fn places<const N: usize>(headings: &StringRecord, columns: &[Column; N]) -> Result<[Option<usize>; N], Problem> {
    let mut places = [None; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = headings.iter().position(|heading| narrow(heading) == column.heading);
        if column.required && place.is_none() {
            return Err(Problem::Differs);
        }
    }
    Ok(places)
}
