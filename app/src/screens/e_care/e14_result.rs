//! E-14: a list: how far it is, then a result for every row.

use domain::care::{BatchStatus, Day};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    batch_api::{ContinueBatch, batch_result},
    person::crumbs_under_list,
};
use crate::{
    parts::{
        AnswerList, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, Cell, Column, Crumb, DataTable,
        ErrorSummary, Icon, IconKind, Link, Pager, PostForm, Progress, RowHead,
    },
    routes::{Route, query_value},
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::{come_again, loaded},
        screen::{Screen, page_info},
        text::problems,
    },
    services::{
        care::CareView,
        care_batches::{BATCH_DAYS, BATCH_PAGE_ROWS, Batch, BatchLine, BatchShow, BatchState, BatchSummary},
    },
};

/// E-14 of a list that was sent.
#[component]
pub fn BatchPage(list: Uuid) -> impl IntoView {
    let address = page_info().address;
    let query = address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let page = query_value(&query, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let attention = query_value(&query, "show").is_some_and(|show| show == "attention");
    let show = if attention { BatchShow::Attention } else { BatchShow::All };
    loaded(
        ScreenId::E14,
        move || batch_result(list, page, show),
        move |batch| match batch.summary.state {
            BatchState::Running { checked } => view! { <Running summary=batch.summary checked/> }.into_any(),
            BatchState::Interrupted { .. } | BatchState::Done => view! { <Results batch show/> }.into_any(),
        },
    )
}

fn crumbs() -> Vec<Crumb> {
    let mut crumbs = crumbs_under_list();
    crumbs.push(Crumb::to(ScreenId::E14.title(), Route::Batch(None)));
    crumbs
}

fn heading(summary: &BatchSummary) -> String {
    format!("一括資格確認（{}）", summary.file_name)
}

/// How far it is. The page comes again by itself, with and without JavaScript.
#[component]
fn Running(summary: BatchSummary, checked: u32) -> impl IntoView {
    come_again();
    let list = summary.id;
    view! {
        <Screen
            screen=ScreenId::E14
            heading=heading(&summary)
            lead="この画面を閉じても、照会は続きます。結果は、一括資格確認の画面からいつでも開けます。"
            crumbs=crumbs()
        >
            <Progress label="資格を照会しています" done=checked total=summary.total/>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Batch(Some(list))>"最新の状態を表示する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::Batch(None)>"一括資格確認に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// A result for every row.
#[component]
fn Results(batch: Batch, show: BatchShow) -> impl IntoView {
    let state = FormState::of::<ContinueBatch>();
    let (list, done) = (batch.summary.id, batch.summary.state == BatchState::Done);
    let lead = format!("{}の時点の結果です。{BATCH_DAYS}日たつと、自動的に削除されます。", batch.summary.as_of.both());
    let file = done.then(|| {
        view! { <ButtonLink href=Route::BatchFile(list)>"結果をCSVでダウンロードする"</ButtonLink> }
    });
    view! {
        <Screen
            screen=ScreenId::E14
            heading=heading(&batch.summary)
            wide=true
            lead=lead
            crumbs=crumbs()
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            {verdict(&batch)}
            <Rest batch=batch.clone() state/>
            <Rows batch=batch.clone() show/>
            <Buttons>
                {file}
                <ButtonLink kind=ButtonKind::Secondary href=Route::Batch(None)>"別のファイルを照会する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::People>"利用者一覧に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// Whether anything has to be done, and how many there are of each result.
fn verdict(batch: &Batch) -> AnyView {
    let total = batch.summary.total;
    let attention: u32 = batch.counts.iter().filter(|(status, _)| !status.in_order()).map(|(_, count)| count).sum();
    let (kind, title) = match batch.summary.state {
        BatchState::Done if attention == 0 => (BannerKind::Success, format!("{total}人全員に資格があります")),
        BatchState::Done => (BannerKind::Warning, format!("{total}人のうち{attention}人は、確認が必要です")),
        BatchState::Running { checked } | BatchState::Interrupted { checked } => {
            (BannerKind::Danger, format!("照会が途中で終わりました（{total}人のうち{checked}人まで）"))
        }
    };
    let counts = batch.counts.iter().map(|(status, count)| {
        view! { <li><StatusBadge status=*status/>" "<span class="nobreak">{format!("{count}人")}</span></li> }
    });
    let counts = counts.collect_view();
    view! { <Banner kind=kind title=title><ul class="counts">{counts}</ul></Banner> }.into_any()
}

/// The way on for rows that have no answer yet.
#[component]
fn Rest(batch: Batch, state: FormState) -> impl IntoView {
    let unanswered = batch.count(BatchStatus::Unanswered);
    let interrupted = batch.summary.state != BatchState::Done;
    (interrupted || unanswered > 0).then(|| {
        let text = if interrupted {
            "照会していない行から続けます。照会した行の結果は、そのまま残ります。"
        } else {
            "情報の提供元から回答がなかった行だけを、もう一度照会します。"
        };
        let word = if interrupted { "続きから照会する" } else { "もう一度照会する" };
        view! {
            <p>{text}</p>
            <PostForm action=state.endpoint>
                <input type="hidden" name="list" value=batch.summary.id.to_string()/>
                <Buttons><Button kind=ButtonKind::Secondary>{word}</Button></Buttons>
            </PostForm>
        }
    })
}

#[component]
fn Rows(batch: Batch, show: BatchShow) -> impl IntoView {
    let base = Route::Batch(Some(batch.summary.id)).to_string();
    let query = |show| if show == BatchShow::Attention { "?show=attention" } else { "" };
    let (other, word) = match show {
        BatchShow::All => (BatchShow::Attention, "確認が必要な行だけを表示する"),
        BatchShow::Attention => (BatchShow::All, "すべての行を表示する"),
    };
    let other = format!("{base}{}", query(other));
    let columns = ["行", "被保険者番号", "氏名", "結果", "要介護状態", "認定の終了日"].map(Column::plain).to_vec();
    let (page, total) = (batch.page, u64::from(batch.shown));
    let rows = batch.rows.into_iter().map(|line| view! { <Row line/> }).collect_view();
    let href = Callback::new(move |page| {
        let query = query(show);
        format!("{base}{query}{}page={page}", if query.is_empty() { '?' } else { '&' })
    });
    let table = (total > 0).then(|| {
        view! {
            <DataTable caption="行ごとの結果" columns=columns>{rows}</DataTable>
            <Pager page=page per_page=BATCH_PAGE_ROWS total=total href=href/>
        }
    });
    let none = (total == 0).then(|| view! { <p class="muted">"確認が必要な行はありません。"</p> });
    view! {
        <h2>"行ごとの結果"</h2>
        <p><Link href=other>{word}</Link></p>
        {table}
        {none}
    }
}

#[component]
fn Row(line: BatchLine) -> impl IntoView {
    let found: Vec<String> = problems(&line.errors).into_iter().map(|(_, text)| format!("＊{text}")).collect();
    let errors = (!found.is_empty()).then(|| view! { <div class="field__error"><AnswerList items=found/></div> });
    let dash = || "－".to_owned();
    let name = match &line.person {
        Some(person) => {
            let href = Route::Care(person.charge, CareView::Eligibility);
            let name = person.name.clone();
            view! { <span class="nobreak"><Link href=href>{name}</Link></span> }.into_any()
        }
        None => dash().into_any(),
    };
    let level = line.person.as_ref().and_then(|person| person.level).map_or(dash(), |level| level.name().to_owned());
    let until = line.person.as_ref().and_then(|person| person.until).map_or(dash(), Day::slashed);
    view! {
        <tr>
            <RowHead label="行" code=true>{line.line}</RowHead>
            <Cell label="被保険者番号" code=true>{line.insured_number}</Cell>
            <Cell label="氏名">{name}</Cell>
            <Cell label="結果"><StatusBadge status=line.status/>{errors}</Cell>
            <Cell label="要介護状態"><span class="nobreak">{level}</span></Cell>
            <Cell label="認定の終了日" code=true>{until}</Cell>
        </tr>
    }
}

#[component]
fn StatusBadge(status: BatchStatus) -> impl IntoView {
    let (class, icon) = match status {
        BatchStatus::Entitled => ("badge badge--success", IconKind::Success),
        BatchStatus::EndsSoon | BatchStatus::NotStarted => ("badge badge--warning", IconKind::Clock),
        BatchStatus::Expired | BatchStatus::Lost | BatchStatus::Unreadable => ("badge badge--danger", IconKind::Danger),
        BatchStatus::Several | BatchStatus::Unanswered => ("badge badge--warning", IconKind::Warning),
        BatchStatus::NotPermitted | BatchStatus::NotJoined => ("badge badge--quiet", IconKind::Lock),
        BatchStatus::NotCertified | BatchStatus::NoCard | BatchStatus::NotFound => {
            ("badge badge--quiet", IconKind::Ring)
        }
    };
    view! { <span class=class><Icon kind=icon/>{status.name()}</span> }
}
