//! Seeing care information: judged item by item, written down, and only then handed out.

use std::collections::BTreeMap;

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo,
        care::{CareSheet, CareView, SheetItem},
        emergencies::OpenEmergency,
    },
};
use domain::{
    Timestamp,
    care::{Basis, Consent, Content, Day, Extent, Grant, Hidden, Item, Matrix, Standing, Viewer, judge, validity},
};
use serde_json::{Value, json};
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
pub(super) struct Grounds {
    pub(super) charge: Charge,
    account: Account,
    matrix: Matrix,
    consents: BTreeMap<Item, StoredConsent>,
    platform_id: PersonId,
    /// The reason by which this account may see the person without consent.
    emergency: Option<OpenEmergency>,
}

impl Grounds {
    pub(super) fn judge(&self, item: Item, insurer_joined: bool, today: Day) -> Result<Grant, Hidden> {
        let viewer = Viewer { services: &self.account.services, jobs: &self.account.jobs };
        let (consent, emergency) = (self.consent(item), self.emergency.is_some());
        let standing = Standing { in_charge: true, insurer_joined, consent, emergency };
        judge(&self.matrix, viewer, item, standing, today)
    }

    /// The same without 災害時の閲覧, or as if a reason had been given.
    pub(super) fn judge_with(&self, emergency: bool, item: Item, today: Day) -> Result<Grant, Hidden> {
        let viewer = Viewer { services: &self.account.services, jobs: &self.account.jobs };
        let standing = Standing { in_charge: true, insurer_joined: true, consent: self.consent(item), emergency };
        judge(&self.matrix, viewer, item, standing, today)
    }

    fn consent(&self, item: Item) -> Consent {
        match self.consents.get(&item) {
            None => Consent::Absent,
            Some(consent) if consent.ended_at.is_some() => Consent::Withdrawn,
            Some(consent) => Consent::Until(consent.until_day),
        }
    }

    /// What an audit row says of one item besides the item itself: for what purpose, and in an emergency why and in spite of
    /// which consent.
    fn told(&self, shown: &SheetItem) -> Value {
        let reason = self.emergency.as_ref().filter(|_| shown.basis == Basis::Emergency && shown.content.is_ok());
        let Some(open) = reason else { return json!({ "purpose": self.charge.purpose }) };
        let consent = match self.consent(shown.item) {
            Consent::Absent => "absent",
            Consent::Withdrawn => "withdrawn",
            Consent::Until(_) => "expired",
        };
        json!({ "purpose": "emergency", "reason": open.reason, "consent": consent })
    }
}

/// What is looked at, and as what it is written down.
pub(super) struct Sight {
    screen: ScreenId,
    action: &'static str,
    items: &'static [Item],
    /// It counts as a look at the person: E-1 then marks only later changes.
    noted: bool,
}

impl Sight {
    /// A row of a list on E-14.
    pub(super) const BATCH: Self =
        Self { screen: ScreenId::E14, action: "care.view", items: &[Item::InsuranceCard], noted: false };

    const fn of(view: CareView) -> Self {
        let action = if matches!(view, CareView::Print) { "care.print" } else { "care.view" };
        Self { screen: screen_of(view), action, items: view.items(), noted: true }
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
    pub(super) async fn grounds(&self, tx: &mut Tx, leave: &CareLeave, id: Uuid) -> Result<Grounds, ApiError> {
        let charge = self.charge(tx, leave, id).await?;
        // The account as it is now: a change of service or job holds from the next request on.
        let account = accounts::find(tx, leave.actor().account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let platform_id = care::platform_id(tx, charge.person_id).await?.ok_or(ApiError::NotFound)?;
        Ok(Grounds {
            matrix: care::load_matrix(tx).await?,
            consents: care::newest_consents(tx, id).await?,
            emergency: self.open_reason(tx, leave, id).await?,
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
        self.look(leave, request, id, &Sight::of(view)).await
    }

    pub(super) async fn look(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        id: Uuid,
        sight: &Sight,
    ) -> Result<CareSheet, ApiError> {
        let grounds = self.grounds(&mut self.core.db.read().await?, leave, id).await?;
        let today = self.today();
        let person = self.platform.person(&grounds.platform_id).await?;
        same_person(&grounds, person.as_ref())?;
        let joined = person.as_ref().is_none_or(|person| person.insurer.joined);
        let mut items = Vec::new();
        for item in sight.items {
            let content = match grounds.judge(*item, joined, today) {
                Err(hidden) => Err(hidden),
                Ok(grant) => Ok(self.content(leave, &grounds, *item, grant.extent, today).await?),
            };
            items.push(SheetItem { item: *item, content, basis: Basis::Ordinary });
        }
        let now = self.core.ambient.now();
        let fresh = refreshed(&grounds, person.as_ref(), &items, today);
        let mut tx = self.core.db.write().await?;
        // Withdrawn, ended or deleted while the platform was asked: then nothing of it is handed out.
        let latest = self.grounds(&mut tx, leave, id).await?;
        for shown in &mut items {
            match latest.judge(shown.item, joined, today) {
                Ok(grant) => shown.basis = grant.basis,
                Err(hidden) if shown.content.is_ok() => shown.content = Err(hidden),
                Err(_) => {}
            }
        }
        for shown in &items {
            write_down(&mut tx, leave, request, &latest, sight, shown, now).await?;
        }
        if let Some(snapshot) = &fresh {
            care::refresh(&mut tx, latest.charge.person_id, snapshot).await?;
        }
        if sight.noted {
            care::note_view(&mut tx, leave.actor().account_id, id, now).await?;
        }
        let emergencies = self.emergency_records(&mut tx, leave, latest.charge.person_id).await?;
        // Nothing is shown that was not written down: an error here is all that the caller gets.
        tx.commit().await?;
        let extent = |item: Item| latest.judge(item, joined, today).map(|grant| grant.extent);
        let reach = Item::ALL.iter().map(|item| (*item, extent(*item))).collect();
        let person = head_of(id, fresh.as_ref().unwrap_or(&latest.charge.person));
        let (validity, emergency) = (validity_of(&items, today), latest.emergency);
        Ok(CareSheet { person, today, at: now, validity, items, reach, emergency, emergencies })
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
    grounds: &Grounds,
    sight: &Sight,
    shown: &SheetItem,
    now: Timestamp,
) -> Result<(), ApiError> {
    let result = shown.content.as_ref().err().map_or("ok", |hidden| hidden.code());
    Row::new(now, request, sight.screen, sight.action)
        .actor(leave.actor())
        .target(grounds.charge.person_id)
        .result(result)
        .detail(json!({ "item": shown.item.code() }))
        .detail(grounds.told(shown))
        .write(tx)
        .await
}
