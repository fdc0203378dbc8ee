//! 認証結果 in words, and the way back to the list.

use domain::terminal::Verdict;
use leptos::prelude::*;

use crate::{
    parts::{Badge, BadgeKind, Crumb},
    routes::Route,
    screens::{ScreenId, screen::menu_crumb},
};

/// 「成功」, or that it failed.
#[component]
pub(super) fn VerdictBadge(verdict: Verdict) -> impl IntoView {
    match verdict {
        Verdict::Accepted => view! { <Badge kind=BadgeKind::Success>"成功"</Badge> },
        Verdict::Unavailable => view! { <Badge kind=BadgeKind::Warning>"未確認"</Badge> },
        _ => view! { <Badge kind=BadgeKind::Danger>"失敗"</Badge> },
    }
}

/// Why it failed and what to do; nothing for 「成功」.
pub(super) const fn reason(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Accepted => None,
        Verdict::WrongAccount => {
            Some("ユーザIDまたはパスワードが正しくありません。「新規入力」から入力し直してください。")
        }
        Verdict::OtherTerminal => {
            Some("このユーザIDは別の端末に発行されたものです。この端末の設定情報を確認し、入力し直してください。")
        }
        Verdict::Unavailable => Some("接続先が応答しませんでした。時間をおいて、詳細画面から接続を確認してください。"),
    }
}

/// The way from the menu to what lies under the list.
pub(super) fn crumbs() -> Vec<Crumb> {
    vec![menu_crumb(), Crumb::to(ScreenId::J1.title(), Route::Terminals)]
}
