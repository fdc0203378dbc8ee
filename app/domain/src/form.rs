//! Field errors as codes: what is wrong with which field, without any text.

use serde::{Deserialize, Serialize};

/// A field that a person fills in. The name is the `name` attribute of the input and the anchor of its error link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the fields' names")]
pub enum Field {
    LoginId,
    Password,
    SecurityCode,
    OneTimeCode,
    FamilyName,
    GivenName,
    FamilyKana,
    GivenKana,
    Services,
    Jobs,
    Email,
    Phone,
    CurrentPassword,
    NewPassword,
    PasswordAgain,
    Contact,
    ExpiresOn,
    File,
    /// A list of people to be checked.
    PeopleFile,
    /// The days between which a list is looked through.
    Period,
    TerminalUser,
    TerminalPassword,
    TerminalId,
    TerminalName,
    InsurerNumber,
    InsuredNumber,
    BirthDate,
    Sex,
    NoCardReason,
    ConsentItems,
    ConsentUntil,
    Signer,
    ProxyName,
    ProxyRelation,
    /// 基準日 of a list.
    AsOf,
    EmergencyReason,
    AppCode,
    RecoveryCode,
    Passkey,
    PasskeyName,
}

impl Field {
    /// The `name` and `id` of the input.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LoginId => "login_id",
            Self::Password => "password",
            Self::SecurityCode => "security_code",
            // The app's codes go to the same function as those that arrive by mail or SMS.
            Self::OneTimeCode | Self::AppCode => "one_time_code",
            Self::FamilyName => "family_name",
            Self::GivenName => "given_name",
            Self::FamilyKana => "family_kana",
            Self::GivenKana => "given_kana",
            Self::Services => "services",
            Self::Jobs => "jobs",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::CurrentPassword => "current_password",
            Self::NewPassword => "new_password",
            Self::PasswordAgain => "password_again",
            Self::Contact => "contact",
            Self::ExpiresOn => "expires_on",
            Self::File | Self::PeopleFile => "file",
            // The first of its two inputs.
            Self::Period => "from",
            Self::TerminalUser => "terminal_user",
            Self::TerminalPassword => "terminal_password",
            Self::TerminalId => "terminal_id",
            Self::TerminalName => "terminal_name",
            Self::InsurerNumber => "insurer_number",
            Self::InsuredNumber => "insured_number",
            Self::BirthDate => "birth_year",
            Self::Sex => "sex",
            Self::NoCardReason => "reason",
            Self::ConsentItems => "items",
            Self::ConsentUntil => "until",
            Self::Signer => "signer",
            Self::ProxyName => "proxy_name",
            Self::ProxyRelation => "relation",
            Self::AsOf => "as_of",
            Self::EmergencyReason => "emergency_reason",
            Self::RecoveryCode => "recovery_code",
            Self::Passkey => "passkey",
            Self::PasskeyName => "passkey_name",
        }
    }
}

/// What is wrong with a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was entered or chosen.
    Missing,
    /// Fewer characters than the rule asks for.
    TooShort,
    /// More characters than can be kept.
    TooLong,
    /// A character that the field does not take.
    Characters,
    /// The right characters in a form that cannot be right (`a@`, a phone number of 5 digits).
    Malformed,
    /// A choice that is not in the table.
    Unknown,
    /// Another account has it already.
    Taken,
    /// Neither of two fields, one of which is needed, was filled in.
    NeitherGiven,
    /// The code was sent, but is not this one.
    Wrong,
    /// The code was right once and its time is over.
    Expired,
    /// The code has been used already.
    Used,
    /// A password that is easily guessed.
    Weak,
    /// A password with the ユーザID or the name in it.
    ContainsName,
    /// One of the latest passwords.
    Reused,
    /// The second input is not the first.
    Differs,
    /// A day that is over.
    Past,
    /// The same value stands in another row of the same file.
    Repeated,
    /// More rows than are taken at once.
    TooMany,
}

/// Every field error of a form, in the order of the fields on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<(Field, Problem)>);

impl FieldErrors {
    /// One field, one problem.
    pub fn one(field: Field, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// Adds a problem; a field keeps its first.
    pub fn add(&mut self, field: Field, problem: Problem) {
        if self.of(field).is_none() {
            self.0.push((field, problem));
        }
    }

    /// The problem of `field`, if it has one.
    pub fn of(&self, field: Field) -> Option<Problem> {
        self.0.iter().find(|(f, _)| *f == field).map(|(_, problem)| *problem)
    }

    /// No errors at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the fields on screen.
    pub fn iter(&self) -> impl Iterator<Item = (Field, Problem)> + '_ {
        self.0.iter().copied()
    }

    /// Keeps `result`'s value, or files its problem under `field`.
    pub fn take<T>(&mut self, field: Field, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.add(field, problem)).ok()
    }
}
