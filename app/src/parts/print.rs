//! Printing the page.

use leptos::prelude::*;

use super::{Button, ButtonKind};
use crate::browser;

/// 「印刷する」. Appears when its handler works; without JavaScript the browser's own menu prints.
#[island]
pub fn PrintButton() -> impl IntoView {
    let print = Callback::new(|()| browser::print());
    view! { <span class="needs-app"><Button kind=ButtonKind::Secondary on_click=print>"印刷する"</Button></span> }
}
