//! 管理者ユーザ and 一般ユーザ: the form that describes one, and what it becomes when every rule is met.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{LoginId, ServiceCode, is_office_login_id};
use crate::{
    contact::{Email, Phone},
    form::{Field, FieldErrors, Problem},
    job::Job,
    text::{is_reading_char, search_key, to_hiragana, written_name},
};

/// Which contacts an account needs (rules.md, "IDs and fields").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactRule {
    /// 管理者: mail required, phone optional [S].
    EmailRequired,
    /// 一般: at least one of the two.
    EitherRequired,
}

impl ContactRule {
    /// Whether these contacts are enough.
    pub const fn is_met(self, email: Option<&Email>, phone: Option<&Phone>) -> bool {
        match self {
            Self::EmailRequired => email.is_some(),
            Self::EitherRequired => email.is_some() || phone.is_some(),
        }
    }
}

/// 氏名: kanji as written, reading in hiragana.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct PersonName {
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
}

impl PersonName {
    /// `田中 蓮`.
    pub fn full(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// `たなか れん`.
    pub fn reading(&self) -> String {
        format!("{} {}", self.family_kana, self.given_kana)
    }
}

/// Exactly what was typed and chosen, valid or not. Holds no secret, so it may be kept as a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields' names are those of the inputs")]
pub struct MemberForm {
    pub login_id: String,
    pub family_name: String,
    pub given_name: String,
    pub family_kana: String,
    pub given_kana: String,
    pub services: Vec<String>,
    pub jobs: Vec<String>,
    pub email: String,
    pub phone: String,
}

/// A form that met every rule that can be judged without the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct MemberProfile {
    pub login_id: LoginId,
    pub name: PersonName,
    pub services: BTreeSet<ServiceCode>,
    pub jobs: BTreeSet<Job>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
}

/// Longest part of a name, in characters.
const NAME_MAX: usize = 30;

impl MemberForm {
    /// Longest text that a draft keeps per field, in characters: beyond every rule's limit, so that what is too long
    /// can be shown again, and small enough that drafts cannot fill the database.
    pub const DRAFT_MAX: usize = 300;

    /// Judges every field; the errors are in the order of the screen.
    pub fn validate(&self, contacts: ContactRule) -> Result<MemberProfile, FieldErrors> {
        let mut errors = FieldErrors::default();
        let login_id = errors.take(Field::LoginId, member_login_id(&self.login_id));
        let family = errors.take(Field::FamilyName, name_part(&self.family_name));
        let given = errors.take(Field::GivenName, name_part(&self.given_name));
        let family_kana = errors.take(Field::FamilyKana, reading_part(&self.family_kana));
        let given_kana = errors.take(Field::GivenKana, reading_part(&self.given_kana));
        let services = errors.take(Field::Services, chosen(&self.services, ServiceCode::from_code));
        let jobs = errors.take(Field::Jobs, chosen(&self.jobs, Job::from_code));
        let email = errors.take(Field::Email, optional(Email::parse(&self.email)));
        let phone = errors.take(Field::Phone, optional(Phone::parse(&self.phone)));
        match (contacts, &email, &phone) {
            (ContactRule::EmailRequired, Some(None), _) => errors.add(Field::Email, Problem::Missing),
            (ContactRule::EitherRequired, Some(None), Some(None)) => errors.add(Field::Email, Problem::NeitherGiven),
            _ => {}
        }
        let complete = || {
            let (family, given, family_kana, given_kana) = (family?, given?, family_kana?, given_kana?);
            let name = PersonName { family, given, family_kana, given_kana };
            let (login_id, services, jobs) = (login_id?, services?, jobs?);
            Some(MemberProfile { login_id, name, services, jobs, email: email?, phone: phone? })
        };
        if errors.is_empty() { complete().ok_or(errors) } else { Err(errors) }
    }

    /// The same form with every text cut to [`Self::DRAFT_MAX`] and at most 200 choices per group.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        let texts = [
            &mut self.login_id,
            &mut self.family_name,
            &mut self.given_name,
            &mut self.family_kana,
            &mut self.given_kana,
            &mut self.email,
            &mut self.phone,
        ];
        for text in texts {
            cut(text);
        }
        for list in [&mut self.services, &mut self.jobs] {
            list.truncate(200);
            list.iter_mut().for_each(cut);
        }
        self
    }
}

fn cut(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(MemberForm::DRAFT_MAX) {
        text.truncate(end);
    }
}

impl MemberProfile {
    /// The form that leads to this profile: for editing.
    pub fn to_form(&self) -> MemberForm {
        MemberForm {
            login_id: self.login_id.to_string(),
            family_name: self.name.family.clone(),
            given_name: self.name.given.clone(),
            family_kana: self.name.family_kana.clone(),
            given_kana: self.name.given_kana.clone(),
            services: self.services.iter().map(|s| s.code().to_owned()).collect(),
            jobs: self.jobs.iter().map(|j| j.code().to_owned()).collect(),
            email: self.email.as_ref().map(|e| e.as_str().to_owned()).unwrap_or_default(),
            phone: self.phone.as_ref().map(Phone::grouped).unwrap_or_default(),
        }
    }

