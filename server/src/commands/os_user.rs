//! Whose command it is, for the audit trail.

use std::os::unix::fs::MetadataExt;

use server::services::operator::Operator;

/// The user that this process runs as, with the one who called `sudo` beside it.
pub(super) fn operator() -> Operator {
    let name = std::fs::metadata("/proc/self").map_or_else(|_| "unknown".to_owned(), |process| name_of(process.uid()));
    match std::env::var("SUDO_USER") {
        Ok(caller) if !caller.is_empty() => Operator(format!("{name} (sudo: {caller})")),
        _ => Operator(name),
    }
}

/// The name in the machine's own list of users; the number for those who are known elsewhere.
fn name_of(uid: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    found.unwrap_or_else(|| format!("uid {uid}"))
}
