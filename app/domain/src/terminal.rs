//! 端末: a PC with a card reader, known by its 端末固有ID and verified by the platform.

use serde::{Deserialize, Serialize};

use crate::{
    form::Problem,
    text::{narrow, written_name},
};

/// Longest name of a terminal, in characters.
const NAME_MAX: usize = 40;
/// Longest オンライン資格確認ユーザID and password, in characters.
const SECRET_MAX: usize = 128;

/// 認証結果: what the platform says of a terminal's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Account, password and terminal belong together.
    Accepted,
    /// No such account, or another password.
    WrongAccount,
    /// The account was issued for another terminal.
    OtherTerminal,
    /// The platform did not answer.
    Unavailable,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: &[Self] = &[Self::Accepted, Self::WrongAccount, Self::OtherTerminal, Self::Unavailable];

    /// The code in storage and audit.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::WrongAccount => "wrong_account",
            Self::OtherTerminal => "other_terminal",
            Self::Unavailable => "unavailable",
        }
    }

    /// The verdict with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verdict| verdict.code() == code)
    }
}

/// What the office calls its terminal, such as 「受付のパソコン」; empty: it is called by its ID.
pub fn name(typed: &str) -> Result<String, Problem> {
    let name = written_name(typed);
    match name.chars().count() {
        0..=NAME_MAX if name.chars().any(char::is_control) => Err(Problem::Characters),
        0..=NAME_MAX => Ok(name),
        _ => Err(Problem::TooLong),
    }
}

/// オンライン資格確認ユーザID: half-width characters without spaces, as the ユーザ設定情報 has it.
pub fn platform_user(typed: &str) -> Result<String, Problem> {
    let user = narrow(typed);
    if user.is_empty() {
        Err(Problem::Missing)
    } else if !user.bytes().all(|byte| byte.is_ascii_graphic()) {
        Err(Problem::Characters)
    } else if user.len() > SECRET_MAX {
        Err(Problem::TooLong)
    } else {
        Ok(user)
    }
}

/// Its password, taken exactly as typed.
pub fn platform_password(typed: &str) -> Result<(), Problem> {
    match typed.chars().count() {
        0 => Err(Problem::Missing),
        1..=SECRET_MAX if typed.chars().any(char::is_control) => Err(Problem::Characters),
        1..=SECRET_MAX => Ok(()),
        _ => Err(Problem::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_put_into_one_form() {
        assert_eq!(platform_user(" ＫＪ０１２３ "), Ok("KJ0123".to_owned()));
        assert_eq!(platform_user(""), Err(Problem::Missing));
        assert_eq!(platform_user("KJ 0123"), Err(Problem::Characters));
        assert_eq!(platform_user("ユーザ"), Err(Problem::Characters));
        assert_eq!(platform_user(&"x".repeat(129)), Err(Problem::TooLong));
        assert_eq!(name("  受付の パソコン "), Ok("受付の　パソコン".to_owned()));
        assert_eq!(name(""), Ok(String::new()));
        assert_eq!(name(&"あ".repeat(41)), Err(Problem::TooLong));
        assert_eq!(platform_password(" x "), Ok(()));
        assert_eq!(platform_password(""), Err(Problem::Missing));
        assert_eq!(platform_password("a\nb"), Err(Problem::Characters));
    }

    #[test]
    fn a_verdict_is_found_again_by_its_code() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_code(verdict.code()), Some(*verdict));
        }
        assert_eq!(Verdict::from_code("x"), None);
    }
}
