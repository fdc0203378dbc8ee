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
/// How often they all sign in.
const TURNS: u32 = 6;
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
    post_form(client, origin, "start_member", &[("login_id", login_id.to_owned()), ("password", password.to_owned())])
        .await
}

async fn post_form(client: &Client, origin: &str, function: &str, form: &[(&str, String)]) -> StatusCode {
    let request = client.post(format!("{origin}/api/{function}")).header("accept", "application/json");
    let answer = request.header("origin", origin).form(form).send().await.expect("an answer");
    let status = answer.status();
    answer.bytes().await.expect("the whole answer");
    status
}

/// 200 people sign in at once, again and again, in turn with the hashes alone: machines have moods.
pub(crate) async fn throughput(report: &mut Report, site_dir: &Path) {
    let service = with_people(site_dir).await;
    let client = Client::builder().build().expect("a client");
    let mut alone = hashes(&service).await;
    let resting = memory("self", "VmRSS");
    // From here on the high-water mark is that of the sign-ins.
    std::fs::write("/proc/self/clear_refs", "5").expect("the right to reset one's own mark");
    let (mut signing_in, mut refused) = (Duration::ZERO, 0);
    for _ in 0..TURNS {
        let start = Instant::now();
        refused += sign_ins(&service, &client).await;
        signing_in += start.elapsed();
        alone += hashes(&service).await;
    }
    let peak = memory("self", "VmHWM");

    let cost = Cost::default();
    let rate = |blocks: u32, time: Duration| f64::from(blocks * PEOPLE) / time.as_secs_f64();
    let (sign_ins, alone) = (rate(TURNS, signing_in), rate(TURNS + 1, alone));
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

/// All of them sign in at once; answers how many were refused.
async fn sign_ins(service: &Service, client: &Client) -> usize {
    stream::iter(0..PEOPLE)
        .map(|n| {
            let (client, origin) = (client.clone(), service.origin.clone());
            tokio::spawn(async move { post(&client, &origin, &format!("bench{n:05}"), PASSWORD).await })
        })
        .buffer_unordered(PEOPLE as usize)
        .filter(|status| {
            std::future::ready(!matches!(status, Ok(status) if status.is_success() || status.is_redirection()))
        })
        .count()
        .await
}

/// How long as many hashes take on the same workers.
async fn hashes(service: &Service) -> Duration {
    let start = Instant::now();
    let hash = |_| {
        let core = service.core.clone();
        async move { core.passwords.hash(&core.ambient, PASSWORD.into()).await.expect("a hash") }
    };
    stream::iter(0..PEOPLE).map(hash).buffer_unordered(PEOPLE as usize).count().await;
    start.elapsed()
}

/// Signing in as somebody unknown, with a wrong password, while locked; then asking for a link on G-1.
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
    alike(report, ["unknown ID", "wrong password", "locked"], async |kind, n| {
        let ids = [format!("nobody{n:05}"), format!("bench{n:05}"), format!("bench{:05}", n + PEOPLE)];
        let status = post(&client, &service.origin, &ids[kind], "wrong-password").await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    })
    .await;
    alike(report, ["G-1: unknown ID", "G-1: another's address", "G-1: a link is sent"], async |kind, n| {
        let id = if kind == 0 { format!("nobody{n:05}") } else { format!("bench{n:05}") };
        let whose = if kind == 1 { n + 1 } else { n };
        let form = [("login_id", id), ("contact", format!("bench{whose:05}@bench.example.jp"))];
        let status = post_form(&client, &service.origin, "forgot_password", &form).await;
        assert!(status.is_success() || status.is_redirection(), "{status}");
    })
    .await;
}

/// Each kind of answer in turn, each time about somebody else: the medians tell nothing apart.
async fn alike(report: &mut Report, names: [&str; 3], ask: impl AsyncFn(usize, u32)) {
    let mut times: [Vec<Duration>; 3] = Default::default();
    for n in 0..SAMPLES {
        // Each kind comes first, second and third equally often.
        for place in 0..3 {
            let kind = (place + n as usize) % 3;
            let start = Instant::now();
            ask(kind, n).await;
            times[kind].push(start.elapsed());
        }
    }
    let medians = times.map(|mut samples| percentile(&mut samples, 50));
    for (name, median) in names.into_iter().zip(medians) {
        Report::note(&format!("median answer: {name}"), &millis(median));
    }
    let (least, most) = (medians.iter().min().expect("three"), medians.iter().max().expect("three"));
    let apart = (most.as_secs_f64() / least.as_secs_f64() - 1.0) * 100.0;
    report.bar("difference of these medians", &format!("{apart:.1}%"), "5%", apart <= 5.0);
}
