//! A remote platform: the process `platform-stand`, on a free port, ended by its handle.

use std::{path::PathBuf, process::Stdio, sync::Arc};

use domain::Timestamp;
use serde_json::{Value, json};
use server::{
    clock::{Ambient, Clock},
    platform::http::{HttpPlatform, HttpPlatformSettings, Patience},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// What callers must show.
pub(crate) const TOKEN: &str = "stand-token-7c1e";

/// A running stand. It also leaves by itself when this process ends.
pub(crate) struct Stand {
    process: Child,
    /// `127.0.0.1:…`.
    pub(crate) address: String,
    folder: TempDir,
    now: Timestamp,
    client: reqwest::Client,
}

impl Stand {
    /// With the demo's people as of `now`.
    pub(crate) async fn start(now: Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(token_file(&folder), TOKEN).unwrap();
        let (process, address) = spawn(&folder, now, 0).await;
        // Nothing here needs TLS, but without a provider no client is made.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
        Self { process, address, folder, now, client }
    }

    /// Ends the process and waits until it is gone.
    pub(crate) async fn end(&mut self) {
        self.process.kill().await.unwrap();
    }

    /// Starts it again where it was, with the same people.
    pub(crate) async fn start_again(&mut self) {
        (self.process, self.address) = spawn(&self.folder, self.now, self.port()).await;
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// A client of it with this patience.
    pub(crate) fn platform(&self, clock: Arc<dyn Clock>, patience: Patience) -> HttpPlatform {
        let settings = HttpPlatformSettings {
            url: format!("http://{}/r4", self.address).parse().unwrap(),
            token: TOKEN.into(),
            ca: None,
            patience,
        };
        let ambient = Ambient { clock, entropy: Arc::new(server::clock::SystemEntropy) };
        HttpPlatform::new(settings, ambient).unwrap()
    }

    /// How it behaves from now on; `{}`: as it should.
    pub(crate) async fn order(&self, order: &Value) {
        let request = self.client.put(format!("http://{}/stand/orders", self.address)).bearer_auth(TOKEN);
        let answer = request.header("content-type", "application/json").body(order.to_string()).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 204, "{order}");
    }

    /// Puts other values into its answers, by JSON pointer.
    pub(crate) async fn lie(&self, pointer: &str, value: &Value) {
        self.order(&json!({ "lie": { "set": [[pointer, value]] } })).await;
    }

    /// Requests so far, or those that it is at work on (`under_way`).
    pub(crate) async fn count(&self, what: &str) -> i64 {
        let request = self.client.get(format!("http://{}/stand/counts", self.address)).bearer_auth(TOKEN);
        let text = request.send().await.unwrap().text().await.unwrap();
        serde_json::from_str::<Value>(&text).unwrap()[what].as_i64().unwrap()
    }
}

fn token_file(folder: &TempDir) -> PathBuf {
    folder.path().join("token")
}

/// Starts the process and waits until it listens.
async fn spawn(folder: &TempDir, now: Timestamp, port: u16) -> (Child, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_platform-stand"))
        .arg("--token-file")
        .arg(token_file(folder))
        .arg("--dir")
        .arg(folder.path())
        .args(["--port", &port.to_string(), "--at", &(now.micros() / 1_000_000).to_string(), "--leave-with-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let address = lines.next_line().await.unwrap().expect("the stand's own words stand above");
    (process, address)
}
