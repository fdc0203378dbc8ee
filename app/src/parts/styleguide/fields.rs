//! Buttons and everything that is filled in.

use domain::{
    account::{ServiceCode, ServiceGroup},
    form,
    job::Job,
};
use leptos::prelude::*;

use crate::parts::{
    Button, ButtonKind, ButtonLink, Buttons, ChoiceGroup, ChoiceSet, CodeField, Field, FieldKind, FileField, IconKind,
    NamePair,
};

fn services() -> Vec<ChoiceSet> {
    let of = |group: ServiceGroup| ServiceCode::offered().filter(move |code| code.service().group == group);
    let set = |&group: &ServiceGroup| ChoiceSet {
        name: group.name(),
        choices: of(group).map(|code| (code.code(), code.name())).collect(),
    };
    ServiceGroup::ALL.iter().map(set).collect()
}

fn jobs() -> Vec<ChoiceSet> {
    vec![ChoiceSet { name: "職種区分", choices: Job::ALL.iter().map(|job| (job.code(), job.name())).collect() }]
}

pub(super) fn fields() -> impl IntoView {
    view! {
        <section class="section"><h2>"ボタン"</h2>{buttons()}</section>
        <section class="section"><h2>"入力欄"</h2>{inputs()}</section>
        <section class="section"><h2>"選択"</h2>{choices()}</section>
    }
    .into_any()
}

fn buttons() -> impl IntoView {
    view! {
        <Buttons>
            <Button>"登録内容を確認する"</Button>
            <Button kind=ButtonKind::Secondary>"戻る"</Button>
            <Button kind=ButtonKind::Plain>"条件を解除する"</Button>
        </Buttons>
        <Buttons>
            <ButtonLink kind=ButtonKind::Secondary href="/">"キャンセル"</ButtonLink>
            <Button kind=ButtonKind::Danger icon=IconKind::Delete>"アカウントを削除する"</Button>
        </Buttons>
    }
    .into_any()
}

fn inputs() -> impl IntoView {
    view! {
        <Field field=form::Field::LoginId label="ユーザID" kind=FieldKind::Code support="半角英数字6文字以上" value="NursingUserA000"/>
        <Field field=form::Field::Phone label="携帯電話番号" kind=FieldKind::Phone required=false support="ハイフンはあってもなくてもかまいません"/>
        <Field
            field=form::Field::Email label="メールアドレス" kind=FieldKind::Email value="tanaka@"
            error=Some("メールアドレスは「name@example.jp」の形で入力してください。".to_owned())
        />
        <Field field=form::Field::Password label="パスワード" kind=FieldKind::Password autocomplete="current-password"/>
        <NamePair legend="氏名">
            <Field field=form::Field::FamilyName label="姓" value="田中"/>
            <Field field=form::Field::GivenName label="名" error=Some("名を入力してください。".to_owned())/>
        </NamePair>
        <FileField field=form::Field::File label="登録するファイル" accept=".csv" support="1MBまでのCSVファイル"/>
        <CodeField field=form::Field::OneTimeCode label="ワンタイム認証コード" support="6桁の数字"/>
    }
    .into_any()
}

fn choices() -> impl IntoView {
    let chosen = vec!["16".to_owned(), "A7".to_owned()];
    view! {
        <ChoiceGroup
            field=form::Field::Services name="form[services][]" legend="サービス種類" groups=services() chosen=chosen
            support="事業所が提供しているサービスのうち、この方が担当するものを選択してください。"
        />
        <ChoiceGroup
            field=form::Field::Jobs name="form[jobs][]" legend="職種区分" groups=jobs() chosen=Vec::new()
            error=Some("職種区分を1つ以上選択してください。".to_owned())
        />
    }
    .into_any()
}
