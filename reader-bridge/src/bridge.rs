//! What all connections share: settings, readers, time, and who may come in.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    challenge::Origin,
    failure::Failure,
    label::Label,
    reading::TerminalSignature,
    reply::{Stage, Terminal},
    secret::{Passcode, Token},
};
use zeroize::Zeroizing;

use crate::{
    clock::Ambient,
    consent::Consent,
    passcode::StoredPasscode,
    reader::{
        Readers,
        hub::Hub,
        lane::{Lanes, Patience},
    },
    settings::{Settings, Store, TERMS_EDITION},
    terminal::TerminalKey,
};

/// Which pages may connect.
pub enum Doors {
    /// Those that a person allows, once each.
    Pairing(Pairing),
    /// These only (`--allow-origin`): computers that somebody manages.
    Closed(Vec<Origin>),
}

/// A person who is asked, and what was refused lately.
pub struct Pairing {
    /// Who is asked.
    pub consent: Box<dyn Consent>,
    refused: Mutex<HashMap<Origin, Instant>>,
}

impl Pairing {
    /// Nothing was refused yet.
    pub fn new(consent: Box<dyn Consent>) -> Self {
        Self { consent, refused: Mutex::default() }
    }

    /// A person said no, or nothing.
    pub fn refuse(&self, origin: &Origin) {
        self.refused().insert(origin.clone(), Instant::now());
    }

    /// Whether that is less than `holds` ago.
    pub fn was_refused(&self, origin: &Origin, holds: Duration) -> bool {
        let mut refused = self.refused();
        refused.retain(|_, when| when.elapsed() < holds);
        refused.contains_key(origin)
    }

