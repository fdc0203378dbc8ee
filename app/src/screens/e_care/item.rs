//! One item on a screen: its content, or in its place why it is hidden.

use domain::care::{Basis, Content, Day, Hidden, Item};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    certificates::{burden_limit, burden_ratio, insurance_card},
    documents::{documents, equipment, opinion, renovation, review},
};
use crate::{
    parts::{Badge, BadgeKind, ButtonKind, ButtonLink, Withheld},
    routes::Route,
    services::care::SheetItem,
};

/// What can be done about a hidden item.
pub(super) const fn hint(why: Hidden) -> &'static str {
    match why {
        Hidden::NoConsent => "ご本人の同意が登録されると、表示できます。",
        Hidden::Expired => "閲覧期限が過ぎました。あらためて同意を登録すると、表示できます。",
        Hidden::NotJoined => "この方の市町村が、まだ本サービスに対応していません。",
        Hidden::NotPermitted | Hidden::NotInCharge => {
            "登録されているサービス種類と職種区分では、この情報を見ることができません。"
        }
    }
}

/// A heading and the item under it.
#[component]
pub(super) fn Shown(
    /// Whose.
    id: Uuid,
    /// The item.
    shown: SheetItem,
    /// Today.
    today: Day,
    /// The heading, when it is not the item's name.
    #[prop(into, optional)]
    heading: Option<String>,
) -> impl IntoView {
    let emergency = (shown.content.is_ok() && shown.basis == Basis::Emergency).then(|| {
        view! { <p><Badge kind=BadgeKind::Warning>"災害時の閲覧により表示（同意なし）"</Badge></p> }
    });
    let body = match shown.content {
        Ok(Some(content)) => content_view(content, today),
        Ok(None) => view! { <p class="muted">{nothing(shown.item)}</p> }.into_any(),
        Err(why) => {
            let ask = matches!(why, Hidden::NoConsent | Hidden::Expired);
            let ask = ask.then(|| {
                let href = Route::Consent(id);
                view! { <p><ButtonLink kind=ButtonKind::Secondary href=href>"同意の画面を開く"</ButtonLink></p> }
            });
            view! { <Withheld reason=why.name() text=hint(why)>{ask}</Withheld> }.into_any()
        }
    };
    let heading = heading.unwrap_or_else(|| shown.item.name().to_owned());
    view! { <section class="section"><h2>{heading}</h2>{emergency}{body}</section> }
}

fn content_view(content: Content, today: Day) -> AnyView {
    match content {
        Content::InsuranceCard(card) => insurance_card(&card),
        Content::BurdenRatio(card) => burden_ratio(&card),
        Content::BurdenLimit(card) => burden_limit(&card),
        Content::Survey(document) => documents(vec![document]),
        Content::Opinion(found) => opinion(found),
        Content::Review(progress) => review(&progress),
        Content::Renovation(record) => renovation(&record),
        Content::Equipment(record) => equipment(&record, today),
        Content::Life(all) | Content::CarePlans(all) => documents(all),
    }
}

/// What is said when the platform knows nothing of an item.
const fn nothing(item: Item) -> &'static str {
    match item {
        Item::InsuranceCard => "被保険者証の情報はありません。",
        Item::BurdenRatio => "負担割合証は交付されていません。",
        Item::BurdenLimit => "負担限度額の認定を受けていません。",
        Item::Survey => "認定調査票はありません。",
        Item::Opinion => "主治医意見書はありません。",
        Item::Review => "申請から5か月以内の、要介護認定の申請はありません。",
        Item::Renovation => "住宅改修の利用はありません。",
        Item::Equipment => "福祉用具購入の利用はありません。",
        Item::Life => "表示できるLIFE情報はありません。",
        Item::CarePlan => "ケアプランはありません。",
    }
}
