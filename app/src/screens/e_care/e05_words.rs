//! E-5's words with their readings. Without them they are the terms that everybody else reads.

use domain::{
    care::{Item, Signer},
    form::Field,
};

/// An item's name.
pub(super) const fn name(item: Item) -> &'static str {
    match item {
        Item::InsuranceCard => "｜介護保険被保険者証《かいごほけんひほけんしゃしょう》",
        Item::BurdenRatio => "｜介護保険負担割合証《かいごほけんふたんわりあいしょう》",
        Item::BurdenLimit => "｜介護保険負担限度額認定証《かいごほけんふたんげんどがくにんていしょう》",
        Item::Survey => "｜認定調査票《にんていちょうさひょう》",
        Item::Opinion => "｜主治医意見書《しゅじいいけんしょ》",
        Item::Review => "｜審査会進捗《しんさかいしんちょく》",
        Item::Renovation => "｜住宅改修費《じゅうたくかいしゅうひ》の｜利用状況《りようじょうきょう》",
        Item::Equipment => "｜福祉用具購入費《ふくしようぐこうにゅうひ》の｜利用状況《りようじょうきょう》",
        Item::Life => "LIFE｜情報《じょうほう》",
        Item::CarePlan => "ケアプラン",
    }
}

/// What it is.
pub(super) const fn plain(item: Item) -> &'static str {
    match item {
        Item::InsuranceCard => "｜介護保険証《かいごほけんしょう》に｜書《か》かれていること",
        Item::BurdenRatio => "｜利用料《りようりょう》の｜負担割合《ふたんわりあい》",
        Item::BurdenLimit => "｜食費《しょくひ》と｜部屋代《へやだい》の｜負担《ふたん》の｜上限《じょうげん》",
        Item::Survey => {
            "｜要介護認定《ようかいごにんてい》のときに｜調査員《ちょうさいん》が｜聞《き》き｜取《と》った｜内容《ないよう》"
        }
        Item::Opinion => {
            "｜要介護認定《ようかいごにんてい》のために｜主治医《しゅじい》が｜書《か》いた｜意見《いけん》"
        }
        Item::Review => "｜要介護認定《ようかいごにんてい》の｜申請《しんせい》がどこまで｜進《すす》んでいるか",
        Item::Renovation => "｜住宅改修《じゅうたくかいしゅう》にこれまで｜使《つか》った｜金額《きんがく》",
        Item::Equipment => {
            "｜福祉用具《ふくしようぐ》の｜購入《こうにゅう》にこれまで｜使《つか》った｜金額《きんがく》"
        }
        Item::Life => {
            "｜体《からだ》や｜生活《せいかつ》の｜状態《じょうたい》の｜記録《きろく》\
             （ほかの｜事業所《じぎょうしょ》が｜国《くに》に｜提出《ていしゅつ》したもの）"
        }
        Item::CarePlan => "ケアプラン（｜介護《かいご》サービスの｜計画《けいかく》）",
    }
}

/// Who agrees.
pub(super) const fn signer(signer: Signer) -> &'static str {
    match signer {
        Signer::Person => "ご｜本人《ほんにん》",
        Signer::Proxy => "｜代《か》わりの｜方《かた》（｜代理人《だいりにん》）",
    }
}

/// A field's label.
pub(super) const fn label(field: Field) -> &'static str {
    match field {
        Field::ConsentItems => "｜見《み》てもよい｜情報《じょうほう》",
        Field::ConsentUntil => "｜閲覧期限《えつらんきげん》",
        Field::Signer => "｜同意《どうい》する｜方《かた》",
        Field::ProxyName => "｜代《か》わりの｜方《かた》の｜氏名《しめい》",
        Field::ProxyRelation => "ご｜本人《ほんにん》との｜関係《かんけい》",
        _ => crate::screens::text::label(field),
    }
}

/// The screen's heading.
pub(super) const HEADING: &str = "｜介護情報《かいごじょうほう》を｜見《み》ることへの｜同意《どうい》";

/// What the person should know before.
pub(super) const POINTS: [&str; 3] = [
    "｜同意《どうい》しなくても、｜介護《かいご》サービスは｜利用《りよう》できます。",
    "｜同意《どうい》は、いつでも｜取《と》り｜消《け》すことができます。\
     ｜取《と》り｜消《け》すと、すぐに｜見《み》られなくなります。",
    "｜見《み》ることができるのは、この｜事業所《じぎょうしょ》の｜職員《しょくいん》のうち、\
     ｜仕事《しごと》で｜必要《ひつよう》な｜人《ひと》だけです。だれが｜見《み》たかは｜記録《きろく》に｜残《のこ》ります。",
];

/// Under 閲覧期限.
pub(super) const UNTIL: &str =
    "この｜日《ひ》まで｜見《み》ることができます。4｜年先《ねんさき》まで｜選《えら》べます。";

/// Under the proxy's name.
pub(super) const PROXY: &str =
    "｜代《か》わりの｜方《かた》が｜同意《どうい》するときだけ｜入力《にゅうりょく》してください。";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parts::without_readings, screens::ScreenId};

    #[test]
    fn without_readings_they_are_the_usual_terms() {
        for item in Item::ALL {
            assert_eq!(without_readings(name(*item)), item.name());
            assert_eq!(without_readings(plain(*item)), item.plain());
        }
        for one in Signer::ALL {
            assert_eq!(without_readings(signer(*one)), one.name());
        }
        use Field::{ConsentItems, ConsentUntil, ProxyName, ProxyRelation, Signer as Who};
        for field in [ConsentItems, ConsentUntil, Who, ProxyName, ProxyRelation] {
            assert_eq!(without_readings(label(field)), crate::screens::text::label(field));
        }
        assert_eq!(without_readings(HEADING), ScreenId::E5.title());
    }

    #[test]
    fn every_kanji_has_a_reading() {
        let all = Item::ALL.iter().flat_map(|item| [name(*item), plain(*item)]);
        let all = all.chain(Signer::ALL.iter().map(|one| signer(*one))).chain(POINTS).chain([HEADING, UNTIL, PROXY]);
        for text in all {
            let read = text.split('｜').skip(1).filter_map(|part| part.split_once('》')).map(|(read, _)| read);
            let rest = read.fold(text.to_owned(), |rest, read| rest.replace(&format!("｜{read}》"), ""));
            assert!(!rest.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{text}: {rest}");
        }
    }
}
