//! The only place that talks to the browser beyond what Leptos does: focus, dialogs, check boxes, clipboard, timers.
//!
//! Every function names elements by `id` and takes plain types, so that the islands read the same on the server. There
//! the functions exist only so that event handlers and effects compile; none of those ever runs.

#[cfg(feature = "hydrate")]
mod choices;
#[cfg(feature = "hydrate")]
mod dom;
#[cfg(not(feature = "hydrate"))]
#[path = "browser/absent.rs"]
mod page;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod passkeys;
#[cfg(feature = "hydrate")]
mod reader;
#[cfg(feature = "hydrate")]
mod start;
#[cfg(feature = "hydrate")]
mod typing;

#[cfg(feature = "hydrate")]
pub use choices::{on_change, show_choices, ticked, untick, write_counts};
#[cfg(not(feature = "hydrate"))]
pub use page::{
    Socket, ask_for_passkey, autofills_passkeys, connect, draw_photo, is_ticked, loopback_permission, on_change,
    on_typing, passkeys_work, show_choices, show_screen, ticked, untick, value, write_counts,
};
pub use page::{
    close_dialog, copy_text, every_second, focus, leave, now_seconds, on_input, print, reload, set_input_type,
    set_value, show_dialog, show_field_error, submit, submit_form_of,
};
#[cfg(feature = "hydrate")]
pub use passkeys::{ask_for_passkey, autofills_passkeys, passkeys_work};
#[cfg(feature = "hydrate")]
pub use reader::{Socket, connect, draw_photo, is_ticked, loopback_permission, show_screen, value};
#[cfg(feature = "hydrate")]
pub use start::start_page;
#[cfg(feature = "hydrate")]
pub use typing::on_typing;

/// A check box as the page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its `value`.
    pub code: String,
    /// The text of its label.
    pub label: String,
}

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyRequest {
    /// A new one is to be made.
    Create,
    /// One is to answer; the browser asks which at once.
    Choose,
    /// One is to answer; the browser offers it in a field with `autocomplete="… webauthn"` and waits.
    Autofill,
}

/// Why no passkey answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyRefusal {
    /// The person broke it off, or took too long.
    Cancelled,
    /// This authenticator has a passkey of the account already.
    AlreadyThere,
    /// Another request took its place.
    Replaced,
    /// Anything else.
    Failed,
}

/// What happens in a field while somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// An input method shows this text, not yet decided on.
    Composing(String),
    /// It has put `text` into the field, which holds `value` now.
    Committed {
        /// Empty: broken off.
        text: String,
        /// With the text.
        value: String,
    },
    /// The field holds this now.
    Changed(String),
}

/// What a socket to reader-bridge tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketNews {
    /// It is open.
    Opened,
    /// A frame came.
    Text(String),
    /// It is closed, or could not be opened.
    Closed,
}
