//! 操作マニュアル: our own text for these very screens, by who does what.
//!
//! The pictures are taken from the real screens by the end-to-end run (`PICTURES=1`, `end2end/tests/h/pictures.spec.ts`) and
//! lie in `style/public/manual`.

use domain::account::AccountKind;

mod account;
mod care;
mod office;
mod people;
mod terminal;

/// One task.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) anchor: &'static str,
    pub(super) title: &'static str,
    /// When and by whom it is done.
    pub(super) lead: &'static str,
    pub(super) steps: &'static [Step],
}

/// One step of a task.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) text: &'static str,
    pub(super) picture: Option<Picture>,
}

/// A picture of a screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture {
    /// The file's name without `.webp`.
    pub(super) name: &'static str,
    /// What is to be seen, for those who do not see it.
    pub(super) alt: &'static str,
}

/// Every picture's size in CSS pixels; the end-to-end run takes them so.
pub(super) const WIDTH: u32 = 960;
/// See [`WIDTH`].
pub(super) const HEIGHT: u32 = 600;

impl Picture {
    /// The file's address.
    pub(super) fn address(self) -> String {
        format!("/manual/{}.webp", self.name)
    }
}

/// A step without a picture.
const fn say(text: &'static str) -> Step {
    Step { text, picture: None }
}

/// A step with a picture of its screen.
const fn show(text: &'static str, name: &'static str, alt: &'static str) -> Step {
    Step { text, picture: Some(Picture { name, alt }) }
}

/// The tasks of one kind of user, in the order in which an office meets them.
pub(super) const fn tasks(kind: AccountKind) -> &'static [&'static Task] {
    match kind {
        AccountKind::Office => OFFICE,
        AccountKind::Administrator => ADMINISTRATOR,
        AccountKind::Staff => STAFF,
    }
}

const OFFICE: &[&Task] = &[
    &account::PREPARE,
    &office::SIGN_IN,
    &people::REGISTER_ADMINISTRATOR,
    &people::REGISTER_STAFF,
    &people::REGISTER_MANY,
    &people::FIND,
    &people::CHANGE,
    &people::HELP_SIGN_IN,
    &people::SUSPEND,
    &people::DELETE,
    &office::RESTORE,
    &office::RIGHTS,
    &office::HISTORY,
    &care::REVIEW_EMERGENCY,
    &account::SIGN_OUT,
    &account::ASK,
];

const ADMINISTRATOR: &[&Task] = &[
    &account::PREPARE,
    &account::FIRST_SIGN_IN,
    &account::SIGN_IN,
    &terminal::INSTALL,
    &terminal::READER,
    &terminal::REGISTER,
    &people::REGISTER_STAFF,
    &people::REGISTER_MANY,
    &people::FIND,
    &people::CHANGE,
    &people::HELP_SIGN_IN,
    &people::SUSPEND,
    &people::DELETE,
    &care::WITH_CARD,
    &care::WITHOUT_CARD,
    &care::CONSENT,
    &care::LOOK,
    &care::BATCH,
    &care::EMERGENCY,
    &office::HISTORY,
    &care::REVIEW_EMERGENCY,
    &account::PASSWORD,
    &account::SIGN_OUT,
    &account::ASK,
];

const STAFF: &[&Task] = &[
    &account::PREPARE,
    &account::FIRST_SIGN_IN,
    &account::SIGN_IN,
    &care::WITH_CARD,
    &care::WITHOUT_CARD,
    &care::CONSENT,
    &care::LOOK,
    &care::BATCH,
    &care::EMERGENCY,
    &care::OWN_HISTORY,
    &account::PASSWORD,
    &account::SIGN_OUT,
    &account::ASK,
];

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::PathBuf};

    use super::*;

    const KINDS: [AccountKind; 3] = [AccountKind::Office, AccountKind::Administrator, AccountKind::Staff];

    fn folder() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../style/public/manual")
    }

    /// Width and height of a lossy or lossless WebP file, from its first chunk.
    fn size(file: &[u8]) -> Option<(u32, u32)> {
        let word = |at: usize| Some(u32::from(u16::from_le_bytes([*file.get(at)?, *file.get(at + 1)?])));
        match file.get(12..16)? {
            b"VP8 " => Some((word(26)? & 0x3fff, word(28)? & 0x3fff)),
            b"VP8L" => {
                let bits = word(21)? | (word(23)? << 16);
                Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
            }
            b"VP8X" => Some((
                (word(24)? | (u32::from(*file.get(26)?) << 16)) + 1,
                (word(27)? | (u32::from(*file.get(29)?) << 16)) + 1,
            )),
            _ => None,
        }
    }

    #[test]
    fn every_picture_is_there_small_and_of_the_size_that_the_page_says() {
        let mut named = BTreeSet::new();
        for picture in
            KINDS.iter().flat_map(|kind| tasks(*kind)).flat_map(|task| task.steps).filter_map(|step| step.picture)
        {
            assert!(picture.alt.contains('画') || picture.alt.contains("メニュー"), "{}", picture.alt);
            named.insert(format!("{}.webp", picture.name));
        }
        for name in &named {
            let path = folder().join(name);
            let file = fs::read(&path).unwrap_or_else(|error| {
                panic!(
                    "{}: {error}; take the pictures with PICTURES=1 (end2end/tests/h/pictures.spec.ts)",
                    path.display()
                )
            });
            assert!(file.len() <= 60 * 1024, "{name} has {} bytes", file.len());
            assert_eq!(size(&file), Some((WIDTH, HEIGHT)), "{name}");
        }
        let kept: BTreeSet<String> =
            fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(kept, named, "pictures that no step shows, or the other way round");
    }

    #[test]
    fn every_task_of_a_role_has_an_anchor_of_its_own_and_steps() {
        for kind in KINDS {
            let anchors: BTreeSet<_> = tasks(kind).iter().map(|task| task.anchor).collect();
            assert_eq!(anchors.len(), tasks(kind).len(), "{kind:?}");
            for task in tasks(kind) {
                assert!(!task.steps.is_empty() && task.lead.ends_with('。'), "{}", task.title);
                for step in task.steps {
                    assert!(step.text.ends_with(['。', '）']), "{}", step.text);
                }
            }
        }
    }
}
