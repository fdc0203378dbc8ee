//! The demo's offices and people. Everything is made up; the manual's two sample rows are among them.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    account::{AccountKind, LoginId, PersonName, ServiceCode, days_before},
    contact::{Email, Phone},
    job::Job,
};
use secrecy::SecretString;

use crate::{
    services::{
        Core,
        office_import::{self, ImportError, ImportRow},
    },
    storage::{
        StoreError,
        accounts::{self, Account},
        news::{self, StoredNews},
        offices,
    },
};

/// お知らせ of the demo, the oldest first.
const NEWS: [(&str, &str); 2] = [
    (
        "デモ環境のデータについて",
        "この環境の事業所、ユーザ、利用者は、すべて架空のものです。\n\nメールとSMSは実際には送られず、デモ環境の受信箱に届きます。",
    ),
    (
        "ワンタイム認証コードのメールが届かないとき",
        "受信制限をしている場合は、本サービスのドメインからのメールを受信できるように設定してください。\n\n設定しても届かないときは、「よくあるご質問」をご覧ください。",
    ),
];

/// One of the demo's offices and its 事業所ユーザ.
pub struct DemoOffice {
    /// 事業所番号 (passes the check digit).
    pub number: &'static str,
    /// 事業所名.
    pub name: &'static str,
    /// ユーザID of its 事業所ユーザ.
    pub login_id: &'static str,
    /// Its password.
    pub password: &'static str,
    /// `None`: no security code is set, A-3 is skipped.
    pub security_code: Option<&'static str>,
    /// Empty: no mail address is registered.
    pub email: &'static str,
}

/// The demo's offices. The third has no security code; the fourth 事業所ユーザ has no mail address.
pub const OFFICES: [DemoOffice; 4] = [
    DemoOffice {
        number: "2372101440",
        name: "デモ介護センターひまわり",
        login_id: "KJ123456789012",
        password: "Himawari2025",
        security_code: Some("sakura77"),
        email: "himawari@office.example.jp",
    },
    DemoOffice {
        number: "1370200030",
        name: "デモ訪問看護ステーションあおぞら",
        login_id: "KJ200000000001",
        password: "Aozora2025",
        security_code: Some("aozora88"),
        email: "aozora@office.example.jp",
    },
    DemoOffice {
        number: "2770300057",
        name: "デモ特別養護老人ホームみなと",
        login_id: "KJ300000000001",
        password: "Minato2025",
        security_code: None,
        email: "minato@office.example.jp",
    },
    DemoOffice {
        number: "0170400071",
        name: "デモ居宅介護支援事業所つばさ",
        login_id: "KJ400000000001",
        password: "Tsubasa2025",
        security_code: None,
        email: "",
    },
];

/// Password of every demo 管理者 and 一般ユーザ.
pub const MEMBER_PASSWORD: &str = "demo-himawari-2025";

/// Those whose password counts as an initial one: their first sign-in asks for another.
pub const FIRST_SIGN_IN: [&str; 2] = ["NursingUserA001", "NursingStaffB003"];

/// 一般ユーザ of the first office; the second has no mail address, only a phone.
pub const STAFF: &[Sample] = &[
    ("NursingStaffB000", ["鈴木", "一郎", "すずき", "いちろう"], &["16"], &[Job::CareWorker], 5),
    ("NursingStaffB001", ["山本", "花子", "やまもと", "はなこ"], &["11", "A2"], &[Job::ServiceProvider], 9),
    ("NursingStaffB002", ["阿部", "学", "あべ", "まなぶ"], &["15"], &[Job::LifeCounsellor], 14),
    ("NursingStaffB003", ["藤井", "結衣", "ふじい", "ゆい"], &["43"], &[Job::CareManager], 20),
    ("NursingStaffB004", ["石井", "正", "いしい", "ただし"], &["17"], &[Job::EquipmentAdviser], 44),
];

/// 一般ユーザ who can only be reached by SMS.
pub const PHONE_ONLY: &str = "NursingStaffB001";

/// ユーザID, 姓, 名, せい, めい, services, jobs, days since registration.
pub type Sample = (&'static str, [&'static str; 4], &'static [&'static str], &'static [Job], i64);

