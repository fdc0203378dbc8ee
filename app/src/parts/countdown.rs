//! Time that runs out.

use leptos::prelude::*;

use crate::browser;

/// Seconds left of `seconds`, counted down from the moment the page came to life; never below 0.
///
/// Measured by the clock instead of by counting ticks, since browsers slow down timers of pages in the background.
pub fn seconds_left(seconds: i64) -> ReadSignal<i64> {
    let (left, set_left) = signal(seconds);
    Effect::new(move |_| {
        let end = browser::now_seconds() + seconds;
        browser::every_second(move || {
            let now = (end - browser::now_seconds()).max(0);
            if left.get_untracked() != now {
                set_left.set(now);
            }
        });
    });
    left
}

/// The time left in words that change every second.
/// Without JavaScript it stays at the time left when the page was made.
#[island]
pub fn Countdown(
    /// What runs out: 「ワンタイム認証コードの有効時間」.
    #[prop(into)]
    label: String,
    /// Seconds left when the page was made.
    seconds: i64,
    /// What to say at the end.
    #[prop(into)]
    ended: String,
) -> impl IntoView {
    let left = seconds_left(seconds);
    let text = move || match left.get() {
        0 => ended.clone(),
        left => format!("{label}：あと {}", minutes_text(left)),
    };
    view! { <p class="countdown" role="timer">{text}</p> }.into_any()
}

/// `29分05秒`, `48秒`.
pub fn minutes_text(seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds}秒"),
        (minutes, seconds) => format!("{minutes}分{seconds:02}秒"),
    }
}

#[cfg(test)]
mod tests {
    use super::minutes_text;

    #[test]
    fn minutes_are_left_out_when_there_are_none() {
        assert_eq!(minutes_text(1745), "29分05秒");
        assert_eq!(minutes_text(60), "1分00秒");
        assert_eq!(minutes_text(48), "48秒");
    }
}
