//! The texts of the messages: built in, and changeable by the operator file by file.
//!
//! A mail template's first line is the subject, the rest the text. `mail/footer.txt` ends every mail. A file of the
//! same name in the operator's directory replaces the built-in one. Everything is rendered once with sample values
//! when the server starts, so that a slip shows then and not when somebody waits for a code.

use std::{
    collections::HashMap,
    fmt, io,
    path::{Path, PathBuf},
};

use minijinja::{Environment, UndefinedBehavior, context};

use super::message::Message;

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../templates/", $name)))),+] };
}

/// Every template: name (relative to the directory) and built-in text.
const BUILT_IN: &[(&str, &str)] = built_in![
    "mail/footer.txt",
    "mail/office_code.txt",
    "mail/member_code.txt",
    "mail/account_issued.txt",
    "mail/password_reset.txt",
    "mail/password_link.txt",
    "mail/password_changed.txt",
    "mail/account_changed.txt",
    "mail/account_state.txt",
    "mail/account_deleted.txt",
    "mail/account_locked.txt",
    "mail/new_sign_in.txt",
    "mail/passkey_added.txt",
    "mail/passkey_removed.txt",
    "mail/contact_changed.txt",
    "sms/office_code.txt",
    "sms/member_code.txt",
    "sms/account_issued.txt",
    "sms/password_reset.txt",
    "sms/password_link.txt",
    "sms/password_changed.txt",
    "sms/account_changed.txt",
    "sms/account_state.txt",
    "sms/account_deleted.txt",
    "sms/account_locked.txt",
    "sms/new_sign_in.txt",
    "sms/passkey_added.txt",
    "sms/passkey_removed.txt",
    "sms/contact_changed.txt",
];

/// What every template may mention.
#[derive(Clone, Debug)]
pub struct Site {
    /// `service`: the service's name.
    pub service: String,
    /// `support`: the support desk's phone number.
    pub support: String,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            service: "介護保険資格確認等WEBサービス".to_owned(), support: "xxxx-xxx-xxx(仮)".to_owned()
        }
    }
}

/// A message ready to be sealed. `Debug` shows nothing of it.
#[derive(PartialEq, Eq)]
pub struct Rendered {
    /// One line; empty for SMS.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendered(…)")
    }
}

/// What is wrong with a template. The text names the file and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum TemplateError {
    #[error("cannot read {}", file.display())]
    Unreadable { file: PathBuf, source: io::Error },
    #[error("{} is not UTF-8 text; save it as UTF-8", file.display())]
    NotUtf8 { file: PathBuf },
    #[error("{} replaces no template; the names are: {}", file.display(), known_names())]
    Unknown { file: PathBuf },
    #[error("{file}, line {line}: {reason}")]
    Broken { file: String, line: usize, reason: String },
    #[error("{file}, line 1: the first line must be the subject")]
    NoSubject { file: String },
    #[error("{file} does not mention {{{{ {variable} }}}}")]
    Incomplete { file: String, variable: &'static str },
}

fn known_names() -> String {
    BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// All templates, compiled and checked.
pub struct Templates {
    environment: Environment<'static>,
    site: Site,
    /// Names for error messages: where the operator's file lies.
    replaced: HashMap<&'static str, PathBuf>,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("replaced", &self.replaced).finish_non_exhaustive()
    }
}

