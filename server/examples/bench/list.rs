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
use domain::account::AccountKind;
use server::services::Core;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use uuid::Uuid;

use super::{
    names::{name, part_of_a_reading, reading},
    report::{Report, millis, percentile},
    stage::{OFFICE, add, core, member, office},
};

/// Calls of each kind.
pub(crate) const CALLS: usize = 300;

/// Three characters of it.
const PART_OF_A_READING: &str = "search for a part of a reading";

/// What the many are compared with.
pub(crate) const FEW: usize = 1_000;

/// Measures few users, then so many, on one database.
pub(crate) async fn measure(report: &mut Report, url: &str, users: usize) {
    let core = core(url).await;
    let office = office(&core).await;
    let leave = leave(office);
    fill(&core, office, 0..FEW).await;
    settle(url, "accounts").await;
    let few = times(&core, &leave, FEW).await;
    fill(&core, office, FEW..users).await;
    settle(url, "accounts").await;
    let many = times(&core, &leave, users).await;
    compare(report, core.db.engine(), &format!("{users} users against {FEW}"), few, many);
    core.db.close().await;
}

/// p99 with its bar, and how much longer the many take.
pub(crate) fn compare(report: &mut Report, engine: &str, title: &str, few: Times, many: Times) {
    Report::note(&format!("{engine}: {title}"), &format!("p50 / p99 of {CALLS}"));
    for ((what, mut few), (_, mut many)) in few.into_iter().zip(many) {
        let (half, slow) = (percentile(&mut many, 50), percentile(&mut many, 99));
        let times = half.as_secs_f64() / percentile(&mut few, 50).as_secs_f64();
        let figure = format!("{} / {}", millis(half), millis(slow));
        report.bar(&format!("{engine}: {what}"), &figure, "p99 10 ms", slow <= Duration::from_millis(10));
        if what == PART_OF_A_READING {
            // Among so many people it is found so many times as often.
            Report::note(&format!("{engine}: {what}, p50 ratio"), &format!("{times:.2}x"));
        } else {
            report.bar(&format!("{engine}: {what}, p50 ratio"), &format!("{times:.2}x"), "2x", times <= 2.0);
        }
    }
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

async fn fill(core: &Core, office: Uuid, numbers: std::ops::Range<usize>) {
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g".into();
    let accounts: Vec<_> = numbers.map(|n| member(core, office, &format!("bench{n:06}"), name(n), &hash)).collect();
    add(core, &accounts).await;
}

/// What the engines do by themselves in time: statistics, and pages that need no second look.
pub(crate) async fn settle(url: &str, table: &str) {
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.expect("the database");
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.expect("a checkpoint");
    } else {
        let mut connection = PgConnection::connect(url).await.expect("the database");
        sqlx::query(AssertSqlSafe(format!("VACUUM ANALYZE {table}"))).execute(&mut connection).await.expect("a vacuum");
    }
}

/// What was called, and how long each call took.
pub(crate) type Times = Vec<(&'static str, Vec<Duration>)>;

async fn times(core: &Core, leave: &ManageMembers, users: usize) -> Times {
    let first = ListQuery::default();
    let mut all: Times = ["first page", "page far down", PART_OF_A_READING, "search for a whole reading"]
        .map(|what| (what, vec![]))
        .into();
    let middle = u32::try_from(users).expect("not that many") / PAGE_ROWS / 2;
    let mut beside = call(core, leave, &ListQuery { page: middle, ..first.clone() }).await.1;
    for n in 0..CALLS {
        all[0].1.push(call(core, leave, &first).await.0);
        let anchor = beside.rows.last().map(|row| Anchor::After(row.id));
        let (time, next) = call(core, leave, &ListQuery { page: beside.page + 1, anchor, ..first.clone() }).await;
        all[1].1.push(time);
        // Once more from the middle when the end is near.
        beside = if u64::from(next.page) * u64::from(PAGE_ROWS) < next.total { next } else { beside };
        let n = n * 331 % users;
        for (times, search) in all[2..].iter_mut().zip([part_of_a_reading(n), reading(n)]) {
            let (time, found) = call(core, leave, &ListQuery { search, ..first.clone() }).await;
            assert!(found.total > 0);
            times.1.push(time);
        }
    }
    all
}

async fn call(core: &Core, leave: &ManageMembers, query: &ListQuery) -> (Duration, AccountPage) {
    let accounts = core.services().accounts;
    let start = Instant::now();
    let page = accounts.list(leave, query).await.expect("a page");
    (start.elapsed(), page)
}
