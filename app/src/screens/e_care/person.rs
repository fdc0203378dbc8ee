//! Who a screen is about, and the way to it.

use domain::care::Validity;
use leptos::prelude::*;

use crate::{
    parts::{Answer, Answers, BannerKind, Crumb},
    routes::Route,
    screens::{ScreenId, screen::menu_crumb},
    services::care::{CareView, PersonHead},
};

/// The way from the menu.
pub(super) fn crumbs() -> Vec<Crumb> {
    vec![menu_crumb()]
}

/// The way from the menu to what lies under the list.
pub(super) fn crumbs_under_list() -> Vec<Crumb> {
    vec![menu_crumb(), Crumb::to(ScreenId::E1.title(), Route::People)]
}

/// The way from the menu to what lies under a person.
pub(super) fn crumbs_under_person(person: &PersonHead) -> Vec<Crumb> {
    let mut crumbs = crumbs_under_list();
    let result = Route::Care(person.id, CareView::Eligibility);
    crumbs.push(Crumb::to(format!("{}様の{}", person.name.full(), ScreenId::E6.title()), result));
    crumbs
}

/// Name, number, birthday, sex, insurer: enough to tell the person from others.
#[component]
pub(super) fn Who(
    /// Whom.
    person: PersonHead,
) -> impl IntoView {
    let PersonHead { insurer_number, insurer_name, insured_number, name, born_on, sex, .. } = person;
    view! {
        <Answers>
            <Answer label="氏名">
                <span class="nobreak">{name.full()}</span>
                " "
                <span class="nobreak muted">{format!("（{}）", name.reading())}</span>
            </Answer>
            <Answer label="生年月日" code=true>{born_on.both()}</Answer>
            <Answer label="性別">{sex.name()}</Answer>
            <Answer label="被保険者番号" code=true>{insured_number}</Answer>
            <Answer label="保険者">
                {insurer_name} " " <span class="code muted">{format!("（{insurer_number}）")}</span>
            </Answer>
        </Answers>
    }
}

/// One line at the top of the narrower screens, so that nobody reads the wrong person's page.
#[component]
pub(super) fn WhoLine(
    /// Whom.
    person: PersonHead,
) -> impl IntoView {
    let PersonHead { insured_number, name, born_on, .. } = person;
    view! {
        <p class="main__lead">
            <strong class="nobreak">{format!("{}様", name.full())}</strong>
            " "
            <span class="nobreak muted">{format!("（{}）", name.reading())}</span>
            " "
            <span class="code muted">{format!("被保険者番号 {insured_number}")}</span>
            " "
            <span class="muted">
                <span class="code">{born_on.slashed()}</span>
                <span class="nobreak">{format!("（{}）", born_on.japanese())}</span>
                "生まれ"
            </span>
        </p>
    }
}

/// The colour of a banner and the line under its word.
pub(super) fn banner(validity: Validity) -> (BannerKind, String) {
    match validity {
        Validity::Valid { until: Some(until) } => {
            (BannerKind::Success, format!("認定は {} まで有効です", until.both()))
        }
        Validity::Valid { until: None } => (BannerKind::Success, "事業対象者には、認定有効期間がありません".to_owned()),
        Validity::EndsIn { until, .. } => {
            (BannerKind::Warning, format!("認定は {} に終わります。更新の申請を確認してください", until.both()))
        }
        Validity::Expired { until } => (BannerKind::Danger, format!("認定は {} に期限が切れました", until.both())),
        Validity::None(why) => (BannerKind::Danger, why.name().to_owned()),
    }
}
