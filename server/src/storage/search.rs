//! Searching in normalised text columns.

/// More characters than an ordinary name or ID has; a longer search is cut there, so that patterns stay small.
const SEARCH_MAX: usize = 200;

/// What can be searched for: NUL, which PostgreSQL refuses, stands in no name.
pub(super) fn searchable(search: &str) -> String {
    search.chars().filter(|c| *c != '\0').take(SEARCH_MAX).collect()
}

/// The `LIKE` pattern for texts that contain `search`, wildcards and all.
pub(super) fn containing(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in searchable(search).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
