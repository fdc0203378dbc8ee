//! The words in which the screens for 管理者 and 一般 differ.

use domain::account::AccountKind;
use uuid::Uuid;

use crate::{
    parts::Crumb,
    routes::{Members, Route},
    screens::screen::{menu_crumb, page_info},
};

/// What one kind's screens are called.
pub(super) struct Words {
    /// 「管理者ユーザ」.
    pub(super) kind: &'static str,
    /// The list's own button.
    pub(super) register: &'static str,
    /// The check screen's button.
    pub(super) complete: &'static str,
    /// The way back to the list.
    pub(super) back_to_list: &'static str,
    /// The support text of the contacts.
    pub(super) contact_support: &'static str,
    /// メールアドレス is 必須.
    pub(super) email_required: bool,
}

pub(super) const fn words(members: Members) -> Words {
    match members {
        Members::Administrators => Words {
            kind: "管理者ユーザ",
            register: "管理者ユーザを新規登録する",
            complete: "管理者ユーザの登録を完了する",
            back_to_list: "管理者ユーザ一覧に戻る",
            contact_support: "アカウントの発行のお知らせや、ワンタイム認証コードの送信に使います。",
            email_required: true,
        },
        Members::Staff => Words {
            kind: "一般ユーザ",
            register: "一般ユーザを新規登録する",
            complete: "一般ユーザ登録を完了する",
            back_to_list: "一般ユーザ一覧に戻る",
            contact_support: "メールアドレスと携帯電話番号のどちらかを入力してください。\
                アカウントの発行のお知らせや、ワンタイム認証コードの送信に使います。",
            email_required: false,
        },
    }
}

/// The kind of the person who is looking.
pub(super) fn own_kind() -> AccountKind {
    page_info().signed_in.map_or(AccountKind::Office, |who| who.kind)
}

/// The menu that the person came from.
pub(super) fn home() -> Route {
    Route::home(own_kind())
}

/// The way from the menu to the list.
pub(super) fn crumbs_to_list() -> Vec<Crumb> {
    vec![menu_crumb()]
}

/// The way from the menu to what lies under the list.
pub(super) fn crumbs_under_list(members: Members) -> Vec<Crumb> {
    let mut crumbs = crumbs_to_list();
    crumbs.push(Crumb::to(members.screens().list.title(), Route::Members(members)));
    crumbs
}

/// The way from the menu to what lies under one account.
pub(super) fn crumbs_under_member(members: Members, id: Uuid) -> Vec<Crumb> {
    let mut crumbs = crumbs_under_list(members);
    crumbs.push(Crumb::to(members.screens().detail.title(), Route::Member(members, id)));
    crumbs
}