impl Templates {
    /// Compiles the templates, the operator's before the built-in ones, and renders each with sample values.
    ///
    /// `directory` holds `mail/` and `sms/`. Errors: [`TemplateError`] of the first file that is wrong.
    pub fn load(site: Site, directory: Option<&Path>) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let mut templates = Self { environment, site, replaced: HashMap::new() };
        let mut replacements = match directory {
            Some(directory) => read_directory(directory)?,
            None => HashMap::new(),
        };
        for (name, text) in BUILT_IN {
            let text = match replacements.remove(name) {
                Some((file, text)) => {
                    templates.replaced.insert(name, file);
                    text
                }
                None => (*text).to_owned(),
            };
            let added = templates.environment.add_template_owned(*name, text);
            added.map_err(|error| templates.broken(name, &error))?;
        }
        templates.check()?;
        Ok(templates)
    }

    /// The message as a mail. Errors: [`TemplateError::Broken`], [`TemplateError::NoSubject`].
    pub fn mail(&self, message: &Message) -> Result<Rendered, TemplateError> {
        let name = format!("mail/{}.txt", message.kind());
        let whole = self.render(&name, message)?;
        let (subject, text) = whole.split_once('\n').unwrap_or((&whole, ""));
        if subject.trim().is_empty() {
            return Err(TemplateError::NoSubject { file: self.shown(&name) });
        }
        Ok(Rendered { subject: subject.trim().to_owned(), text: format!("{}\n", text.trim()) })
    }

    /// The message as an SMS. Errors: [`TemplateError::Broken`].
    pub fn sms(&self, message: &Message) -> Result<Rendered, TemplateError> {
        let text = self.render(&format!("sms/{}.txt", message.kind()), message)?;
        Ok(Rendered { subject: String::new(), text: text.trim().to_owned() })
    }

    fn render(&self, name: &str, message: &Message) -> Result<String, TemplateError> {
        let site = context! { service => self.site.service.as_str(), support => self.site.support.as_str() };
        self.environment
            .get_template(name)
            .and_then(|template| template.render(context! { ..message.variables(), ..site }))
            .map_err(|error| self.broken(name, &error))
    }

    fn check(&self) -> Result<(), TemplateError> {
        for message in Message::samples() {
            for (folder, rendered) in [("mail", self.mail(&message)?), ("sms", self.sms(&message)?)] {
                let missing = message.essentials().into_iter().find(|(_, value)| !rendered.text.contains(value));
                if let Some((variable, _)) = missing {
                    let file = self.shown(&format!("{folder}/{}.txt", message.kind()));
                    return Err(TemplateError::Incomplete { file, variable });
                }
            }
        }
        Ok(())
    }

    fn broken(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        // A slip in an included file is reported for the including line, with the real place behind it.
        let mut innermost = error;
        while let Some(inner) = std::error::Error::source(innermost).and_then(|e| e.downcast_ref::<minijinja::Error>())
        {
            innermost = inner;
        }
        let file = self.shown(innermost.name().unwrap_or(name));
        let kind = innermost.kind();
        let reason = innermost.detail().map_or_else(|| kind.to_string(), |detail| format!("{kind}: {detail}"));
        TemplateError::Broken { file, line: innermost.line().unwrap_or(1), reason }
    }

    fn shown(&self, name: &str) -> String {
        self.replaced.get(name).map_or_else(|| format!("built-in template {name}"), |file| file.display().to_string())
    }
}

/// The operator's files by template name. Files that do not end in `.txt` (an editor's copies) are left alone; a
/// `.txt` whose name is no template's is an error, since its author believes that it is used.
fn read_directory(directory: &Path) -> Result<HashMap<&'static str, (PathBuf, String)>, TemplateError> {
    let mut found = HashMap::new();
    for folder in ["mail", "sms"] {
        let path = directory.join(folder);
        let unreadable = |source| TemplateError::Unreadable { file: path.clone(), source };
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && directory.is_dir() => continue,
            Err(error) => return Err(unreadable(error)),
        };
        for entry in entries {
            let file = entry.map_err(unreadable)?.path();
            if file.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            let name = file.file_name().and_then(|name| name.to_str()).map(|name| format!("{folder}/{name}"));
            let known = BUILT_IN.iter().find(|(known, _)| name.as_deref() == Some(*known));
            let Some((known, _)) = known else { return Err(TemplateError::Unknown { file }) };
            let text = read_text(&file)?;
            found.insert(*known, (file, text));
        }
    }
    Ok(found)
}

/// Text as Windows editors write it too: byte order mark and CRLF are taken off.
fn read_text(file: &Path) -> Result<String, TemplateError> {
    let bytes = std::fs::read(file).map_err(|source| TemplateError::Unreadable { file: file.to_owned(), source })?;
    let text = String::from_utf8(bytes).map_err(|_| TemplateError::NotUtf8 { file: file.to_owned() })?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

#[cfg(test)]
#[path = "templates_tests.rs"]
mod tests;
