//! Seeing care information: judged item by item, written down, and only then handed out.

use std::collections::BTreeMap;

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo,
        care::{CareSheet, CareView, SheetItem},
    },
};
use domain::{
    Timestamp,
    care::{Consent, Content, Day, Extent, Hidden, Item, Matrix, Standing, Viewer, judge, validity},
};
use serde_json::json;
use uuid::Uuid;

use super::{CareService, head_of, snapshot_of};
use crate::{
    platform::{Person, PersonId, PlatformError},
    services::audit::Row,
    storage::{
        Tx, accounts,
        accounts::Account,
        care::{self, Charge, StoredConsent},
    },
};

/// What decides about one person for one account, read at one moment.
struct Grounds {
    charge: Charge,
    account: Account,
    matrix: Matrix,
    consents: BTreeMap<Item, StoredConsent>,
    platform_id: PersonId,
}

impl Grounds {
    fn judge(&self, item: Item, insurer_joined: bool, today: Day) -> Result<Extent, Hidden> {
        let consent = match self.consents.get(&item) {
            None => Consent::Absent,
            Some(consent) if consent.ended_at.is_some() => Consent::Withdrawn,
            Some(consent) => Consent::Until(consent.until_day),
        };
        let viewer = Viewer { services: &self.account.services, jobs: &self.account.jobs };
        let standing = Standing { in_charge: true, insurer_joined, consent };
        judge(&self.matrix, viewer, item, standing, today)
    }
}

const fn screen_of(view: CareView) -> ScreenId {
    match view {
        CareView::Eligibility => ScreenId::E6,
        CareView::Certification => ScreenId::E7,
        CareView::Review => ScreenId::E8,
        CareView::Benefits => ScreenId::E9,
        CareView::Life => ScreenId::E10,
        CareView::CarePlan => ScreenId::E11,
        CareView::Print => ScreenId::E12,
    }
}

impl CareService {
    async fn grounds(&self, tx: &mut Tx, leave: &CareLeave, id: Uuid) -> Result<Grounds, ApiError> {
        let charge = self.charge(tx, leave, id).await?;
        // The account as it is now: a change of service or job holds from the next request on.
        let account = accounts::find(tx, leave.actor().account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let platform_id = care::platform_id(tx, charge.person_id).await?.ok_or(ApiError::NotFound)?;
        Ok(Grounds {
            matrix: care::load_matrix(tx).await?,
            consents: care::newest_consents(tx, id).await?,
            platform_id: PersonId(platform_id),
            charge,
            account,
        })
    }

    pub(super) async fn sheet(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        id: Uuid,
        view: CareView,
    ) -> Result<CareSheet, ApiError> {
        let grounds = self.grounds(&mut self.core.db.read().await?, leave, id).await?;
        let today = self.today();
        let person = self.platform.person(&grounds.platform_id).await?;
        same_person(&grounds, person.as_ref())?;
        let joined = person.as_ref().is_none_or(|person| person.insurer.joined);
        let mut items = Vec::new();
        for item in view.items() {
            let content = match grounds.judge(*item, joined, today) {
                Err(hidden) => Err(hidden),
                Ok(extent) => Ok(self.content(leave, &grounds, *item, extent, today).await?),
            };
            items.push(SheetItem { item: *item, content });
        }
        let now = self.core.ambient.now();
        let fresh = refreshed(&grounds, person.as_ref(), &items, today);
        let mut tx = self.core.db.write().await?;
        // Withdrawn, ended or deleted while the platform was asked: then nothing of it is handed out.
        let latest = self.grounds(&mut tx, leave, id).await?;
        for shown in &mut items {
            if let (Ok(_), Err(hidden)) = (&shown.content, latest.judge(shown.item, joined, today)) {
                shown.content = Err(hidden);
            }
        }
        for shown in &items {
            write_down(&mut tx, leave, request, &latest.charge, view, shown, now).await?;
        }
        if let Some(snapshot) = &fresh {
            care::refresh(&mut tx, latest.charge.person_id, snapshot).await?;
        }
        care::note_view(&mut tx, leave.actor().account_id, id, now).await?;
        // Nothing is shown that was not written down: an error here is all that the caller gets.
        tx.commit().await?;
        let reach = Item::ALL.iter().map(|item| (*item, latest.judge(*item, joined, today))).collect();
        let head = head_of(id, fresh.as_ref().unwrap_or(&latest.charge.person));
        Ok(CareSheet { person: head, today, at: now, validity: validity_of(&items, today), items, reach })
    }

    async fn content(
        &self,
        leave: &CareLeave,
        grounds: &Grounds,
        item: Item,
        extent: Extent,
        today: Day,
    ) -> Result<Option<Content>, ApiError> {
        let content = self.platform.item(&grounds.platform_id, item).await?;
        let content = match (content, extent) {
            (Some(content), Extent::OwnOffice) => content.of_office(&leave.actor().office_number),
            (content, _) => content,
        };
        Ok(content.filter(|content| match content {
            Content::Review(progress) => progress.is_shown(today),
            _ => true,
        }))
    }
}

/// An id of the platform's stands for one 被保険者番号; a person under a new number comes with an id of their own.
///
/// Errors: `Untrusted` when the platform speaks of somebody else.
fn same_person(grounds: &Grounds, person: Option<&Person>) -> Result<(), PlatformError> {
    let other = |person: &Person| person.insured_number != grounds.charge.person.insured_number;
    if person.is_some_and(other) { Err(PlatformError::Untrusted) } else { Ok(()) }
}

/// The copy for lists when it is no longer what the platform says.
fn refreshed(grounds: &Grounds, person: Option<&Person>, items: &[SheetItem], today: Day) -> Option<care::Snapshot> {
    let person = person?;
    let known = &grounds.charge.person;
    let mut fresh = snapshot_of(person, card_in(items), today);
    if card_in(items).is_none() {
        (fresh.level, fresh.until) = (known.level, known.until);
    }
    (fresh != *known).then_some(fresh)
}

fn card_in(items: &[SheetItem]) -> Option<&domain::care::InsuranceCard> {
    items.iter().find_map(|shown| match &shown.content {
        Ok(Some(Content::InsuranceCard(card))) => Some(card),
        _ => None,
    })
}

/// The banner; `None` where the certificate is not shown.
fn validity_of(items: &[SheetItem], today: Day) -> Option<domain::care::Validity> {
    let shown = items.iter().find(|shown| shown.item == Item::InsuranceCard)?;
    shown.content.is_ok().then(|| validity(card_in(items), today))
}

/// One audit row for one item: whose, which, for what, and whether it was shown.
async fn write_down(
    tx: &mut Tx,
    leave: &CareLeave,
    request: &RequestInfo,
    charge: &Charge,
    view: CareView,
    shown: &SheetItem,
    now: Timestamp,
) -> Result<(), ApiError> {
    let action = if view == CareView::Print { "care.print" } else { "care.view" };
    let result = shown.content.as_ref().err().map_or("ok", |hidden| hidden.code());
    Row::new(now, request, screen_of(view), action)
        .actor(leave.actor())
        .target(charge.person_id)
        .result(result)
        .detail(json!({ "item": shown.item.code(), "purpose": charge.purpose }))
        .write(tx)
        .await
}
