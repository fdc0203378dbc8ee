//! 同意: what the person, or somebody for them, agrees to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Day, Item, Matrix, level::coded, lookup::chosen};
use crate::{
    form::{Field, FieldErrors, Problem},
    text::written_name,
};

/// Longest time for which consent can be given: the longest 認定有効期間, four years.
pub const CONSENT_YEARS: i32 = 4;

/// Longest name of a proxy, in characters.
const NAME_MAX: usize = 60;

coded! {
    /// Who agrees.
    Signer {
        Person, "person", "ご本人";
        Proxy, "proxy", "代わりの方（代理人）";
    }
}

coded! {
    /// What a proxy is to the person.
    Relation {
        Spouse, "spouse", "配偶者";
        Child, "child", "子";
        OtherFamily, "other_family", "その他の親族";
        Guardian, "guardian", "成年後見人など";
        Other, "other", "その他";
    }
}

/// Exactly what was ticked and typed on E-5.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields' names are those of the inputs")]
pub struct ConsentForm {
    pub items: Vec<String>,
    pub until: String,
    pub signer: String,
    pub proxy_name: String,
    pub relation: String,
}

/// Consent that can be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenConsent {
    /// What may be seen.
    pub items: BTreeSet<Item>,
    /// 閲覧期限: the last day.
    pub until: Day,
    /// Name and relation of the proxy; `None`: the person themselves.
    pub proxy: Option<(String, Relation)>,
}

impl ConsentForm {
    /// Judges every field; the errors are in the order of the screen.
    pub fn validate(&self, matrix: &Matrix, today: Day) -> Result<GivenConsent, FieldErrors> {
        let mut errors = FieldErrors::default();
        let items = errors.take(Field::ConsentItems, self.items(matrix));
        let until = errors.take(Field::ConsentUntil, self.until(today));
        let signer = errors.take(Field::Signer, chosen(&self.signer, Signer::from_code));
        let proxy = match signer {
            Some(Signer::Proxy) => {
                let name = errors.take(Field::ProxyName, name(&self.proxy_name));
                let relation = errors.take(Field::ProxyRelation, chosen(&self.relation, Relation::from_code));
                name.zip(relation).map(Some)
            }
            Some(Signer::Person) => Some(None),
            None => None,
        };
        let complete = || Some(GivenConsent { items: items?, until: until?, proxy: proxy? });
        complete().ok_or(errors)
    }

    fn items(&self, matrix: &Matrix) -> Result<BTreeSet<Item>, Problem> {
        if self.items.is_empty() {
            return Err(Problem::Missing);
        }
        let item = |code: &String| Item::from_code(code).filter(|item| matrix.needs_consent(*item));
        self.items.iter().map(|code| item(code).ok_or(Problem::Unknown)).collect()
    }

    fn until(&self, today: Day) -> Result<Day, Problem> {
        if self.until.trim().is_empty() {
            return Err(Problem::Missing);
        }
        let until = Day::parse(&self.until).ok_or(Problem::Malformed)?;
        let latest = today.plus_months(CONSENT_YEARS * 12);
        if until < today {
            Err(Problem::Expired)
        } else if until > latest {
            Err(Problem::TooLong)
        } else {
            Ok(until)
        }
    }
}

fn name(input: &str) -> Result<String, Problem> {
    let name = written_name(input);
    match name.chars().count() {
        0 => Err(Problem::Missing),
        count if count > NAME_MAX => Err(Problem::TooLong),
        _ if name.chars().any(|c| c.is_control() || c.is_numeric() || "<>&\"'`\\;=".contains(c)) => {
            Err(Problem::Characters)
        }
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ConsentForm {
        ConsentForm {
            items: vec!["life".into(), "care_plan".into()],
            until: "2026-02-07".into(),
            signer: "person".into(),
            ..ConsentForm::default()
        }
    }

    fn judged(form: &ConsentForm) -> Result<GivenConsent, FieldErrors> {
        form.validate(&Matrix::default(), Day::parse("2025-02-07").unwrap())
    }

    #[test]
    fn the_person_agrees_item_by_item() {
        let given = judged(&form()).unwrap();
        assert_eq!(given.items, BTreeSet::from([Item::Life, Item::CarePlan]));
        assert_eq!(given.proxy, None);
        let unneeded = ConsentForm { items: vec!["burden_ratio".into()], ..form() };
        assert_eq!(judged(&unneeded).unwrap_err().of(Field::ConsentItems), Some(Problem::Unknown));
        let none = ConsentForm { items: Vec::new(), ..form() };
        assert_eq!(judged(&none).unwrap_err().of(Field::ConsentItems), Some(Problem::Missing));
    }

    #[test]
    fn a_proxy_gives_name_and_relation() {
        let proxy = ConsentForm { signer: "proxy".into(), ..form() };
        let errors = judged(&proxy).unwrap_err();
        assert_eq!(errors.of(Field::ProxyName), Some(Problem::Missing));
        assert_eq!(errors.of(Field::ProxyRelation), Some(Problem::Missing));
        let number =
            ConsentForm { proxy_name: "見本 123456789018".into(), relation: "child".into(), ..proxy.clone() };
        assert_eq!(judged(&number).unwrap_err().of(Field::ProxyName), Some(Problem::Characters));
        let whole = ConsentForm { proxy_name: " 見本  花子 ".into(), relation: "child".into(), ..proxy };
        assert_eq!(judged(&whole).unwrap().proxy, Some(("見本　花子".to_owned(), Relation::Child)));
    }

    #[test]
    fn the_last_day_is_today_at_the_earliest_and_four_years_off_at_the_latest() {
        for (until, problem) in [
            ("2025-02-07", None),
            ("2029-02-07", None),
            ("2025-02-06", Some(Problem::Expired)),
            ("2029-02-08", Some(Problem::TooLong)),
            ("2025-02-30", Some(Problem::Malformed)),
            ("", Some(Problem::Missing)),
        ] {
            let got = judged(&ConsentForm { until: until.into(), ..form() });
            assert_eq!(got.err().and_then(|errors| errors.of(Field::ConsentUntil)), problem, "{until}");
        }
    }
}
