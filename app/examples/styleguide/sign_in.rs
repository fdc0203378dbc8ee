//! with errors, B-2, Z-2.

use app::{
    parts::{
        Banner, Button, ButtonKind, ButtonLink, Buttons, Card, CardGrid, CodeField, CopyBlock, Countdown, Crumb,
        Disclosure, ErrorSummary, Field, FieldKind, Frame, Icon, IconKind, Link,
    },
    routes::Route,
    screens::ScreenId,
};
use domain::form;
use leptos::prelude::*;

use crate::page;

pub(crate) fn a_1() -> AnyView {
    view! {
        <Frame screen=ScreenId::A1 page=page::signed_out() wide=true lead="ご利用になる方を選んで、ログインしてください。">
            <div class="top">
                <div class="stack">
                    <CardGrid>
                        <Card
                            icon=IconKind::Office
                            title="事業所ユーザ"
                            text="事業所を代表して、管理者ユーザと一般ユーザのアカウントを管理する方"
                            href=Route::SignInOffice
                            action="事業所ユーザログイン"
                        />
                        <Card
                            icon=IconKind::People
                            title="管理者ユーザ・一般ユーザ"
                            text="資格確認や介護情報の閲覧など、日々の業務で利用する方"
                            href=Route::SignInMember
                            action="管理者または一般ユーザログイン"
                        />
                    </CardGrid>
                    <p class="small muted">
                        "ログインボタンを押すと、ブラウザーがクライアント証明書の選択を求めます。"
                        <Link href=Route::CertificateHelp>"クライアント証明書のご案内"</Link>
                    </p>
                    <section class="section" aria-labelledby="help">
                        <h2 id="help">"お困りのときは"</h2>
                        <ul class="tiles">
                            <li class="tiles__item"><Icon kind=IconKind::Book/><Link href=Route::Manual>"操作マニュアル"</Link></li>
                            <li class="tiles__item"><Icon kind=IconKind::Help/><Link href=Route::Questions>"その他のよくあるご質問"</Link></li>
                            <li class="tiles__item"><Icon kind=IconKind::Phone/><Link href=Route::Contact>"お問い合わせ"</Link></li>
                        </ul>
                    </section>
                </div>
                <section class="section top__news" aria-labelledby="news">
                    <h2 id="news">"お知らせ"</h2>
                    <ul class="news">
                        <li><p class="small muted code">"2025/02/03"</p><p>"2月15日（土）0時から6時まで、メンテナンスのため利用できません。"</p></li>
                        <li><p class="small muted code">"2025/01/20"</p><p>"操作マニュアルを改訂しました。"</p></li>
                    </ul>
                </section>
            </div>
        </Frame>
    }
    .into_any()
}

pub(crate) fn a_2() -> AnyView {
    let errors = vec![
        (form::Field::LoginId, "ユーザIDは「KJ」と数字12桁で入力してください。".to_owned()),
        (form::Field::Password, "パスワードを入力してください。".to_owned()),
    ];
    let crumbs = vec![Crumb::to("トップ", Route::Top), Crumb::here("事業所ユーザログイン")];
    view! {
        <Frame screen=ScreenId::A2 page=page::signed_out() breadcrumbs=crumbs has_error=true>
            <ErrorSummary errors/>
            <form class="form" method="post" novalidate>
                <Field
                    field=form::Field::LoginId
                    label="ユーザID"
                    kind=FieldKind::Code
                    support="電子請求受付システムのユーザID（KJと数字12桁）"
                    autocomplete="username"
                    value="KJ23721"
                    error=Some("ユーザIDは「KJ」と数字12桁で入力してください。".to_owned())
                />
                <Field
                    field=form::Field::Password
                    label="パスワード"
                    kind=FieldKind::Password
                    autocomplete="current-password"
                    error=Some("パスワードを入力してください。".to_owned())
                />
                <Buttons><Button>"ログイン"</Button></Buttons>
            </form>
        </Frame>
    }
    .into_any()
}

pub(crate) fn b_2() -> AnyView {
    view! {
        <Frame screen=ScreenId::B2 page=page::signed_out()>
            <Banner title="ワンタイム認証コードを再送しました" live=true>
                "先に届いたコードも、有効時間内であれば使えます。"
            </Banner>
            <p>
                "ご登録のメールアドレス（"<span class="nobreak">"a***@example.jp"</span>
                "）にワンタイム認証コードを送信しました。メールに記載された6桁の数字を入力してください。"
            </p>
            <form class="form" method="post" novalidate>
                <CodeField field=form::Field::OneTimeCode label="ワンタイム認証コード" support="6桁の数字"/>
                <Countdown label="このコードの有効時間" seconds=1745 ended="有効時間が過ぎました。コードを再送してください。"/>
                <Buttons><Button>"認証を完了してトップ画面へ進む"</Button></Buttons>
            </form>
            <section class="section" aria-labelledby="resend">
                <h2 id="resend">"コードが届かないとき"</h2>
                <form method="post">
                    <Buttons>
                        <Button kind=ButtonKind::Secondary>"ワンタイム認証コードを再送する"</Button>
                    </Buttons>
                </form>
                <Countdown label="再送できるまで" seconds=48 ended="再送できます。"/>
                <Disclosure summary="届かないときは">
                    <ul class="bullets">
                        <li>"迷惑メールのフォルダに入っていないか確認してください。"</li>
                        <li>"no-reply@example.jp からのメールを受信できるように設定してください。"</li>
                        <li>"登録されているメールアドレスが変わっているときは、電子請求受付システムで変更してください。"</li>
                    </ul>
                </Disclosure>
            </section>
        </Frame>
    }
    .into_any()
}

pub(crate) fn z_2() -> AnyView {
    let text = "画面番号：Z-2（A-1 から）\nエラー：クライアント証明書なし\nエラーID：01931f6c-8d3a-7e52-9f0b-2c4d5e6f7a8b\n日時：2025/02/07 09:05:31";
    view! {
        <Frame screen=ScreenId::Z2 page=page::signed_out() lead="ブラウザーから介護DX証明書が送られなかったため、ログイン画面を開けませんでした。">
            <section class="section">
                <h2>"次のことをお試しください"</h2>
                <ol class="numbers">
                    <li>"すべてのブラウザーの画面を閉じてから、もう一度開いてください。"</li>
                    <li>"トップ画面でログインボタンを押し、証明書の選択画面で"<span class="nobreak">"介護DX証明書"</span>"を選んでください。"</li>
                    <li>"選択画面に何も表示されないときは、証明書がこの端末に入っていません。"<Link href=Route::CertificateHelp>"証明書のインストール方法"</Link></li>
                </ol>
                <Buttons>
                    <ButtonLink href=Route::Top>"トップ画面へ戻る"</ButtonLink>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::CertificateHelp>"クライアント証明書のご案内"</ButtonLink>
                </Buttons>
            </section>
            <section class="section">
                <h2>"解決しないとき"</h2>
                <p>"下の情報をコピーして、お問い合わせ窓口へお知らせください。入力中の内容や登録済みの情報は失われていません。"</p>
                <CopyBlock label="問い合わせ用の情報をコピー" text=text/>
            </section>
        </Frame>
    }
    .into_any()
}
