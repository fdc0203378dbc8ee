//! Everything that tells the person something.

use domain::{account::AccountState, form::Field};
use leptos::prelude::*;

use super::section;
use crate::parts::{
    Badge, BadgeKind, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, CopyBlock, Countdown, Dialog,
    Disclosure, DoneBanner, EmptyState, ErrorSummary, Loading, Progress, StateBadge, Steps,
};

pub(super) fn feedback() -> AnyView {
    view! {
        {section("エラーの一覧", errors())}
        {section("手順", steps())}
        {section("お知らせの帯", banners())}
        {section("状態", states())}
        {section("待つ間", waiting())}
        {section("そのほか", others())}
    }
    .into_any()
}

fn errors() -> AnyView {
    let errors = vec![
        (Field::LoginId, "ユーザIDは半角英数字6文字以上で入力してください。".to_owned()),
        (Field::Email, "メールアドレスを入力してください。".to_owned()),
    ];
    view! {
        <ErrorSummary errors message=Some("ユーザIDまたはパスワードが正しくありません。".to_owned())/>
        <p id="login_id">"ユーザID"</p>
        <p id="email">"メールアドレス"</p>
    }
    .into_any()
}

fn steps() -> AnyView {
    view! { <Steps current=0/> <Steps current=1/> <Steps current=2/> }.into_any()
}

fn banners() -> AnyView {
    view! {
        <Banner kind=BannerKind::Info title="ワンタイム認証コードを再送しました" live=true>"新しいメールが届くまで、1分ほどお待ちください。"</Banner>
        <Banner kind=BannerKind::Success title="登録内容を変更しました"/>
        <Banner kind=BannerKind::Warning title="クライアント証明書の有効期限が近づいています">
            <p><span class="code">"2025/04/30（令和7年4月30日）"</span>"までに更新してください。"</p>
        </Banner>
        <Banner kind=BannerKind::Danger title="ワンタイム認証コードを送信できません">
            "メールアドレスが登録されていません。電子請求受付システムで登録してください。"
        </Banner>
        <DoneBanner title="管理者ユーザを登録しました">
            <p>"アカウント発行のお知らせを t***@example.jp に送信しました。"</p>
        </DoneBanner>
    }
    .into_any()
}

fn states() -> AnyView {
    use AccountState::{Active, Deleted, Expired, Locked, NeverSignedIn, Suspended};
    let states = [Active, NeverSignedIn, Locked, Suspended, Expired, Deleted];
    let verdicts = [(BadgeKind::Success, "成功"), (BadgeKind::Warning, "未確認"), (BadgeKind::Danger, "失敗")];
    view! {
        <ul class="chips">
            {states.map(|state| view! { <li><StateBadge state=state/></li> }).collect_view()}
            {verdicts.map(|(kind, word)| view! { <li><Badge kind=kind>{word}</Badge></li> }).collect_view()}
        </ul>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! {
        <Countdown label="ワンタイム認証コードの有効時間" seconds=1745 ended="有効時間が過ぎました。"/>
        <Loading/>
        <Progress label="登録の準備をしています" done=120 total=500/>
    }
    .into_any()
}

fn others() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <Disclosure summary="コードが届かないときは"><p>"迷惑メールのフォルダを確認してください。"</p></Disclosure>
        <Disclosure summary="開いた状態" open=true><p>"受信拒否の設定を確認してください。"</p></Disclosure>
        <CopyBlock label="問い合わせ用の情報をコピー" text="画面番号：A-2\nエラーID：01931f6c-8d3a\n日時：2025/02/07 09:05:31"/>
        <EmptyState title="管理者ユーザはまだ登録されていません">
            <p>"最初の管理者ユーザを登録してください。"</p>
            <Buttons><ButtonLink href="/administrators/new">"管理者ユーザを新規登録する"</ButtonLink></Buttons>
        </EmptyState>
        <Button kind=ButtonKind::Secondary on_click=Callback::new(move |()| open.set(true))>"ダイアログを開く"</Button>
        <Dialog id="sample-dialog" title="このアカウントをロックしますか" open=open>
            <p>"田中 蓮（NursingUserA000）はログインできなくなります。"</p>
            <Buttons>
                <Button kind=ButtonKind::Secondary on_click=Callback::new(move |()| open.set(false))>"キャンセル"</Button>
                <Button kind=ButtonKind::Danger>"ロックする"</Button>
            </Buttons>
        </Dialog>
    }
    .into_any()
}
