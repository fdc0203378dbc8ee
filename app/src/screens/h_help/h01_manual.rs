//! H-1 操作マニュアル: where to begin, and the tasks of each kind of user on a page that can be printed.

use domain::account::AccountKind;
use leptos::prelude::*;

use super::manual::{HEIGHT, Picture, Step, Task, WIDTH, tasks};
use crate::{
    parts::{CardGrid, Crumb, IconKind, Link, MenuCard},
    routes::Route,
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
};

const ROLES: [(AccountKind, IconKind, &str); 3] = [
    (AccountKind::Office, IconKind::Office, "管理者ユーザと一般ユーザを登録・管理する方"),
    (AccountKind::Administrator, IconKind::People, "一般ユーザと端末を管理し、資格確認を行う方"),
    (AccountKind::Staff, IconKind::Person, "資格確認や介護情報の閲覧を行う方"),
];

/// H-1: the choice of a role.
#[component]
pub fn H01Manual() -> impl IntoView {
    let own = page_info().signed_in.map(|who| who.kind);
    let cards = ROLES.map(|(kind, icon, text)| {
        let text = if own == Some(kind) {
            format!("{text}（いまログインしている種類です）")
        } else {
            text.to_owned()
        };
        view! { <MenuCard icon=icon title=format!("{}の操作", kind.name()) text=text href=Route::RoleManual(kind)/> }
    });
    view! {
        <Screen
            screen=ScreenId::H1
            wide=true
            lead="ご利用になるユーザの種類を選んでください。それぞれのページは、そのまま印刷できます。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
        >
            <CardGrid>{cards.collect_view()}</CardGrid>
            <h2>"ご利用までの流れ"</h2>
            <ol class="numbers">
                <li>"事業所ユーザが、電子請求受付システムのアカウントでログインし、管理者ユーザを登録します。"</li>
                <li>"管理者ユーザがログインし、一般ユーザと、カードを読み取る端末を登録します。"</li>
                <li>"管理者ユーザまたは一般ユーザが、利用者の本人確認を行い、同意を得て、資格確認と介護情報の閲覧を始めます。"</li>
            </ol>
            <p>"どこまで済んだかは、ログイン後のメニュー（C-1、C-11）の「ご利用までの準備」で確認できます。"</p>
            <p>
                "困ったときは、"<Link href=Route::Questions>"よくあるご質問"</Link>"もご覧ください。"
            </p>
        </Screen>
    }
}

/// H-1: the tasks of one kind of user.
#[component]
pub fn RoleManual(kind: AccountKind) -> impl IntoView {
    let all = tasks(kind);
    let contents = all.iter().map(|task| view! { <li><Link href=format!("#{}", task.anchor)>{task.title}</Link></li> });
    let tasks = all.iter().enumerate().map(|(at, task)| view! { <Chapter number=at + 1 task=*task/> });
    view! {
        <Screen
            screen=ScreenId::H1
            heading=format!("{}の操作", kind.name())
            lead="（ ）の中は、画面の左下に表示される画面番号です。"
            crumbs=vec![Crumb::to("トップ", Route::Top), Crumb::to(ScreenId::H1.title(), Route::Manual)]
        >
            <nav class="contents" aria-label="目次">
                <ol class="numbers">{contents.collect_view()}</ol>
            </nav>
            {tasks.collect_view()}
        </Screen>
    }
}

#[component]
fn Chapter(number: usize, task: &'static Task) -> impl IntoView {
    let steps = task.steps.iter().map(step).collect_view();
    view! {
        <section class="section chapter" id=task.anchor>
            <h2>{format!("{number}. {}", task.title)}</h2>
            <p class="muted">{task.lead}</p>
            <ol class="numbers">{steps}</ol>
        </section>
    }
}

fn step(step: &'static Step) -> impl IntoView {
    view! {
        <li>
            <p>{step.text}</p>
            {step.picture.map(picture)}
        </li>
    }
}

fn picture(picture: Picture) -> impl IntoView {
    let (width, height) = (WIDTH.to_string(), HEIGHT.to_string());
    view! {
        <img class="picture" src=picture.address() alt=picture.alt width=width height=height loading="lazy" decoding="async"/>
    }
}
