//! Documents, the way of an application, and what is left of what can be spent.

use domain::care::{
    Balance, Day, Document, Equipment, Opinion, Renovation, ReviewProgress, equipment_balance, renovation_balance,
};
use leptos::prelude::*;

use super::certificates::{day, row};
use crate::parts::{Answers, Banner, BannerKind, Cell, Column, DataTable, Fact, Facts, RowHead, dated, grouped};

/// Documents one under another.
pub(super) fn documents(all: Vec<Document>) -> AnyView {
    all.into_iter().map(document).collect_view().into_any()
}

fn document(document: Document) -> AnyView {
    let sections = document.sections.into_iter().map(|section| {
        let rows = section.rows.into_iter().map(|(name, value)| {
            view! { <crate::parts::Answer label=name>{value}</crate::parts::Answer> }
        });
        view! { <h4>{section.heading}</h4><Answers>{rows.collect_view()}</Answers> }
    });
    let which = dated(format!("{}　{}", document.on.both(), document.by));
    view! {
        // Of several of one kind, the day and the office tell which one it is.
        <h3>{document.title}" "<span class="small muted">{which}</span></h3>
        {sections.collect_view()}
    }
    .into_any()
}

/// 主治医意見書.
pub(super) fn opinion(opinion: Opinion) -> AnyView {
    match opinion {
        Opinion::Given(given) => document(given),
        Opinion::PhysicianDisagrees => view! {
            <Banner kind=BannerKind::Info title="医師の不同意">
                <p>"主治医の同意が得られていないため、意見書を表示できません。"</p>
            </Banner>
        }
        .into_any(),
    }
}

/// 審査会進捗.
pub(super) fn review(progress: &ReviewProgress) -> AnyView {
    let result = match (progress.result, progress.certified_on) {
        (Some(level), _) => level.name(),
        (None, _) => "結果未到達",
    };
    let rows = [
        row("申請日", progress.applied_on.both()),
        row("申請区分", progress.kind.clone()),
        row("訪問調査日", day(progress.surveyed_on)),
        row("意見書依頼日", day(progress.opinion_asked_on)),
        row("意見書入手日", day(progress.opinion_received_on)),
        row("二次審査日（予定）", day(progress.review_on)),
        row("認定日", day(progress.certified_on)),
        row("二次審査結果", result),
        row("認定有効月数", progress.months.map_or("－".to_owned(), |months| format!("{months}か月"))),
        row("認定有効期間の開始日", day(progress.period.map(|period| period.from))),
        row("認定有効期間の終了日", day(progress.period.map(|period| period.to))),
    ];
    view! {
        <p class="muted">"申請日から5か月間、表示されます。"</p>
        <Answers>{rows.into_iter().collect_view()}</Answers>
    }
    .into_any()
}

fn yen(amount: u64) -> String {
    format!("{}円", grouped(amount))
}

fn balance(balance: Balance, limit: &'static str) -> AnyView {
    let risen = balance.risen.then_some("要介護状態が3段階以上重くなったため、限度額が新しくなっています");
    view! {
        <Facts>
            <Fact label="残り" value=yen(balance.left) detail=risen.unwrap_or_default()/>
            <Fact label="利用済み" value=yen(balance.used)/>
            <Fact label="限度額" value=yen(balance.limit) detail=limit/>
        </Facts>
    }
    .into_any()
}

fn spent(caption: &'static str, rows: Vec<(Day, String, u64)>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="muted">"これまでの利用はありません。"</p> }.into_any();
    }
    let columns = ["日付", "内容", "費用"].map(Column::plain).to_vec();
    let rows = rows.into_iter().map(|(on, what, amount)| {
        view! {
            <tr>
                <RowHead label="日付" code=true>{on.slashed()}</RowHead>
                <Cell label="内容">{what}</Cell>
                <Cell label="費用" code=true>{yen(amount)}</Cell>
            </tr>
        }
    });
    view! { <DataTable caption=caption columns=columns>{rows.collect_view()}</DataTable> }.into_any()
}

/// 住宅改修.
pub(super) fn renovation(record: &Renovation) -> AnyView {
    let left = renovation_balance(&record.works, &record.dwelling, record.level);
    let works = record.works.iter().map(|work| (work.on, format!("{}（{}）", work.what, work.dwelling), work.yen));
    view! {
        {balance(left, "現在の住宅について20万円")}
        {spent("住宅改修の利用", works.collect())}
    }
    .into_any()
}

/// 福祉用具購入.
pub(super) fn equipment(record: &Equipment, today: Day) -> AnyView {
    let left = equipment_balance(&record.purchases, today);
    let bought = record.purchases.iter().map(|one| (one.on, one.what.clone(), one.yen));
    view! {
        {balance(left, "4月1日から翌年3月31日までに10万円")}
        {spent("福祉用具購入の利用", bought.collect())}
    }
    .into_any()
}
