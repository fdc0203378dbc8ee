//! The only place that talks to the browser beyond what Leptos does: focus, dialogs, check boxes, clipboard, timers.
//!
//! Every function names elements by `id` and takes plain types, so that the parts read the same on the server. There
//! the functions exist only so that event handlers and effects compile; none of those ever runs.

#[cfg(feature = "hydrate")]
mod page;
#[cfg(not(feature = "hydrate"))]
#[path = "browser/absent.rs"]
mod page;

pub use page::{
    check_only, checked_values, close_details, close_dialog, copy_text, every_second, focus, focus_is_inside, leave,
    mark_hydrated, now_seconds, show_dialog,
};
