//! Whether the files and folders that the settings name are there.

use std::path::Path;

use super::{Config, ConfigProblem, PlatformChoice};

/// A problem for each that is not. Their contents are read later, by those who use them.
pub(super) fn missing(config: &Config) -> Vec<ConfigProblem> {
    let list = |key: &'static str, paths: &'_ [std::path::PathBuf]| -> Vec<Option<ConfigProblem>> {
        paths.iter().map(|path| file(key, path)).collect()
    };
    let mut found = vec![
        file("tls.certificate", &config.tls.certificate),
        file("tls.key", &config.tls.key),
        folder("site_dir", &config.site_dir),
        config.templates_dir.as_ref().and_then(|path| folder("templates_dir", path)),
    ];
    found.extend(list("client_ca.certificates", &config.client_ca.certificates));
    found.extend(list("client_ca.crls", &config.client_ca.crls));
    if let Some(cards) = &config.cards {
        found.extend(list("cards.certificates", &cards.certificates));
        found.extend(list("cards.crls", &cards.crls));
    }
    if let PlatformChoice::Http(remote) = &config.platform {
        found.push(remote.ca_file.as_ref().and_then(|path| file("platform.ca_file", path)));
    }
    found.into_iter().flatten().collect()
}

fn file(key: &str, path: &Path) -> Option<ConfigProblem> {
    (!path.is_file()).then(|| problem(key, "a file", path))
}

fn folder(key: &str, path: &Path) -> Option<ConfigProblem> {
    (!path.is_dir()).then(|| problem(key, "a folder", path))
}

fn problem(key: &str, expected: &str, path: &Path) -> ConfigProblem {
    ConfigProblem { key: key.to_owned(), message: format!("expected {expected}, found none at {}", path.display()) }
}
