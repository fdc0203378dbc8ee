//! The form around fields and buttons.

use leptos::prelude::*;

use crate::routes::Download;

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

/// A form whose answer is a file: the page stays as it is, so the form may be sent again.
#[component]
pub fn DownloadForm(
    /// What is fetched.
    action: Download,
    /// Hidden inputs and [`super::Buttons`].
    children: Children,
) -> impl IntoView {
    view! { <form class="form" method="post" action=action.path() data-download="">{children()}</form> }.into_any()
}
