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
const GIVEN: [&str; 40] = [
    "れん",
    "みさき",
    "けんいち",
    "さくら",
    "よういち",
    "ちひろ",
    "だいすけ",
    "かずこ",
    "まこと",
    "ゆみこ",
    "しょうた",
    "めぐみ",
    "たかし",
    "まゆみ",
    "たく",
    "ゆうこ",
    "なおき",
    "あゆみ",
    "こうじ",
    "なな",
    "りゅうのすけ",
    "ひかる",
    "くみ",
    "いちろう",
    "はなこ",
    "まなぶ",
    "ゆい",
    "ただし",
    "はると",
    "ひまり",
    "みなと",
    "あおい",
    "そうた",
    "いろは",
    "ゆうと",
    "ほのか",
    "たいち",
    "すみれ",
    "りく",
    "こはる",
];

/// A made-up name.
pub(crate) fn name(n: usize) -> PersonName {
    let family_kana = format!("{}{}", FIRST[n % FIRST.len()], SECOND[n / FIRST.len() % SECOND.len()]);
    let given_kana = GIVEN[n / 7 % GIVEN.len()].to_owned();
    PersonName { family: format!("姓{}", n % 480), given: format!("名{}", n / 7 % 40), family_kana, given_kana }
}

/// 「だれん」, 「わみさ」: across the border of a family and a given name, as they stand in the search text.
pub(crate) fn part_of_a_reading(n: usize) -> String {
    let PersonName { family_kana, given_kana, .. } = name(n);
    let end: String = family_kana.chars().skip(family_kana.chars().count().saturating_sub(1)).collect();
    end + &given_kana.chars().take(2).collect::<String>()
}

/// A whole reading, 「やまだれん」: about as many have it, however many people there are.
pub(crate) fn reading(n: usize) -> String {
    let PersonName { family_kana, given_kana, .. } = name(n);
    family_kana + &given_kana
}
