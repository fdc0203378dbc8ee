//! What the service tells people (rules.md, "Messages").

use std::fmt;

use domain::{Timestamp, account::AccountKind};
use minijinja::{Value, context};
use secrecy::{ExposeSecret, SecretString};

/// One message to one person. `Debug` shows only which one it is: the rest is secret or personal.
#[expect(missing_docs, reason = "the fields are the templates' variables and named after what they hold")]
pub enum Message {
    /// One-time code for a 事業所ユーザ.
    OfficeCode { code: SecretString, minutes: i64 },
    /// One-time code for a 管理者 or 一般ユーザ.
    MemberCode { code: SecretString, minutes: i64 },
    /// An account was registered.
    AccountIssued {
        office_name: String,
        office_number: String,
        login_id: String,
        kind: AccountKind,
        url: String,
        initial_password: SecretString,
        expires_at: Timestamp,
    },
    /// A password was issued again.
    PasswordReset {
        office_name: String,
        office_number: String,
        login_id: String,
        kind: AccountKind,
        url: String,
        initial_password: SecretString,
        expires_at: Timestamp,
    },
    /// A link to set a new password, for whoever forgot theirs.
    PasswordLink {
        office_name: String,
        office_number: String,
        login_id: String,
        kind: AccountKind,
        url: SecretString,
        expires_at: Timestamp,
    },
    /// The account's owner set another password.
    PasswordChanged { when: Timestamp },
    /// What an account's form says was changed; `by` is an office's name or a kind of user, not a person's name.
    AccountChanged { what: String, when: Timestamp, by: String },
    /// Something was decided about an account's use; `by` as above.
    AccountState { login_id: String, what: String, when: Timestamp, by: String },
    /// An account was deleted.
    AccountDeleted { login_id: String, when: Timestamp, by: String },
    /// Too many wrong passwords.
    AccountLocked { until: Timestamp },
    /// A sign-in from a browser that this account has not used before.
    NewSignIn { when: Timestamp, device: String },
    /// A passkey was registered.
    PasskeyAdded { name: String, when: Timestamp },
    /// A passkey was removed.
    PasskeyRemoved { name: String, when: Timestamp },
    /// Mail address or phone number was changed; goes to the old one.
    ContactChanged { when: Timestamp, by: String },
}

