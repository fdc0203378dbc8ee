//! Accounts of all kinds. Deleted ones stay as rows, so that their IDs are never given out again.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    account::{AccountKind, LoginId, MemberProfile, PersonName, ServiceCode},
    contact::{Email, Phone},
    job::Job,
};
use secrecy::SecretString;
use uuid::Uuid;

mod administer;
mod change;
mod choices;
mod find;
mod list;
mod overview;
mod state;

pub use administer::{has_other_administrator, issue_password, set_kind, set_standing};
pub use change::{insert, mark_deleted, set_last_sign_in, set_password, update_imported, update_profile};
pub use choices::usual_services;
pub use find::{find, find_by_login_id, find_in_office, find_some, login_id_taken, login_ids_taken};
pub use list::{list, matching};
pub use overview::{Overview, overview};

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Which one.
    pub id: Uuid,
    /// The office it belongs to.
    pub office_id: Uuid,
    /// What it is.
    pub kind: AccountKind,
    /// ユーザID as registered.
    pub login_id: String,
    /// 氏名; `None` for a 事業所ユーザ.
    pub name: Option<PersonName>,
    /// サービス種類.
    pub services: BTreeSet<ServiceCode>,
    /// 職種区分.
    pub jobs: BTreeSet<Job>,
    /// Where mail goes.
    pub email: Option<Email>,
    /// Where SMS go.
    pub phone: Option<Phone>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Last change of what its form says.
    pub changed_at: Timestamp,
    /// Last sign-in.
    pub last_sign_in_at: Option<Timestamp>,
    /// Locked by an administrator since then; locks by wrong passwords are in [`super::guards`].
    pub locked_at: Option<Timestamp>,
    /// Suspended since then.
    pub suspended_at: Option<Timestamp>,
    /// Expires, or has expired, then.
    pub expires_at: Option<Timestamp>,
    /// Deleted since then.
    pub deleted_at: Option<Timestamp>,
    /// Counts changes; an edit that started from another version is refused.
    pub version: i64,
    /// PHC string of the password.
    pub password_hash: SecretString,
    /// The password was given out by the service and has to be replaced.
    pub password_initial: bool,
    /// The password is worthless from then on.
    pub password_expires_at: Option<Timestamp>,
    /// PHC string of the security code: 事業所ユーザ only.
    pub security_code_hash: Option<SecretString>,
}

/// The columns that are made from a profile so that lists can search and sort.
struct ListKeys {
    search_text: String,
    service_sort: &'static str,
    job_sort: i64,
}

impl ListKeys {
    fn new(search_text: String, services: &BTreeSet<ServiceCode>, jobs: &BTreeSet<Job>) -> Self {
        let place = Job::ALL.iter().position(|job| jobs.contains(job)).unwrap_or(Job::ALL.len());
        Self {
            search_text,
            service_sort: services.iter().map(|service| service.code()).min().unwrap_or_default(),
            job_sort: i64::try_from(place).unwrap_or(i64::MAX),
        }
    }

    fn of_profile(profile: &MemberProfile) -> Self {
        Self::new(profile.search_text(), &profile.services, &profile.jobs)
    }

    /// A 事業所ユーザ, which has no name, is found by its ID only.
    fn of_account(account: &Account, login_id: &LoginId) -> Self {
        let Some(name) = &account.name else {
            return Self::new(login_id.key(), &account.services, &account.jobs);
        };
        Self::of_profile(&MemberProfile {
            login_id: login_id.clone(),
            name: name.clone(),
            services: account.services.clone(),
            jobs: account.jobs.clone(),
            email: None,
            phone: None,
        })
    }
}
