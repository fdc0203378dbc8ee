//! C-1, D-2 to D-6.

use app::{
    parts::{
        Answer, AnswerList, Answers, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, CardGrid,
        ChoiceGroup, ChoiceSet, Crumb, DoneBanner, Field, FieldKind, Frame, IconKind, Link, MenuCard, NamePair,
        StateBadge, Steps,
    },
    routes::{Members::Administrators, Route},
    screens::ScreenId,
};
use domain::{
    account::{AccountState, ServiceCode, ServiceGroup},
    form,
    job::Job,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::page;

fn crumbs(here: &str) -> Vec<Crumb> {
    vec![
        Crumb::to("管理メニュー", Route::OfficeMenu),
        Crumb::to("管理者ユーザ一覧", Route::Members(Administrators)),
        Crumb::here(here),
    ]
}

pub(crate) fn c_1() -> AnyView {
    view! {
        <Frame screen=ScreenId::C1 page=page::office() title="管理メニュー(事業所ユーザ)" wide=true>
            <Banner kind=BannerKind::Warning title="クライアント証明書の有効期限が近づいています">
                <span class="code">"2025/04/30（令和7年4月30日）"</span>"までに更新してください。"
                <Link href=Route::CertificateHelp>"更新の方法"</Link>
            </Banner>
            <section class="section" aria-labelledby="administrators">
                <h2 id="administrators">"管理者ユーザ"</h2>
                <CardGrid>
                    <MenuCard icon=IconKind::PersonAdd title="管理者ユーザ新規登録" text="アカウントを発行し、お知らせを送ります" href=Route::NewMember(Administrators, None)/>
                    <MenuCard icon=IconKind::List title="管理者ユーザ一覧" text="検索、登録内容の変更、削除を行います" href=Route::Members(Administrators)/>
                </CardGrid>
            </section>
            <section class="section" aria-labelledby="staff">
                <h2 id="staff">"一般ユーザ"</h2>
                <CardGrid>
                    <MenuCard icon=IconKind::PersonAdd title="一般ユーザ新規登録" text="アカウントを発行し、お知らせを送ります" href="/staff/new"/>
                    <MenuCard icon=IconKind::List title="一般ユーザ一覧" text="検索、登録内容の変更、削除を行います" href="/staff"/>
                </CardGrid>
            </section>
            <p class="small muted">"前回のログイン："<span class="code">"2025/02/06 09:02"</span></p>
        </Frame>
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

pub(crate) fn d_2() -> AnyView {
    let chosen = vec!["16".to_owned(), "A7".to_owned()];
    view! {
        <Frame screen=ScreenId::D2 page=page::office() breadcrumbs=crumbs("管理者ユーザ新規登録")>
            <Steps current=0/>
            <form class="form" method="post" novalidate>
                <Field
                    field=form::Field::LoginId name="form[login_id]" label="ユーザID" kind=FieldKind::Code
                    support="半角英数字6文字以上32文字以下。登録後に変更できます。" value="NursingUserA000"
                />
                <NamePair legend="氏名（漢字）">
                    <Field field=form::Field::FamilyName name="form[family_name]" label="姓（漢字）" value="田中"/>
                    <Field field=form::Field::GivenName name="form[given_name]" label="名（漢字）" value="蓮"/>
                </NamePair>
                <NamePair legend="氏名（かな）">
                    <Field field=form::Field::FamilyKana name="form[family_kana]" label="姓（かな）" value="たなか"/>
                    <Field field=form::Field::GivenKana name="form[given_kana]" label="名（かな）" value="れん"/>
                </NamePair>
                <ChoiceGroup field=form::Field::Services name="form[services][]" legend="サービス種類" support="1つ以上選択してください。" groups=services() chosen=chosen/>
                <ChoiceGroup field=form::Field::Jobs name="form[jobs][]" legend="職種区分" support="1つ以上選択してください。" groups=jobs() chosen=vec!["care_manager".to_owned()]/>
                <Field
                    field=form::Field::Email name="form[email]" label="メールアドレス" kind=FieldKind::Email
                    support="アカウント発行のお知らせと、ワンタイム認証コードの送信先になります。"
                />
                <Field
                    field=form::Field::Phone name="form[phone]" label="携帯電話番号" kind=FieldKind::Phone required=false
                    support="SMSでワンタイム認証コードを受け取る場合に入力してください。"
                />
                <Buttons>
                    <Button>"登録内容を確認する"</Button>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Members(Administrators)>"管理者ユーザ一覧に戻る"</ButtonLink>
                </Buttons>
            </form>
        </Frame>
    }
    .into_any()
}

fn change(field: form::Field) -> String {
    format!("{}#{}", Route::NewMember(Administrators, Some(Uuid::nil())), field.name())
}

fn service_names() -> Vec<String> {
    vec!["通所リハビリテーション".to_owned(), "通所型サービス(独自/定率)".to_owned()]
}

pub(crate) fn d_3() -> AnyView {
    use form::Field::{Email, FamilyKana, FamilyName, Jobs, LoginId, Phone, Services};
    view! {
        <Frame
            screen=ScreenId::D3 page=page::office() breadcrumbs=crumbs("登録内容の確認")
            lead="まだ登録は完了していません。内容を確認して、登録を完了してください。"
        >
            <Steps current=1/>
            <Answers>
                <Answer label="ユーザID" change=change(LoginId) code=true>"NursingUserA000"</Answer>
                <Answer label="氏名（漢字）" change=change(FamilyName)>"田中 蓮"</Answer>
                <Answer label="氏名（かな）" change=change(FamilyKana)>"たなか れん"</Answer>
                <Answer label="サービス種類" change=change(Services)><AnswerList items=service_names()/></Answer>
                <Answer label="職種区分" change=change(Jobs)>"ケアマネジャー"</Answer>
                <Answer label="メールアドレス" change=change(Email)>"tanaka.ren@example.jp"</Answer>
                <Answer label="携帯電話番号" change=change(Phone)><AnswerList items=Vec::new()/></Answer>
            </Answers>
            <form class="form" method="post">
                <Buttons>
                    <Button>"管理者ユーザの登録を完了する"</Button>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::NewMember(Administrators, Some(Uuid::nil()))>"入力画面に戻る"</ButtonLink>
                </Buttons>
            </form>
        </Frame>
    }
    .into_any()
}

pub(crate) fn d_4() -> AnyView {
    view! {
        <Frame screen=ScreenId::D4 page=page::office() breadcrumbs=crumbs("登録完了")>
            <Steps current=2/>
            <DoneBanner title="管理者ユーザを登録しました">
                <p>"アカウント発行のお知らせを"<span class="nobreak">"t***@example.jp"</span>"に送信しました。"</p>
            </DoneBanner>
            <Answers>
                <Answer label="ユーザID" code=true>"NursingUserA000"</Answer>
                <Answer label="ユーザ名">"田中 蓮"</Answer>
            </Answers>
            <Buttons>
                <ButtonLink href=Route::NewMember(Administrators, None)>"続けて登録する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Members(Administrators)>"管理者ユーザ一覧に戻る"</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::OfficeMenu>"管理メニューへ"</ButtonLink>
            </Buttons>
        </Frame>
    }
    .into_any()
}

pub(crate) fn d_5() -> AnyView {
    let id = Uuid::nil();
    view! {
        <Frame screen=ScreenId::D5 page=page::office() breadcrumbs=crumbs("田中 蓮") title="管理者ユーザ詳細">
            <section class="section">
                <h2>"田中 蓮 "<StateBadge state=AccountState::Active/></h2>
                <Answers>
                    <Answer label="ユーザID" code=true>"NursingUserA000"</Answer>
                    <Answer label="ユーザ名（かな）">"たなか れん"</Answer>
                    <Answer label="サービス種類"><AnswerList items=service_names()/></Answer>
                    <Answer label="職種区分">"ケアマネジャー"</Answer>
                    <Answer label="メールアドレス">"tanaka.ren@example.jp"</Answer>
                    <Answer label="携帯電話番号"><AnswerList items=Vec::new()/></Answer>
                    <Answer label="登録日" code=true>"2025/02/07（令和7年2月7日）"</Answer>
                    <Answer label="最終ログイン" code=true>"2025/02/07 08:41"</Answer>
                </Answers>
            </section>
            <Buttons>
                <ButtonLink href=Route::EditMember(Administrators, id, None) icon=IconKind::Edit>"登録内容を編集する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Members(Administrators)>"管理者ユーザ一覧に戻る"</ButtonLink>
            </Buttons>
            <section class="section">
                <h2>"アカウントの削除"</h2>
                <p>"削除すると、このユーザはログインできなくなります。元に戻すことはできません。"</p>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::DeleteMember(Administrators, id) icon=IconKind::Delete>"アカウントを削除する"</ButtonLink>
                </Buttons>
            </section>
        </Frame>
    }
    .into_any()
}

pub(crate) fn d_6() -> AnyView {
    view! {
        <Frame
            screen=ScreenId::D6 page=page::office() breadcrumbs=crumbs("アカウントの削除")
            lead="次のアカウントを削除します。ユーザIDとユーザ名を確認してください。"
        >
            <Answers>
                <Answer label="ユーザID" code=true>"NursingUserA000"</Answer>
                <Answer label="ユーザ名">"田中 蓮（たなか れん）"</Answer>
            </Answers>
            <Banner kind=BannerKind::Warning title="削除したアカウントは元に戻せません">
                <ul class="bullets">
                    <li>"このユーザはすぐにログアウトし、以後ログインできません。"</li>
                    <li>"同じユーザIDを再び使うことはできません。"</li>
                </ul>
            </Banner>
            <form class="form" method="post">
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Member(Administrators, Uuid::nil())>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger icon=IconKind::Delete>"アカウントを削除する"</Button>
                </Buttons>
            </form>
        </Frame>
    }
    .into_any()
}

/// Five minutes and a moment before the session ends: the warning opens while one looks at it.
pub(crate) fn idle() -> AnyView {
    let mut page = page::office();
    if let Some(account) = page.signed_in.as_mut() {
        account.idle_seconds = 303;
    }
    view! {
        <Frame screen=ScreenId::C1 page=page>
            <p>"しばらくすると、ログアウトの予告が開きます。"</p>
        </Frame>
    }
    .into_any()
}
