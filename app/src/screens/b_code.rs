//! B: one-time codes.

mod api;
mod b01_send;
mod b02_code;
mod b11_method;
mod b12_own_code;

#[cfg(feature = "ssr")]
pub(crate) use api::go_on;
pub use api::{
    RedeemCode, RedeemRecoveryCode, ResendCode, SendCode, redeem_code, redeem_recovery_code, resend_code, send_code,
};
pub use b01_send::B01Send;
pub use b02_code::{B02Code, B12Code};
pub use b11_method::B11Method;
