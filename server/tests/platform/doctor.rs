//! `server doctor` and a remote platform.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::{
    house::NOW,
    stand::{Stand, TOKEN},
};

/// A configuration that fits, with this `[platform]` section.
fn write(folder: &Path, platform: &str) {
    std::fs::create_dir_all(folder.join("site")).unwrap();
    for file in ["server.pem", "server.key", "ca.pem"] {
        std::fs::write(folder.join(file), "").unwrap();
    }
    let text = format!(
        r#"site_dir = "site"
database.url = "sqlite:care.db"
public = {{ listen = "127.0.0.1:8080", origin = "https://care.example.jp" }}
sign_in = {{ listen = "127.0.0.1:8443", origin = "https://care.example.jp:8443" }}
tls = {{ certificate = "server.pem", key = "server.key" }}
client_ca.certificates = ["ca.pem"]
keys.master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
mail = {{ host = "mail.example.jp", from = "no-reply@care.example.jp" }}
support.phone = "0120-000-000"
[platform]
{platform}
"#
    );
    std::fs::write(folder.join("care.toml"), text).unwrap();
}

fn run(folder: &Path, command: &str) -> Output {
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"));
    server.args([command, "--config", "care.toml"]).current_dir(folder).env_remove("DATABASE_URL").output().unwrap()
}

/// What is said, and whether all is well.
fn doctor(folder: &Path) -> (bool, String) {
    let output = run(folder, "doctor");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_asks_the_remote_platform() {
    let mut stand = Stand::start(NOW).await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("token"), format!("{TOKEN}\n")).unwrap();
    let remote = format!("kind = \"http\"\nurl = \"http://{}/r4\"\ntoken_file = \"token\"", stand.address);
    write(folder, &remote);
    assert!(run(folder, "migrate").status.success());
    let (well, said) = doctor(folder);
    assert!(well && said.contains("the remote platform answers"), "{said}");
    write(folder, &format!("{remote}\nca_file = \"nowhere.pem\""));
    assert!(doctor(folder).1.contains("platform.ca_file: expected a file, found none at nowhere.pem"));
    write(folder, &format!("{remote}\nca_file = \"ca.pem\""));
    assert!(doctor(folder).1.contains("platform.ca_file: no PEM certificate in it"));
    write(folder, &remote);
    std::fs::write(folder.join("token"), "another").unwrap();
    let (well, said) = doctor(folder);
    assert!(!well && said.contains("platform.url: the platform is not available"), "{said}");
    assert!(said.contains("status 401") && !said.contains("another"), "{said}");
    stand.end().await;
    let (well, said) = doctor(folder);
    assert!(!well && said.contains("no connection"), "{said}");
    write(folder, "kind = \"embedded\"");
    assert!(doctor(folder).0);
}
