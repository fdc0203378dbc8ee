//! Whom a confirmation is about, and the warning about the last 管理者ユーザ.

use leptos::prelude::*;

use crate::{
    parts::{Answer, Answers, Banner, BannerKind},
    services::accounts::AccountDetail,
};

/// ユーザID and ユーザ名.
#[component]
pub(super) fn Whom(account: AccountDetail) -> impl IntoView {
    let profile = account.profile;
    view! {
        <Answers>
            <Answer label="ユーザID" code=true>{profile.login_id.to_string()}</Answer>
            <Answer label="ユーザ名">
                <span class="nobreak">{format!("{}（{}）", profile.name.full(), profile.name.reading())}</span>
            </Answer>
        </Answers>
    }
}

/// Without a 管理者ユーザ nobody in the office can register terminals; only a 事業所ユーザ gets this far (rules.md).
#[component]
pub(super) fn LastAdministrator() -> impl IntoView {
    view! {
        <Banner kind=BannerKind::Danger title="この事業所で利用できる、最後の管理者ユーザです">
            <p>
                "続けると、管理者ユーザがいなくなり、マイナ資格確認アプリ情報の登録などができなくなります。"
                "先に、ほかの管理者ユーザを登録することをおすすめします。"
            </p>
        </Banner>
    }
}
