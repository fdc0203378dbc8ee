//! 本人確認 and 担当: from a look-up to a person whom the office is in charge of.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo,
        care::{FoundPerson, PrintedFace},
    },
};
use domain::{
    Timestamp,
    care::{Content, Item, LookupForm},
};
use serde_json::json;
use uuid::Uuid;

use super::{CareService, head_of, snapshot_of};
use crate::{
    platform::{CardFace, Found, Person, PersonId, PlatformError},
    services::audit::Row,
    storage::{
        Tx,
        care::{self, Charge, Match},
    },
};

/// Minutes in which [`FAILURES`] look-ups may find nobody; then no more are taken until the oldest is so old.
const WINDOW_MINUTES: i64 = 15;
const FAILURES: i64 = 10;

/// Minutes for which somebody who was found can be registered.
const MATCH_MINUTES: i64 = 15;

/// How somebody is looked up, for audit and 担当.
struct Way<'a> {
    screen: ScreenId,
    by: &'static str,
    purpose: &'a str,
}

impl CareService {
    pub(super) async fn look_up_by_items(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        form: &LookupForm,
    ) -> Result<Uuid, ApiError> {
        let (items, reason) = form.validate(self.today()).map_err(ApiError::Invalid)?;
        let way = Way { screen: ScreenId::E4, by: "items", purpose: reason.code() };
        let attempt = self.begin(leave, request, &way).await?;
        let found = self.answered(attempt, self.platform.find_by_four_items(&items).await).await?;
        self.finish(leave, request, &way, attempt, found).await
    }

    pub(super) async fn look_up_by_card(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        certificate: &str,
    ) -> Result<Uuid, ApiError> {
        let way = Way { screen: ScreenId::E2, by: "card", purpose: "card" };
        let attempt = self.begin(leave, request, &way).await?;
        let found = self.answered(attempt, self.platform.find_by_certificate(certificate).await).await?;
        self.finish(leave, request, &way, attempt, found).await
    }

    pub(super) async fn look_up_by_face(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        face: &PrintedFace,
    ) -> Result<Uuid, ApiError> {
        let way = Way { screen: ScreenId::E2, by: "face", purpose: "card" };
        let attempt = self.begin(leave, request, &way).await?;
        let PrintedFace { name, born_on, sex } = face.clone();
        let found =
            self.answered(attempt, self.platform.find_by_card_face(&CardFace { name, born_on, sex }).await).await?;
        self.finish(leave, request, &way, attempt, found).await
    }

