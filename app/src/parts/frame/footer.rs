//! The bottom of every page: 画面番号 at the left, and help in the same place everywhere.

use leptos::prelude::*;

use crate::{parts::Link, routes::Route, screens::ScreenId};

/// The footer.
#[component]
pub(super) fn Footer(
    /// Whose number it shows.
    screen: ScreenId,
    /// Origin of the public pages.
    public_origin: String,
) -> impl IntoView {
    let help =
        [("お問い合わせ", Route::Contact), ("操作マニュアル", Route::Manual), ("よくあるご質問", Route::Questions)];
    let links = help.map(move |(label, route)| {
        let href = format!("{public_origin}{route}");
        view! { <li><Link href=href>{label}</Link></li> }
    });
    view! {
        <footer class="footer">
            <div class="footer__inner">
                <p class="footer__screen">"画面番号："<span class="code">{screen.number()}</span></p>
                <ul class="footer__links">{links.collect_view()}</ul>
                <p class="footer__note">
                    "独立実装のデモ・ソフトウェアです。介護情報基盤には接続しません。"
                </p>
            </div>
        </footer>
    }
    .into_any()
}
