//! メニュー at the top right.

use domain::account::{AccountKind, Right};
use leptos::prelude::*;

use super::preferences::PreferenceChoices;
use crate::{
    parts::{Icon, IconKind},
    routes::{Members, ReaderStep, Records, Route},
    services::SignedInSummary,
};

/// A heading of the menu and what stands under it.
type Group = (&'static str, Vec<(&'static str, Route)>);

/// What this kind of account can open, as far as the site has a screen for it. Hiding an entry protects nothing: the
/// server decides again on every request.
fn groups(kind: AccountKind) -> Vec<Group> {
    let entries: [(Right, Group); 9] = [
        (Right::OfficeMenu, ("事業所", vec![("管理メニュー", Route::OfficeMenu)])),
        (Right::AdministratorMenu, ("事業所", vec![("管理メニュー", Route::AdministratorMenu)])),
        (Right::StaffMenu, ("メニュー", vec![("メニュー", Route::StaffMenu)])),
        (
            Right::ManageAdministrators,
            ("管理者ユーザ", members("管理者ユーザ一覧", "管理者ユーザ新規登録", Members::Administrators)),
        ),
        (Right::ManageStaff, ("一般ユーザ", members("一般ユーザ一覧", "一般ユーザ新規登録", Members::Staff))),
        (Right::RegisterTerminals, ("端末", vec![("マイナ資格確認アプリ情報登録", Route::Terminals)])),
        (
            Right::CareInformation,
            (
                "利用者",
                vec![
                    ("利用者一覧", Route::People),
                    ("本人確認", Route::VerifyPerson),
                    ("カードリーダーの設定", Route::Reader(ReaderStep::Menu)),
                ],
            ),
        ),
        (
            Right::AuditRecords,
            (
                "履歴",
                vec![
                    ("操作履歴", Route::Records(Records::Operations)),
                    ("閲覧履歴", Route::Records(Records::Viewings)),
                ],
            ),
        ),
        (Right::OwnAccount, ("アカウント", own_account(kind))),
    ];
    let help = (
        "ヘルプ",
        vec![("操作マニュアル", Route::Manual), ("よくあるご質問", Route::Questions), ("お問い合わせ", Route::Contact)],
    );
    let allowed = entries.into_iter().filter(|(right, _)| kind.may(*right)).map(|(_, group)| group);
    allowed.chain([help]).filter_map(existing).collect()
}

fn members(list: &'static str, new: &'static str, members: Members) -> Vec<(&'static str, Route)> {
    vec![(list, Route::Members(members)), (new, Route::NewMember(members, None))]
}

fn own_account(kind: AccountKind) -> Vec<(&'static str, Route)> {
    let password = kind.may(Right::OwnPassword).then_some(("パスワードの変更", Route::ChangePassword));
    [("アカウントの確認と設定", Route::Account(None))].into_iter().chain(password).collect()
}

fn existing((title, items): Group) -> Option<Group> {
    let items: Vec<_> = items.into_iter().filter(|(_, route)| Route::parse(&route.to_string()).is_some()).collect();
    (!items.is_empty()).then_some((title, items))
}

/// The menu: a `<details>`, so that it opens without JavaScript; with it, Escape and leaving close it (`browser::start_page`).
#[component]
pub(super) fn AccountMenu(
    /// Who is signed in.
    account: SignedInSummary,
    /// Where 「ログアウト」 posts to.
    sign_out: String,
) -> impl IntoView {
    let groups = groups(account.kind).into_iter().map(group).collect_view();
    view! {
        <details class="popup" id="menu">
            <summary class="header__button header__button--strong" id="menu-button"><Icon kind=IconKind::Menu/>"メニュー"</summary>
            <div class="popup__panel popup__panel--menu">
                <p class="popup__who">
                    <span class="header__strong">{super::header::person(&account)}</span>
                    <span class="header__small">{account.kind.name()}</span>
                    <span class="header__small">{account.office_name}</span>
                    <span class="header__small code">{account.office_number}</span>
                </p>
                <nav aria-label="メニュー">{groups}</nav>
                <PreferenceChoices/>
                <form class="popup__sign-out" method="post" action=sign_out>
                    <button class="popup__item" type="submit"><Icon kind=IconKind::SignOut/>"ログアウト"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn group((title, items): Group) -> impl IntoView {
    let items = items.into_iter().map(|(label, route)| {
        view! { <li><a class="popup__item" rel="external" href=route.to_string()>{label}</a></li> }
    });
    view! {
        <p class="popup__heading">{title}</p>
        <ul class="popup__list">{items.collect_view()}</ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_offers_only_what_the_kind_may_open() {
        let titles = |kind| groups(kind).into_iter().map(|(title, _)| title).collect::<Vec<_>>();
        assert!(titles(AccountKind::Office).starts_with(&["事業所", "管理者ユーザ", "一般ユーザ"]));
        assert!(!titles(AccountKind::Administrator).contains(&"管理者ユーザ"));
        assert!(titles(AccountKind::Administrator).contains(&"一般ユーザ"));
        assert_eq!(titles(AccountKind::Staff), ["メニュー", "利用者", "履歴", "アカウント", "ヘルプ"]);
    }
}
