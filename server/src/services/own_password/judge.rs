//! Whether a new password will do.

use app::services::passwords::NewPassword;
use domain::{
    form::{Field, FieldErrors, Problem},
    password::{contains_name, long_enough},
};
use zxcvbn::{Score, zxcvbn};

use crate::storage::accounts::Account;

/// Words of this service that a guesser would try first.
const SERVICE_WORDS: [&str; 6] = ["kaigo", "kaigohoken", "shikaku", "password", "介護保険", "資格確認"];

/// Every rule but the one about earlier passwords, which costs hashes.
///
/// Errors: `Missing`, `TooShort`, `TooLong`, `ContainsName`, `Weak`.
pub(super) fn guessable(account: &Account, password: &str) -> Result<(), Problem> {
    long_enough(password)?;
    if contains_name(password, &account.login_id, account.name.as_ref()) {
        return Err(Problem::ContainsName);
    }
    let mut words = SERVICE_WORDS.to_vec();
    words.push(&account.login_id);
    if let Some(name) = &account.name {
        words.extend([name.family.as_str(), &name.given, &name.family_kana, &name.given_kana]);
    }
    // zxcvbn looks into lists of common passwords and words; its time grows with the length, hence the cut.
    let start: String = password.chars().take(64).collect();
    if zxcvbn(&start, &words).score() < Score::Three { Err(Problem::Weak) } else { Ok(()) }
}

/// The same for both inputs of a form.
///
/// Errors: the fields to mend.
pub(super) fn inputs(account: &Account, new: NewPassword<'_>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.take(Field::NewPassword, guessable(account, new.password));
    let again = match new.again {
        "" => Err(Problem::Missing),
        again if again != new.password => Err(Problem::Differs),
        _ => Ok(()),
    };
    errors.take(Field::PasswordAgain, again);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
