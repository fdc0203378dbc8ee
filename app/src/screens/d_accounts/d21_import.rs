//! D-21: registering many at once from a CSV file: the file, a result for every row, done.

use domain::form::Field as F;
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    import_api::{RegisterImport, UploadMembers, member_import},
    words::{crumbs_under_list, words},
};
use crate::{
    parts::{
        AnswerList, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, Cell, Column, DataTable, DoneBanner,
        ErrorSummary, FileField, Link, Pager, PostForm, Progress, RowHead, Steps,
    },
    routes::{Members, Route, query_value},
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::{come_again, loaded},
        screen::{Screen, page_info},
        text::problems,
    },
    services::member_files::{IMPORT_PAGE_ROWS, Import, ImportRow, ImportState},
};

const STEPS: [&str; 3] = ["ファイルの選択", "内容の確認", "登録完了"];

/// D-21.
#[component]
pub fn ImportMembers(members: Members, import: Option<Uuid>) -> impl IntoView {
    let address = page_info().address;
    let query = address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let page = query_value(&query, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let faulty = query_value(&query, "show").is_some_and(|show| show == "faulty");
    loaded(
        ScreenId::D21,
        move || member_import(members, import, page, faulty),
        move |import| match import {
            None => view! { <Choose members/> }.into_any(),
            Some(import) => match import.state {
                ImportState::Done => view! { <Done members import/> }.into_any(),
                ImportState::Running { prepared } => view! { <Running members import prepared/> }.into_any(),
                ImportState::Checked | ImportState::Interrupted => view! { <Check members import faulty/> }.into_any(),
            },
        },
    )
}

/// The file.
#[component]
fn Choose(members: Members) -> impl IntoView {
    let state = FormState::of::<UploadMembers>();
    let kind = words(members).kind;
    view! {
        <Screen
            screen=ScreenId::D21
            lead=format!("CSVファイルから、{kind}を一度に500人まで登録できます。")
            crumbs=crumbs_under_list(members)
            failed=state.failed()
        >
            <Steps current=0 labels=STEPS.to_vec()/>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <section class="section">
                <h2>"1. ひな形に入力する"</h2>
                <ul class="bullets">
                    <li>"1行に1人ずつ入力してください。1行目の見出しは変えないでください。"</li>
                    <li>"サービス種類と職種区分が2つ以上あるときは、「;」または「、」で区切ってください。サービス種類は2桁のコードでも入力できます。"</li>
                    <li>"「CSV UTF-8（コンマ区切り）」または「CSV（コンマ区切り）」の形式で保存してください。"</li>
                </ul>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::ImportTemplate(members)>
                        "ひな形をダウンロードする"
                    </ButtonLink>
                </Buttons>
            </section>
            <section class="section">
                <h2>"2. ファイルを選択する"</h2>
                <PostForm action=state.endpoint upload=true>
                    <input type="hidden" name="members" value=members.code()/>
                    <FileField
                        field=F::File
                        label="登録するファイル"
                        accept=".csv,text/csv"
                        support="1MBまでのCSVファイル。枠の中にファイルをドラッグしても選択できます。"
                        error=state.of_field(F::File)
                    />
                    <Buttons>
                        <Button>"内容を確認する"</Button>
                        <ButtonLink kind=ButtonKind::Plain href=Route::Members(members)>"登録をやめる"</ButtonLink>
                    </Buttons>
                </PostForm>
            </section>
        </Screen>
    }
}

/// A result for every row. Nothing is registered yet.
#[component]
fn Check(members: Members, import: Import, faulty: bool) -> impl IntoView {
    let state = FormState::of::<RegisterImport>();
    let ready = import.faulty == 0;
    let another = move |kind| {
        let href = Route::ImportMembers(members, None);
        view! { <ButtonLink kind=kind href=href>"別のファイルを選択する"</ButtonLink> }
    };
    view! {
        <Screen
            screen=ScreenId::D21
            wide=true
            lead=format!("「{}」の内容を確認してください。まだ1人も登録されていません。", import.file_name)
            crumbs=crumbs_under_list(members)
            failed=state.failed()
        >
            <Steps current=1 labels=STEPS.to_vec()/>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            {(import.state == ImportState::Interrupted).then(interrupted)}
            {verdict(&import)}
            <Rows members import=import.clone() faulty/>
            {if ready {
                view! {
                    <PostForm action=state.endpoint>
                        <input type="hidden" name="members" value=members.code()/>
                        <input type="hidden" name="import" value=import.id.to_string()/>
                        <Buttons>
                            <Button>{format!("{}人を登録する", import.total)}</Button>
                            {another(ButtonKind::Secondary)}
                        </Buttons>
                    </PostForm>
                }
                .into_any()
            } else {
                view! { <Buttons>{another(ButtonKind::Primary)}</Buttons> }.into_any()
            }}
        </Screen>
    }
}

fn interrupted() -> impl IntoView {
    view! {
        <Banner kind=BannerKind::Warning title="登録が途中で終わりました">
            "1人も登録されていません。内容を確認して、もう一度登録してください。"
        </Banner>
    }
}

fn verdict(import: &Import) -> AnyView {
    let Import { faulty, total, .. } = import;
    if *faulty == 0 {
        let title = format!("{total}人全員を登録できます");
        return view! { <Banner kind=BannerKind::Success title=title/> }.into_any();
    }
    view! {
        <Banner kind=BannerKind::Danger title=format!("{total}行のうち{faulty}行に、直すところがあります")>
            "すべての行が正しいときだけ、登録できます。ファイルを直して、もう一度選択してください。"
        </Banner>
    }
    .into_any()
}

#[component]
fn Rows(members: Members, import: Import, faulty: bool) -> impl IntoView {
    let base = Route::ImportMembers(members, Some(import.id)).to_string();
    let address = move |faulty: bool| if faulty { format!("{base}&show=faulty") } else { base.clone() };
    let other = (import.faulty > 0 && (faulty || import.faulty < import.total)).then(|| {
        let word =
            if faulty { "すべての行を表示する" } else { "直すところがある行だけを表示する" };
        view! { <p><Link href=address(!faulty)>{word}</Link></p> }
    });
    let columns = ["行", "ユーザID", "ユーザ名", "結果"].map(Column::plain).to_vec();
    let total = u64::from(if faulty { import.faulty } else { import.total });
    let rows = import.rows.into_iter().map(|row| view! { <Row row/> }).collect_view();
    let href = Callback::new(move |page| format!("{}&page={page}", address(faulty)));
    view! {
        {other}
        <DataTable caption="行ごとの結果" columns=columns>{rows}</DataTable>
        <Pager page=import.page per_page=IMPORT_PAGE_ROWS total=total href=href/>
    }
}

#[component]
fn Row(row: ImportRow) -> impl IntoView {
    let missing = |text: String| if text.trim().is_empty() { "未入力".to_owned() } else { text };
    let found: Vec<String> = problems(&row.errors).into_iter().map(|(_, text)| format!("＊{text}")).collect();
    let result = if found.is_empty() {
        "登録できます".into_any()
    } else {
        view! { <div class="field__error"><AnswerList items=found/></div> }.into_any()
    };
    view! {
        <tr>
            <RowHead label="行" code=true>{row.line}</RowHead>
            <Cell label="ユーザID" code=true>{missing(row.login_id)}</Cell>
            <Cell label="ユーザ名">{missing(row.name)}</Cell>
            <Cell label="結果">{result}</Cell>
        </tr>
    }
}

/// How far it is. The page comes again by itself, with and without JavaScript.
#[component]
fn Running(members: Members, import: Import, prepared: u32) -> impl IntoView {
    come_again();
    view! {
        <Screen
            screen=ScreenId::D21
            lead="この画面を閉じても、登録は続きます。途中で終わったときは、1人も登録されません。"
            crumbs=crumbs_under_list(members)
        >
            <Steps current=1 labels=STEPS.to_vec()/>
            <Progress label="初期パスワードを準備しています" done=prepared total=import.total/>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::ImportMembers(members, Some(import.id))>
                    "最新の状態を表示する"
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// Everybody is registered.
#[component]
fn Done(members: Members, import: Import) -> impl IntoView {
    let words = words(members);
    view! {
        <Screen screen=ScreenId::D21 crumbs=crumbs_under_list(members)>
            <Steps current=2 labels=STEPS.to_vec()/>
            <DoneBanner title=format!("{}を{}人登録しました", words.kind, import.total)>
                "アカウント発行のお知らせを、それぞれのメールアドレス（ないときは携帯電話番号）あてに送信しました。"
                "お知らせに記載の初期パスワードで、7日以内にログインするようご案内ください。"
            </DoneBanner>
            <Buttons>
                <ButtonLink href=Route::Members(members)>{words.back_to_list}</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::ImportMembers(members, None)>
                    "続けて別のファイルを登録する"
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}
