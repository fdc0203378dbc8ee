//! P: one's own account.

mod api;
mod authenticator;
mod confirm;
mod history;
mod p01_account;
mod passkey_button;
mod passkeys;
mod recovery_codes;
mod sessions;
mod sign_in_ways;

pub use api::{
    AccountOverview, AddPasskeyAnswer, AuthenticatorSetupPage, ConfirmPassword, ConfirmWithPasskey,
    CredentialsConfirmed, EndOtherSessions, EndSession, NewPasskeyName, PasskeyToRemove, RegisterAuthenticatorCode,
    RemoveAuthenticator, RemovePasskey, RenewRecoveryCodes, SignInWithPasskey, StartAddingPasskey,
    StartPasskeyConfirmation, StartPasskeySignIn, account_overview, add_passkey, authenticator_setup, confirm_password,
    confirm_with_passkey, credentials_confirmed, end_other_sessions, end_session, new_passkey_name, passkey_to_remove,
    register_authenticator, remove_authenticator, remove_passkey, renew_recovery_codes, sign_in_with_passkey,
    start_adding_passkey, start_passkey_confirmation, start_passkey_sign_in,
};
pub use authenticator::{RegisterAuthenticator, RemoveAuthenticatorPage};
pub use confirm::ConfirmAccount;
pub use p01_account::P01Account;
pub use passkey_button::{Ceremony, PasskeyForm};
pub use passkeys::{AddPasskey, RemovePasskeyPage};
pub use recovery_codes::RecoveryCodes;
