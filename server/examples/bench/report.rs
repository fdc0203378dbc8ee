//! Figures, one a line, and whether their bars are kept.

use std::time::Duration;

/// What was measured so far.
#[derive(Default)]
pub(crate) struct Report {
    missed: usize,
}

impl Report {
    /// A figure with its bar.
    pub(crate) fn bar(&mut self, what: &str, figure: &str, bar: &str, kept: bool) {
        self.missed += usize::from(!kept);
        println!("{} {what:<58} {figure:>24}   {bar}", if kept { "ok    " } else { "MISSED" });
    }

    /// A figure to know.
    pub(crate) fn note(what: &str, figure: &str) {
        println!("       {what:<58} {figure:>24}");
    }

    /// No bar was missed.
    pub(crate) fn is_good(&self) -> bool {
        self.missed == 0
    }
}

/// The time below which so many in a hundred of the samples lie; they are sorted here.
pub(crate) fn percentile(samples: &mut [Duration], percent: usize) -> Duration {
    samples.sort_unstable();
    let place = (samples.len() * percent).div_ceil(100);
    samples[place.clamp(1, samples.len()) - 1]
}

/// `1.23 ms`.
pub(crate) fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

/// A line of this process's, or another's, `/proc/PID/status`, in MB.
pub(crate) fn memory(process: &str, line: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("Linux");
    let found = status.lines().find_map(|text| text.strip_prefix(line)).expect("a line of memory");
    let kib: f64 = found.trim_matches([':', '\t', ' ']).trim_end_matches(" kB").parse().expect("a number");
    kib / 1_024.0
}
