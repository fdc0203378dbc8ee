//! 災害時の閲覧: declared by the operator, used with a reason, reviewed afterwards.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo, ReviewEmergencies,
        emergencies::{
            Emergencies, EmergencyNotice, EmergencyQuestion, EmergencyRecord, EmergencyUse, EmergencyUses,
            OpenEmergency, USES_PAGE_ROWS, UseFilter,
        },
    },
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    care::{EMERGENCY_MINUTES, EmergencyForm, EmergencyScope, Item},
};
use serde_json::json;
use uuid::Uuid;

use super::{CareService, head_of};
use crate::{
    services::{
        Core,
        audit::{Row, operator_entry},
        operator::Operator,
        spreadsheet::CsvFile,
    },
    storage::{
        StoreError, Tx, audit,
        care::emergencies::{self, ReviewedUse, StoredEmergency, StoredUse},
        offices,
    },
};

/// The headings of the file.
const COLUMNS: [&str; 7] = ["日時", "ユーザID", "氏名", "利用者", "理由", "確認した日時", "確認した人"];

/// The longest file, in rows.
const EXPORT_ROWS: i64 = 20_000;

/// Why the operator's command did nothing.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum DeclareError {
    #[error("there is no office {0}; give its 10-character 事業所番号")]
    UnknownOffice(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Every declaration in force. Errors: [`StoreError`].
pub async fn in_force(core: &Core) -> Result<Vec<StoredEmergency>, StoreError> {
    emergencies::in_force(&mut core.db.read().await?, core.ambient.now()).await
}

/// Declares a disaster until `ends_at`, which must be to come. Holds from the next request on.
///
/// Errors: [`DeclareError`].
pub async fn declare(
    core: &Core,
    operator: &Operator,
    scope: EmergencyScope,
    title: &str,
    ends_at: Timestamp,
) -> Result<Uuid, DeclareError> {
    let (id, now) = (core.ambient.id(), core.ambient.now());
    let mut tx = core.db.write().await?;
    let office_id = office_of(&mut tx, &scope).await?;
    let (kind, value) = scope.parts();
    let detail = json!({
        "os_user": operator.0, "emergency": id, "scope": kind, "value": value, "reason": title,
        "until": ends_at.minute_text(),
    });
    let mut entry = operator_entry(now, "operator.start_emergency", detail);
    entry.office_id = office_id;
    let title = title.trim().to_owned();
    emergencies::declare(&mut tx, &StoredEmergency { id, scope, title, started_at: now, ends_at }).await?;
    audit::append(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a declaration at once: what it opened is hidden again from the next request on. `false`: none with this id holds.
///
/// Errors: [`DeclareError`].
pub async fn end(core: &Core, operator: &Operator, id: Uuid) -> Result<bool, DeclareError> {
    let now = core.ambient.now();
    let mut tx = core.db.write().await?;
    let declared = emergencies::in_force(&mut tx, now).await?.into_iter().find(|declared| declared.id == id);
    let Some(declared) = declared else { return Ok(false) };
    let detail = json!({ "os_user": operator.0, "emergency": id, "reason": declared.title });
    let mut entry = operator_entry(now, "operator.end_emergency", detail);
    entry.office_id = office_of(&mut tx, &declared.scope).await?;
    let ended = emergencies::end(&mut tx, id, now).await?;
    audit::append(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(ended)
}

/// The office of a declaration for one: its own history tells of it.
async fn office_of(tx: &mut Tx, scope: &EmergencyScope) -> Result<Option<Uuid>, DeclareError> {
    let EmergencyScope::Office(number) = scope else { return Ok(None) };
    match offices::find_by_number(tx, number.as_str()).await? {
        Some(office) => Ok(Some(office.id)),
        None => Err(DeclareError::UnknownOffice(number.to_string())),
    }
}

impl CareService {
    /// What is declared for an office now.
    async fn declared(&self, tx: &mut Tx, office_number: &str) -> Result<Vec<StoredEmergency>, ApiError> {
        let mut all = emergencies::in_force(tx, self.core.ambient.now()).await?;
        all.retain(|declared| declared.scope.covers(office_number));
        Ok(all)
    }

    /// The reason by which this account may see a person without consent now: while its hour lasts, and the very declaration
    /// under which it was given.
    pub(super) async fn open_reason(
        &self,
        tx: &mut Tx,
        leave: &CareLeave,
        charge: Uuid,
    ) -> Result<Option<OpenEmergency>, ApiError> {
        let (actor, now) = (leave.actor(), self.core.ambient.now());
        let Some(used) = emergencies::open_use(tx, actor.account_id, charge, now).await? else { return Ok(None) };
        let declared = self.declared(tx, &actor.office_number).await?;
        let ends_at = declared.iter().find(|declared| declared.id == used.emergency_id).map(|found| found.ends_at);
        Ok(ends_at.map(|ends_at| OpenEmergency { reason: used.reason, until: used.open_until.min(ends_at) }))
    }

    /// When the office opened a person without consent, and why.
    pub(super) async fn emergency_records(
        &self,
        tx: &mut Tx,
        leave: &CareLeave,
        person: Uuid,
    ) -> Result<Vec<EmergencyRecord>, ApiError> {
        let uses = emergencies::uses_for(tx, leave.actor().office_id, person).await?;
        Ok(uses.into_iter().map(|used| EmergencyRecord { at: used.used_at, reason: used.reason }).collect())
    }
}

fn notice(declared: &StoredEmergency) -> EmergencyNotice {
    EmergencyNotice { title: declared.title.clone(), until: declared.ends_at }
}

#[async_trait]
impl Emergencies for CareService {
    async fn announced(&self, office_number: &str) -> Result<Option<EmergencyNotice>, ApiError> {
        let mut tx = self.core.db.read().await?;
        Ok(self.declared(&mut tx, office_number).await?.first().map(notice))
    }

    async fn question(&self, leave: &CareLeave, charge: Uuid) -> Result<EmergencyQuestion, ApiError> {
        let today = self.today();
        let mut tx = self.core.db.read().await?;
        let grounds = self.grounds(&mut tx, leave, charge).await?;
        let declared = self.declared(&mut tx, &leave.actor().office_number).await?;
        let declared = declared.first().ok_or(ApiError::NotFound)?;
        let opens = |item: &&Item| {
            grounds.judge_with(false, **item, today).is_err() && grounds.judge_with(true, **item, today).is_ok()
        };
        let items = Item::ALL.iter().filter(opens).copied().collect();
        let person = head_of(charge, &grounds.charge.person);
        Ok(EmergencyQuestion { person, items, notice: notice(declared) })
    }

    async fn open(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        charge: Uuid,
        form: EmergencyForm,
    ) -> Result<(), ApiError> {
        let (actor, now) = (leave.actor(), self.core.ambient.now());
        let mut tx = self.core.db.write().await?;
        let found = self.charge(&mut tx, leave, charge).await?;
        let declared = self.declared(&mut tx, &actor.office_number).await?;
        let declared = declared.first().ok_or(ApiError::NotFound)?;
        let reason = form.validate().map_err(ApiError::Invalid)?;
        let used = StoredUse {
            id: self.core.ambient.id(),
            emergency_id: declared.id,
            office_id: actor.office_id,
            account_id: actor.account_id,
            charge_id: charge,
            person_id: found.person_id,
            reason,
            used_at: now,
            open_until: now.plus_minutes(EMERGENCY_MINUTES).min(declared.ends_at),
        };
        emergencies::insert_use(&mut tx, &used).await?;
        Row::new(now, request, ScreenId::E15, "care.break_glass")
            .actor(actor)
            .target(found.person_id)
            .detail(json!({
                "emergency": declared.title, "purpose": "emergency", "reason": used.reason,
                "until": used.open_until.minute_text(),
            }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn uses(&self, leave: &ReviewEmergencies, filter: UseFilter, page: u32) -> Result<EmergencyUses, ApiError> {
        let office = leave.actor().office_id;
        let only_open = filter == UseFilter::Open;
        let mut tx = self.core.db.read().await?;
        let total = emergencies::count_uses(&mut tx, office, only_open).await?;
        let open = emergencies::count_uses(&mut tx, office, true).await?;
        let pages = u32::try_from(total.div_ceil(u64::from(USES_PAGE_ROWS))).unwrap_or(u32::MAX);
        let page = page.clamp(1, pages.max(1));
        let size = i64::from(USES_PAGE_ROWS);
        let rows = emergencies::uses(&mut tx, office, only_open, size, size * i64::from(page - 1)).await?;
        let row = |used| row_of(used, leave.actor().account_id);
        Ok(EmergencyUses { rows: rows.into_iter().map(row).collect(), total, open, page })
    }

    async fn review(&self, leave: &ReviewEmergencies, request: &RequestInfo, id: Uuid) -> Result<(), ApiError> {
        let (actor, now) = (leave.actor(), self.core.ambient.now());
        let mut tx = self.core.db.write().await?;
        let used = emergencies::find_use(&mut tx, actor.office_id, id).await?.ok_or(ApiError::NotFound)?;
        if used.account_id == actor.account_id {
            return Err(ApiError::NotPermitted);
        }
        if !emergencies::review(&mut tx, id, actor.account_id, now).await? {
            // Reviewed already: pressing twice changes nothing.
            return Ok(());
        }
        Row::new(now, request, ScreenId::F4, "care.review_emergency")
            .actor(actor)
            .target(used.person_id)
            .detail(json!({ "used_at": used.used_at.minute_text(), "reason": used.reason }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn export(
        &self,
        leave: &ReviewEmergencies,
        request: &RequestInfo,
        filter: UseFilter,
    ) -> Result<Vec<u8>, ApiError> {
        let actor = leave.actor();
        let mut tx = self.core.db.write().await?;
        let rows = emergencies::uses(&mut tx, actor.office_id, filter == UseFilter::Open, EXPORT_ROWS, 0).await?;
        Row::new(self.core.ambient.now(), request, ScreenId::F4, "audit.export")
            .actor(actor)
            .detail(json!({ "records": "emergency_uses", "rows": rows.len() }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(csv(rows))
    }
}

fn row_of(used: ReviewedUse, reader: Uuid) -> EmergencyUse {
    EmergencyUse {
        id: used.id,
        at: used.used_at,
        own: used.account_id == reader,
        login_id: used.login_id,
        name: used.name,
        person: used.person,
        person_id: used.person_id,
        reason: used.reason,
        reviewed: used.reviewed_at.zip(used.reviewer),
    }
}

fn csv(rows: Vec<ReviewedUse>) -> Vec<u8> {
    let mut file = CsvFile::new(&COLUMNS);
    for used in rows {
        file.row(&[
            used.used_at.second_text(),
            used.login_id,
            used.name,
            used.person,
            used.reason,
            used.reviewed_at.map(Timestamp::second_text).unwrap_or_default(),
            used.reviewer.unwrap_or_default(),
        ]);
    }
    file.bytes()
}
