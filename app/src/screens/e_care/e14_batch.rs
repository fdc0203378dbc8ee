//! E-14: 一括資格確認: the file, and the lists that were sent before.

use domain::{care::AsOf, form::Field as F};
use leptos::prelude::*;

use super::{
    batch_api::{UploadBatch, recent_batches},
    person::crumbs_under_list,
};
use crate::{
    parts::{
        Badge, BadgeKind, Button, ButtonKind, ButtonLink, Buttons, Cell, ChoiceCards, Column, DataTable, ErrorSummary,
        FileField, Link, PostForm, RadioCard, RowHead,
    },
    routes::Route,
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
        text::label,
    },
    services::care_batches::{BATCH_DAYS, BatchState, BatchSummary},
};

/// E-14, before a file is sent.
#[component]
pub fn NewBatch() -> impl IntoView {
    loaded(ScreenId::E14, recent_batches, |lists| view! { <Choose lists/> }.into_any())
}

#[component]
fn Choose(lists: Vec<BatchSummary>) -> impl IntoView {
    let state = FormState::of::<UploadBatch>();
    view! {
        <Screen
            screen=ScreenId::E14
            lead="被保険者番号の一覧から、担当している方の資格を一度に500人まで確認できます。"
            crumbs=crumbs_under_list()
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <section class="section">
                <h2>"1. 一覧を用意する"</h2>
                <ul class="bullets">
                    <li>"1行に1人ずつ、被保険者番号を入力してください。1行目の見出しは変えないでください。"</li>
                    <li>"保険者番号と生年月日は、入力しなくても照会できます。入力したときは、一致する方だけを表示します。"</li>
                    <li>"担当として登録している方だけが対象です。ほかの方は「該当なし」になります。"</li>
                    <li>"個人番号（マイナンバー）は入力しないでください。"</li>
                </ul>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::BatchTemplate>"ひな形をダウンロードする"</ButtonLink>
                </Buttons>
            </section>
            <section class="section">
                <h2>"2. 照会する"</h2>
                <Form state/>
            </section>
            {(!lists.is_empty()).then(|| view! { <Recent lists/> })}
        </Screen>
    }
}

#[component]
fn Form(state: FormState) -> impl IntoView {
    let today = domain::care::Day::new(page_info().now.date());
    let days = AsOf::ALL.iter().map(|one| {
        let (checked, day) = (*one == AsOf::Today, one.day(today).both());
        view! { <RadioCard name=F::AsOf.name() value=one.code() label=one.name() detail=day checked=checked/> }
    });
    let days = days.collect_view();
    view! {
        <PostForm action=state.endpoint upload=true>
            <ChoiceCards
                field=F::AsOf
                legend=label(F::AsOf)
                support="この日の時点で資格があるかどうかを確認します。"
                error=state.of_field(F::AsOf)
            >
                {days}
            </ChoiceCards>
            <FileField
                field=F::PeopleFile
                label=label(F::PeopleFile)
                accept=".csv,text/csv"
                support="1MBまでのCSVファイル。枠の中にファイルをドラッグしても選択できます。"
                error=state.of_field(F::PeopleFile)
            />
            <Buttons>
                <Button>"照会する"</Button>
                <ButtonLink kind=ButtonKind::Plain href=Route::People>"利用者一覧に戻る"</ButtonLink>
            </Buttons>
        </PostForm>
    }
}

/// What was sent before, so that a closed page is found again.
#[component]
fn Recent(lists: Vec<BatchSummary>) -> impl IntoView {
    let rows = lists.into_iter().map(|list| view! { <Row list/> }).collect_view();
    let columns = ["照会した日時", "ファイル", "基準日", "人数", "状態"].map(Column::plain).to_vec();
    view! {
        <section class="section">
            <h2>"最近の照会"</h2>
            <p class="muted">{format!("結果は、{BATCH_DAYS}日たつと自動的に削除されます。ほかの職員には表示されません。")}</p>
            <DataTable caption="最近の照会" columns=columns>{rows}</DataTable>
        </section>
    }
}

#[component]
fn Row(list: BatchSummary) -> impl IntoView {
    let (kind, word) = match list.state {
        BatchState::Done => (BadgeKind::Success, "完了"),
        BatchState::Running { .. } => (BadgeKind::Warning, "照会中"),
        BatchState::Interrupted { .. } => (BadgeKind::Danger, "途中"),
    };
    view! {
        <tr>
            <RowHead label="照会した日時" code=true>
                <Link href=Route::Batch(Some(list.id))>{list.sent_at.minute_text()}</Link>
            </RowHead>
            <Cell label="ファイル">{list.file_name}</Cell>
            <Cell label="基準日" code=true>{list.as_of.slashed()}</Cell>
            <Cell label="人数" code=true>{format!("{}人", list.total)}</Cell>
            <Cell label="状態"><Badge kind=kind>{word}</Badge></Cell>
        </tr>
    }
}
