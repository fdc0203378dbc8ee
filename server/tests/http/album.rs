//! Pictures of screens: each page is checked for what every page must have, made repeatable, and compared with the
//! approved text in `tests/snapshots`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use app::screens::ScreenId;
use uuid::Uuid;

use super::browser::Page;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");

/// The pictures taken so far.
#[derive(Default)]
pub(crate) struct Album(BTreeMap<String, ScreenId>);

impl Album {
    /// Checks a page and compares it with the approved one of the same name: the screen's number and `state`.
    pub(crate) fn take(&mut self, screen: ScreenId, state: &str, status: u16, page: &Page) {
        let name =
            format!("{}_{state}", screen.number().to_lowercase().replace('-', "")).trim_end_matches('_').to_owned();
        check(&name, screen, status, page);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(FOLDER);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name.as_str(), repeatable(&page.body)));
        assert!(self.0.insert(name.clone(), screen).is_none(), "{name} was taken twice");
    }

    /// Every screen is in the album, and the folder holds nothing else.
    pub(crate) fn close(self) {
        let shown: Vec<&str> = self.0.values().map(|screen| screen.number()).collect();
        let missing: Vec<&str> =
            ScreenId::ALL.iter().map(|s| s.number()).filter(|number| !shown.contains(number)).collect();
        assert!(missing.is_empty(), "screens without a snapshot: {missing:?}");
        let files = fs::read_dir(Path::new(FOLDER)).unwrap().map(|entry| entry.unwrap().file_name());
        let kept: BTreeSet<String> = files.map(|name| name.into_string().unwrap()).collect();
        let used: BTreeSet<String> = self.0.keys().map(|name| format!("{name}.snap")).collect();
        let unused: Vec<&String> = kept.difference(&used).collect();
        assert!(unused.is_empty(), "snapshots that no test uses: {unused:?}");
    }
}

/// What holds for every page.
fn check(name: &str, screen: ScreenId, status: u16, page: &Page) {
    assert_eq!((page.screen(), page.status.as_u16()), (screen.number(), status), "{name}");
    assert!(page.body.starts_with("<!DOCTYPE html><html lang=\"ja\">"), "{name}");
    assert!(page.body.contains("画面番号"), "{name}: the screen's number is printed");
    let title = page.between("<title>", "</title>").unwrap_or_default();
    assert!(title.contains(screen.title()) && title.contains("介護保険資格確認等WEBサービス"), "{name}: {title}");
    assert!(!page.body.contains(" style="), "{name}: inline styles are not allowed by the policy");
    let policy = page.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0;
    for script in page.body.split("<script").skip(1) {
        let head = script.split_once('>').unwrap().0;
        let own = head.contains("src=\"/") || head.contains(&format!("nonce=\"{nonce}\""));
        assert!(own, "{name}: a script without the policy's nonce: {head}");
    }
    assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{name}");
    assert_eq!(page.header("cache-control"), "no-store", "{name}");
}

/// The page without what differs from run to run, one element a line.
fn repeatable(body: &str) -> String {
    let nonce = body.split_once("nonce=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("-", |(nonce, _)| nonce);
    let body = without_scripts(&body.replace(nonce, "NONCE"));
    let mut text = body.replace("><", ">\n<");
    for (n, id) in ids(&text).into_iter().enumerate() {
        text = text.replace(&id, &format!("ID-{}", n + 1));
    }
    for id in request_ids(&text) {
        text = text.replace(&id, "REQUEST");
    }
    without_hashes(&without_devices(&text))
}

/// The demo's certificates differ from machine to machine, and so do the sixteen digits that tell a device.
fn without_devices(text: &str) -> String {
    let digits = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let device = |line: &str| {
        let inner = line.split_once('>')?.1.split_once('<')?.0.to_owned();
        let words: Vec<&str> = inner.split(' ').collect();
        (words.len() == 4 && words.iter().all(|word| digits(word))).then_some(inner)
    };
    let masked = |line: &str| device(line).map_or_else(|| line.to_owned(), |found| line.replace(&found, "DEVICE"));
    text.lines().map(|line| masked(line) + "\n").collect()
}

/// An island's name ends with a hash over its source.
fn without_hashes(text: &str) -> String {
    let island = |line: &str| {
        let (before, rest) = line.split_once("data-component=\"")?;
        let (name, after) = rest.split_once('"')?;
        Some(format!("{before}data-component=\"{}\"{after}", name.split('_').next()?))
    };
    text.lines().map(|line| island(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// The data that scripts carry is the page's own content once more.
fn without_scripts(body: &str) -> String {
    let mut parts = body.split("<script");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (head, rest) = part.split_once('>').unwrap();
        let (_, after) = rest.split_once("</script>").unwrap();
        text.extend(["<script", head, "></script>", after]);
    }
    text
}

fn ids(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let words = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    for word in words.filter(|word| word.len() == 36 && word.parse::<Uuid>().is_ok()) {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

fn request_ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_id =
        |word: &&str| word.len() == 12 && word.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
    words.filter(is_id).map(str::to_owned).collect()
}
