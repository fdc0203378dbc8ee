//! 読み取り: challenges, and the judgement of what terminals and cards answer.
//!
//! A challenge is used up by the first reading that names it. Every judgement leaves one `care.identify` audit row,
//! whatever it says; none holds anything of the person, only which certificate or that it was a face.

mod judge;
mod whose;

use std::sync::Arc;

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        Actor, CareLeave, RequestInfo,
        care::{Care, PrintedFace},
        readings::{Challenge, Readings, Taken},
    },
};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Timestamp,
    care::{Day, Sex},
    reading::{CHALLENGE_MINUTES, Mode, READING_MINUTES, Refusal},
    terminal::Verdict,
};
use protocol::{
    bytes::Nonce,
    reading::{Attributes, AuthenticationReading, FaceReading, Sex as CardSex, TerminalSignature},
};
use serde_json::{Value, json};
use uuid::Uuid;

use self::judge::Asked;
pub use self::whose::Whose;
use super::{Core, audit::Row};
use crate::{
    certificates::ClientCa,
    secret::token_hash,
    storage::{
        Tx, readings,
        readings::{Reading, ReadingState},
        terminals::{self, Terminal},
    },
};

/// [`Readings`] on our own database.
pub struct ReadingsService {
    /// Database, time, keys, the cards' CA.
    pub core: Core,
    /// Who looks people up.
    pub care: Arc<dyn Care>,
}

/// A reading in either mode, as it came.
enum Answered {
    Pin(AuthenticationReading),
    Face(FaceReading),
}

impl Answered {
    /// Errors: `Malformed`.
    fn read(mode: Mode, json: &str) -> Result<Self, ApiError> {
        match mode {
            Mode::Pin => serde_json::from_str(json).map(Self::Pin),
            Mode::Face => serde_json::from_str(json).map(Self::Face),
        }
        .map_err(|_| ApiError::Malformed)
    }

    fn by_terminal(&self) -> &TerminalSignature {
        match self {
            Self::Pin(reading) => &reading.terminal,
            Self::Face(reading) => &reading.terminal,
        }
    }
}

/// A reading that passed every check.
struct Judged {
    terminal: Terminal,
    whose: Whose,
}

impl ReadingsService {
    /// Uses the challenge up. Errors: `Challenge`, `Replayed`, `Stale`.
    async fn asked(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        mode: Mode,
        nonce: &str,
        now: Timestamp,
    ) -> Result<Result<Asked, Refusal>, ApiError> {
        let found = readings::use_challenge(tx, actor.session_id, &token_hash(nonce), now).await?;
        let Some(challenge) = found.filter(|challenge| challenge.mode == mode) else {
            return Ok(Err(Refusal::Challenge));
        };
        if challenge.used_at.is_some() {
            return Ok(Err(Refusal::Replayed));
        }
        if challenge.issued_at.plus_minutes(CHALLENGE_MINUTES) <= now {
            return Ok(Err(Refusal::Stale));
        }
        let bytes = URL_SAFE_NO_PAD.decode(nonce).ok().and_then(|bytes| bytes.try_into().ok());
        let origin = challenge.origin.parse();
        Ok(bytes
            .zip(origin.ok())
            .map(|(bytes, origin)| Asked { origin, nonce: Nonce(bytes) })
            .ok_or(Refusal::Challenge))
    }

    /// The office's terminal that says it signed. Errors: `Terminal`, `TerminalRevoked`, `TerminalUnverified`.
    async fn terminal(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        signed: &TerminalSignature,
    ) -> Result<Result<Terminal, Refusal>, ApiError> {
        let terminal_id = signed.terminal.id.to_string();
        let found = terminals::lock_by_terminal_id(tx, actor.office_id, &terminal_id).await?;
        Ok(match found {
            None => Err(Refusal::Terminal),
            Some(terminal) if terminal.revoked_at.is_some() => Err(Refusal::TerminalRevoked),
            Some(terminal) if terminal.verdict != Verdict::Accepted => Err(Refusal::TerminalUnverified),
            Some(terminal) => Ok(terminal),
        })
    }

