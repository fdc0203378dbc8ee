//! The further facts of a record in words; the same on screen and in the exported file.

use domain::{account::AccountKind, care::NoCardReason, form::Field};

use super::actions;
use crate::{
    screens::text::label,
    services::audit::{Fact, Outcome, Record},
};

/// What each fact is called.
static FACTS: &[(&str, &str)] = &[
    ("fields", "変更した項目"),
    ("kind", "ユーザ区分"),
    ("login_id", "ユーザID"),
    ("channel", "送信方法"),
    ("count", "送信回数"),
    ("records", "書き出した履歴"),
    ("rows", "件数"),
    ("from", "期間（この日以降）"),
    ("to", "期間（この日以前）"),
    ("item", "閲覧した情報"),
    ("items", "閲覧した情報"),
    ("purpose", "目的"),
    ("by", "確認の方法"),
    ("consents_ended", "終了した同意"),
    ("sessions_ended", "終了したログイン"),
    ("filtered", "絞り込み"),
    ("method", "方法"),
    ("reason", "理由"),
    ("consent", "同意の状態"),
    ("as_of", "基準日"),
    ("used_at", "閲覧した日時"),
    ("until", "期限"),
    ("asked", "要求した画面または操作"),
    ("device", "端末の種類"),
    ("terminal_id", "端末固有ID"),
    ("platform_user", "オンライン資格確認ユーザID"),
    ("certificate_serial", "電子証明書の番号"),
    ("mode", "確認の方法"),
    ("passkey", "パスキーの番号"),
    ("session", "ログインの番号"),
    ("sign_in", "ログインの番号"),
    ("people", "人数"),
    ("page", "ページ"),
    ("ended", "終了した同意"),
    ("emergency", "災害の名称"),
];

/// Values that are codes.
static VALUES: &[(&str, &str)] = &[
    ("mail", "メール"),
    ("sms", "SMS"),
    ("operations", "操作履歴"),
    ("viewings", "閲覧履歴"),
    ("emergency_uses", "災害時の閲覧"),
    ("emergency", "災害時の閲覧"),
    ("batch", "一括資格確認"),
    ("absent", "同意なし"),
    ("withdrawn", "取り消し"),
    ("expired", "期限切れ"),
    ("card", "マイナンバーカード"),
    ("pin", "暗証番号"),
    ("face", "目視"),
    ("items", "被保険者の情報"),
    ("passkey", "パスキー"),
    ("list", "利用者一覧"),
    ("all", "すべての情報"),
    ("true", "あり"),
    ("false", "なし"),
    ("insurance_card", "介護保険被保険者証"),
    ("burden_ratio", "介護保険負担割合証"),
    ("burden_limit", "介護保険負担限度額認定証"),
    ("survey", "認定調査票"),
    ("opinion", "主治医意見書"),
    ("review", "審査会進捗"),
    ("renovation", "住宅改修費の利用状況"),
    ("equipment", "福祉用具購入費の利用状況"),
    ("life", "LIFE情報"),
    ("care_plan", "ケアプラン"),
];

/// The fact's name.
pub fn fact_name(fact: &Fact) -> String {
    FACTS
        .iter()
        .find(|(name, _)| *name == fact.name)
        .map_or_else(|| fact.name.clone(), |(_, words)| (*words).to_owned())
}

/// The fact's values, in one line.
pub fn fact_text(fact: &Fact) -> String {
    fact.values.iter().map(|value| value_text(&fact.name, value)).collect::<Vec<_>>().join("、")
}

fn value_text(name: &str, value: &str) -> String {
    let known = match name {
        "fields" => field(value).map(label),
        "kind" => AccountKind::from_code(value).map(AccountKind::name),
        "purpose" => NoCardReason::from_code(value).map(NoCardReason::name).or_else(|| code_words(value)),
        _ => code_words(value),
    };
    known.map_or_else(|| value.to_owned(), str::to_owned)
}

fn code_words(value: &str) -> Option<&'static str> {
    VALUES.iter().find(|(code, _)| *code == value).map(|(_, words)| *words)
}

fn field(name: &str) -> Option<Field> {
    serde_json::from_value(serde_json::Value::from(name)).ok()
}

/// Every further fact in one line.
pub fn facts_text(record: &Record) -> String {
    let told = record.facts.iter().filter(|fact| !fact.values.is_empty());
    told.map(|fact| format!("{}：{}", fact_name(fact), fact_text(fact))).collect::<Vec<_>>().join("／")
}

/// What of a person was looked at, or what else was done with it.
pub fn viewed(record: &Record) -> String {
    let items = record.facts.iter().filter(|fact| matches!(fact.name.as_str(), "item" | "items"));
    let items: Vec<String> = items.map(fact_text).filter(|text| !text.is_empty()).collect();
    if items.is_empty() { actions::action(&record.action) } else { items.join("、") }
}

/// For what purpose; empty when none was given.
pub fn purpose(record: &Record) -> String {
    record.facts.iter().find(|fact| fact.name == "purpose").map(fact_text).unwrap_or_default()
}

/// The filter's word for an outcome.
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "成功",
        Outcome::Refused => "成功以外",
    }
}

/// Which device: the certificate's fingerprint, its first sixteen digits in fours.
pub fn device(certificate: &str) -> String {
    let digits: Vec<char> = certificate.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(name: &str, values: &[&str]) -> Fact {
        Fact { name: name.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    #[test]
    fn facts_are_told_in_words_and_unknown_ones_as_they_are() {
        let fields = fact("fields", &["email", "family_name", "wings"]);
        assert_eq!(
            (fact_name(&fields).as_str(), fact_text(&fields).as_str()),
            ("変更した項目", "メールアドレス、姓、wings")
        );
        assert_eq!(fact_text(&fact("kind", &["staff"])), "一般ユーザ");
        assert_eq!(fact_text(&fact("channel", &["sms"])), "SMS");
        assert_eq!(fact_text(&fact("purpose", &["no_card"])), NoCardReason::NoCard.name());
        assert_eq!(fact_text(&fact("purpose", &["list"])), "利用者一覧");
        assert_eq!(fact_name(&fact("device", &[])), "端末の種類");
        assert_eq!(fact_name(&fact("moon", &[])), "moon");
    }

    #[test]
    fn a_device_is_told_by_the_beginning_of_its_fingerprint() {
        assert_eq!(device("0123456789abcdef0123"), "0123 4567 89ab cdef");
        assert_eq!(device(""), "");
    }
}
