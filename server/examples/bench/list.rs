//! D-1 and D-11 with many users, all of one office: the first page, a page far down, and a search for a part of a reading.
//!
//! A page far down is reached as people reach it, from its neighbour; the answer's time is that of the whole service call.

use std::time::{Duration, Instant};

use app::{
    routes::Members,
    services::{
        Actor, ManageMembers,
        accounts::{AccountPage, Anchor, ListQuery, PAGE_ROWS},
    },
};
use domain::account::{AccountKind, PersonName};
use server::services::Core;
use sqlx::{Connection, PgConnection, SqliteConnection};
use uuid::Uuid;

use super::{
    report::{Report, millis, percentile},
    stage::{OFFICE, add, core, member, office},
};

/// Calls of each kind.
const CALLS: usize = 300;

const FEW: usize = 1_000;

/// Parts of family names: each of one pair is as frequent as the other.
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

/// Measures few users, then so many, on one database.
pub(crate) async fn measure(report: &mut Report, url: &str, users: usize) {
    let core = core(url).await;
    let office = office(&core).await;
    let leave = leave(office);
    fill(&core, office, 0..FEW).await;
    settle(url).await;
    let few = times(&core, &leave, FEW).await;
    fill(&core, office, FEW..users).await;
    settle(url).await;
    let many = times(&core, &leave, users).await;
    let engine = core.db.engine();
    let counted = format!("p50 / p99 of {CALLS}");
    Report::note(&format!("{engine}: {users} users against {FEW}"), &counted);
    for ((what, mut few), (_, mut many)) in few.into_iter().zip(many) {
        let (half, slow) = (percentile(&mut many, 50), percentile(&mut many, 99));
        let times = half.as_secs_f64() / percentile(&mut few, 50).as_secs_f64();
        let figure = format!("{} / {}", millis(half), millis(slow));
        report.bar(&format!("{engine}: {what}"), &figure, "p99 10 ms", slow <= Duration::from_millis(10));
        report.bar(&format!("{engine}: {what}, p50 ratio"), &format!("{times:.2}x"), "2x", times <= 2.0);
    }
    core.db.close().await;
}

fn leave(office_id: Uuid) -> ManageMembers {
    let actor = Actor {
        account_id: Uuid::nil(),
        login_id: "KJ123456789012".to_owned(),
        kind: AccountKind::Office,
        office_id,
        office_number: OFFICE.to_owned(),
        office_name: String::new(),
        session_id: Uuid::nil(),
        confirmed: false,
    };
    actor.manage(Members::Staff).expect("office users manage staff")
}

fn name(n: usize) -> PersonName {
    let family_kana = format!("{}{}", FIRST[n % FIRST.len()], SECOND[n / FIRST.len() % SECOND.len()]);
    let given_kana = GIVEN[n / 7 % GIVEN.len()].to_owned();
    PersonName { family: format!("姓{}", n % 480), given: format!("名{}", n / 7 % 40), family_kana, given_kana }
}

async fn fill(core: &Core, office: Uuid, numbers: std::ops::Range<usize>) {
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g".into();
    let accounts: Vec<_> = numbers.map(|n| member(core, office, &format!("bench{n:06}"), name(n), &hash)).collect();
    add(core, &accounts).await;
}

/// What the engines do by themselves in time: statistics, and pages that need no second look.
async fn settle(url: &str) {
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.expect("the database");
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.expect("a checkpoint");
    } else {
        let mut connection = PgConnection::connect(url).await.expect("the database");
        sqlx::query("VACUUM ANALYZE accounts").execute(&mut connection).await.expect("a vacuum");
    }
}

type Times = Vec<(&'static str, Vec<Duration>)>;

async fn times(core: &Core, leave: &ManageMembers, users: usize) -> Times {
    let first = ListQuery::default();
    let mut all = vec![("first page", vec![]), ("page far down", vec![]), ("search for a part of a reading", vec![])];
    let middle = u32::try_from(users).expect("not that many") / PAGE_ROWS / 2;
    let mut beside = call(core, leave, &ListQuery { page: middle, ..first.clone() }).await.1;
    for n in 0..CALLS {
        all[0].1.push(call(core, leave, &first).await.0);
        let anchor = beside.rows.last().map(|row| Anchor::After(row.id));
        let (time, next) = call(core, leave, &ListQuery { page: beside.page + 1, anchor, ..first.clone() }).await;
        all[1].1.push(time);
        // Once more from the middle when the end is near.
        beside = if u64::from(next.page) * u64::from(PAGE_ROWS) < next.total { next } else { beside };
        // 「だれん」, 「わみさ」: across the border of a family and a given name, as they stand in the search text.
        let PersonName { family_kana, given_kana, .. } = name(n * 331 % users);
        let end: String = family_kana.chars().skip(family_kana.chars().count().saturating_sub(1)).collect();
        let search = end + &given_kana.chars().take(2).collect::<String>();
        let (time, found) = call(core, leave, &ListQuery { search, ..first.clone() }).await;
        assert!(found.total > 0);
        all[2].1.push(time);
    }
    all
}

async fn call(core: &Core, leave: &ManageMembers, query: &ListQuery) -> (Duration, AccountPage) {
    let accounts = core.services().accounts;
    let start = Instant::now();
    let page = accounts.list(leave, query).await.expect("a page");
    (start.elapsed(), page)
}