/// 管理者 of the first office; the second office has the first two.
pub const SAMPLES: &[Sample] = &[
    ("NursingUserA000", ["田中", "蓮", "たなか", "れん"], &["16", "A7"], &[Job::CareManager], 2),
    ("NursingUserA001", ["佐藤", "美咲", "さとう", "みさき"], &["11"], &[Job::ServiceProvider], 3),
    ("NursingUserA002", ["髙橋", "健一", "たかはし", "けんいち"], &["15", "78"], &[Job::FacilityManager], 3),
    (
        "NursingUserA003",
        ["渡邉", "さくら", "わたなべ", "さくら"],
        &["43"],
        &[Job::CareManager, Job::FacilityManager],
        4,
    ),
    ("NursingUserA004", ["小林", "陽一", "こばやし", "よういち"], &["A8"], &[Job::CareManager, Job::CareWorker], 6),
    ("NursingUserA005", ["山﨑", "千尋", "やまざき", "ちひろ"], &["13"], &[Job::Nurse], 8),
    ("NursingUserA006", ["伊藤", "大輔", "いとう", "だいすけ"], &["14", "16"], &[Job::Therapist], 10),
    ("NursingUserA007", ["中村", "和子", "なかむら", "かずこ"], &["51"], &[Job::LifeCounsellor], 12),
    ("NursingUserA008", ["𠮷田", "誠", "よしだ", "まこと"], &["17", "41"], &[Job::EquipmentAdviser], 15),
    ("NursingUserA009", ["加藤", "由美子", "かとう", "ゆみこ"], &["21", "24"], &[Job::Nutritionist], 18),
    ("NursingUserA010", ["吉川", "翔太", "よしかわ", "しょうた"], &["11", "15"], &[Job::CareWorker], 21),
    ("NursingUserA011", ["斎藤", "恵", "さいとう", "めぐみ"], &["43", "46"], &[Job::CareManager], 25),
    ("NursingUserA012", ["松本", "隆", "まつもと", "たかし"], &["76"], &[Job::Planner], 30),
    ("NursingUserA013", ["井上", "真由美", "いのうえ", "まゆみ"], &["73", "75"], &[Job::CareWorker], 34),
    ("NursingUserA014", ["木村", "拓", "きむら", "たく"], &["12"], &[Job::CareWorker], 40),
    ("NursingUserA015", ["林", "優子", "はやし", "ゆうこ"], &["31"], &[Job::Physician], 45),
    ("NursingUserA016", ["清水", "直樹", "しみず", "なおき"], &["A3", "A7"], &[Job::Clerk], 51),
    ("NursingUserA017", ["森", "あゆみ", "もり", "あゆみ"], &["54"], &[Job::Nurse], 58),
    ("NursingUserA018", ["池田", "浩二", "いけだ", "こうじ"], &["33"], &[Job::FacilityManager], 66),
    ("NursingUserA019", ["橋本", "奈々", "はしもと", "なな"], &["32", "37"], &[Job::Planner, Job::CareWorker], 75),
    ("NursingUserA020", ["長谷川", "龍之介", "はせがわ", "りゅうのすけ"], &["77"], &[Job::CareManager], 85),
    ("NursingUserA021", ["石川", "光", "いしかわ", "ひかる"], &["72"], &[Job::Other], 96),
    ("NursingUserA022", ["前田", "久美", "まえだ", "くみ"], &["52"], &[Job::Therapist, Job::CareWorker], 110),
];

/// A 管理者ユーザ of the first office that was deleted some days ago and can still be restored.
pub const DELETED: Sample = ("NursingUserA023", ["岡田", "進", "おかだ", "すすむ"], &["11"], &[Job::CareWorker], 120);

/// What was decided about some of the samples' use, so that every state of a list is there to be seen.
const STANDINGS: &[(&str, StandingSample)] = &[
    ("NursingUserA005", StandingSample { signed_in: Some(1), ..NOTHING }),
    ("NursingUserA007", StandingSample { signed_in: Some(2), ..NOTHING }),
    ("NursingUserA009", StandingSample { signed_in: Some(0), ..NOTHING }),
    ("NursingUserA012", StandingSample { signed_in: Some(9), suspended: Some(3), ..NOTHING }),
    ("NursingUserA013", StandingSample { signed_in: Some(20), expired: Some(4), ..NOTHING }),
    ("NursingUserA014", StandingSample { signed_in: Some(8), locked: Some(1), ..NOTHING }),
    ("NursingUserA021", StandingSample { signed_in: Some(95), ..NOTHING }),
    ("NursingUserA023", StandingSample { signed_in: Some(30), deleted: Some(5), ..NOTHING }),
];

/// Days since each of these things happened, if they did.
struct StandingSample {
    signed_in: Option<i64>,
    locked: Option<i64>,
    suspended: Option<i64>,
    expired: Option<i64>,
    deleted: Option<i64>,
}

const NOTHING: StandingSample =
    StandingSample { signed_in: None, locked: None, suspended: None, expired: None, deleted: None };

/// Why the demo's data could not be made.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum SeedError {
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the demo's own data breaks a rule: {0}")]
    Data(&'static str),
    #[error("a demo password could not be hashed")]
    Hash,
}