    /// What a list's search looks into: ID, kanji and reading, each with and without the family name in front.
    pub fn search_text(&self) -> String {
        let name = &self.name;
        let parts = [self.login_id.as_str(), &name.full(), &name.reading()];
        parts.map(search_key).join("\n")
    }
}

/// The ID rule for members: as [`LoginId`], but not a 事業所ユーザ's form.
fn member_login_id(input: &str) -> Result<LoginId, Problem> {
    let id = LoginId::parse(input)?;
    if is_office_login_id(&id) { Err(Problem::Taken) } else { Ok(id) }
}

fn name_part(input: &str) -> Result<String, Problem> {
    let name = written_name(input);
    if name.is_empty() {
        return Err(Problem::Missing);
    }
    if name.chars().count() > NAME_MAX {
        return Err(Problem::TooLong);
    }
    let plain = |c: char| !c.is_control() && !"<>&\"'`\\/;=@#$%^*{}[]|~!?".contains(c) && !is_noncharacter(c);
    if name.chars().all(plain) { Ok(name) } else { Err(Problem::Characters) }
}

/// Private-use and unassigned direction controls print as nothing or as something else on another machine.
const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'..='\u{10FFFF}')
}

fn reading_part(input: &str) -> Result<String, Problem> {
    let kana = to_hiragana(input);
    if kana.is_empty() {
        return Err(Problem::Missing);
    }
    if kana.chars().count() > NAME_MAX {
        return Err(Problem::TooLong);
    }
    if kana.chars().all(is_reading_char) { Ok(kana) } else { Err(Problem::Characters) }
}

fn chosen<T: Ord>(codes: &[String], find: impl Fn(&str) -> Option<T>) -> Result<BTreeSet<T>, Problem> {
    if codes.is_empty() {
        return Err(Problem::Missing);
    }
    codes.iter().map(|code| find(code).ok_or(Problem::Unknown)).collect()
}

fn optional<T>(parsed: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Missing) => Ok(None),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> MemberForm {
        MemberForm {
            login_id: "NursingUserA000".into(),
            family_name: "田中".into(),
            given_name: "蓮".into(),
            family_kana: "ﾀﾅｶ".into(),
            given_kana: "レン".into(),
            services: vec!["16".into(), "A7".into()],
            jobs: vec!["care_manager".into()],
            email: "tanaka@example.jp".into(),
            phone: String::new(),
        }
    }

    #[test]
    fn the_manuals_sample_is_taken_and_survives_the_way_back() {
        let profile = form().validate(ContactRule::EmailRequired).unwrap();
        assert_eq!(profile.name.reading(), "たなか れん");
        assert_eq!(profile.to_form().validate(ContactRule::EmailRequired).unwrap(), profile);
    }

    #[test]
    fn an_empty_form_names_every_required_field_in_screen_order() {
        let errors = MemberForm::default().validate(ContactRule::EmailRequired).unwrap_err();
        let fields: Vec<Field> = errors.iter().map(|(field, _)| field).collect();
        use Field::{Email, FamilyKana, FamilyName, GivenKana, GivenName, Jobs, LoginId, Services};
        assert_eq!(fields, [LoginId, FamilyName, GivenName, FamilyKana, GivenKana, Services, Jobs, Email]);
        assert!(errors.iter().all(|(_, problem)| problem == Problem::Missing));
    }

    #[test]
    fn staff_need_one_contact_of_the_two() {
        let phone_only = MemberForm { email: String::new(), phone: "090-1234-5678".into(), ..form() };
        assert!(phone_only.validate(ContactRule::EitherRequired).is_ok());
        assert!(phone_only.validate(ContactRule::EmailRequired).is_err());
        let none = MemberForm { email: String::new(), ..form() };
        assert_eq!(
            none.validate(ContactRule::EitherRequired).unwrap_err().of(Field::Email),
            Some(Problem::NeitherGiven)
        );
    }

    #[test]
    fn markup_controls_and_unknown_choices_are_refused() {
        for name in ["<b>田中", "田\u{202E}中", "田中\u{0007}", "田中\u{E000}"] {
            let bad = MemberForm { family_name: name.into(), ..form() };
            assert_eq!(
                bad.validate(ContactRule::EmailRequired).unwrap_err().of(Field::FamilyName),
                Some(Problem::Characters)
            );
        }
        let bad = MemberForm { services: vec!["16".into(), "ZZ".into()], ..form() };
        assert_eq!(bad.validate(ContactRule::EmailRequired).unwrap_err().of(Field::Services), Some(Problem::Unknown));
    }

    #[test]
    fn office_ids_cannot_be_taken_by_members() {
        let bad = MemberForm { login_id: "kj123456789012".into(), ..form() };
        assert_eq!(bad.validate(ContactRule::EmailRequired).unwrap_err().of(Field::LoginId), Some(Problem::Taken));
    }

    #[test]
    fn drafts_are_bounded_at_character_borders() {
        let long = MemberForm { family_name: "髙".repeat(1000), services: vec!["16".into(); 1000], ..form() };
        let bounded = long.bounded();
        assert_eq!(bounded.family_name.chars().count(), MemberForm::DRAFT_MAX);
        assert_eq!(bounded.services.len(), 200);
    }
}
