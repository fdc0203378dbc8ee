//! ご利用までの準備: what is done and what is next, until everything is done.

use domain::account::{AccountKind, Right};
use leptos::prelude::*;

use crate::{
    parts::{CheckList, CheckStep, Link},
    routes::{Members, Route},
    screens::screen::page_info,
    services::set_up::SetUpProgress,
};

/// The guide; nothing when it is not known how far the office is, or when it is ready.
#[component]
pub(super) fn SetUpGuide(progress: Option<SetUpProgress>) -> impl IntoView {
    let progress = progress.filter(|progress| !progress.complete())?;
    let kind = page_info().signed_in?.kind;
    let steps = steps(progress, kind);
    let done = steps.iter().filter(|step| step.done).count();
    let summary =
        format!("{}つのうち{done}つが完了しています。すべて完了すると、この案内は表示されなくなります。", steps.len());
    Some(view! {
        <section class="section" aria-labelledby="set-up">
            <h2 id="set-up">"ご利用までの準備"</h2>
            <p class="muted">{summary}</p>
            <CheckList steps=steps/>
            <p><Link href=Route::RoleManual(kind)>"操作マニュアルで手順を見る"</Link></p>
        </section>
    })
}

fn steps(progress: SetUpProgress, kind: AccountKind) -> Vec<CheckStep> {
    // A page that this version does not have yet is not offered.
    let page = |route: Route| Some(route.to_string()).filter(|path| Route::parse(path).is_some());
    let manual = |anchor| Some(format!("{}#{anchor}", Route::RoleManual(kind)));
    let new = |members| page(Route::NewMember(members, None));
    let terminals = kind.may(Right::RegisterTerminals);
    let people = kind.may(Right::CareInformation);
    vec![
        CheckStep {
            title: "管理者ユーザを登録する",
            text: "事業所ユーザが行います。登録した方に、アカウント発行のお知らせが届きます。",
            href: new(Members::Administrators).filter(|_| kind.may(Right::ManageAdministrators)),
            done: progress.administrator,
        },
        CheckStep {
            title: "一般ユーザを登録する",
            text: "事業所ユーザまたは管理者ユーザが行います。",
            href: new(Members::Staff).filter(|_| kind.may(Right::ManageStaff)),
            done: progress.staff,
        },
        CheckStep {
            title: "カードを読み取る端末を登録する",
            text: "管理者ユーザが、カードリーダーをつないだ端末で行います。",
            href: manual("register-terminal").filter(|_| terminals),
            done: progress.terminal,
        },
        CheckStep {
            title: "利用者の本人確認を行う",
            text: "管理者ユーザまたは一般ユーザが行います。1人目の確認が終わると、準備は完了です。",
            href: manual("with-card").filter(|_| people),
            done: progress.identified,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_led_only_to_what_it_may_do() {
        let led =
            |kind| steps(SetUpProgress::default(), kind).iter().map(|step| step.href.is_some()).collect::<Vec<_>>();
        let office = led(AccountKind::Office);
        assert_eq!((office[0], office[2], office[3]), (true, false, false));
        let administrator = led(AccountKind::Administrator);
        assert_eq!((administrator[0], administrator[2], administrator[3]), (false, true, true));
    }
}
