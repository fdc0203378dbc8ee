//! The services behind the screens: domain rules, one transaction per change with its audit row and its messages.

pub mod accounts;
mod audit;
pub mod authenticators;
pub mod care;
mod care_csv;
mod csv_lines;
mod csv_table;
pub mod denials;
mod long_runs;
pub mod maintenance;
pub mod member_csv;
pub mod news;
mod notices;
pub mod office_import;
pub mod operator;
pub mod own_account;
mod own_password;
pub mod passkeys;
pub mod passwords;
pub mod readings;
mod set_up;
pub mod sign_in;
mod spreadsheet;
pub mod terminals;

use std::sync::Arc;

use app::{error::ApiError, services::Services};
use domain::sign_in::SignInPolicy;

use crate::{
    certificates::ClientCaStore,
    clock::Ambient,
    delivery::{EnqueueError, Outgoing},
    platform::{Platform, registry::EmbeddedRegistry},
    secret::Keys,
    storage::{Db, StoreError},
};

pub use passkeys::{RelyingParty, RelyingPartyError};
pub use passwords::Passwords;

/// What every service works with. Cheap to clone.
#[derive(Clone)]
pub struct Core {
    /// The database.
    pub db: Db,
    /// Time and randomness.
    pub ambient: Ambient,
    /// Keys for what is stored hashed or sealed.
    pub keys: Arc<Keys>,
    /// Limits and times.
    pub policy: SignInPolicy,
    /// Password hashing.
    pub passwords: Passwords,
    /// Mail and SMS.
    pub outgoing: Outgoing,
    /// What passkeys are bound to.
    pub relying_party: RelyingParty,
    /// Address of the page where administrators and staff sign in, for the account notice.
    pub sign_in_url: Arc<str>,
    /// Origin of the listener where people sign in, for links that lead behind it.
    pub sign_in_origin: Arc<str>,
    /// The CA of My Number cards; without one no card is accepted.
    pub card_ca: Option<Arc<ClientCaStore>>,
}

impl Core {
    /// Every service on the embedded registry, as the server functions reach them.
    pub fn services(&self) -> Services {
        self.services_on(Arc::new(EmbeddedRegistry(self.clone())))
    }

    /// The same on another platform.
    pub fn services_on(&self, platform: Arc<dyn Platform>) -> Services {
        let care = Arc::new(care::CareService::new(self.clone(), Arc::clone(&platform)));
        Services {
            sign_in: Arc::new(sign_in::SignInService(self.clone())),
            accounts: Arc::new(accounts::AccountsService(self.clone())),
            member_files: Arc::new(accounts::AccountsService(self.clone())),
            passwords: Arc::new(own_password::OwnPasswordService::new(self.clone())),
            care: Arc::clone(&care) as _,
            care_batches: Arc::clone(&care) as _,
            emergencies: Arc::clone(&care) as _,
            terminals: Arc::new(terminals::TerminalsService { core: self.clone(), platform }),
            readings: Arc::new(readings::ReadingsService { core: self.clone(), care }),
            own_account: Arc::new(own_account::OwnAccountService(sign_in::SignInService(self.clone()))),
            passkeys: Arc::new(passkeys::PasskeyService(sign_in::SignInService(self.clone()))),
            authenticators: Arc::new(authenticators::AuthenticatorService(self.clone())),
            news: Arc::new(news::NewsService(self.clone())),
            audit: Arc::new(audit::AuditTrailService(self.clone())),
            set_up: Arc::new(set_up::SetUpService(self.clone())),
            maintenance: Arc::new(maintenance::MaintenanceService(self.clone())),
        }
    }
}

impl From<StoreError> for ApiError {
    /// What the log says and what the person sees are different things: the log gets the cause, the screen a code.
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Busy) {
            tracing::warn!("the database is busy; a request was sent away");
            return Self::Busy;
        }
        tracing::error!(error.message = %error, "storage failed");
        Self::Internal
    }
}

impl From<EnqueueError> for ApiError {
    fn from(error: EnqueueError) -> Self {
        tracing::error!(error.message = %error, "a message could not be queued");
        Self::Internal
    }
}
