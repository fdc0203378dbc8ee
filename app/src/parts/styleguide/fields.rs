//! Buttons and everything that is filled in.

use domain::{
    account::{ServiceCode, ServiceGroup},
    form::Field as F,
    job::Job,
};
use leptos::prelude::*;

use super::section;
use crate::parts::{
    BirthField, Button, ButtonKind, ButtonLink, Buttons, CheckCard, ChoiceCards, ChoiceGroup, ChoiceSet, CodeField,
    Field, FieldKind, FileField, IconKind, NamePair, RadioCard, SelectField,
};

pub(super) fn fields() -> AnyView {
    view! {
        {section("ボタン", buttons())}
        {section("入力欄", inputs())}
        {section("誤りのある入力欄", wrong_inputs())}
    }
    .into_any()
}

pub(super) fn choices() -> AnyView {
    view! {
        {section("多くの中から", groups())}
        {section("いくつかの中から", cards())}
        {section("一覧から1つ", selects())}
        {section("生年月日", births())}
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! {
        <Buttons>
            <Button kind=ButtonKind::Primary>"登録内容を確認する"</Button>
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

fn inputs() -> AnyView {
    view! {
        <Field field=F::LoginId label="ユーザID" kind=FieldKind::Code support="半角英数字6文字以上" value="NursingUserA000"/>
        <Field field=F::TerminalName label="端末の名称" kind=FieldKind::Text required=false/>
        <Field field=F::Contact label="メールアドレス" kind=FieldKind::Email either=true/>
        <Field field=F::Phone label="携帯電話番号" kind=FieldKind::Phone either=true support="例：090-1234-5678"/>
        <Field field=F::Password label="パスワード" kind=FieldKind::Password autocomplete="current-password"/>
        <Field field=F::ExpiresOn label="有効期限" kind=FieldKind::Day value="2025-03-31"/>
        <NamePair legend="氏名">
            <Field field=F::FamilyName label="姓" value="田中"/>
            <Field field=F::GivenName label="名" value="蓮"/>
        </NamePair>
        <FileField field=F::File label="登録するファイル" accept=".csv" support="1MBまでのCSVファイル"/>
        <CodeField field=F::OneTimeCode label="ワンタイム認証コード" support="6桁の数字" sends_itself=true/>
    }
    .into_any()
}

fn wrong_inputs() -> AnyView {
    view! {
        <Field
            field=F::Email label="メールアドレス" kind=FieldKind::Email value="tanaka@"
            error=Some("メールアドレスは「name@example.jp」の形で入力してください。".to_owned())
        />
        <Field
            field=F::NewPassword label="新しいパスワード" kind=FieldKind::Password support="12文字以上"
            error=Some("新しいパスワードは12文字以上で入力してください。".to_owned())
        />
        <Field
            field=F::ConsentUntil label="閲覧期限" kind=FieldKind::Day
            error=Some("閲覧期限は今日以降の日付を入力してください。".to_owned())
        />
        <CodeField
            field=F::AppCode label="認証アプリのコード" support="6桁の数字" sends_itself=true
            error=Some("認証アプリのコードは6桁の数字で入力してください。".to_owned())
        />
    }
    .into_any()
}

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

fn groups() -> AnyView {
    view! {
        <ChoiceGroup
            field=F::Services name="form[services][]" legend="サービス種類" groups=services()
            chosen=vec!["16".to_owned(), "A7".to_owned()] likely=vec!["43".to_owned()]
            support="事業所が提供しているサービスのうち、この方が担当するものを選択してください。"
        />
        <ChoiceGroup
            field=F::Jobs name="form[jobs][]" legend="職種区分" groups=jobs() chosen=Vec::new()
            error=Some("職種区分を1つ以上選択してください。".to_owned())
        />
    }
    .into_any()
}

fn cards() -> AnyView {
    view! {
        <ChoiceCards field=F::ConsentItems legend="見てもよい情報">
            <CheckCard name="items" value="life" label="LIFE情報" detail="体や生活の状態の記録" checked=true/>
            <CheckCard name="items" value="care_plan" label="ケアプラン" checked=false/>
        </ChoiceCards>
        <ChoiceCards
            field=F::Signer legend="同意する方" required=false support="お一人だけ選んでください。"
            error=Some("同意する方を選択してください。".to_owned())
        >
            <RadioCard name="signer" value="person" label="ご本人" checked=true/>
            <RadioCard name="signer" value="proxy" label="代わりの方（代理人）" detail="ご家族など" checked=false/>
        </ChoiceCards>
    }
    .into_any()
}

fn selects() -> AnyView {
    let options = || vec![("child", "子"), ("spouse", "配偶者")];
    view! {
        <SelectField field=F::ProxyRelation label="ご本人との関係" required=false options=options() value="child"/>
        <SelectField
            field=F::Sex label="性別" options=vec![("male", "男"), ("female", "女")]
            error=Some("性別を選択してください。".to_owned())
        />
    }
    .into_any()
}

/// Right and wrong: its `id`s are always the same, so only one can stand here.
fn births() -> AnyView {
    let typed = ["showa", "15", "13", "1"].map(str::to_owned);
    view! { <BirthField label="生年月日" typed=typed error=Some("生年月日を確認してください。".to_owned())/> }
        .into_any()
}
