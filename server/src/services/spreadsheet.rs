//! CSV as spreadsheets open it: UTF-8 with byte order mark, CRLF, and no cell that one would take for a formula.

use csv::{Terminator, WriterBuilder};

/// What a spreadsheet's UTF-8 file begins with.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file that is being written.
pub(super) struct CsvFile(csv::Writer<Vec<u8>>);

impl CsvFile {
    pub(super) fn new(headings: &[&str]) -> Self {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
        let mut file = Self(writer);
        file.row(&headings.iter().map(|&heading| heading.to_owned()).collect::<Vec<_>>());
        file
    }

    pub(super) fn row(&mut self, cells: &[String]) {
        // Memory does not refuse, and every row has as many cells as there are headings.
        let _ = self.0.write_record(cells.iter().map(|cell| guarded(cell)));
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// Whether a spreadsheet would take a cell for a formula, but for apostrophes before it. Those count as part of the cell:
/// one more is put before them, or the way back would take one that somebody typed.
fn is_risky(cell: &str) -> bool {
    let begins = |first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n');
    cell.trim_start_matches('\'').starts_with(begins)
}

/// The cell, with an apostrophe in front where a spreadsheet would calculate.
pub(super) fn guarded(cell: &str) -> String {
    if is_risky(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The way back.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+81", "-x", "@SUM", "\t=1", "\r=1", "\n=1", "＝1", "'-", "''=1"] {
            let safe = guarded(cell);
            assert_eq!(safe, format!("'{cell}"));
            assert_eq!(unguarded(&safe), cell);
        }
        for cell in ["", "田中", "'x", "a=b", "2025/02/07"] {
            assert_eq!((guarded(cell).as_str(), unguarded(cell)), (cell, cell));
        }
    }
}
