//! How far a long piece of work has come.

use leptos::prelude::*;

use super::grouped;

/// A bar with its words: 「登録の準備をしています（500件中 120件）」.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    label: String,
    /// So many are done.
    done: u32,
    /// Of so many.
    total: u32,
) -> impl IntoView {
    let words = label + &format!("（{}件中 {}件）", grouped(u64::from(total)), grouped(u64::from(done)));
    view! {
        <div class="progress">
            <label class="progress__label" for="progress">{words}</label>
            <progress class="progress__bar" id="progress" max=total.to_string() value=done.to_string()></progress>
        </div>
    }
    .into_any()
}
