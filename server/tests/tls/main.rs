//! Certificates and the TLS listeners, with real handshakes on loopback.

mod authority;
mod certificates;
mod client;
mod demo_pki;
mod handshakes;
mod listener;
mod operation;
