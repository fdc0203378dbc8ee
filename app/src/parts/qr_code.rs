//! A QR code.

use leptos::prelude::*;

/// A QR code, dark on light whatever the page's colours are: cameras need it so.
#[component]
pub fn QrCode(
    /// What it is for, for those who do not see it. What it says must stand beside it as text.
    label: &'static str,
    /// Modules on each side, the quiet zone included.
    size: usize,
    /// The dark modules as an SVG path.
    path: String,
) -> impl IntoView {
    let view_box = format!("0 0 {size} {size}");
    view! {
        <svg class="qr" viewBox=view_box role="img" aria-label=label>
            <path class="qr__dark" d=path></path>
        </svg>
    }
    .into_any()
}