    /// Counts the look-up before the platform is asked, so that many at once cannot slip through together.
    async fn begin(&self, leave: &CareLeave, request: &RequestInfo, way: &Way<'_>) -> Result<Uuid, ApiError> {
        let now = self.core.ambient.now();
        let account = leave.actor().account_id;
        let mut tx = self.core.db.write().await?;
        if care::attempts(&mut tx, account, now.plus_minutes(-WINDOW_MINUTES)).await? >= FAILURES {
            way.row(now, leave, request).result("too_many").write(&mut tx).await?;
            tx.commit().await?;
            return Err(ApiError::TooManyRequests { seconds: WINDOW_MINUTES * 60 });
        }
        let attempt = self.core.ambient.id();
        care::add_attempt(&mut tx, attempt, account, now).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// A look-up to which the platform had no answer told nobody anything: it does not count as one.
    async fn answered(&self, attempt: Uuid, found: Result<Found, PlatformError>) -> Result<Found, ApiError> {
        if found.is_err() {
            let mut tx = self.core.db.write().await?;
            care::forget_attempt(&mut tx, attempt).await?;
            tx.commit().await?;
        }
        Ok(found?)
    }

    async fn finish(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        way: &Way<'_>,
        attempt: Uuid,
        found: Found,
    ) -> Result<Uuid, ApiError> {
        let now = self.core.ambient.now();
        let mut tx = self.core.db.write().await?;
        let row = way.row(now, leave, request);
        let (row, answer) = match found {
            Found::One(person) => {
                let person_id = care::person_id(&mut tx, &person.id.0, self.core.ambient.id()).await?;
                let matched = Match {
                    id: self.core.ambient.id(),
                    account_id: leave.actor().account_id,
                    person_id,
                    identified_by: way.by.to_owned(),
                    purpose: way.purpose.to_owned(),
                    created_at: now,
                };
                care::insert_match(&mut tx, &matched).await?;
                care::forget_attempt(&mut tx, attempt).await?;
                (row.target(person_id), Ok(matched.id))
            }
            Found::Nobody => (row.result("no_match"), Err(ApiError::NoMatch)),
            Found::Several => (row.result("several"), Err(ApiError::NoMatch)),
            Found::InsurerNotJoined => (row.result("not_joined"), Err(ApiError::InsurerNotJoined)),
        };
        row.write(&mut tx).await?;
        tx.commit().await?;
        answer
    }

    /// The match and the person, as the platform knows them now.
    async fn matched(&self, tx: &mut Tx, leave: &CareLeave, id: Uuid) -> Result<(Match, PersonId), ApiError> {
        let since = self.core.ambient.now().plus_minutes(-MATCH_MINUTES);
        let found = care::find_match(tx, leave.actor().account_id, id, since).await?.ok_or(ApiError::NotFound)?;
        let platform_id = care::platform_id(tx, found.person_id).await?.ok_or(ApiError::NotFound)?;
        Ok((found, PersonId(platform_id)))
    }

    pub(super) async fn found_person(&self, leave: &CareLeave, matched: Uuid) -> Result<FoundPerson, ApiError> {
        let mut tx = self.core.db.read().await?;
        let (found, platform_id) = self.matched(&mut tx, leave, matched).await?;
        let charge = care::find_by_person(&mut tx, leave.actor().office_id, found.person_id).await?;
        drop(tx);
        let person = self.platform.person(&platform_id).await?.ok_or(ApiError::NotFound)?;
        let person = head_of(matched, &snapshot_of(&person, None, self.today()));
        Ok(FoundPerson { person, charge: charge.map(|charge| charge.id) })
    }

    pub(super) async fn register(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        matched: Uuid,
    ) -> Result<Uuid, ApiError> {
        let mut tx = self.core.db.read().await?;
        let (found, platform_id) = self.matched(&mut tx, leave, matched).await?;
        drop(tx);
        let person = self.platform.person(&platform_id).await?.ok_or(ApiError::NotFound)?;
        let charge = self.new_charge(leave, &found, &person).await?;
        let mut tx = self.core.db.write().await?;
        if !care::insert(&mut tx, &charge).await? {
            // Pressed twice, or registered by a colleague meanwhile.
            let present = care::find_by_person(&mut tx, charge.office_id, charge.person_id).await?;
            return present.map(|charge| charge.id).ok_or(ApiError::Conflict);
        }
        Row::new(charge.started_at, request, ScreenId::E4, "care.take_charge")
            .actor(leave.actor())
            .target(charge.person_id)
            .detail(json!({ "by": found.identified_by, "purpose": charge.purpose }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(charge.id)
    }

    async fn new_charge(&self, leave: &CareLeave, found: &Match, person: &Person) -> Result<Charge, ApiError> {
        // Level and last day are what lists sort and filter by; what a list shows of them, its viewer may not be shown on
        // E-6: lists show them only to those who may see the certificate.
        let card = match self.platform.item(&person.id, Item::InsuranceCard).await? {
            Some(Content::InsuranceCard(card)) => Some(card),
            _ => None,
        };
        Ok(Charge {
            id: self.core.ambient.id(),
            office_id: leave.actor().office_id,
            person_id: found.person_id,
            person: snapshot_of(person, card.as_ref(), self.today()),
            // By a card, whether by its PIN or by its holder's face: the trail of the look-up tells which.
            identified_by: if found.identified_by == "face" { "card".to_owned() } else { found.identified_by.clone() },
            purpose: found.purpose.clone(),
            started_at: self.core.ambient.now(),
            started_by: leave.actor().account_id,
        })
    }

    pub(super) async fn end(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<(), ApiError> {
        let now = self.core.ambient.now();
        let actor = leave.actor();
        let mut tx = self.core.db.write().await?;
        let charge = self.charge(&mut tx, leave, id).await?;
        if !care::end(&mut tx, actor.office_id, id, actor.account_id, now).await? {
            return Err(ApiError::NotFound);
        }
        let reason = care::consent_ended::CHARGE_ENDED;
        let consents = care::end_consents(&mut tx, id, None, reason, actor.account_id, now).await?;
        Row::new(now, request, ScreenId::E13, "care.end_charge")
            .actor(actor)
            .target(charge.person_id)
            .detail(json!({ "consents_ended": consents }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Way<'_> {
    fn row(&self, now: Timestamp, leave: &CareLeave, request: &RequestInfo) -> Row {
        let detail = json!({ "by": self.by, "purpose": self.purpose });
        Row::new(now, request, self.screen, "care.look_up").actor(leave.actor()).detail(detail)
    }
}
