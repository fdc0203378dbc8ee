//! The reading of a name while it is typed with an input method: the kana that stood there before they became kanji.
//!
//! An input method shows たn, たな, たなか and then 田中, and only 田中 is sent. [`TypedReading`] is told of each of these
//! and keeps, piece by piece, what was written and how it was typed. Whatever it cannot explain makes it give up rather
//! than guess: a person corrects a missing reading sooner than a wrong one.

use crate::text::{is_reading_char, to_hiragana};

/// A name under way in one field, and its reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedReading {
    pieces: Vec<Piece>,
    /// The kana of the composition under way.
    composed: Option<String>,
    lost: bool,
}

/// What was written at once, and its kana.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    written: String,
    kana: String,
}

impl TypedReading {
    /// Begins with what the two fields hold already.
    pub fn of(written: &str, kana: &str) -> Self {
        let mut reading = Self { lost: !written.is_empty() && kana.is_empty(), ..Self::default() };
        reading.add(written, kana);
        reading
    }

    /// A composition shows `text` now.
    pub fn compose(&mut self, text: &str) {
        if text.is_empty() {
            self.composed = None;
        } else if let Some(kana) = kana(text) {
            self.composed = Some(kana);
        }
    }

    /// A composition has ended with `committed`; the field holds `value`. Answers the reading, `None` when it is not known.
    pub fn commit(&mut self, committed: &str, value: &str) -> Option<String> {
        let composed = self.composed.take();
        if committed.is_empty() {
            return self.change(value);
        }
        // From the end: more of the name, or something else in the place of its last pieces.
        let kept = (0..=self.pieces.len()).rev().find(|kept| value == format!("{}{committed}", self.written(*kept)));
        let Some(kept) = kept.filter(|kept| !self.lost || *kept == 0) else { return self.give_up() };
        // Written again from kanji, without kana: the reading stays what it was.
        let before = || Some(self.kana(kept..self.pieces.len())).filter(|kana| !kana.is_empty() && !self.lost);
        let Some(kana) = composed.or_else(|| kana(committed)).or_else(before) else { return self.give_up() };
        self.pieces.truncate(kept);
        self.add(committed, &kana);
        self.lost = false;
        Some(self.reading())
    }

    /// The field holds `value`, changed without a composition. Answers the reading, `None` when it is not known.
    pub fn change(&mut self, value: &str) -> Option<String> {
        if value.is_empty() {
            *self = Self::default();
            return Some(String::new());
        }
        if self.lost {
            return None;
        }
        if let Some(kept) = (0..=self.pieces.len()).rev().find(|kept| value == self.written(*kept)) {
            self.pieces.truncate(kept);
            return Some(self.reading());
        }
        let all = self.written(self.pieces.len());
        match value.strip_prefix(&all).and_then(|more| Some((more, kana(more)?))) {
            Some((more, kana)) => {
                self.add(more, &kana);
                Some(self.reading())
            }
            None => self.give_up(),
        }
    }

    fn add(&mut self, written: &str, kana: &str) {
        if !written.is_empty() {
            self.pieces.push(Piece { written: written.to_owned(), kana: kana.to_owned() });
        }
    }

    fn written(&self, kept: usize) -> String {
        self.pieces.iter().take(kept).map(|piece| piece.written.as_str()).collect()
    }

    fn kana(&self, of: std::ops::Range<usize>) -> String {
        self.pieces.get(of).unwrap_or_default().iter().map(|piece| piece.kana.as_str()).collect()
    }

    fn reading(&self) -> String {
        self.kana(0..self.pieces.len())
    }

    fn give_up(&mut self) -> Option<String> {
        self.lost = true;
        None
    }
}

