//! The mailbox as a process: started, misdirected, read, and gone when dropped.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

use reqwest::{Client, Method};
use serde::Deserialize;
use tokio::time::{Instant, sleep};

/// A message as `/mail.json` and `/sms.json` give it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Arrived {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) message_id: String,
}

#[derive(Deserialize)]
struct Ports {
    smtp: u16,
    http: u16,
}

/// A running mailbox.
pub(crate) struct Mailbox {
    child: Child,
    ports: Ports,
    client: Client,
}

/// How long a test waits for what should happen within moments.
const PATIENCE: Duration = Duration::from_secs(20);

fn end2end() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end")
}

/// Installs the mailbox's packages unless they are there; once for all tests.
fn install() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        if end2end().join("node_modules/smtp-server").is_dir() {
            return;
        }
        let status = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(end2end()).status();
        let done = status.unwrap_or_else(|error| panic!("these tests need npm (Node.js 20 or newer): {error}"));
        assert!(done.success(), "`npm ci` in end2end failed; these tests need its packages");
    });
}

impl Mailbox {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// With more command-line flags.
    pub(crate) fn start_with(flags: &[&str]) -> Self {
        install();
        let mut child = Command::new("node")
            .arg(end2end().join("mailbox"))
            .args(["--smtp", "0", "--http", "0"])
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("these tests need node (Node.js 20 or newer): {error}"));
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ports = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the mailbox did not start: {line:?}"));
        // Only this client wants a default; what is under test brings its own.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { child, ports, client: Client::new() }
    }

    pub(crate) fn smtp_port(&self) -> u16 {
        self.ports.smtp
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.http)
    }

    async fn ask(&self, method: Method, path: &str) -> reqwest::Response {
        let request = self.client.request(method, format!("{}{path}", self.url()));
        request.send().await.unwrap().error_for_status().unwrap()
    }

    /// `normal`, `refuse`, `hang`, `hang-after-data`, `defer` or `reject`.
    pub(crate) async fn smtp(&self, mode: &str) {
        self.ask(Method::POST, &format!("/smtp/{mode}")).await;
    }

    /// `normal`, `hang` or the status to answer with.
    pub(crate) async fn sms(&self, mode: &str) {
        self.ask(Method::POST, &format!("/sms/{mode}")).await;
    }

    async fn list(&self, path: &str) -> Vec<Arrived> {
        serde_json::from_slice(&self.ask(Method::GET, path).await.bytes().await.unwrap()).unwrap()
    }

    pub(crate) async fn mails(&self) -> Vec<Arrived> {
        self.list("/mail.json").await
    }

    pub(crate) async fn short_messages(&self) -> Vec<Arrived> {
        self.list("/sms.json").await
    }

    /// The mails, once there are `count`.
    pub(crate) async fn mails_when(&self, count: usize) -> Vec<Arrived> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mails = self.mails().await;
            if mails.len() >= count {
                return mails;
            }
            assert!(Instant::now() < deadline, "{} of {count} mails arrived", mails.len());
            sleep(Duration::from_millis(25)).await;
        }
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
