//! G: setting a password of one's own.

mod api;
mod fields;
mod g01_forgotten;
mod g02_sent;
mod g03_new;
mod g04_done;
mod g05_change;

pub use api::{
    AdvisePassword, ChangePassword, ForgotPassword, PasswordLeaveOf, SetPassword, advise_password, change_password,
    forgot_password, password_leave_of, set_password,
};
pub use g01_forgotten::G01Forgotten;
pub use g02_sent::G02Sent;
pub use g03_new::G03New;
pub use g04_done::G04Done;
pub use g05_change::G05Change;
