//! The server's side: the same names, doing nothing, since no effect and no handler runs there.

/// Does nothing.
pub fn focus(_id: &str) {}

/// Does nothing.
pub fn show_dialog(_id: &str) {}

/// Does nothing.
pub fn close_dialog(_id: &str) {}

/// Does nothing.
pub fn copy_text(_text: &str, _then: impl Fn(bool) + 'static) {}

/// Always 0.
pub fn now_seconds() -> i64 {
    0
}

/// Does nothing.
pub fn every_second(_tick: impl FnMut() + 'static) {}

/// See the browser's own.
pub fn leave(_path: &str) {}

/// Does nothing.
pub fn reload() {}

/// Does nothing.
pub fn print() {}

/// Does nothing.
pub fn submit(_form: &str) {}

/// Does nothing.
pub fn submit_form_of(_id: &str) {}

/// Never.
pub fn passkeys_work() -> bool {
    false
}

/// Does nothing.
pub fn autofills_passkeys(_then: impl Fn(bool) + 'static) {}

/// Does nothing.
pub fn ask_for_passkey(
    _options: &str,
    _request: super::PasskeyRequest,
    _then: impl Fn(Result<String, super::PasskeyRefusal>) + 'static,
) {
}

/// Does nothing.
pub fn set_value(_id: &str, _value: &str) {}

/// Does nothing.
pub fn set_input_type(_id: &str, _input_type: &str) {}

/// Does nothing.
pub fn on_input(_id: &str, _hear: impl FnMut(String) + 'static) {}

/// Does nothing.
pub fn on_typing(_id: &str, _hear: impl FnMut(super::Typing) + 'static) {}

/// Does nothing.
pub fn show_field_error(_id: &str, _error: Option<&str>) {}

/// Nothing is ticked.
pub fn ticked(_id: &str) -> Vec<super::Choice> {
    Vec::new()
}

/// Does nothing.
pub fn untick(_id: &str, _code: &str) {}

/// Does nothing.
pub fn on_change(_id: &str, _hear: impl Fn() + 'static) {}

/// Nothing fits.
pub fn show_choices(_id: &str, _searching: bool, _fits: impl Fn(&str, &str) -> bool) -> usize {
    0
}

/// Does nothing.
pub fn write_counts(_id: &str, _words: impl Fn(usize, usize) -> String) {}

/// Never made.
pub struct Socket;

impl Socket {
    /// Does nothing.
    pub fn send(&self, _text: &str) {}
}

/// Connects to nothing.
pub fn connect(_port: u16, _hear: impl Fn(super::SocketNews) + Clone + 'static) -> Option<Socket> {
    None
}

/// Never answers.
pub fn loopback_permission(_then: impl Fn(crate::screens::m_reader::Permission) + 'static) {}

/// Does nothing.
pub fn show_screen(_number: &str, _title: &str) {}

/// Always empty.
pub fn value(_id: &str) -> String {
    String::new()
}

/// Never ticked.
pub fn is_ticked(_id: &str) -> bool {
    false
}

/// Does nothing.
pub fn draw_photo(_id: &str, _jpeg2000: &[u8]) {}
