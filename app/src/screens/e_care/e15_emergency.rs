//! E-15: 災害時の閲覧: a reason, before anything is shown that the person did not agree to. And how the person's other screens
//! tell of it.

use domain::{care::EMERGENCY_MINUTES, form::Field as F};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    emergency_api::{OpenEmergencyOf, emergency_question_of},
    person::{WhoLine, crumbs_under_person},
};
use crate::{
    parts::{
        Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, Cell, Column, DataTable, ErrorSummary, Field,
        PostForm, RowHead,
    },
    routes::Route,
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
        text::label,
    },
    services::{
        care::{CareSheet, CareView},
        emergencies::{EmergencyQuestion, EmergencyRecord},
    },
};

/// E-15.
#[component]
pub fn EmergencyPage(id: Uuid) -> impl IntoView {
    loaded(ScreenId::E15, move || emergency_question_of(id), |question| view! { <Ask question/> }.into_any())
}

#[component]
fn Ask(question: EmergencyQuestion) -> impl IntoView {
    let state = FormState::of::<OpenEmergencyOf>();
    let EmergencyQuestion { person, items, notice } = question;
    let id = person.id;
    let body = if items.is_empty() {
        view! {
            <Banner title="この方について、新しく閲覧できるようになる情報はありません">
                <p>"すでに閲覧できるか、登録されているサービス種類と職種区分では閲覧できない情報です。"</p>
            </Banner>
            <Buttons><Back id/></Buttons>
        }
        .into_any()
    } else {
        view! {
            <p>"ご本人の同意がなくても、次の情報を閲覧できるようになります。"</p>
            <ul class="bullets">{items.iter().map(|item| view! { <li>{item.name()}</li> }).collect_view()}</ul>
            <h2>"理由の入力"</h2>
            <Reason id state=state.clone()/>
        }
        .into_any()
    };
    view! {
        <Screen
            screen=ScreenId::E15
            lead=format!("「{}」のため、同意を得られない方の情報を、理由を記録して閲覧できます。", notice.title)
            crumbs=crumbs_under_person(&person)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <WhoLine person/>
            {body}
        </Screen>
    }
}

#[component]
fn Back(id: Uuid) -> impl IntoView {
    view! {
        <ButtonLink kind=ButtonKind::Secondary href=Route::Care(id, CareView::Eligibility)>"閲覧せずに戻る"</ButtonLink>
    }
}

#[component]
fn Reason(id: Uuid, state: FormState) -> impl IntoView {
    let typed = state.typed(F::EmergencyReason.name());
    view! {
        <ul class="bullets">
            <li>"ご本人の生命や健康を守るために必要で、同意を得られないときにだけ使ってください。同意を得られるときは、同意の画面で登録してください。"</li>
            <li>{format!("閲覧できるのは、あなただけです。{EMERGENCY_MINUTES}分たつと終わります。続けるときは、もう一度理由を入力してください。")}</li>
            <li>"理由と閲覧した情報はすべて記録され、あとで管理者が確認します。"</li>
        </ul>
        <PostForm action=state.endpoint>
            <input type="hidden" name="id" value=id.to_string()/>
            <Field
                field=F::EmergencyReason
                label=label(F::EmergencyReason)
                support="例：避難先で介助の方法を確認するため。氏名や病名、個人番号は書かないでください。"
                value=typed
                error=state.of_field(F::EmergencyReason)
            />
            <Buttons>
                <Back id/>
                <Button kind=ButtonKind::Danger>"理由を記録して閲覧する"</Button>
            </Buttons>
        </PostForm>
    }
}

/// On the person's own screens: that they are open by 災害時の閲覧, or that they could be.
#[component]
pub(super) fn EmergencyState(
    /// The person's screen.
    sheet: CareSheet,
) -> impl IntoView {
    let id = sheet.person.id;
    if let Some(open) = sheet.emergency {
        let title = format!("災害時の閲覧中です（{}まで）", open.until.clock_text());
        return view! {
            <Banner kind=BannerKind::Warning title=title>
                <p>{format!("理由：{}", open.reason)}</p>
                <p>"ご本人の同意がない情報も表示しています。閲覧した情報は、すべて記録されます。"</p>
            </Banner>
        }
        .into_any();
    }
    let hidden = sheet.reach.iter().any(|(_, reach)| reach.is_err_and(domain::care::Hidden::is_consents));
    let offered = hidden && page_info().emergency.is_some();
    offered
        .then(|| {
            view! {
                <Banner kind=BannerKind::Warning title="同意がない情報も、災害時の閲覧ができます">
                    <p>"ご本人の生命や健康を守るために必要で、同意を得られないときに、理由を記録して閲覧できます。"</p>
                    <p>
                        <ButtonLink kind=ButtonKind::Secondary href=Route::Emergency(id)>"災害時の閲覧に進む"</ButtonLink>
                    </p>
                </Banner>
            }
        })
        .into_any()
}

/// Part of the person's record: when their information was seen without consent, and why.
#[component]
pub(super) fn EmergencyRecords(
    /// The newest first.
    records: Vec<EmergencyRecord>,
) -> impl IntoView {
    (!records.is_empty()).then(|| {
        let rows = records.into_iter().map(|record| {
            view! {
                <tr>
                    <RowHead label="日時" code=true>{record.at.minute_text()}</RowHead>
                    <Cell label="理由">{record.reason}</Cell>
                </tr>
            }
        });
        let columns = ["日時", "理由"].map(Column::plain).to_vec();
        view! {
            <section class="section">
                <h2>"災害時の閲覧の記録"</h2>
                <p class="muted">"災害のとき、ご本人の同意がない情報を、この事業所の職員が閲覧しました。"</p>
                <DataTable caption="災害時の閲覧の記録" columns=columns>{rows.collect_view()}</DataTable>
            </section>
        }
    })
}
