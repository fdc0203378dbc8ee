//! M: the companion's own screens, drawn against reader-bridge.
//!
//! One page; its island shows the screen that reader-bridge's state asks for and puts number and title into the frame.
//! [`desk`] is what happens, without a browser; [`link`] the frames; [`island`] the socket and the server; `views` what
//! is drawn.

mod api;
mod desk;
mod island;
mod link;
mod trouble;
mod views;

use domain::account::Right;
use leptos::prelude::*;

pub use api::{
    ConfirmReading, IssueChallenge, PersonOfReading, SubmitReading, confirm_reading, issue_challenge,
    person_of_reading, submit_reading,
};
pub use desk::Permission;
pub use island::ReaderIsland;

use crate::{
    parts::{Banner, BannerKind, ButtonKind, ButtonLink, Buttons},
    routes::{ReaderStep, Route},
    screens::screen::{Screen, page_info},
};

/// M-1 … M-13.
#[component]
pub fn Reader(
    /// Where the page begins.
    step: ReaderStep,
) -> impl IntoView {
    let page = page_info();
    let kind = page.signed_in.map(|who| who.kind);
    let home = kind.map_or(Route::Top, Route::home);
    let registers = kind.is_some_and(|kind| kind.may(Right::RegisterTerminals));
    view! {
        <Screen screen=step.screen()>
            <div class="without-script">
                <Banner kind=BannerKind::Warning title="カードの読み取りには、JavaScriptが必要です">
                    <p>
                        "カードリーダーは、ブラウザの中で動くプログラムが reader-bridge を通じて操作します。"
                        "ブラウザの設定でJavaScriptを有効にしてから、この画面を開き直してください。"
                    </p>
                </Banner>
                <Buttons>
                    <ButtonLink href=Route::FindPerson>"カードを使わずに確認する"</ButtonLink>
                    <ButtonLink kind=ButtonKind::Plain href=home>"メニューへ"</ButtonLink>
                </Buttons>
            </div>
            <div class="needs-app"><ReaderIsland step port=page.reader_port registers/></div>
        </Screen>
    }
}