impl Message {
    /// Names the kind in the outbox, in logs and in template file names.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OfficeCode { .. } => "office_code",
            Self::MemberCode { .. } => "member_code",
            Self::AccountIssued { .. } => "account_issued",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordLink { .. } => "password_link",
            Self::PasswordChanged { .. } => "password_changed",
            Self::AccountChanged { .. } => "account_changed",
            Self::AccountState { .. } => "account_state",
            Self::AccountDeleted { .. } => "account_deleted",
            Self::AccountLocked { .. } => "account_locked",
            Self::NewSignIn { .. } => "new_sign_in",
            Self::PasskeyAdded { .. } => "passkey_added",
            Self::PasskeyRemoved { .. } => "passkey_removed",
            Self::ContactChanged { .. } => "contact_changed",
        }
    }

    /// After this moment the message would only mislead: a one-time code that no longer works.
    pub const fn not_after(&self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::OfficeCode { minutes, .. } | Self::MemberCode { minutes, .. } => Some(now.plus_minutes(*minutes)),
            _ => None,
        }
    }

    /// The templates' variables.
    pub(super) fn variables(&self) -> Value {
        match self {
            Self::OfficeCode { code, minutes } | Self::MemberCode { code, minutes } => {
                context! { code => one_line(code.expose_secret()), minutes }
            }
            Self::AccountIssued { office_name, office_number, login_id, kind, url, initial_password, expires_at }
            | Self::PasswordReset { office_name, office_number, login_id, kind, url, initial_password, expires_at } => {
                context! {
                    office_name => one_line(office_name),
                    office_number => one_line(office_number),
                    login_id => one_line(login_id),
                    kind => kind.name(),
                    url => one_line(url),
                    initial_password => one_line(initial_password.expose_secret()),
                    expires_at => expires_at.minute_text(),
                }
            }
            Self::PasswordLink { office_name, office_number, login_id, kind, url, expires_at } => {
                context! {
                    office_name => one_line(office_name),
                    office_number => one_line(office_number),
                    login_id => one_line(login_id),
                    kind => kind.name(),
                    url => one_line(url.expose_secret()),
                    expires_at => expires_at.minute_text(),
                }
            }
            Self::PasswordChanged { when } => context! { when => when.minute_text() },
            Self::AccountChanged { what, when, by } => {
                context! { what => one_line(what), when => when.minute_text(), by => one_line(by) }
            }
            Self::AccountState { login_id, what, when, by } => {
                context! {
                    login_id => one_line(login_id),
                    what => one_line(what),
                    when => when.minute_text(),
                    by => one_line(by),
                }
            }
            Self::AccountDeleted { login_id, when, by } => {
                context! { login_id => one_line(login_id), when => when.minute_text(), by => one_line(by) }
            }
            Self::AccountLocked { until } => context! { until => until.minute_text() },
            Self::NewSignIn { when, device } => context! { when => when.minute_text(), device => one_line(device) },
            Self::PasskeyAdded { name, when } | Self::PasskeyRemoved { name, when } => {
                context! { name => one_line(name), when => when.minute_text() }
            }
            Self::ContactChanged { when, by } => context! { when => when.minute_text(), by => one_line(by) },
        }
    }

    /// Variables without which the message is of no use to its reader, with their values. A template that leaves one
    /// out would lock people out, so the start-up check refuses it.
    pub(super) fn essentials(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::OfficeCode { code, .. } | Self::MemberCode { code, .. } => vec![("code", code.expose_secret())],
            Self::AccountIssued { login_id, url, initial_password, .. }
            | Self::PasswordReset { login_id, url, initial_password, .. } => {
                vec![("login_id", login_id), ("url", url), ("initial_password", initial_password.expose_secret())]
            }
            Self::PasswordLink { login_id, url, .. } => vec![("login_id", login_id), ("url", url.expose_secret())],
            _ => Vec::new(),
        }
    }

    /// One of each kind with values that look like real ones, for the start-up check of the templates.
    pub(super) fn samples() -> Vec<Self> {
        let when = Timestamp::from_seconds(1_738_854_000);
        let code = || SecretString::from("851025");
        let by = || AccountKind::Office.name().to_owned();
        let login_id = || "NursingUserA000".to_owned();
        let office_name = || "見本デイサービスセンター".to_owned();
        let office_number = || "2372101440".to_owned();
        let url = || "https://kaigo.example.jp/".to_owned();
        let initial_password = || SecretString::from("mihon-7Kd2-9Qxw");
        let (kind, expires_at) = (AccountKind::Administrator, when.plus_minutes(7 * 24 * 60));
        vec![
            Self::OfficeCode { code: code(), minutes: 30 },
            Self::MemberCode { code: code(), minutes: 30 },
            Self::AccountIssued {
                office_name: office_name(),
                office_number: office_number(),
                login_id: login_id(),
                kind,
                url: url(),
                initial_password: initial_password(),
                expires_at,
            },
            Self::PasswordReset {
                office_name: office_name(),
                office_number: office_number(),
                login_id: login_id(),
                kind,
                url: url(),
                initial_password: initial_password(),
                expires_at,
            },
            Self::PasswordLink {
                office_name: office_name(),
                office_number: office_number(),
                login_id: login_id(),
                kind,
                url: SecretString::from("https://kaigo.example.jp/password/new?token=mihon"),
                expires_at,
            },
            Self::PasswordChanged { when },
            Self::AccountChanged { what: "サービス種類、職種区分".to_owned(), when, by: by() },
            Self::AccountState { login_id: login_id(), what: "利用の停止".to_owned(), when, by: by() },
            Self::AccountDeleted { login_id: login_id(), when, by: by() },
            Self::AccountLocked { until: when },
            Self::NewSignIn { when, device: "Windows の Microsoft Edge".to_owned() },
            Self::PasskeyAdded { name: "事務室のパソコン".to_owned(), when },
            Self::PasskeyRemoved { name: "事務室のパソコン".to_owned(), when },
            Self::ContactChanged { when, by: by() },
        ]
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.kind())
    }
}

/// The most characters that a value may bring into a message.
const VALUE_MAX: usize = 200;

/// Values come from forms and browsers. A line break in one could end the subject or forge a line of the text, so
/// control characters become spaces.
fn one_line(value: &str) -> String {
    value.chars().take(VALUE_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_gives_nothing_away() {
        for message in Message::samples() {
            let shown = format!("{message:?}");
            assert_eq!(shown, format!("Message({})", message.kind()));
        }
    }

    #[test]
    fn values_cannot_forge_lines() {
        assert_eq!(one_line("Edge\r\n[問い合わせ先]\u{0085}x"), "Edge  [問い合わせ先] x");
        assert_eq!(one_line(&"あ".repeat(1000)).chars().count(), VALUE_MAX);
    }

    #[test]
    fn only_codes_lose_their_use() {
        let now = Timestamp::from_seconds(0);
        let ending: Vec<&str> =
            Message::samples().iter().filter(|m| m.not_after(now).is_some()).map(Message::kind).collect();
        assert_eq!(ending, ["office_code", "member_code"]);
        assert_eq!(Message::samples()[0].not_after(now), Some(now.plus_minutes(30)));
    }
}
