//! One record of F-1 or F-2, whole.

use leptos::prelude::*;

use super::{
    actions,
    api::audit_record,
    f01_list::{crumbs_under, or_dash, outcome, screen_of, who_label},
    words,
};
use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons},
    routes::{Records, Route},
    screens::{loaded::loaded, screen::Screen},
    services::audit::{Record, RecordDetail},
};

/// The record with this number.
#[component]
pub fn RecordPageOf(records: Records, seq: i64) -> impl IntoView {
    loaded(
        screen_of(records),
        move || audit_record(records, seq),
        move |detail| view! { <Detail records detail/> }.into_any(),
    )
}

#[component]
fn Detail(records: Records, detail: RecordDetail) -> impl IntoView {
    let RecordDetail { record, same_device } = detail;
    let facts: Vec<_> = record.facts.iter().filter(|fact| !fact.values.is_empty()).collect();
    let facts = facts.into_iter().map(|fact| {
        let (name, text) = (words::fact_name(fact), words::fact_text(fact));
        view! { <Answer label=name>{text}</Answer> }
    });
    let facts = facts.collect_view();
    let (who, action, target) = (who(&record), actions::action(&record.action), or_dash(&record.target));
    let device = or_dash(&words::device(&record.certificate));
    let heading = format!("{}の記録", screen_of(records).title());
    let Record { seq, at, result, screen, address, request_id, .. } = record;
    view! {
        <Screen screen=screen_of(records) heading=heading lead="1件の記録の内容です。" crumbs=crumbs_under(records)>
            <Answers>
                <Answer label="日時" code=true>{at.second_text()}</Answer>
                <Answer label=who_label(records)>{who}</Answer>
                <Answer label="操作">{action}</Answer>
                <Answer label="対象">{target}</Answer>
                <Answer label="結果">{outcome(&result)}</Answer>
                {facts}
            </Answers>
            <h2>"操作した端末と画面"</h2>
            <Answers>
                <Answer label="画面番号" code=true>{or_dash(&screen)}</Answer>
                <Answer label="IPアドレス" code=true>{or_dash(&address)}</Answer>
                <Answer label="端末の証明書">
                    <span class="code">{device}</span>
                    {same_device.then_some("（いまお使いの端末と同じ証明書です）")}
                </Answer>
                <Answer label="エラーID（問い合わせ用）" code=true>{or_dash(&request_id)}</Answer>
                <Answer label="記録の番号" code=true>{seq.to_string()}</Answer>
            </Answers>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Records(records)>"一覧に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// Name, ID and kind.
fn who(record: &Record) -> String {
    let kind = record.kind.map(|kind| format!("（{}）", kind.name())).unwrap_or_default();
    or_dash(format!("{} {}{kind}", record.name, record.login_id).trim())
}
