//! H-4 お問い合わせ: what the help desk needs, ready to be copied; filled in when an error screen led here.

use domain::Timestamp;
use leptos::prelude::*;

use crate::{
    parts::{CopyBlock, Crumb, Link},
    routes::{Route, query_value},
    screens::{
        ScreenId,
        screen::{Screen, page_info},
        z_errors::{Seen, contact_text},
    },
    services::ProblemReport,
};

/// H-4.
#[component]
pub fn H04Contact() -> impl IntoView {
    let page = page_info();
    let phone = page.support_phone.clone();
    let seen = seen(&page.address);
    let lead = match &seen {
        Some(_) => "表示されたエラーの情報を入力しました。内容をコピーして、お問い合わせにお使いください。",
        None => "お問い合わせの前に、よくあるご質問もご確認ください。",
    };
    view! {
        <Screen screen=ScreenId::H4 lead=lead crumbs=vec![Crumb::to("トップ", Route::Top)]>
            <p><Link href=Route::Questions>"よくあるご質問を見る"</Link></p>
            <h2>"お問い合わせ先"</h2>
            <p>"サポート窓口：" <span class="code">{phone}</span></p>
            <h2>"お伝えいただく内容"</h2>
            <p>
                "次の内容をコピーして、わかる範囲で書き足してください。"
                "パスワードやワンタイム認証コードは、お伝えいただく必要はありません。"
            </p>
            <CopyBlock label="問い合わせ用の情報をコピー" text=contact_text(&page, seen.as_ref())/>
        </Screen>
    }
}

/// The address of H-4 that tells what an error screen showed. Codes only: what a crafted link can say is said in our words.
pub fn contact_address(screen: ScreenId, report: &ProblemReport) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("screen", screen.number());
    if let Some(from) = report.from {
        query.append_pair("from", from.number());
    }
    query.append_pair("error", &report.error_id).append_pair("at", &report.at.micros().to_string());
    format!("{}?{}", Route::Contact, query.finish())
}

/// What the address tells of an error. `None`: nothing, or nothing that can be read.
fn seen(address: &str) -> Option<Seen> {
    let (_, query) = address.split_once('?')?;
    let screen = |name| {
        let number = query_value(query, name)?;
        ScreenId::ALL.iter().copied().find(|screen| screen.number() == number)
    };
    let is_id = |id: &String| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
    Some(Seen {
        screen: screen("screen").filter(|screen| screen.number().starts_with('Z'))?,
        from: screen("from"),
        error_id: query_value(query, "error").filter(is_id)?,
        at: Timestamp::from_micros(query_value(query, "at")?.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ApiError;

    #[test]
    fn what_an_error_screen_tells_arrives_and_nothing_else() {
        let at = Timestamp::from_seconds(1_738_890_000);
        let report = ProblemReport {
            error: ApiError::Internal,
            from: Some(ScreenId::D3),
            error_id: "0123456789AB".to_owned(),
            at,
            return_to: Some("/administrators?q=secret".to_owned()),
        };
        let address = contact_address(ScreenId::Z1, &report);
        assert!(!address.contains("secret"));
        let seen_there = seen(&address).unwrap();
        assert_eq!((seen_there.screen, seen_there.from, seen_there.at), (ScreenId::Z1, Some(ScreenId::D3), at));
        for bad in [
            "/help/contact",
            "/help/contact?screen=A-1&error=0123456789AB&at=1",
            "/help/contact?screen=Z-1&error=call+0120&at=1",
            "/help/contact?screen=Z-1&error=0123456789AB&at=now",
        ] {
            assert!(seen(bad).is_none(), "{bad}");
        }
    }
}
