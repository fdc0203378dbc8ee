//! The words and numbers in which the screens for 管理者 and 一般 differ.

use crate::{
    parts::Crumb,
    routes::{Members, Route},
    screens::ScreenId,
};

/// What one kind's screens are called.
pub(super) struct Words {
    /// 「管理者ユーザ」.
    pub(super) kind: &'static str,
    /// D-1.
    pub(super) list: ScreenId,
    /// D-2.
    pub(super) new: ScreenId,
    /// D-3.
    pub(super) check: ScreenId,
    /// D-4.
    pub(super) done: ScreenId,
    /// D-5.
    pub(super) detail: ScreenId,
    /// D-6.
    pub(super) delete: ScreenId,
    /// D-7.
    pub(super) deleted: ScreenId,
    /// D-8.
    pub(super) edit: ScreenId,
    /// The list's own button.
    pub(super) register: &'static str,
    /// The check screen's button.
    pub(super) complete: &'static str,
    /// The way back from D-7.
    pub(super) back_to_list: &'static str,
    /// The support text of the contacts.
    pub(super) contact_support: &'static str,
    /// メールアドレス is 必須.
    pub(super) email_required: bool,
}

pub(super) const fn words(members: Members) -> Words {
    match members {
        // 一般ユーザ get screens of their own (D-11 …) when their routes are opened; until then no route leads here.
        Members::Administrators | Members::Staff => Words {
            kind: "管理者ユーザ",
            list: ScreenId::D1,
            new: ScreenId::D2,
            check: ScreenId::D3,
            done: ScreenId::D4,
            detail: ScreenId::D5,
            delete: ScreenId::D6,
            deleted: ScreenId::D7,
            edit: ScreenId::D8,
            register: "管理者ユーザを新規登録する",
            complete: "管理者ユーザの登録を完了する",
            back_to_list: "管理者ユーザ一覧に戻る",
            contact_support: "アカウントの発行のお知らせや、ワンタイム認証コードの送信に使います。",
            email_required: true,
        },
    }
}

/// The way from the menu to the list.
pub(super) fn crumbs_to_list() -> Vec<Crumb> {
    vec![Crumb::to("管理メニュー", Route::OfficeMenu)]
}

/// The way from the menu to what lies under the list.
pub(super) fn crumbs_under_list(members: Members) -> Vec<Crumb> {
    vec![Crumb::to("管理メニュー", Route::OfficeMenu), Crumb::to(words(members).list.title(), Route::Members(members))]
}
