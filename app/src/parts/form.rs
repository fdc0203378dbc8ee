//! The form around fields and buttons.

use leptos::prelude::*;

/// A form that posts to a server function. The browser's own messages stay off: ours come from the server, next to the
/// field and in a summary. A second click while the answer is under way is ignored (`browser::start_page`).
#[component]
pub fn PostForm(
    /// Path of the server function.
    action: &'static str,
    /// It sends a file.
    #[prop(optional)]
    upload: bool,
    /// Fields, hidden inputs and [`super::Buttons`].
    children: Children,
) -> impl IntoView {
    let encoding = upload.then_some("multipart/form-data");
    view! { <form class="form" method="post" action=action enctype=encoding novalidate=true>{children()}</form> }
        .into_any()
}
