//! A: before and at the start of signing in.

mod a01_top;
mod a02_office;
mod a03_security_code;
mod a04_member;
mod a05_certificate;
mod a09_signed_out;
mod api;

pub use a01_top::A01Top;
pub use a02_office::A02Office;
pub use a03_security_code::A03SecurityCode;
pub use a04_member::A04Member;
pub use a05_certificate::A05Certificate;
pub use a09_signed_out::A09SignedOut;
#[cfg(feature = "ssr")]
pub(crate) use api::step_route;
pub use api::{
    ConfirmSecurityCode, ExtendSession, SignInProgress, SignOut, StartMember, StartOffice, confirm_security_code,
    extend_session, sign_in_progress, sign_out, start_member, start_of, start_office,
};
