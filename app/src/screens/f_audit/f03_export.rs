//! F-3: a list as a CSV file.

use leptos::prelude::*;

use super::{
    api::audit_records,
    f01_list::{Filters, asked, crumbs_under, total_text},
    filters::{address, pairs},
};
use crate::{
    parts::{
        Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, DownloadForm, ErrorSummary, SearchBar, grouped,
    },
    routes::{Download, Records, Route},
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen},
    services::audit::{EXPORT_ROWS, RecordPage, RecordQuery},
};

/// F-3.
#[component]
pub fn F03Export(records: Records) -> impl IntoView {
    let query = RecordQuery { cursor: None, ..asked() };
    let sent = query.clone();
    loaded(
        ScreenId::F3,
        move || audit_records(records, sent.clone()),
        move |page| view! { <Export records query=query.clone() page/> }.into_any(),
    )
}

#[component]
fn Export(records: Records, query: RecordQuery, page: RecordPage) -> impl IntoView {
    let name = match records {
        Records::Operations => "操作履歴",
        Records::Viewings => "閲覧履歴",
    };
    let form = FormState::at(Download::Records.path());
    let failed = form.failed();
    let fields = pairs(&query).into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let fields = fields.collect_view();
    let found = format!("書き出す記録：{}", total_text(page.total));
    let back = address(&Route::Records(records), &query);
    let file = if page.rows.is_empty() {
        view! { <Banner kind=BannerKind::Info title="条件に合う記録がありません"><p>"条件を変えて「検索」を押してください。"</p></Banner> }
            .into_any()
    } else {
        view! {
            <DownloadForm action=Download::Records>
                <input type="hidden" name="records" value=records.code()/>
                {fields}
                <p>{found}</p>
                <Buttons>
                    <Button>"CSVファイルに書き出す"</Button>
                    <ButtonLink kind=ButtonKind::Secondary href=back>{format!("{name}に戻る")}</ButtonLink>
                </Buttons>
            </DownloadForm>
        }
        .into_any()
    };
    view! {
        <Screen
            screen=ScreenId::F3
            wide=true
            lead=format!("{name}を、表計算ソフトで開けるCSVファイルに書き出します。")
            crumbs=crumbs_under(records)
            failed=failed
        >
            <ErrorSummary errors=form.fields.clone() message=form.message.clone()/>
            <SearchBar
                action=Route::ExportRecords(records)
                label=format!("書き出す{name}の条件")
                reset_href=Route::ExportRecords(records)
            >
                <Filters records query own_only=page.own_only/>
            </SearchBar>
            <ul class="bullets">
                <li>{format!("1つのファイルに書き出せるのは{}件までです。多いときは期間を短くしてください。", grouped(u64::from(EXPORT_ROWS)))}</li>
                <li>"書き出したことは、操作履歴に残ります。"</li>
                <li>"個人情報を含みます。ファイルの保管と削除は、事業所の決まりに従ってください。"</li>
            </ul>
            {file}
        </Screen>
    }
}
