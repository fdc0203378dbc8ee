//! What each kind of client experiences at each listener.

use app::error::CertificateProblem::{Expired, Missing, Revoked, UnknownIssuer};
use rustls::{HandshakeKind, ProtocolVersion};
use server::{
    config::TlsVersion,
    demo::pki::DemoCertificateKind::{self, Foreign, Valid},
    http::tls::TlsDoor,
};

use super::{
    authority::OFFICE,
    client::Client,
    listener::{Certificates, Running, said},
};

fn client(certificates: &Certificates, kind: DemoCertificateKind) -> Client {
    let shown = certificates.of(kind);
    Client::modern(&certificates.pki.ca, Some((&shown.certificate, &shown.key)))
}

#[tokio::test]
async fn at_the_sign_in_door_every_certificate_reaches_the_handler_and_is_judged_there() {
    let certificates = Certificates::new();
    let running = Running::start(certificates.sign_in(), &certificates.store);
    let kinds = [(Valid, OFFICE.to_owned())].into_iter().chain([
        (DemoCertificateKind::Expired, said(Expired)),
        (DemoCertificateKind::Revoked, said(Revoked)),
        (Foreign, said(UnknownIssuer)),
    ]);
    for (kind, answer) in kinds {
        let reply = client(&certificates, kind).get(running.address, "/").await.unwrap();
        assert_eq!((reply.status, reply.body), (200, answer), "{kind:?}");
        assert_eq!(reply.version, Some(ProtocolVersion::TLSv1_3));
    }
    let none = Client::modern(&certificates.pki.ca, None);
    assert_eq!(none.get(running.address, "/").await.unwrap().body, said(Missing));
}

#[tokio::test]
async fn browsers_are_told_whose_certificates_fit() {
    let certificates = Certificates::new();
    let running = Running::start(certificates.sign_in(), &certificates.store);
    let client = Client::modern(&certificates.pki.ca, None);
    client.get(running.address, "/").await.unwrap();
    let names: Vec<Vec<u8>> =
        certificates.store.current().subjects().iter().map(|name| name.as_ref().to_vec()).collect();
    assert_eq!(client.asked(), Some(names));
}

#[tokio::test]
async fn the_public_door_never_asks() {
    let certificates = Certificates::new();
    let door = TlsDoor::public(certificates.tls(TlsVersion::V1_3)).unwrap();
    let running = Running::start(door, &certificates.store);
    let client = client(&certificates, Valid);
    assert_eq!(client.get(running.address, "/").await.unwrap().body, said(Missing));
    assert_eq!(client.asked(), None);
}

#[tokio::test]
async fn http2_carries_the_certificate_too() {
    let certificates = Certificates::new();
    let running = Running::start(certificates.sign_in(), &certificates.store);
    let reply = client(&certificates, Valid).get_http2(running.address, "/").await.unwrap();
    assert_eq!(reply.body, OFFICE);
}

#[tokio::test]
async fn a_certificate_without_its_key_proves_nothing() {
    let certificates = Certificates::new();
    let door = TlsDoor::sign_in(certificates.tls(TlsVersion::V1_2), certificates.store.clone()).unwrap();
    let running = Running::start(door, &certificates.store);
    let (shown, other) = (certificates.of(Valid), certificates.of(Foreign));
    let identity = Some((shown.certificate.as_path(), other.key.as_path()));
    for thief in [Client::modern(&certificates.pki.ca, identity), Client::old(&certificates.pki.ca, identity)] {
        assert!(thief.get(running.address, "/").await.is_err());
    }
}

#[tokio::test]
async fn a_resumed_connection_still_has_its_certificate() {
    let certificates = Certificates::new();
    let door = TlsDoor::sign_in(certificates.tls(TlsVersion::V1_2), certificates.store.clone()).unwrap();
    let running = Running::start(door, &certificates.store);
    let shown = certificates.of(Valid);
    let identity = Some((shown.certificate.as_path(), shown.key.as_path()));
    for client in [Client::modern(&certificates.pki.ca, identity), Client::old(&certificates.pki.ca, identity)] {
        for kind in [HandshakeKind::Full, HandshakeKind::Resumed] {
            let reply = client.get(running.address, "/").await.unwrap();
            assert_eq!((reply.kind, reply.body.as_str()), (Some(kind), OFFICE), "{:?}", reply.version);
        }
    }
}

#[tokio::test]
async fn a_session_of_the_public_door_is_not_resumed_at_the_sign_in_door() {
    let certificates = Certificates::new();
    let door = TlsDoor::public(certificates.tls(TlsVersion::V1_3)).unwrap();
    let (public, sign_in) =
        (Running::start(door, &certificates.store), Running::start(certificates.sign_in(), &certificates.store));
    let client = client(&certificates, Valid);
    client.get(public.address, "/").await.unwrap();
    let reply = client.get(sign_in.address, "/").await.unwrap();
    assert_eq!((reply.kind, reply.body.as_str()), (Some(HandshakeKind::Full), OFFICE));
}

#[tokio::test]
async fn tls_1_2_is_spoken_only_when_configured() {
    let certificates = Certificates::new();
    let strict = Running::start(certificates.sign_in(), &certificates.store);
    let door = TlsDoor::sign_in(certificates.tls(TlsVersion::V1_2), certificates.store.clone()).unwrap();
    let lenient = Running::start(door, &certificates.store);
    let shown = certificates.of(Valid);
    let old = Client::old(&certificates.pki.ca, Some((&shown.certificate, &shown.key)));
    assert!(old.get(strict.address, "/").await.is_err());
    let reply = old.get(lenient.address, "/").await.unwrap();
    assert_eq!((reply.version, reply.body.as_str()), (Some(ProtocolVersion::TLSv1_2), OFFICE));
}
