//! Made-up names: each of one part is as frequent as the other.

use domain::account::PersonName;

/// Family names begin with these.
const FIRST: [&str; 24] = [
    "やま",
    "たか",
    "なか",
    "いし",
    "おお",
    "こ",
    "ふじ",
    "まつ",
    "きた",
    "みや",
    "うえ",
    "しま",
    "よし",
    "いわ",
    "すぎ",
    "くろ",
    "あお",
    "にし",
    "みなみ",
    "ふる",
    "たけ",
    "さか",
    "ほり",
    "もり",
];
/// And end with these.
const SECOND: [&str; 20] = [
    "だ",
    "の",
    "かわ",
    "もと",
    "むら",
    "した",
    "うち",
    "ざき",
    "さわ",
    "はら",
    "ぐち",
    "しま",
    "べ",
    "い",
    "み",
    "た",
    "おか",
    "ぬま",
    "ばやし",
    "もり",
];
/// Given names begin with these.
const THIRD: [&str; 24] = [
    "けん",
    "みさ",
    "さく",
    "よう",
    "ちひ",
    "だい",
    "かず",
    "まこ",
    "ゆみ",
    "しょう",
    "めぐ",
    "たつ",
    "まゆ",
    "れん",
    "なお",
    "あゆ",
    "こう",
    "りゅう",
    "ひか",
    "いち",
    "はな",
    "とし",
    "すみ",
    "ほの",
];
/// And end with these.
const FOURTH: [&str; 20] = [
    "", "き", "こ", "た", "み", "すけ", "と", "じ", "え", "のり", "ひろ", "ろう", "や", "な", "へい", "お", "ら", "は",
    "ゆき", "よ",
];
/// Names that differ, more than there are people.
const ALL: usize = FIRST.len() * SECOND.len() * THIRD.len() * FOURTH.len();

/// A made-up name; next to nobody else has it, however many people there are.
pub(crate) fn name(n: usize) -> PersonName {
    // A step that shares no factor with their number, so that a thousand of them are as mixed as all.
    let place = n * 7_919 % ALL;
    let (family, given) = (place % (FIRST.len() * SECOND.len()), place / (FIRST.len() * SECOND.len()));
    PersonName {
        family: format!("姓{family}"),
        given: format!("名{given}"),
        family_kana: format!("{}{}", FIRST[family % FIRST.len()], SECOND[family / FIRST.len()]),
        given_kana: format!("{}{}", THIRD[given % THIRD.len()], FOURTH[given / THIRD.len()]),
    }
}

/// 「だけん」, 「わみさ」: across the border of a family and a given name, as they stand in the search text. So many
/// people have it, and so many more of a hundred times as many.
pub(crate) fn part_of_a_reading(n: usize) -> String {
    let PersonName { family_kana, given_kana, .. } = name(n);
    let end: String = family_kana.chars().skip(family_kana.chars().count().saturating_sub(1)).collect();
    end + &given_kana.chars().take(2).collect::<String>()
}

/// A whole reading, 「やまだけん」.
pub(crate) fn reading(n: usize) -> String {
    let PersonName { family_kana, given_kana, .. } = name(n);
    family_kana + &given_kana
}
