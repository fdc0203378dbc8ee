//! The whole program against a real PC/SC service: its own pcscd, vpcd's virtual readers, virtual cards.
//!
//! Nothing is skipped: without pcscd, the vpcd driver or perl's PC/SC module, these tests fail. Each has its own service,
//! ports and settings, so that they run beside each other.

mod commands;
mod doors;
mod failures;
mod limits;
mod page;
mod reading;
mod set_up;
mod stand;
