//! The remote platform's certificate: of the configured authority, or no answer.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use server::{
    clock::{Ambient, SystemEntropy},
    platform::{
        PlatformError,
        http::{HttpPlatform, HttpPlatformError, HttpPlatformSettings},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::house::{ManualClock, patience};

/// Answers every request with a name card; gives its port and the certificate (PEM) that vouches for itself.
async fn listener() -> (u16, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("localhost:0").await.unwrap());
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let body = r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1"}"#;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nConnection: close\r\n";
            let _ = stream.read(&mut [0; 4_096]).await;
            let _ = stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (port, certificate.pem())
}

fn client(port: u16, ca: Option<Vec<u8>>) -> Result<HttpPlatform, HttpPlatformError> {
    let url = format!("https://localhost:{port}/").parse().unwrap();
    let settings = HttpPlatformSettings { url, token: "t".into(), ca, patience: patience() };
    HttpPlatform::new(settings, Ambient { clock: ManualClock::new(), entropy: Arc::new(SystemEntropy) })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configured_authority_is_believed_and_no_other() {
    let (port, own) = listener().await;
    let (_, other) = listener().await;
    assert_eq!(client(port, Some(own.clone().into_bytes())).unwrap().check().await, Ok(()));
    assert_eq!(client(port, Some((other.clone() + &own).into_bytes())).unwrap().check().await, Ok(()));
    for ca in [None, Some(other.into_bytes())] {
        assert_eq!(client(port, ca).unwrap().check().await, Err(PlatformError::Away));
    }
    for ca in ["", "no certificate"] {
        assert!(matches!(client(port, Some(ca.into())), Err(HttpPlatformError::Ca)), "{ca}");
    }
}
