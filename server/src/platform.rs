//! The platform that knows insured persons and their care information, behind one trait in this service's own terms.
//!
//! [`registry::EmbeddedRegistry`] keeps everything in our own database; [`http::HttpPlatform`] asks a remote one.
//! Whatever stands behind the trait, a 市町村 that does not take part yet is a normal answer, a platform that cannot be
//! reached is [`PlatformError::Away`], and one whose answer does not fit the question is [`PlatformError::Untrusted`].

use async_trait::async_trait;
use domain::{
    Timestamp,
    account::PersonName,
    care::{Content, Day, FourItems, Item, Sex},
};

pub mod http;
pub mod registry;

/// The platform's own name for a person; nobody else's business.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PersonId(pub String);

/// An insured person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Person {
    pub id: PersonId,
    pub insurer: Insurer,
    pub insured_number: String,
    pub name: PersonName,
    pub born_on: Day,
    pub sex: Sex,
    /// Last change of anything about the person.
    pub changed_at: Timestamp,
}

/// 保険者.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Insurer {
    pub number: String,
    pub name: String,
    /// It takes part.
    pub joined: bool,
}

/// The answer to a search for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Exactly one.
    One(Box<Person>),
    /// Nobody.
    Nobody,
    /// Several: whose information it would be is unknown.
    Several,
    /// The 市町村 does not take part yet.
    InsurerNotJoined,
}

/// The answer to a terminal account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminalVerdict {
    /// 成功.
    Accepted,
    /// ID or password are wrong.
    WrongCredentials,
    /// The account is right, but the 端末固有ID is not the one registered for it.
    OtherTerminal,
}

/// A terminal account as J-2 asks for it.
#[derive(Clone, Copy)]
pub struct TerminalAccount<'a> {
    /// オンライン資格確認ユーザID.
    pub user_id: &'a str,
    /// Its password; never printed.
    pub password: &'a secrecy::SecretString,
    /// 端末固有ID, grouped.
    pub terminal_id: &'a str,
}

/// What a My Number card says of its holder, as far as insured persons are known by it: the address is written in too
/// many ways.
#[derive(Clone, PartialEq, Eq)]
pub struct CardFace {
    /// 氏名, as printed; white space does not count.
    pub name: String,
    /// 生年月日.
    pub born_on: Day,
    /// 性別.
    pub sex: Sex,
}

/// Names stand apart by a space here, and by a wider one or none on cards.
fn without_spaces(name: &str) -> String {
    name.split_whitespace().collect()
}

/// Why the platform gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// It cannot be reached, answers too late, or says that it cannot answer. The log knows more.
    #[error("the platform is not available")]
    Away,
    /// It answered, but not what was asked: another person, another form, values that cannot be. Nothing of it is shown.
    #[error("the platform's answer cannot be trusted")]
    Untrusted,
}

/// What the service asks of the platform.
#[async_trait]
pub trait Platform: Send + Sync {
    /// Whether a terminal account is right (J-2).
    async fn verify_terminal(&self, account: TerminalAccount<'_>) -> Result<TerminalVerdict, PlatformError>;

    /// The person on whose card the certificate with this serial number is. That card and PIN are the person's has been
    /// verified before.
    async fn find_by_certificate(&self, serial: &str) -> Result<Found, PlatformError>;

    /// The person for whom all four items are right.
    async fn find_by_four_items(&self, items: &FourItems) -> Result<Found, PlatformError>;

    /// The person whom a My Number card shows, after a member of staff has compared card and person.
    async fn find_by_card_face(&self, face: &CardFace) -> Result<Found, PlatformError>;

    /// The person with this id; `None`: no longer known.
    async fn person(&self, id: &PersonId) -> Result<Option<Person>, PlatformError>;

    /// One item; `None`: there is nothing of it. Whether it may be shown is not decided here.
    async fn item(&self, id: &PersonId, item: Item) -> Result<Option<Content>, PlatformError>;
}
