//! The platform behind care information: both implementations against one contract, and a remote one that is slow, away,
//! or lies. The remote one is `platform-stand`, a process of its own.

#[path = "../support/mod.rs"]
mod support;

mod contract;
mod doctor;
mod faults;
mod house;
mod lies;
mod load;
mod log;
mod stand;
mod tls;
