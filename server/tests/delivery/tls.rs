//! The way to the mail server: encrypted, with a certificate that somebody vouches for, or not at all.

use std::{path::PathBuf, sync::Arc};

use domain::{Timestamp, contact::Email};
use rcgen::{CertificateParams, KeyPair};
use server::delivery::{
    sender::{Failure, Letter, MailSender},
    smtp::{Security, SmtpSender, SmtpSettings},
};
use tempfile::TempDir;

use crate::{house::OFFICE, mailbox::Mailbox};

struct Certificate {
    directory: TempDir,
    pem: Vec<u8>,
}

impl Certificate {
    /// For `localhost`, vouching for itself.
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("cert.pem"), certificate.pem()).unwrap();
        std::fs::write(directory.path().join("key.pem"), key.serialize_pem()).unwrap();
        Self { directory, pem: certificate.pem().into_bytes() }
    }

    fn path(&self, name: &str) -> String {
        let path: PathBuf = self.directory.path().join(name);
        path.to_str().unwrap().to_owned()
    }

    fn mailbox(&self, more: &[&str]) -> Mailbox {
        let (cert, key) = (self.path("cert.pem"), self.path("key.pem"));
        Mailbox::start_with(&[&["--tls-cert", &cert, "--tls-key", &key], more].concat())
    }
}

async fn send(mailbox: &Mailbox, security: Security, extra_ca: Option<&Certificate>) -> Result<(), Failure> {
    let sender = SmtpSender::new(SmtpSettings {
        host: "localhost".to_owned(),
        port: mailbox.smtp_port(),
        security,
        sign_in: None,
        from: "noreply@kaigo.example.jp".to_owned(),
        extra_ca: extra_ca.map(|certificate| certificate.pem.clone()),
    });
    let letter = Letter {
        id: uuid::Uuid::from_u128(1),
        to: Email::parse(OFFICE).unwrap(),
        subject: "件名".to_owned(),
        text: "本文\n".to_owned(),
        written_at: Timestamp::from_seconds(1_738_854_000),
    };
    let sender: Arc<dyn MailSender> = Arc::new(sender.unwrap());
    // The second goes over the kept connection.
    sender.send(&letter).await?;
    sender.send(&letter).await
}

#[tokio::test]
async fn starttls_and_tls_work_with_a_house_certificate() {
    let certificate = Certificate::new();
    for (flags, security) in [(&[][..], Security::StartTls), (&["--implicit-tls"], Security::Tls)] {
        let mailbox = certificate.mailbox(flags);
        assert_eq!(send(&mailbox, security, Some(&certificate)).await, Ok(()), "{security:?}");
        assert_eq!(mailbox.mails().await.len(), 2);
    }
}

#[tokio::test]
async fn a_server_nobody_vouches_for_gets_nothing() {
    let certificate = Certificate::new();
    for (flags, security) in [(&[][..], Security::StartTls), (&["--implicit-tls"], Security::Tls)] {
        let mailbox = certificate.mailbox(flags);
        assert_eq!(send(&mailbox, security, None).await, Err(Failure::Unreachable), "{security:?}");
        assert!(mailbox.mails().await.is_empty());
    }
}

#[tokio::test]
async fn a_server_without_starttls_gets_nothing() {
    let mailbox = Mailbox::start();
    assert_eq!(send(&mailbox, Security::StartTls, None).await, Err(Failure::Misconfigured));
    assert!(mailbox.mails().await.is_empty());
}
