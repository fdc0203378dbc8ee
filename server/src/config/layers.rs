//! File and environment, flattened to `section.key` and laid over one another.

use std::collections::{BTreeMap, HashMap};

use config::{Environment, File, FileFormat, Source, Value, ValueKind};

use super::ConfigError;

/// Names the configuration file; not itself a setting.
pub(super) const FILE_VARIABLE: &str = "CARE_CONFIG";

const PREFIX: &str = "CARE";

/// A setting and where it comes from.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) value: Value,
    /// The environment variable, if it is from there.
    pub(super) variable: Option<String>,
}

/// Settings by `section.key`.
pub(super) type Settings = BTreeMap<String, Setting>;

/// The file's settings under those of the environment. Errors: not TOML.
pub(super) fn merged(toml: &str, mut environment: HashMap<String, String>) -> Result<Settings, ConfigError> {
    let mut settings = Settings::new();
    let file = File::from_str(toml, FileFormat::Toml).collect().map_err(|error| not_toml(&error))?;
    for (key, value) in file {
        flatten(&mut settings, key, value);
    }
    environment.remove(FILE_VARIABLE);
    let ours = Environment::with_prefix(PREFIX).prefix_separator("_").separator("__").ignore_empty(true);
    let values = ours.source(Some(environment.clone().into_iter().collect())).collect();
    for (key, value) in values.map_err(|error| not_toml(&error))? {
        let variable = format!("{PREFIX}_{}", key.to_uppercase().replace('.', "__"));
        lay_over(&mut settings, key, Setting { value, variable: Some(variable) });
    }
    // The name that every container platform and database tool uses.
    for (variable, key) in [("DATABASE_URL", "database.url"), ("DATABASE_URL_FILE", "database.url_file")] {
        if let Some(text) = environment.remove(variable).filter(|text| !text.is_empty()) {
            let value = Value::new(None, ValueKind::String(text));
            lay_over(&mut settings, key.to_owned(), Setting { value, variable: Some(variable.to_owned()) });
        }
    }
    Ok(settings)
}

/// `x` and `x_file` say the same thing, so an upper layer's `x` also hides a lower layer's `x_file`, and the reverse.
/// Two of one layer both stay: that is a mistake which the reader reports.
fn lay_over(settings: &mut Settings, key: String, setting: Setting) {
    let twin = match key.strip_suffix("_file") {
        Some(plain) => plain.to_owned(),
        None => format!("{key}_file"),
    };
    if settings.get(&twin).is_some_and(|other| layer(other) < layer(&setting)) {
        settings.remove(&twin);
    }
    settings.insert(key, setting);
}

fn layer(setting: &Setting) -> u8 {
    match setting.variable.as_deref() {
        None => 0,
        Some(variable) if variable.starts_with(PREFIX) => 1,
        Some(_) => 2,
    }
}

fn flatten(settings: &mut Settings, key: String, value: Value) {
    match value.kind {
        ValueKind::Table(table) => {
            for (inner, value) in table {
                flatten(settings, format!("{key}.{inner}"), value);
            }
        }
        _ => {
            settings.insert(key, Setting { value, variable: None });
        }
    }
}

/// The parser's message shows the line in question, which may hold a password: only the place and the reason are kept.
fn not_toml(error: &config::ConfigError) -> ConfigError {
    let text = error.to_string();
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains('|')).map(str::trim).collect();
    ConfigError::one("configuration file", format!("expected TOML: {}", kept.join("; ")))
}
