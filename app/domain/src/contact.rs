//! Mail addresses and phone numbers, and how they are shown without giving them away.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{form::Problem, text::narrow};

/// メールアドレス. `Display` and `Debug` are masked; only delivery asks for the whole.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Full-width input is narrowed. The rule is that of HTML's `type=email` with a dotted domain, at most 254
    /// characters. Errors: `Missing`, `TooLong`, `Characters`, `Malformed`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = narrow(input);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.len() > 254 {
            return Err(Problem::TooLong);
        }
        if !text.chars().all(|c| c.is_ascii_graphic()) {
            return Err(Problem::Characters);
        }
        let Some((local, domain)) = text.split_once('@') else { return Err(Problem::Malformed) };
        let local_fits = (1..=64).contains(&local.len())
            && local.chars().all(|c| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
            && !local.starts_with('.')
            && !local.ends_with('.');
        let label_fits = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(label_fits);
        if local_fits && domain_fits { Ok(Self(text)) } else { Err(Problem::Malformed) }
    }

    /// The whole address: for delivery and for the account's own administrators.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `ta***@example.jp`: enough to recognise one's own address, not enough to learn it.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let shown: String = local.chars().take(if local.len() > 3 { 2 } else { 1 }).collect();
        format!("{shown}***@{domain}")
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

/// 携帯電話番号: Japanese, digits only inside, shown grouped.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Takes hyphens of every kind, spaces, parentheses and `+81`. Mobile numbers are 070, 080 or 090 and 11 digits.
    /// Errors: `Missing`, `Characters`, `Malformed`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = narrow(input);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        let international = text.starts_with("+81");
        let rest = text.strip_prefix("+81").unwrap_or(&text);
        let mut digits = String::from(if international { "0" } else { "" });
        for c in rest.chars() {
            match c {
                '0'..='9' => digits.push(c),
                '-' | '‐' | '‑' | '–' | '—' | '−' | 'ー' | ' ' | '(' | ')' => {}
                _ => return Err(Problem::Characters),
            }
        }
        let digits = if international { digits.replacen("00", "0", 1) } else { digits };
        let mobile = digits.len() == 11 && ["070", "080", "090"].iter().any(|p| digits.starts_with(p));
        if mobile { Ok(Self(digits)) } else { Err(Problem::Malformed) }
    }

    /// Eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `090-1234-5678`.
    pub fn grouped(&self) -> String {
        format!("{}-{}-{}", &self.0[..3], &self.0[3..7], &self.0[7..])
    }

    /// `+819012345678`, as SMS gateways take it.
    pub fn e164(&self) -> String {
        format!("+81{}", &self.0[1..])
    }

    /// `090-****-5678`.
    pub fn masked(&self) -> String {
        format!("{}-****-{}", &self.0[..3], &self.0[7..])
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass_and_broken_ones_say_why() {
        for good in ["a@b.jp", "tanaka.ren+x@kaigo.example.jp", "ｔａｎａｋａ＠example.jp"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in ["tanaka", "@example.jp", "a@example", "a@-x.jp", "a@@b.jp", "a@b..jp", ".a@b.jp", "a b@c.jp"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse("田中@example.jp"), Err(Problem::Characters));
        assert_eq!(Email::parse(""), Err(Problem::Missing));
    }

    #[test]
    fn masks_hide_the_middle() {
        assert_eq!(Email::parse("tanaka@example.jp").unwrap().masked(), "ta***@example.jp");
        assert_eq!(Email::parse("ab@example.jp").unwrap().masked(), "a***@example.jp");
        assert_eq!(Phone::parse("09012345678").unwrap().masked(), "090-****-5678");
        assert!(!format!("{:?}", Email::parse("tanaka@example.jp").unwrap()).contains("tanaka"));
    }

    #[test]
    fn phones_are_taken_as_people_write_them() {
        for text in ["090-1234-5678", "０９０－１２３４－５６７８", "+81 90-1234-5678", "(090)1234 5678"] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "09012345678", "{text}");
        }
        assert_eq!(Phone::parse("03-1234-5678"), Err(Problem::Malformed));
        assert_eq!(Phone::parse("090-1234-567x"), Err(Problem::Characters));
        assert_eq!(Phone::parse("09012345678").unwrap().e164(), "+819012345678");
    }
}
