//! E-1 with many people in the deployment, a thousand in each office, as the service answers it: what of certificates is shown
//! is written into the audit trail first, and counts.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use app::{
    error::CertificateProblem,
    services::{
        Actor, CareLeave, Door, RequestInfo,
        care::{PEOPLE_PAGE_ROWS, PeoplePage, PeopleQuery},
    },
};
use domain::{
    account::AccountKind,
    care::{CareLevel, Day, Sex},
};
use server::{
    services::Core,
    storage::{
        accounts::Account,
        care::{Charge, Snapshot, insert, person_id},
    },
};
use uuid::Uuid;

use super::{
    list::{CALLS, FEW, Times, compare, settle},
    names::{name, part_of_a_reading},
    report::Report,
    stage::{OFFICE, PASSWORD, add, core, member, office, office_numbered},
};

/// Measures one office's thousand people, alone and then among so many.
pub(crate) async fn measure(report: &mut Report, url: &str, people: usize) {
    let core = core(url).await;
    let own = office(&core).await;
    let hash = core.passwords.hash(&core.ambient, PASSWORD.into()).await.expect("a hash");
    let viewer = member(&core, own, "benchviewer0", name(0), &hash);
    add(&core, std::slice::from_ref(&viewer)).await;
    fill(&core, own, 0..FEW).await;
    settle(url, "care_charges").await;
    let few = times(&core, &viewer).await;
    for start in (FEW..people).step_by(FEW) {
        let office = office_numbered(&core, &format!("23{:08}", start / FEW)).await;
        fill(&core, office, start..start + FEW).await;
    }
    settle(url, "care_charges").await;
    let many = times(&core, &viewer).await;
    compare(report, core.db.engine(), &format!("{people} people against {FEW}"), few, many);
    core.db.close().await;
}

async fn fill(core: &Core, office_id: Uuid, numbers: std::ops::Range<usize>) {
    let mut tx = core.db.write().await.expect("a transaction");
    for n in numbers {
        let person = person_id(&mut tx, &format!("bench-{n:07}"), core.ambient.id()).await.expect("a person");
        assert!(insert(&mut tx, &charge(core, office_id, person, n)).await.expect("a 担当"));
    }
    tx.commit().await.expect("a commit");
}

fn charge(core: &Core, office_id: Uuid, person_id: Uuid, n: usize) -> Charge {
    let day = |text| Day::parse(text).expect("a day");
    Charge {
        id: core.ambient.id(),
        office_id,
        person_id,
        person: Snapshot {
            insurer_number: "231001".to_owned(),
            insurer_name: "計測市".to_owned(),
            insured_number: format!("{n:010}"),
            name: name(n),
            born_on: day("1940-04-01"),
            sex: Sex::Female,
            level: CareLevel::from_code("21"),
            until: Some(day("2027-03-31")),
            changed_at: core.ambient.now(),
        },
        identified_by: "items".to_owned(),
        purpose: "care_plan".to_owned(),
        started_at: core.ambient.now(),
        started_by: Uuid::nil(),
    }
}

async fn times(core: &Core, viewer: &Account) -> Times {
    let (leave, request) = (leave(viewer), request());
    let mut all: Times = ["people, first page", "people, last page", "people, search for a part of a reading"]
        .map(|what| (what, vec![]))
        .into();
    let last = u32::try_from(FEW).expect("few").div_ceil(PEOPLE_PAGE_ROWS);
    for n in 0..CALLS {
        let search = part_of_a_reading(n * 331 % FEW);
        let queries = [
            PeopleQuery::default(),
            PeopleQuery { page: last, ..PeopleQuery::default() },
            PeopleQuery { search, ..PeopleQuery::default() },
        ];
        for (times, query) in all.iter_mut().zip(queries) {
            let (time, page) = call(core, &leave, &request, &query).await;
            assert!(!page.rows.is_empty());
            times.1.push(time);
        }
    }
    all
}

async fn call(core: &Core, leave: &CareLeave, request: &RequestInfo, query: &PeopleQuery) -> (Duration, PeoplePage) {
    let care = core.services().care;
    let start = Instant::now();
    let page = care.list(leave, request, query).await.expect("a page");
    (start.elapsed(), page)
}

fn leave(viewer: &Account) -> CareLeave {
    let actor = Actor {
        account_id: viewer.id,
        login_id: viewer.login_id.clone(),
        kind: AccountKind::Staff,
        office_id: viewer.office_id,
        office_number: OFFICE.to_owned(),
        office_name: String::new(),
        session_id: Uuid::nil(),
        confirmed: false,
    };
    actor.care().expect("staff see care information")
}

fn request() -> RequestInfo {
    RequestInfo {
        door: Door::SignIn,
        origin: String::new(),
        request_id: "BENCH".to_owned(),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        user_agent: String::new(),
        certificate: Err(CertificateProblem::Missing),
        session_token: None,
        sign_in_token: None,
        device_token: None,
        return_to: None,
    }
}
