//! P-1: where the account is signed in.

use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{EndOtherSessions, EndSession};
use crate::{
    parts::{Button, ButtonKind, Buttons, Cell, Column, DataTable, PostForm, RowHead},
    services::own_account::SessionLine,
};

const DEVICE: &str = "端末";
const STARTED: &str = "ログイン日時";
const SEEN: &str = "最終操作";
const ACT: &str = "操作";

/// The open sessions, each with the button that ends it.
#[component]
pub(super) fn Sessions(sessions: Vec<SessionLine>) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.here);
    let columns = [DEVICE, STARTED, SEEN, ACT].map(Column::plain).to_vec();
    let rows = sessions.into_iter().map(row).collect_view();
    view! {
        <section class="section" id="sessions">
            <h2>"ログイン中の端末"</h2>
            <p>"心当たりのない端末があるときは、ログアウトさせて、パスワードを変更してください。"</p>
            <DataTable caption="ログイン中の端末" columns=columns>{rows}</DataTable>
            {others.then(|| view! {
                <PostForm action=EndOtherSessions::url()>
                    <Buttons>
                        <Button kind=ButtonKind::Secondary>"ほかの端末をすべてログアウトさせる"</Button>
                    </Buttons>
                </PostForm>
            })}
        </section>
    }
}

/// A browser in words, and under it the address that it came from.
#[component]
pub(super) fn Device(device: String, address: String) -> impl IntoView {
    view! {
        <span class="nobreak">{device}</span>
        <br/>
        <span class="small muted">"接続元："<span class="code">{address}</span></span>
    }
}

fn row(session: SessionLine) -> impl IntoView {
    let SessionLine { id, device, address, started_at, last_seen_at, here } = session;
    let which = format!("：{device}");
    let act = if here {
        view! { <span class="nobreak muted">"この端末"</span> }.into_any()
    } else {
        view! {
            <form method="post" action=EndSession::url()>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=ButtonKind::Plain>
                    "ログアウトさせる"<span class="visually-hidden">{which}</span>
                </Button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr>
            <RowHead label=DEVICE><Device device address/></RowHead>
            <Cell label=STARTED code=true>{started_at.minute_text()}</Cell>
            <Cell label=SEEN code=true>{last_seen_at.minute_text()}</Cell>
            <Cell label=ACT>{act}</Cell>
        </tr>
    }
}