/// A text of kana as hiragana, romaji that is only half typed left out; `None`: some of it is no kana.
fn kana(text: &str) -> Option<String> {
    let text = to_hiragana(text);
    let typed = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    // An n alone becomes ん when it is converted; any other letter is a slip or waits for its vowel.
    let end = if matches!(&text[typed.len()..], "n" | "nn") { "ん" } else { "" };
    let typed = format!("{typed}{end}");
    (!typed.is_empty() && typed.chars().all(is_reading_char)).then_some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `steps` as one composition that ends as `committed` in a field that then holds `value`.
    fn compose(reading: &mut TypedReading, steps: &[&str], committed: &str, value: &str) -> Option<String> {
        for step in steps {
            reading.compose(step);
        }
        reading.compose(committed);
        reading.commit(committed, value)
    }

    fn typed(steps: &[&str], committed: &str) -> Option<String> {
        compose(&mut TypedReading::default(), steps, committed, committed)
    }

    #[test]
    fn kana_become_the_reading_of_the_kanji() {
        assert_eq!(typed(&["t", "た", "たn", "たな", "たなk", "たなか"], "田中").as_deref(), Some("たなか"));
        assert_eq!(
            typed(&["ｔ", "た", "たｎ", "たな", "たなか", "田中", "田仲", "棚か"], "田仲").as_deref(),
            Some("たなか")
        );
    }

    #[test]
    fn a_conversion_that_is_taken_back_counts_for_nothing() {
        assert_eq!(
            typed(&["たなか", "田中", "たなか", "たなかy", "たなかや", "田中屋"], "田中屋").as_deref(),
            Some("たなかや")
        );
        assert_eq!(
            typed(&["たなか", "たな", "た", "たに", "谷"], "谷").as_deref(),
            Some("たに"),
            "deleted and typed anew"
        );
    }

    #[test]
    fn a_half_typed_n_is_one_and_other_romaji_is_left_out() {
        assert_eq!(typed(&["け", "けn"], "健").as_deref(), Some("けん"));
        assert_eq!(typed(&["けｎ"], "健").as_deref(), Some("けん"));
        assert_eq!(typed(&["た", "たk"], "田").as_deref(), Some("た"));
        assert_eq!(typed(&["たなかky"], "田中").as_deref(), Some("たなか"));
    }

    #[test]
    fn names_in_kana_are_their_own_reading() {
        assert_eq!(typed(&["さ", "さく", "さくら"], "さくら").as_deref(), Some("さくら"));
        assert_eq!(typed(&["まりー", "マリー"], "マリー").as_deref(), Some("まりー"));
        assert_eq!(typed(&["まりー", "ﾏﾘｰ"], "ﾏﾘｰ").as_deref(), Some("まりー"));
        assert_eq!(TypedReading::default().change("マリー").as_deref(), Some("まりー"), "pasted");
    }

    #[test]
    fn pieces_follow_each_other_and_go_as_they_came() {
        let mut name = TypedReading::default();
        compose(&mut name, &["はせ"], "長谷", "長谷");
        assert_eq!(compose(&mut name, &["がわ"], "川", "長谷川").as_deref(), Some("はせがわ"));
        assert_eq!(name.change("長谷").as_deref(), Some("はせ"));
        assert_eq!(compose(&mut name, &["べ"], "部", "長谷部").as_deref(), Some("はせべ"));
        assert_eq!(name.change("").as_deref(), Some(""));
        assert_eq!(compose(&mut name, &["もり"], "森", "森").as_deref(), Some("もり"));
    }

    #[test]
    fn a_composition_that_is_broken_off_changes_nothing() {
        let mut name = TypedReading::default();
        compose(&mut name, &["たなか"], "田中", "田中");
        assert_eq!(compose(&mut name, &["や", "やま"], "", "田中").as_deref(), Some("たなか"));
        assert_eq!(compose(&mut TypedReading::default(), &["や", "やま"], "", "").as_deref(), Some(""));
    }

    #[test]
    fn converting_again_keeps_the_reading() {
        let mut name = TypedReading::default();
        compose(&mut name, &["すずき"], "鈴木", "鈴木");
        compose(&mut name, &["たなか"], "田中", "鈴木田中");
        assert_eq!(compose(&mut name, &["田中", "田仲"], "田仲", "鈴木田仲").as_deref(), Some("すずきたなか"));
        assert_eq!(compose(&mut name, &["田仲", "たなか"], "棚下", "鈴木棚下").as_deref(), Some("すずきたなか"));
        let mut stored = TypedReading::of("高橋", "たかはし");
        assert_eq!(compose(&mut stored, &["高橋", "髙橋"], "髙橋", "髙橋").as_deref(), Some("たかはし"));
    }

    #[test]
    fn another_name_takes_the_place_of_the_stored_one() {
        let mut name = TypedReading::of("田中", "たなか");
        assert_eq!(compose(&mut name, &["すずき"], "鈴木", "鈴木").as_deref(), Some("すずき"));
    }

    #[test]
    fn what_cannot_be_explained_ends_it_until_the_name_is_written_anew() {
        let mut name = TypedReading::default();
        compose(&mut name, &["たなか"], "田中", "田中");
        assert_eq!(name.change("田"), None, "half a piece");
        assert_eq!(compose(&mut name, &["なか"], "仲", "田仲"), None);
        assert_eq!(
            compose(&mut name, &["さとう"], "佐藤", "佐藤").as_deref(),
            Some("さとう"),
            "in the place of it all"
        );
        assert_eq!(name.change("佐藤太郎"), None, "pasted kanji");
        assert_eq!(TypedReading::of("田中", "").change("田中や"), None, "a stored name without a reading");
        assert_eq!(typed(&[], "田中"), None, "written by hand: no kana were seen");
        let mut between = TypedReading::of("田中", "たなか");
        assert_eq!(compose(&mut between, &["まる"], "丸", "田丸中"), None, "in the middle");
    }
}
