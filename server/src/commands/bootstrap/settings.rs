//! The new deployment's `care.toml`: the example with its values replaced, comments and all.

use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use server::clock::Ambient;

use super::BootstrapArguments;

const EXAMPLE: &str = include_str!("../../../config.example.toml");

/// 32 random bytes, as `keys.master_file` takes them.
pub(super) fn key_text(ambient: &Ambient) -> String {
    STANDARD.encode(ambient.bytes::<32>()) + "\n"
}

/// The example with this deployment's values.
pub(super) fn example_with(arguments: &BootstrapArguments, dir: &Path) -> String {
    let file = |name: &str| quoted(&dir.join(name).display().to_string());
    let values = [
        ("", "site_dir", quoted(&arguments.site_dir.display().to_string())),
        ("database", "url", quoted(&arguments.database_url)),
        ("public", "origin", quoted(&arguments.origin)),
        ("sign_in", "origin", quoted(&arguments.sign_in_origin)),
        ("tls", "certificate", file("tls/server.pem")),
        ("tls", "key", file("tls/server.key")),
        ("client_ca", "certificates", format!("[{}]", file("client-ca/ca.pem"))),
        ("client_ca", "crls", format!("[{}]", file("client-ca/ca.crl"))),
        ("keys", "master_file", file("master.key")),
        ("mail", "host", quoted(&arguments.mail_host)),
        ("mail", "from", quoted(&arguments.mail_from)),
        ("support", "phone", quoted(&arguments.support_phone)),
    ];
    let mut section = "";
    let mut lines = Vec::new();
    for line in EXAMPLE.lines() {
        if let Some((name, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            section = name;
        }
        let key = line.split_once(" = ").map_or("", |(key, _)| key);
        let value = values.iter().find(|(of, name, _)| *of == section && *name == key);
        lines.push(value.map_or_else(|| line.to_owned(), |(_, name, value)| format!("{name} = {value}")));
    }
    lines.join("\n") + "\n"
}

/// A TOML string: its escapes are JSON's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
