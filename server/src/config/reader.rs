//! Takes settings one by one, checks them, and remembers everything that is wrong.

use std::{fmt::Display, fs, ops::RangeInclusive, path::PathBuf, str::FromStr};

use config::ValueKind;

use super::{
    ConfigProblem,
    layers::{Setting, Settings},
};

/// What is left to read, and the problems so far.
pub(super) struct Reader {
    settings: Settings,
    problems: Vec<ConfigProblem>,
}

impl Reader {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, problems: Vec::new() }
    }

    /// The problems, with one for every key that nothing asked for.
    pub(super) fn finish(mut self) -> Vec<ConfigProblem> {
        for (key, setting) in std::mem::take(&mut self.settings) {
            self.problem(&shown(&key, &setting), "unknown key".to_owned());
        }
        self.problems
    }

    /// Whether the key was given.
    pub(super) fn has(&self, key: &str) -> bool {
        self.settings.contains_key(key)
    }

    /// Whether the secret was given, here or as a file.
    pub(super) fn has_secret(&self, key: &str) -> bool {
        self.has(key) || self.has(&file_key(key))
    }

    /// Whether any key of the section was given.
    pub(super) fn has_section(&self, section: &str) -> bool {
        self.settings.keys().any(|key| key.strip_prefix(section).is_some_and(|rest| rest.starts_with('.')))
    }

    /// Reports a problem that concerns more than one key.
    pub(super) fn problem(&mut self, key: &str, message: String) {
        self.problems.push(ConfigProblem { key: key.to_owned(), message });
    }

    /// A setting that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let setting = self.settings.remove(key)?;
        let text = text(&setting);
        let parsed = text.as_deref().map(str::trim).and_then(parse);
        if parsed.is_none() {
            let got = text.map_or_else(|| "a list".to_owned(), |text| format!("\"{text}\""));
            self.problem(&shown(key, &setting), format!("expected {expected}, got {got}"));
        }
        parsed
    }

    /// A setting that must be given.
    pub(super) fn required<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.problem(key, format!("missing; expected {expected}"));
        }
        self.optional(key, expected, parse)
    }

    /// A setting with a default.
    pub(super) fn defaulted<T>(
        &mut self,
        key: &str,
        default: T,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> T {
        self.optional(key, expected, parse).unwrap_or(default)
    }

    /// A whole number in `range`, with a default. `unit` is what it counts.
    pub(super) fn number<T>(&mut self, key: &str, default: T, unit: &str, range: RangeInclusive<T>) -> T
    where
        T: FromStr + PartialOrd + Display,
    {
        let expected = format!("{unit} from {} to {}", range.start(), range.end());
        self.defaulted(key, default, &expected, |text| text.parse().ok().filter(|number| range.contains(number)))
    }

    /// A list: an array in the file, commas in the environment; empty when left out.
    pub(super) fn list<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let Some(setting) = self.settings.remove(key) else { return Vec::new() };
        let mut parsed = Vec::new();
        for text in items(&setting) {
            match parse(&text) {
                Some(value) => parsed.push(value),
                None => self.problem(&shown(key, &setting), format!("expected {expected}, got \"{text}\"")),
            }
        }
        parsed
    }

    /// A secret, given as `key` or as the file that `key_file` names. Its value appears in no problem.
    pub(super) fn secret<T>(&mut self, key: &str, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let file_key = file_key(key);
        let (plain, file) = (self.settings.remove(key), self.settings.remove(&file_key));
        let (shown_key, secret) = match (plain, file) {
            (Some(_), Some(_)) => {
                self.problem(key, format!("expected either this or {file_key}, got both"));
                return None;
            }
            (Some(setting), None) => (shown(key, &setting), text(&setting)),
            (None, Some(setting)) => (shown(&file_key, &setting), Some(self.secret_file(&file_key, &setting)?)),
            (None, None) => return None,
        };
        let parsed = secret.and_then(|secret| parse(secret.trim_end_matches(['\r', '\n'])));
        if parsed.is_none() {
            self.problem(&shown_key, format!("expected {expected}"));
        }
        parsed
    }

    /// A secret that must be given.
    pub(super) fn required_secret<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if !self.has_secret(key) {
            self.problem(key, format!("missing; expected {expected}, here or in a file that {key}_file names"));
        }
        self.secret(key, expected, parse)
    }

    fn secret_file(&mut self, key: &str, setting: &Setting) -> Option<String> {
        let path = PathBuf::from(text(setting).unwrap_or_default());
        match fs::read_to_string(&path) {
            Ok(secret) => Some(secret),
            Err(error) => {
                self.problem(&shown(key, setting), format!("cannot read {}: {error}", path.display()));
                None
            }
        }
    }
}

/// Under which a secret's file is given.
fn file_key(key: &str) -> String {
    format!("{key}_file")
}

/// The key as the operator knows it.
fn shown(key: &str, setting: &Setting) -> String {
    match &setting.variable {
        Some(variable) => format!("{key} ({variable})"),
        None => key.to_owned(),
    }
}

/// A single value as text, whatever its TOML type.
fn text(setting: &Setting) -> Option<String> {
    setting.value.clone().into_string().ok()
}

fn items(setting: &Setting) -> Vec<String> {
    match &setting.value.kind {
        ValueKind::Array(values) => values.iter().map(ToString::to_string).collect(),
        other => other.to_string().split(',').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect(),
    }
}
