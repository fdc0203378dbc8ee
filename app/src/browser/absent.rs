//! The server's side: the same names, doing nothing, since no effect and no handler runs there.

/// Does nothing.
pub fn focus(_id: &str) {}

/// Does nothing.
pub fn focus_is_inside(_id: &'static str, _then: impl FnOnce(bool) + 'static) {}

/// Does nothing.
pub fn show_dialog(_id: &str) {}

/// Does nothing.
pub fn close_dialog(_id: &str) {}

/// Does nothing.
pub fn close_details(_id: &str) {}

/// Nothing is checked.
pub fn checked_values(_id: &str) -> Vec<String> {
    Vec::new()
}

/// Does nothing.
pub fn check_only(_id: &str, _values: &[String]) {}

/// Does nothing.
pub fn copy_text(_text: &str, _then: impl Fn(bool) + 'static) {}

/// Always 0.
pub fn now_seconds() -> i64 {
    0
}

/// Does nothing.
pub fn every_second(_tick: impl FnMut() + 'static) {}

/// Does nothing.
pub fn mark_hydrated() {}

/// See the browser's own.
pub fn leave(_path: &str) {}
