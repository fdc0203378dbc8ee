//! What stands around every screen: header, 画面番号, menu, help, footer.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{Breadcrumb, Crumb, with_readings, without_readings};
use crate::{screens::ScreenId, services::PageInfo};

mod emergency;
mod footer;
mod header;
mod idle;
mod maintenance;
mod menu;
mod preferences;

use emergency::EmergencyBanner;
use footer::Footer;
use header::Header;
use idle::IdleWarning;
use maintenance::MaintenanceNotice;

/// The product's name, as it stands in the header and in every title.
pub const PRODUCT: &str = "介護保険資格確認等WEBサービス";

/// A whole page: everything but `<html>` and `<body>`.
#[component]
pub fn Frame(
    /// The screen's number; also its `data-screen`.
    screen: ScreenId,
    /// Who is signed in and through which door.
    page: PageInfo,
    /// Heading, when it is not the screen's title.
    #[prop(into, optional)]
    title: Option<String>,
    /// One sentence under the heading.
    #[prop(into, optional)]
    lead: Option<String>,
    /// The way from the top page.
    #[prop(optional)]
    breadcrumbs: Vec<Crumb>,
    /// For lists and results; forms and texts keep to one narrow column.
    #[prop(optional)]
    wide: bool,
    /// Whether the page shows errors: the title then begins with 「エラー：」.
    #[prop(optional)]
    has_error: bool,
    /// Where 「ログアウト」 posts to.
    #[prop(into, default = "/api/sign_out".to_owned())]
    sign_out: String,
    /// The screen.
    children: Children,
) -> impl IntoView {
    let heading = title.unwrap_or_else(|| screen.title().to_owned());
    let title = without_readings(&heading);
    let whole_title = match title.as_str() {
        PRODUCT => title.clone(),
        // An entry's own heading, then the screen's name.
        own if own != screen.title() => format!("{own} | {} | {PRODUCT}", screen.title()),
        _ => format!("{title} | {PRODUCT}"),
    };
    let head_title = if has_error { format!("エラー：{whole_title}") } else { whole_title };
    let warning = page.signed_in.as_ref().map(|account| {
        let top = format!("{}/", page.public_origin);
        view! { <IdleWarning seconds=account.idle_seconds sign_out=sign_out.clone() top=top/> }
    });
    let notices = notices(&page);
    view! {
        <Title text=head_title/>
        <div class="page" data-screen=screen.number()>
            <a class="skip" rel="external" href="#main">"本文へ移動"</a>
            <Header page=page.clone() sign_out=sign_out/>
            <div class="page__body" class:page__body--wide=wide>
                {notices}
                <Breadcrumb items=breadcrumbs/>
                <main id="main" class="main" tabindex="-1">
                    <h1 class="main__title">{with_readings(heading)}</h1>
                    {lead.map(|lead| view! { <p class="main__lead">{lead}</p> })}
                    {children()}
                </main>
            </div>
            <Footer screen=screen public_origin=page.public_origin/>
            {warning}
        </div>
    }
    .into_any()
}

/// What stands on top of every page for a while; mostly nothing.
fn notices(page: &PageInfo) -> Option<AnyView> {
    let maintenance = page.maintenance.clone().map(|plan| view! { <MaintenanceNotice plan=plan/> });
    let emergency = page.emergency.clone().zip(page.signed_in.as_ref().map(|who| who.kind));
    let emergency = emergency.map(|(notice, kind)| view! { <EmergencyBanner notice=notice kind=kind/> });
    let any = maintenance.is_some() || emergency.is_some();
    any.then(|| view! { {maintenance}{emergency} }.into_any())
}
