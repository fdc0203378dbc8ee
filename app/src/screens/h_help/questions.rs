//! よくあるご質問: the entries, found by their address, by category and by what people type.

use std::fmt;

use domain::text::{narrow, search_key};

mod accounts;
mod care;
mod certificate;
mod code;
mod sign_in;
mod site;
mod terminal;

/// One entry.
#[derive(Debug)]
pub(super) struct Question {
    /// Its own address, for ever: other pages and people's bookmarks lead to it.
    pub(super) slug: Slug,
    /// The question, in the words of the person who asks it.
    pub(super) asked: &'static str,
    /// Further words that people may look for, readings among them: a kana search cannot know how kanji are read.
    words: &'static str,
    /// The answer, one paragraph per entry.
    pub(super) answer: &'static [&'static str],
    /// What to do, step by step; empty when there is nothing to do.
    pub(super) steps: &'static [&'static str],
    /// Entries that people read next.
    pub(super) related: &'static [&'static str],
}

impl Question {
    const fn new(
        slug: &'static str,
        asked: &'static str,
        words: &'static str,
        answer: &'static [&'static str],
    ) -> Self {
        Self { slug: Slug(slug), asked, words, answer, steps: &[], related: &[] }
    }

    const fn steps(self, steps: &'static [&'static str]) -> Self {
        Self { steps, ..self }
    }

    const fn related(self, related: &'static [&'static str]) -> Self {
        Self { related, ..self }
    }

    /// Everything that a search looks into.
    fn search_text(&self) -> String {
        let parts =
            [self.asked, self.words].into_iter().chain(self.answer.iter().copied()).chain(self.steps.iter().copied());
        search_key(&parts.collect::<Vec<_>>().join("\n"))
    }
}

/// Entries about one thing.
#[derive(Debug)]
pub(super) struct Topic {
    /// Its name in the address.
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) questions: &'static [Question],
}

/// Every topic, in the order of the page.
pub(super) static TOPICS: &[Topic] = &[
    Topic { code: "certificate", title: "クライアント証明書", questions: certificate::QUESTIONS },
    Topic { code: "sign-in", title: "ログインとパスワード", questions: sign_in::QUESTIONS },
    Topic { code: "code", title: "ワンタイム認証コード", questions: code::QUESTIONS },
    Topic { code: "accounts", title: "アカウントの登録と管理", questions: accounts::QUESTIONS },
    Topic {
        code: "terminal", title: "端末・カードリーダー・マイナンバーカード", questions: terminal::QUESTIONS
    },
    Topic { code: "care", title: "本人確認・同意・介護情報", questions: care::QUESTIONS },
    Topic { code: "site", title: "画面・端末・お問い合わせ", questions: site::QUESTIONS },
];

/// The address of an entry. Only those of entries that exist can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slug(&'static str);

#[expect(missing_docs, reason = "the names are the addresses")]
impl Slug {
    pub const CERTIFICATE_NOT_SHOWN: Self = Self("certificate-not-shown");
    pub const CERTIFICATE_WHICH: Self = Self("certificate-which");
    pub const CERTIFICATE_EXPIRED: Self = Self("certificate-expired");
    pub const CERTIFICATE_REVOKED: Self = Self("certificate-revoked");
    pub const CERTIFICATE_OTHER_OFFICE: Self = Self("certificate-other-office");
    pub const LOCKED: Self = Self("locked");
    pub const TIMED_OUT: Self = Self("timed-out");
    pub const SIGNED_IN_ELSEWHERE: Self = Self("signed-in-elsewhere");
    pub const MAIL_DOES_NOT_COME: Self = Self("mail-does-not-come");
    pub const SMS_DOES_NOT_COME: Self = Self("sms-does-not-come");
    pub const ROLES: Self = Self("roles");
    pub const PLATFORM_AWAY: Self = Self("platform-away");
    pub const PAGE_NOT_FOUND: Self = Self("page-not-found");
    pub const ERROR_ID: Self = Self("error-id");

    /// Every entry that other screens lead to.
    #[cfg(test)]
    const LINKED: [Self; 14] = [
        Self::CERTIFICATE_NOT_SHOWN,
        Self::CERTIFICATE_WHICH,
        Self::CERTIFICATE_EXPIRED,
        Self::CERTIFICATE_REVOKED,
        Self::CERTIFICATE_OTHER_OFFICE,
        Self::LOCKED,
        Self::TIMED_OUT,
        Self::SIGNED_IN_ELSEWHERE,
        Self::MAIL_DOES_NOT_COME,
        Self::SMS_DOES_NOT_COME,
        Self::ROLES,
        Self::PLATFORM_AWAY,
        Self::PAGE_NOT_FOUND,
        Self::ERROR_ID,
    ];

    /// The entry at this address. `None`: there is none.
    pub fn find(text: &str) -> Option<Self> {
        find(text).map(|question| question.slug)
    }

    /// What is asked there.
    pub fn asked(self) -> &'static str {
        find(self.0).map_or("", |question| question.asked)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn all() -> impl Iterator<Item = &'static Question> {
    TOPICS.iter().flat_map(|topic| topic.questions)
}

