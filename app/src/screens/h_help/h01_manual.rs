//! H-1 操作マニュアル.

use leptos::prelude::*;

use super::manual::TASKS;
use crate::{
    parts::{Crumb, Link},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

/// H-1.
#[component]
pub fn H01Manual() -> impl IntoView {
    let contents =
        TASKS.iter().map(|task| view! { <li><Link href=format!("#{}", task.anchor)>{task.title}</Link></li> });
    let tasks = TASKS.iter().map(|task| {
        let steps = task.steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view();
        view! {
            <section class="section" id=task.anchor>
                <h2>{task.title}</h2>
                <p class="muted">{task.lead}</p>
                <ol class="numbers">{steps}</ol>
            </section>
        }
    });
    view! {
        <Screen
            screen=ScreenId::H1
            lead="行いたい操作を選んでください。（ ）の中は画面の左下に表示される画面番号です。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
        >
            <nav aria-label="目次"><ul class="bullets">{contents.collect_view()}</ul></nav>
            {tasks.collect_view()}
        </Screen>
    }
}