    fn refused(&self) -> MutexGuard<'_, HashMap<Origin, Instant>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A token, and the locking it belongs to.
#[derive(Clone)]
pub struct Grant {
    token: Token,
    epoch: u64,
}

/// Shared by all connections.
pub struct Bridge {
    /// Time and randomness.
    pub ambient: Ambient,
    /// The picture of the readers.
    pub hub: Arc<Hub>,
    /// The way to the cards.
    pub lanes: Lanes,
    /// Who may come in.
    pub doors: Doors,
    store: Mutex<Store>,
    /// Held during an attempt: attempts side by side would share one delay.
    attempts: tokio::sync::Mutex<()>,
    /// Grows with every locking; tokens of an earlier one are void.
    epoch: AtomicU64,
}

impl Bridge {
    /// Starts watching the readers.
    pub fn new(
        ambient: Ambient,
        store: Store,
        doors: Doors,
        readers: Arc<dyn Readers>,
        patience: Patience,
    ) -> Arc<Self> {
        let hub = Hub::start(readers.watcher(), store.settings().reader.clone());
        Arc::new(Self {
            ambient,
            hub,
            lanes: Lanes::new(readers, patience),
            doors,
            store: Mutex::new(store),
            attempts: tokio::sync::Mutex::default(),
            epoch: AtomicU64::new(0),
        })
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Failure> {
        self.store().change(change).map_err(|error| {
            tracing::error!(settings.error = %error, "the settings could not be written");
            Failure::Internal
        })
    }

    /// Whether pages of `origin` may use this program.
    pub fn is_paired(&self, origin: &Origin) -> bool {
        match &self.doors {
            Doors::Closed(allowed) => allowed.contains(origin),
            Doors::Pairing(_) => self.store().settings().origins.contains(origin.as_str()),
        }
    }

    /// A person allowed `origin`.
    pub fn pair(&self, origin: &Origin) -> Result<(), Failure> {
        tracing::info!(page.origin = %origin, "paired");
        self.change(|settings| {
            settings.origins.insert(origin.as_str().to_owned());
        })
    }

    /// The next step, for a connection that has `grant`.
    pub fn stage(&self, grant: Option<&Grant>) -> Stage {
        match self.store().settings().stage() {
            Stage::Locked if grant.is_some_and(|grant| self.is_current(grant)) => Stage::Ready,
            stage => stage,
        }
    }

    fn is_current(&self, grant: &Grant) -> bool {
        grant.epoch == self.epoch.load(Ordering::SeqCst)
    }

    /// Whether a request with `token` may use readers and cards. Errors: `not_set_up`, `locked`.
    pub fn authorise(&self, grant: Option<&Grant>, token: Option<&Token>) -> Result<(), Failure> {
        match (self.stage(grant), grant, token) {
            (Stage::Ready, Some(grant), Some(token)) if grant.token == *token => Ok(()),
            (Stage::Ready | Stage::Locked, ..) => Err(Failure::Locked),
            _ => Err(Failure::NotSetUp),
        }
    }

    /// 同意して利用開始. Errors: `invalid_params` for an edition that is not the present one.
    pub fn accept_terms(&self, edition: u32) -> Result<(), Failure> {
        if edition != TERMS_EDITION {
            return Err(Failure::InvalidParams);
        }
        self.change(|settings| settings.terms_edition = Some(edition))
    }

    /// アカウント登録. The key is made once; registering again, with another user ID, keeps it, and must be
    /// `authorised`.
    pub fn register(&self, user_id: &Label, authorised: bool) -> Result<Terminal, Failure> {
        match self.stage(None) {
            Stage::Terms => return Err(Failure::NotSetUp),
            Stage::Registration | Stage::Passcode => {}
            Stage::Locked | Stage::Ready if authorised => {}
            Stage::Locked | Stage::Ready => return Err(Failure::Locked),
        }
        self.change(|settings| {
            settings.user_id = Some(user_id.clone());
            settings.terminal_key.get_or_insert_with(|| TerminalKey::new(&self.ambient));
        })?;
        self.terminal()
    }

    /// 端末固有ID and key. Errors: `not_set_up`.
    pub fn terminal(&self) -> Result<Terminal, Failure> {
        self.key().map(|key| key.terminal())
    }

    /// The terminal's signature. Errors: `not_set_up`.
    pub fn sign(&self, signed_bytes: &[u8]) -> Result<TerminalSignature, Failure> {
        self.key().map(|key| key.sign(signed_bytes))
    }

    fn key(&self) -> Result<TerminalKey, Failure> {
        self.store().settings().terminal_key.clone().ok_or(Failure::NotSetUp)
    }

    /// Chooses the reader, and remembers it.
    pub fn select_reader(&self, reader: &Label) -> Result<protocol::event::Snapshot, Failure> {
        let snapshot = self.hub.select(reader)?;
        self.change(|settings| settings.reader = Some(reader.clone()))?;
        Ok(snapshot)
    }

    /// Checks a passcode. Errors: `not_set_up`, `wrong_passcode`, `passcode_delayed`.
    pub async fn unlock(&self, passcode: Passcode) -> Result<Grant, Failure> {
        self.attempt(passcode).await?;
        Ok(self.grant())
    }

    /// Sets the passcode, or changes it; all earlier tokens become void.
    pub async fn set_passcode(&self, current: Option<Passcode>, new: Passcode) -> Result<Grant, Failure> {
        match (self.stage(None), current) {
            (Stage::Terms | Stage::Registration, _) => return Err(Failure::NotSetUp),
            (Stage::Passcode, _) => {}
            (Stage::Locked | Stage::Ready, None) => return Err(Failure::InvalidParams),
            (Stage::Locked | Stage::Ready, Some(current)) => self.attempt(current).await?,
        }
        let salt = self.ambient.bytes();
        let stored = off_this_thread(move || StoredPasscode::new(&new, &salt)).await?.map_err(|_| Failure::Internal)?;
        self.change(|settings| settings.passcode = Some(stored))?;
        self.lock();
        Ok(self.grant())
    }

    /// Makes all tokens void.
    pub fn lock(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }

    async fn attempt(&self, passcode: Passcode) -> Result<(), Failure> {
        let _one_at_a_time = self.attempts.lock().await;
        let now = self.ambient.now();
        let stored = self.store().settings().passcode.clone().ok_or(Failure::NotSetUp)?;
        let wait_seconds = stored.wait(now);
        if wait_seconds > 0 {
            return Err(Failure::PasscodeDelayed { wait_seconds });
        }
        self.change_passcode(|passcode| passcode.begin_attempt(now))?;
        if off_this_thread(move || stored.fits(&passcode)).await? {
            return self.change_passcode(StoredPasscode::was_right);
        }
        let now = self.ambient.now();
        self.change_passcode(|passcode| passcode.was_wrong(now))?;
        let wait_seconds = self.store().settings().passcode.as_ref().map_or(0, |stored| stored.wait(now));
        Err(Failure::WrongPasscode { wait_seconds })
    }

    fn change_passcode(&self, change: impl FnOnce(&mut StoredPasscode)) -> Result<(), Failure> {
        self.change(|settings| {
            if let Some(passcode) = &mut settings.passcode {
                change(passcode);
            }
        })
    }

    fn grant(&self) -> Grant {
        let bytes = Zeroizing::new(self.ambient.bytes::<32>());
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes));
        let token = Token::parse(&text).unwrap_or_else(|_| unreachable!("base64url has a token's form"));
        Grant { token, epoch: self.epoch.load(Ordering::SeqCst) }
    }
}

impl Grant {
    /// What the page gets.
    pub fn token(&self) -> Token {
        self.token.clone()
    }
}

/// Slow hashes must not keep other connections waiting.
async fn off_this_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Failure::Internal)
}
