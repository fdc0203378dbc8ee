//! M-12: what went wrong, with a remedy.

use leptos::prelude::*;

use super::{
    super::{
        desk::Input,
        trouble::{Remedy, Trouble},
    },
    Hand,
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons},
    routes::Route,
};

/// M-12.
pub(super) fn m12(trouble: &Trouble, hand: Hand) -> AnyView {
    let Remedy { title, steps, again } = trouble.remedy();
    let kind = if *trouble == Trouble::AskNetwork { BannerKind::Info } else { BannerKind::Warning };
    let steps = steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    view! {
        <Banner kind=kind title=title live=true/>
        <h2>"次に行うこと"</h2>
        <ol class="numbers">{steps}</ol>
        <Buttons>
            {again.map(|word| view! { <Button on_click=hand.on(Input::Again)>{word}</Button> })}
            <ButtonLink kind=ButtonKind::Secondary href=Route::FindPerson>"カードを使わずに確認する"</ButtonLink>
        </Buttons>
    }
    .into_any()
}
