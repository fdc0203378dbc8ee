//! From `exec` to `/readyz`, and what the server takes while nobody comes.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::Client;
use server::demo::pki::DemoPki;
use tempfile::TempDir;

use super::{
    report::{Report, memory, millis, percentile},
    stage::{OFFICE, ambient, core},
};

const STARTS: usize = 15;

pub(crate) async fn measure(report: &mut Report, server: &Path, site_dir: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("care.db").display());
    core(&database).await.db.close().await;
    let port = configure(&folder, &database, site_dir);
    let client = Client::builder().tls_danger_accept_invalid_certs(true).pool_max_idle_per_host(0).build();
    let client = client.expect("a client");
    let mut times = Vec::new();
    let mut idle = 0.0;
    for round in 0..STARTS {
        let start = Instant::now();
        let mut child = spawn(server, &folder);
        wait(&client, port, &mut child).await;
        times.push(start.elapsed());
        if round + 1 == STARTS {
            tokio::time::sleep(Duration::from_secs(3)).await;
            idle = memory(&child.id().to_string(), "VmRSS");
        }
        child.kill().expect("its end");
        child.wait().expect("its end");
    }
    let median = percentile(&mut times, 50);
    report.bar("exec to /readyz, median", &millis(median), "50 ms", median < Duration::from_millis(50));
    report.bar("memory while idle", &format!("{idle:.1} MB"), "25 MB", idle < 25.0);
}

fn spawn(server: &Path, folder: &TempDir) -> Child {
    let settings = folder.path().join("care.toml");
    let mut command = Command::new(server);
    command.arg("serve").arg("--config").arg(settings).env_remove("DATABASE_URL").stdout(Stdio::null());
    command.stderr(Stdio::inherit()).spawn().expect("the server: build it with `cargo build --release -p server`")
}

async fn wait(client: &Client, port: u16, child: &mut Child) {
    let address = format!("https://localhost:{port}/readyz");
    for _ in 0..10_000 {
        if client.get(&address).send().await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        assert!(child.try_wait().expect("a process").is_none(), "the server ended");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("the server does not become ready");
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn configure(folder: &TempDir, database: &str, site_dir: &Path) -> u16 {
    let path = folder.path();
    let pki = DemoPki::ensure(&path.join("pki"), &[(OFFICE, "計測用事業所")], ambient().now()).expect("certificates");
    let (public, sign_in) = (free_port(), free_port());
    let text = format!(
        r#"
site_dir = "{site_dir}"
database.url = {database:?}
public = {{ listen = "127.0.0.1:{public}", origin = "https://localhost:{public}" }}
sign_in = {{ listen = "127.0.0.1:{sign_in}", origin = "https://localhost:{sign_in}" }}
tls = {{ certificate = "{certificate}", key = "{key}" }}
client_ca = {{ certificates = ["{ca}"], crls = ["{crl}"] }}
keys.master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
mail = {{ host = "127.0.0.1", security = "none", from = "no-reply@care.example.jp" }}
support.phone = "0120-000-000"
log.level = "error"
"#,
        site_dir = site_dir.display(),
        certificate = pki.server_certificate.display(),
        key = pki.server_key.display(),
        ca = pki.ca.display(),
        crl = pki.crl.display(),
    );
    fs::write(path.join("care.toml"), text).expect("a configuration");
    public
}
