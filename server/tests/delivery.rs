//! The outbox and its worker against a real mail server and SMS gateway (`end2end/mailbox`), which the tests stop, hang
//! and read.

#[path = "delivery/house.rs"]
mod house;
#[path = "delivery/mail.rs"]
mod mail;
#[path = "delivery/mailbox.rs"]
mod mailbox;
#[path = "delivery/secrecy.rs"]
mod secrecy;
#[path = "delivery/sms.rs"]
mod sms;
#[path = "delivery/tls.rs"]
mod tls;
#[path = "delivery/workers.rs"]
mod workers;
