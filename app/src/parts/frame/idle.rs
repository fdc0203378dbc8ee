//! The warning before a session ends for want of activity.

use leptos::prelude::*;

use crate::{
    browser,
    parts::{Button, ButtonKind, ButtonLink, Buttons, Dialog, minutes_text},
    routes::Route,
    screens::a_sign_in::extend_session,
};

const ID: &str = "idle-warning";

/// Seconds before the end at which the warning opens.
const WARN_BEFORE: i64 = 5 * 60;

/// Opens five minutes before the session ends and offers to go on. After the end it says so and leaves the page as it
/// is, so that what was typed can still be copied.
#[island]
pub(super) fn IdleWarning(
    /// Seconds until the session ends, when the page was made.
    seconds: i64,
    /// Where 「ログアウト」 posts to.
    sign_out: String,
    /// Where to sign in again.
    top: String,
) -> impl IntoView {
    let extend = Action::new(|(): &()| async {
        // The idle time starts anew with the page; what was typed is on the server's draft or still in the form.
        if extend_session().await.is_err() {
            browser::leave(&Route::Problem.to_string());
        }
    });
    let left = RwSignal::new(seconds);
    let end = RwSignal::new(0);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        end.set(browser::now_seconds() + seconds);
        browser::every_second(move || left.set((end.get_untracked() - browser::now_seconds()).max(0)));
    });
    let near = Memo::new(move |_| left.get() <= WARN_BEFORE);
    let over = Memo::new(move |_| left.get() == 0);
    Effect::new(move |_| open.set(near.get() || over.get()));
    let go_on = move |()| {
        extend.dispatch(());
        end.set(browser::now_seconds() + seconds);
        left.set(seconds);
    };
    let choices = move || {
        let sign_out = sign_out.clone();
        view! {
            <p>"操作がないため、あと"<strong class="code">{move || minutes_text(left.get())}</strong>"でログアウトします。入力中の内容を続けるには、ログインを延長してください。"</p>
            <form method="post" action=sign_out>
                <Buttons>
                    <Button on_click=Callback::new(go_on)>"ログインを延長する"</Button>
                    <Button kind=ButtonKind::Secondary>"ログアウト"</Button>
                </Buttons>
            </form>
        }
    };
    let ended = move || {
        let top = top.clone();
        view! {
            <p>"ログインの有効時間が過ぎました。続けるには、もう一度ログインしてください。"</p>
            <Buttons><ButtonLink href=top>"ログイン画面へ"</ButtonLink></Buttons>
        }
    };
    view! {
        <Dialog id=ID title="まもなくログアウトします" open=open>
            {move || if over.get() { ended().into_any() } else { choices().into_any() }}
        </Dialog>
    }
    .into_any()
}