    async fn judged(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asked: Result<Asked, Refusal>,
        answered: &Answered,
        ca: &ClientCa,
        now: Timestamp,
    ) -> Result<Result<Judged, Refusal>, ApiError> {
        let asked = match asked {
            Ok(asked) => asked,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let terminal = match self.terminal(tx, actor, answered.by_terminal()).await? {
            Ok(terminal) => terminal,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let whose = match answered {
            Answered::Pin(reading) => judge::authentication(reading, &asked, &terminal, ca, now)
                .map(|card| Whose::Certificate { issuer: card.issuer, serial: card.serial }),
            Answered::Face(reading) => {
                judge::face(reading, &asked, &terminal, now).map(|()| Whose::Attributes(reading.attributes.clone()))
            }
        };
        Ok(whose.map(|whose| Judged { terminal, whose }))
    }

    /// Keeps what was judged, until it is used.
    async fn keep(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        mode: Mode,
        judged: &Judged,
        answered: &Answered,
        now: Timestamp,
    ) -> Result<Uuid, ApiError> {
        let id = self.core.ambient.id();
        let reading = Reading {
            id,
            session_id: actor.session_id,
            office_id: actor.office_id,
            terminal: judged.terminal.id,
            mode,
            state: if mode == Mode::Face { ReadingState::Compare } else { ReadingState::Ready },
            whose: Some(judged.whose.seal(&self.core.keys, &self.core.ambient, id)?),
            taken_at: now,
        };
        readings::insert(tx, &reading).await?;
        let public_key = Some(answered.by_terminal().terminal.public_key.0.clone());
        let terminal = Terminal { public_key, last_reading_at: Some(now), ..judged.terminal.clone() };
        terminals::update(tx, &terminal).await?;
        Ok(id)
    }

    /// The session's reading in `state`, if its time is not over. Errors: `NotFound`.
    async fn in_state(&self, tx: &mut Tx, actor: &Actor, id: Uuid, state: ReadingState) -> Result<Reading, ApiError> {
        let reading = readings::lock(tx, actor.session_id, id).await?.ok_or(ApiError::NotFound)?;
        let over = reading.taken_at.plus_minutes(READING_MINUTES) <= self.core.ambient.now();
        if reading.state == state && !over { Ok(reading) } else { Err(ApiError::NotFound) }
    }

    /// Whose card it was, while its terminal is registered: one that was revoked after the reading is of no more use.
    ///
    /// Errors: `NotFound` (not this session's, not compared yet, used, its time is over), `Reading(TerminalRevoked)`.
    async fn whose(&self, tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<Whose, ApiError> {
        let reading = self.in_state(tx, actor, id, ReadingState::Ready).await?;
        let terminal = terminals::lock(tx, reading.office_id, reading.terminal).await?;
        terminal.ok_or(ApiError::Reading(Refusal::TerminalRevoked))?;
        Whose::open(&self.core.keys, id, &reading.whose.ok_or(ApiError::Internal)?)
    }
}

#[async_trait]
impl Readings for ReadingsService {
    async fn challenge(&self, leave: &CareLeave, request: &RequestInfo, mode: Mode) -> Result<Challenge, ApiError> {
        if self.core.card_ca.is_none() {
            return Err(ApiError::CardsNotConfigured);
        }
        let nonce = crate::secret::token(&self.core.ambient);
        let mut tx = self.core.db.write().await?;
        let challenge = readings::Challenge {
            nonce_hash: token_hash(&nonce),
            session_id: leave.actor().session_id,
            mode,
            origin: request.origin.clone(),
            issued_at: self.core.ambient.now(),
            used_at: None,
        };
        readings::insert_challenge(&mut tx, &challenge).await?;
        tx.commit().await?;
        Ok(Challenge { nonce })
    }

    async fn submit(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        mode: Mode,
        nonce: &str,
        reading: &str,
    ) -> Result<Taken, ApiError> {
        let actor = leave.actor();
        let ca = self.core.card_ca.as_ref().ok_or(ApiError::CardsNotConfigured)?.current();
        let answered = Answered::read(mode, reading)?;
        let mut tx = self.core.db.write().await?;
        let now = self.core.ambient.now();
        let asked = self.asked(&mut tx, actor, mode, nonce, now).await?;
        let judged = self.judged(&mut tx, actor, asked, &answered, &ca, now).await?;
        let row = Row::new(now, request, ScreenId::M11, "care.identify").actor(actor);
        // A refusal is committed as well: the challenge is used up, and the trail says why.
        let outcome = match judged {
            Ok(judged) => {
                let id = self.keep(&mut tx, actor, mode, &judged, &answered, now).await?;
                row.target(id).detail(evidence(mode, &judged)).write(&mut tx).await?;
                Ok(Taken { id })
            }
            Err(refusal) => {
                row.result(refusal.code()).detail(json!({ "mode": mode.code() })).write(&mut tx).await?;
                Err(ApiError::Reading(refusal))
            }
        };
        tx.commit().await?;
        outcome
    }

    async fn confirm(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid, same: bool) -> Result<(), ApiError> {
        let actor = leave.actor();
        let mut tx = self.core.db.write().await?;
        let reading = self.in_state(&mut tx, actor, id, ReadingState::Compare).await?;
        let (state, whose) =
            if same { (ReadingState::Ready, reading.whose.as_deref()) } else { (ReadingState::Different, None) };
        readings::set_state(&mut tx, id, state, whose).await?;
        let row = Row::new(self.core.ambient.now(), request, ScreenId::M11, "care.compare").actor(actor).target(id);
        row.result(if same { "ok" } else { "different" }).write(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn person(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<Uuid, ApiError> {
        let actor = leave.actor();
        let mut tx = self.core.db.write().await?;
        let whose = self.whose(&mut tx, actor, id).await?;
        drop(tx);
        // Outside any transaction: the platform may take its time.
        let matched = match whose {
            Whose::Certificate { serial, .. } => self.care.look_up_card(leave, request, &serial).await,
            Whose::Attributes(attributes) => {
                let face = printed_face(&attributes).ok_or(ApiError::NoMatch)?;
                self.care.look_up_face(leave, request, &face).await
            }
        };
        if matches!(matched, Err(ApiError::PlatformUnavailable | ApiError::Busy)) {
            return matched;
        }
        let mut tx = self.core.db.write().await?;
        self.in_state(&mut tx, actor, id, ReadingState::Ready).await?;
        readings::set_state(&mut tx, id, ReadingState::Used, None).await?;
        tx.commit().await?;
        matched
    }
}

/// `None`: no insured person is known by such a birthday or sex.
fn printed_face(attributes: &Attributes) -> Option<PrintedFace> {
    let digits = attributes.birth_date.as_str();
    let born_on = Day::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))?;
    let sex = match attributes.sex {
        CardSex::Male => Sex::Male,
        CardSex::Female => Sex::Female,
        CardSex::NotApplicable => return None,
    };
    Some(PrintedFace { name: attributes.name.clone(), born_on, sex })
}

/// What the trail keeps of an accepted reading.
fn evidence(mode: Mode, judged: &Judged) -> Value {
    let terminal_id = &judged.terminal.terminal_id;
    match &judged.whose {
        Whose::Certificate { serial, .. } => {
            json!({ "mode": mode.code(), "terminal_id": terminal_id, "certificate_serial": serial })
        }
        Whose::Attributes(_) => json!({ "mode": mode.code(), "terminal_id": terminal_id }),
    }
}
