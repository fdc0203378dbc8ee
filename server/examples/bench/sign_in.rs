//! Signing in: as fast as the hashes allow, within bounded memory, and at the same pace whatever the answer is.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::{Timestamp, account::PersonName, sign_in::Failures};
use futures::{StreamExt, stream};
use reqwest::{Client, StatusCode};
use server::{
    services::passwords::Cost,
    storage::guards::{self, Scope},
};

use super::{
    report::{Report, memory, millis, percentile},
    stage::{PASSWORD, Service, add, member},
};

const PEOPLE: u32 = 200;
/// Sign-ins, and hashes to compare them with.
const ROUNDS: u32 = 800;
/// Samples of each kind of answer.
const SAMPLES: u32 = 150;

async fn with_people(site_dir: &Path) -> Service {
    let service = Service::start(site_dir).await;
    let hash = service.core.passwords.hash(&service.core.ambient, PASSWORD.into()).await.expect("a hash");
    let name = || PersonName {
        family: "田中".to_owned(),
        given: "蓮".to_owned(),
        family_kana: "たなか".to_owned(),
        given_kana: "れん".to_owned(),
    };
    let person = |n| member(&service.core, service.office, &format!("bench{n:05}"), name(), &hash);
    add(&service.core, &(0..2 * PEOPLE).map(person).collect::<Vec<_>>()).await;
    service
}

/// Posts A-4 as the script does.
async fn post(client: &Client, origin: &str, login_id: &str, password: &str) -> StatusCode {
    let form = [("login_id", login_id), ("password", password)];
    let request = client.post(format!("{origin}/api/start_member")).header("accept", "application/json");
    let answer = request.header("origin", origin).form(&form).send().await.expect("an answer");
    let status = answer.status();
    answer.bytes().await.expect("the whole answer");
    status
}

/// 200 people sign in at once, again and again; the hashes alone before and after, since machines have moods.
pub(crate) async fn throughput(report: &mut Report, site_dir: &Path) {
    let service = with_people(site_dir).await;
    let client = Client::builder().build().expect("a client");
    let before = hashes(&service).await;
    let resting = memory("self", "VmRSS");
    // From here on the high-water mark is that of the sign-ins.
    std::fs::write("/proc/self/clear_refs", "5").expect("the right to reset one's own mark");
    let start = Instant::now();
    let refused = stream::iter(0..ROUNDS)
        .map(|n| {
            let (client, origin) = (client.clone(), service.origin.clone());
            tokio::spawn(async move { post(&client, &origin, &format!("bench{:05}", n % PEOPLE), PASSWORD).await })
        })
        .buffer_unordered(PEOPLE as usize)
        .filter(|status| {
            std::future::ready(!matches!(status, Ok(status) if status.is_success() || status.is_redirection()))
        })
        .count()
        .await;
    let sign_ins = rate(start);
    let peak = memory("self", "VmHWM");
    let alone = f64::midpoint(before, hashes(&service).await);

    let cost = Cost::default();
    Report::note("hashes alone at the shipped parameters", &format!("{alone:.1}/s"));
    report.bar("sign-ins refused under 200 at once", &refused.to_string(), "0", refused == 0);
    let part = sign_ins / alone * 100.0;
    let figure = format!("{sign_ins:.1}/s = {part:.0}%");
    report.bar("sign-ins over HTTP, 200 at once", &figure, "90% of the hashes alone", part >= 90.0);
    let cap = f64::from(u32::try_from(cost.concurrent).expect("a few")) * f64::from(cost.memory_kib) / 1_024.0 + 32.0;
    let bar = format!("{} hashes and 32 MB", cost.concurrent);
    let grown = peak - resting;
    report.bar("memory that 200 at once take, both ends", &format!("{grown:.1} MB"), &bar, grown <= cap);
}

fn rate(start: Instant) -> f64 {
    f64::from(ROUNDS) / start.elapsed().as_secs_f64()
}

/// Hashes a second on the same workers.
async fn hashes(service: &Service) -> f64 {
    let start = Instant::now();
    let hash = |_| {
        let core = service.core.clone();
        async move { core.passwords.hash(&core.ambient, PASSWORD.into()).await.expect("a hash") }
    };
    stream::iter(0..ROUNDS).map(hash).buffer_unordered(PEOPLE as usize).count().await;
    rate(start)
}

/// Unknown, wrong and locked, one after the other, each time somebody else: the medians tell nothing apart.
pub(crate) async fn equal_answers(report: &mut Report, site_dir: &Path) {
    let service = with_people(site_dir).await;
    let client = Client::builder().build().expect("a client");
    let mut tx = service.core.db.write().await.expect("a transaction");
    let now = service.core.ambient.now();
    let locked = Failures { count: 0, locks: 1, locked_until: Some(Timestamp::plus_minutes(now, 600)) };
    for n in PEOPLE..2 * PEOPLE {
        guards::put(&mut tx, Scope::LoginId, &format!("bench{n:05}"), &locked, now).await.expect("a lock");
    }
    tx.commit().await.expect("a commit");
    let mut times: [Vec<Duration>; 3] = Default::default();
    for n in 0..SAMPLES {
        let ids = [format!("nobody{n:05}"), format!("bench{n:05}"), format!("bench{:05}", n + PEOPLE)];
        // Each kind comes first, second and third equally often.
        for place in 0..3 {
            let kind = (place + n as usize) % 3;
            let start = Instant::now();
            let status = post(&client, &service.origin, &ids[kind], "wrong-password").await;
            times[kind].push(start.elapsed());
            assert_eq!(status, StatusCode::UNAUTHORIZED);
        }
    }
    let medians = times.map(|mut samples| percentile(&mut samples, 50));
    for (name, median) in ["unknown ID", "wrong password", "locked"].into_iter().zip(medians) {
        Report::note(&format!("median answer: {name}"), &millis(median));
    }
    let (least, most) = (medians.iter().min().expect("three"), medians.iter().max().expect("three"));
    let apart = (most.as_secs_f64() / least.as_secs_f64() - 1.0) * 100.0;
    report.bar("difference of these medians", &format!("{apart:.1}%"), "5%", apart <= 5.0);
}
