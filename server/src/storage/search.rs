//! Searching in normalised text columns.

/// More characters than an ordinary name or ID has; a longer search is cut there, so that patterns stay small.
const SEARCH_MAX: usize = 200;

/// The `LIKE` pattern for texts that contain `search`, wildcards and all. NUL, which PostgreSQL refuses, stands in no
/// name and is dropped.
pub(super) fn containing(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars().filter(|c| *c != '\0').take(SEARCH_MAX) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