fn find(slug: &str) -> Option<&'static Question> {
    all().find(|question| question.slug.0 == slug)
}

/// The entry and its topic.
pub(super) fn entry(slug: Slug) -> Option<(&'static Topic, &'static Question)> {
    TOPICS.iter().find_map(|topic| {
        let question = topic.questions.iter().find(|question| question.slug == slug)?;
        Some((topic, question))
    })
}

/// The entries that an entry names as related.
pub(super) fn related(question: &Question) -> Vec<&'static Question> {
    question.related.iter().filter_map(|slug| find(slug)).collect()
}

/// The entries of a topic (all when it is empty or unknown) in which every word of `typed` occurs, whatever its width, case
/// and kind of kana. Topics without any are left out.
pub(super) fn search(typed: &str, topic: &str) -> Vec<(&'static Topic, Vec<&'static Question>)> {
    let words = words_of(typed);
    let one = TOPICS.iter().any(|known| known.code == topic);
    let topics = TOPICS.iter().filter(|known| !one || known.code == topic);
    let hits = |topic: &'static Topic| {
        let fits = |question: &&Question| {
            let text = question.search_text();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        (topic, topic.questions.iter().filter(fits).collect::<Vec<_>>())
    };
    topics.map(hits).filter(|(_, found)| !found.is_empty()).collect()
}

/// What to look for: 「メールが届かない」 is メール and 届. What stands in hiragana beside other letters is how a word ends or
/// what joins two; a word in hiragana alone stays whole.
fn words_of(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    for phrase in narrow(typed).split_whitespace() {
        let runs = runs(phrase);
        let meaning: Vec<&String> = runs.iter().filter(|run| !run.starts_with(is_hiragana)).collect();
        match meaning.as_slice() {
            [] => words.push(search_key(phrase)),
            meaning => words.extend(meaning.iter().map(|run| search_key(run))),
        }
    }
    words
}

const fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// The pieces of a phrase that are written in one kind of letters.
fn runs(phrase: &str) -> Vec<String> {
    let kind = |c: char| match c {
        c if is_hiragana(c) => 0,
        '\u{30a0}'..='\u{30ff}' => 1,
        c if c.is_ascii() => 2,
        _ => 3,
    };
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for c in phrase.chars() {
        // A long vowel belongs to the letters before it.
        let now = if c == 'ー' { last } else { Some(kind(c)) };
        match runs.last_mut().filter(|_| now == last) {
            Some(run) => run.push(c),
            None => runs.push(c.to_string()),
        }
        last = now;
    }
    runs
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn slugs(typed: &str) -> Vec<&'static str> {
        search(typed, "").into_iter().flat_map(|(_, found)| found).map(|question| question.slug.0).collect()
    }

    #[test]
    fn there_are_at_least_forty_entries_each_with_an_address_and_an_answer() {
        let addresses: HashSet<_> = all().map(|question| question.slug.0).collect();
        assert!(all().count() >= 40);
        assert_eq!(addresses.len(), all().count(), "an address is given twice");
        for question in all() {
            assert!(question.slug.0.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert!(!question.answer.is_empty() && !question.asked.ends_with('。'), "{}", question.asked);
            for sentence in question.answer.iter().chain(question.steps) {
                assert!(sentence.ends_with(['。', '」', '）']), "{sentence}");
            }
        }
    }

    #[test]
    fn every_link_leads_to_an_entry() {
        for question in all() {
            assert_eq!(related(question).len(), question.related.len(), "{:?}", question.related);
            assert!(!question.related.contains(&question.slug.0), "{}", question.slug);
        }
        for slug in Slug::LINKED {
            assert!(entry(slug).is_some(), "{slug}");
        }
    }

    #[test]
    fn kana_width_case_and_the_order_of_words_do_not_matter() {
        for typed in ["メールが届かない", "ﾒｰﾙ とどかない", "とどかない　めーる", "届かない メール"]
        {
            assert!(slugs(typed).contains(&"mail-does-not-come"), "{typed}: {:?}", slugs(typed));
        }
        for (typed, slug) in [
            ("しょうめいしょ", "certificate-not-shown"),
            ("パスワード わすれた", "password-forgotten"),
            ("ＣＳＶ", "csv-errors"),
            ("ろっく", "locked"),
            ("カードリーダー みつからない", "reader-not-found"),
            ("しちょうそん", "municipality-not-joined"),
            ("すまほ", "smartphone"),
        ] {
            assert!(slugs(typed).contains(&slug), "{typed}: {:?}", slugs(typed));
        }
        assert!(slugs("富士山").is_empty());
        assert_eq!(slugs("").len(), all().count());
    }

    #[test]
    fn a_topic_narrows_the_search_and_an_unknown_one_does_not() {
        let of = |topic| search("メール", topic).into_iter().map(|(topic, _)| topic.code).collect::<Vec<_>>();
        assert_eq!(of("code"), ["code"]);
        assert!(of("nothing").len() > 1);
    }
}
