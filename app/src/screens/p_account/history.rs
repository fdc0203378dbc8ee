//! P-1: the latest sign-ins and what failed of them.

use leptos::prelude::*;

use super::sessions::Device;
use crate::{
    parts::{Cell, Column, DataTable, Icon, IconKind, RowHead},
    services::{
        own_account::{Proof, SignInLine, SignInResult},
        sign_in::CodeChannel,
    },
};

const WHEN: &str = "日時";
const RESULT: &str = "結果";
const PROOF: &str = "認証方法";
const DEVICE: &str = "端末";

/// What was used, in words.
const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Password => "パスワード",
        Proof::SecurityCode => "セキュリティコード",
        Proof::Code(CodeChannel::Mail) => "ワンタイム認証コード（メール）",
        Proof::Code(CodeChannel::Sms) => "ワンタイム認証コード（SMS）",
        Proof::Code(CodeChannel::App) => "認証アプリ",
        Proof::Code(CodeChannel::Recovery) => "リカバリーコード",
        Proof::Passkey => "パスキー",
    }
}

const fn result(result: SignInResult) -> (&'static str, IconKind, &'static str) {
    match result {
        SignInResult::Done => ("badge badge--success", IconKind::Success, "成功"),
        SignInResult::Refused => ("badge badge--danger", IconKind::Danger, "失敗"),
        SignInResult::Locked => ("badge badge--warning", IconKind::Lock, "ロック"),
    }
}

/// The table, the newest first.
#[component]
pub(super) fn SignInHistory(sign_ins: Vec<SignInLine>) -> impl IntoView {
    let columns = [WHEN, RESULT, PROOF, DEVICE].map(Column::plain).to_vec();
    let rows = sign_ins.into_iter().map(row).collect_view();
    view! {
        <section class="section" id="sign-ins">
            <h2>"最近のログイン"</h2>
            <DataTable caption="最近のログイン" columns=columns>{rows}</DataTable>
        </section>
    }
}

fn row(line: SignInLine) -> impl IntoView {
    let (class, icon, word) = result(line.result);
    view! {
        <tr>
            <RowHead label=WHEN code=true>{line.at.minute_text()}</RowHead>
            <Cell label=RESULT><span class=class><Icon kind=icon/>{word}</span></Cell>
            <Cell label=PROOF>{proof(line.proof)}</Cell>
            <Cell label=DEVICE><Device device=line.device address=line.address/></Cell>
        </tr>
    }
}
