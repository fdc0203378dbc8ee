//! Where a CSV record stands in its file.

/// Counts lines as an editor does. The CSV reader's own count is one short in files with Windows line ends.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, counted: 0, line: 1 }
    }

    /// The line of the record that begins here; positions may only grow.
    pub(super) fn at(&mut self, position: &csv::Position) -> u64 {
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX).clamp(self.counted, self.bytes.len());
        let blank = self.bytes[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = &self.bytes[self.counted..start + blank];
        self.line += (0..passed.len()).map(|at| u64::from(is_line_end(&passed[at..]))).sum::<u64>();
        self.counted = start + blank;
        self.line
    }
}

/// CR LF counts once, at its LF.
fn is_line_end(rest: &[u8]) -> bool {
    matches!(rest, [b'\n', ..] | [b'\r']) || matches!(rest, [b'\r', next, ..] if *next != b'\n')
}
