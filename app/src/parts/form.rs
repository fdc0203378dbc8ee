//! The form around fields and buttons.

use leptos::prelude::*;

/// A form that posts to a server function. The browser's own messages stay off: ours come from the server, next to the
/// field and in a summary. A second click while the answer is under way is ignored (`browser::start_page`).
#[component]
pub fn PostForm(
    /// Path of the server function.
    action: &'static str,
    /// Fields, hidden inputs and [`super::Buttons`].
    children: Children,
) -> impl IntoView {
    view! { <form class="form" method="post" action=action novalidate=true>{children()}</form> }.into_any()
}