/// Fills an empty database; does nothing when the first office is there already.
pub async fn seed(core: &Core) -> Result<(), SeedError> {
    let mut tx = core.db.read().await?;
    if offices::find_by_number(&mut tx, OFFICES[0].number).await?.is_some() {
        return Ok(());
    }
    drop(tx);
    let rows: Vec<(u64, ImportRow)> = (1..).zip(OFFICES.iter().map(row)).collect();
    office_import::import(core, &rows).await?;
    let hash = core.passwords.hash(&core.ambient, MEMBER_PASSWORD.into()).await.map_err(|_| SeedError::Hash)?;
    let mut tx = core.db.write().await?;
    for office in OFFICES.iter().take(2) {
        let stored = offices::find_by_number(&mut tx, office.number).await?.ok_or(SeedError::Data("office"))?;
        // Two of them for the second office, so that "another office's account" is there to be tried.
        let count = if office.number == OFFICES[0].number { SAMPLES.len() } else { 2 };
        for sample in SAMPLES.iter().take(count) {
            let prefix = prefix_of(office);
            let account = member(core, stored.id, AccountKind::Administrator, prefix, sample, hash.clone())?;
            accounts::insert(&mut tx, &account).await?;
        }
        if office.number == OFFICES[0].number {
            let deleted = member(core, stored.id, AccountKind::Administrator, "", &DELETED, hash.clone())?;
            accounts::insert(&mut tx, &deleted).await?;
        }
        let staff = if office.number == OFFICES[0].number { STAFF } else { &STAFF[..1] };
        for sample in staff {
            let account = member(core, stored.id, AccountKind::Staff, prefix_of(office), sample, hash.clone())?;
            accounts::insert(&mut tx, &account).await?;
        }
    }
    for (title, body) in NEWS {
        let (id, published_at) = (core.ambient.id(), core.ambient.now());
        let (title, body) = (title.to_owned(), body.to_owned());
        news::insert(&mut tx, &StoredNews { id, published_at, ends_at: None, title, body }).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn row(office: &DemoOffice) -> ImportRow {
    ImportRow {
        office_number: office.number.to_owned(),
        office_name: office.name.to_owned(),
        login_id: office.login_id.to_owned(),
        email: office.email.to_owned(),
        password: office.password.into(),
        password_hash: SecretString::default(),
        security_code: office.security_code.unwrap_or_default().into(),
        security_code_hash: SecretString::default(),
    }
}

/// IDs are unique over all offices.
pub(super) fn prefix_of(office: &DemoOffice) -> &'static str {
    if office.number == OFFICES[0].number { "" } else { "Aozora" }
}

/// Where a sample's mail goes.
pub fn email_of(login_id: &str) -> String {
    format!("{}@member.example.jp", login_id.to_lowercase())
}

/// A sample's phone number: 070-0000 and the last four of a checksum, so that each has one of its own.
pub fn phone_of(login_id: &str) -> String {
    let sum = login_id.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 10_000);
    format!("0700000{sum:04}")
}

fn member(
    core: &Core,
    office_id: uuid::Uuid,
    kind: AccountKind,
    prefix: &str,
    (login_id, [family, given, family_kana, given_kana], services, jobs, days): &Sample,
    hash: SecretString,
) -> Result<Account, SeedError> {
    let login_id = format!("{prefix}{login_id}");
    let ago = |days: Option<i64>| days.map(|days| days_before(core.ambient.now(), days));
    let registered: Timestamp = days_before(core.ambient.now(), *days);
    let standing = STANDINGS.iter().find(|(id, _)| *id == login_id).map_or(&NOTHING, |(_, standing)| standing);
    let services: Option<BTreeSet<ServiceCode>> = services.iter().map(|code| ServiceCode::from_code(code)).collect();
    let reachable_by_mail = login_id != PHONE_ONLY;
    let email = Email::parse(&email_of(&login_id)).map_err(|_| SeedError::Data("email"))?;
    let phone = Phone::parse(&phone_of(&login_id)).map_err(|_| SeedError::Data("phone"))?;
    Ok(Account {
        id: core.ambient.id(),
        office_id,
        kind,
        login_id: LoginId::parse(&login_id).map_err(|_| SeedError::Data("login_id"))?.to_string(),
        name: Some(PersonName {
            family: (*family).to_owned(),
            given: (*given).to_owned(),
            family_kana: (*family_kana).to_owned(),
            given_kana: (*given_kana).to_owned(),
        }),
        services: services.ok_or(SeedError::Data("services"))?,
        jobs: jobs.iter().copied().collect(),
        email: reachable_by_mail.then_some(email),
        phone: Some(phone),
        created_at: registered,
        changed_at: registered,
        last_sign_in_at: ago(standing.signed_in),
        locked_at: ago(standing.locked),
        suspended_at: ago(standing.suspended),
        expires_at: ago(standing.expired).map(|then| Timestamp::start_of(then.date())),
        deleted_at: ago(standing.deleted),
        version: 1,
        password_hash: hash,
        password_initial: FIRST_SIGN_IN.contains(&login_id.as_str()),
        password_expires_at: None,
        security_code_hash: None,
    })
}

#[cfg(test)]
mod tests {
    use domain::office::OfficeNumber;

    use super::OFFICES;

    #[test]
    fn demo_office_numbers_pass_the_check_digit() {
        for office in &OFFICES {
            assert!(OfficeNumber::parse(office.number).unwrap().check_digit_fits(), "{}", office.number);
        }
    }
}
