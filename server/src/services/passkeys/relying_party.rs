//! What passkeys are bound to: the host name under which people sign in, and the origins of its pages.

use std::sync::Arc;

use url::Url;
use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, CredentialID, DiscoverableAuthentication, Passkey,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, Uuid, Webauthn,
    WebauthnBuilder, WebauthnError,
};

/// Under which name authenticators list this service.
const NAME: &str = "介護保険資格確認等WEBサービス";

/// Passkeys cannot be bound to this address.
#[derive(Debug, thiserror::Error)]
#[error("passkeys need an origin with a host name (not an IP address); {0} is none")]
pub struct RelyingPartyError(String);

/// The two ceremonies of `WebAuthn`, user verification required in both. Cheap to clone.
///
/// Its challenges come from the operating system's generator, past [`crate::clock::Ambient`]: `webauthn-rs` takes none
/// from outside.
#[derive(Clone, Debug)]
pub struct RelyingParty(Arc<Webauthn>);

impl RelyingParty {
    /// Bound to the host name of the first origin. The pages of every other one, of the same host, may use the passkeys
    /// as well.
    ///
    /// Errors: an origin without a host name, or of another host.
    pub fn new(origin: &str, others: &[&str]) -> Result<Self, RelyingPartyError> {
        let refused = |origin: &str| RelyingPartyError(origin.to_owned());
        let parse = |origin: &str| Url::parse(origin).map_err(|_| refused(origin));
        let first = parse(origin)?;
        let host = first.domain().ok_or_else(|| refused(origin))?;
        let mut builder = WebauthnBuilder::new(host, &first).map_err(|_| refused(origin))?.rp_name(NAME);
        for other in others {
            let url = parse(other)?;
            if url.domain() != Some(host) {
                return Err(refused(other));
            }
            builder = builder.append_allowed_origin(&url);
        }
        Ok(Self(Arc::new(builder.build().map_err(|_| refused(origin))?)))
    }

    /// A challenge for a new passkey that can be found without a user name.
    pub(super) fn start_registration(
        &self,
        account_id: Uuid,
        login_id: &str,
        shown_name: &str,
        known: Vec<CredentialID>,
    ) -> Result<(CreationChallengeResponse, PasskeyRegistration), WebauthnError> {
        let (mut challenge, state) =
            self.0.start_passkey_registration(account_id, login_id, shown_name, Some(known))?;
        if let Some(selection) = &mut challenge.public_key.authenticator_selection {
            // The library leaves it to the authenticator; A-4 asks for no user name, so it must be discoverable.
            selection.require_resident_key = true;
            selection.resident_key = Some(webauthn_rs_proto::ResidentKeyRequirement::Required);
        }
        Ok((challenge, state))
    }

    pub(super) fn finish_registration(
        &self,
        answer: &RegisterPublicKeyCredential,
        state: &PasskeyRegistration,
    ) -> Result<Passkey, WebauthnError> {
        self.0.finish_passkey_registration(answer, state)
    }

    /// A challenge for any passkey of this service, or only for one of `known` if there are any.
    pub(super) fn start_authentication(
        &self,
        known: Vec<CredentialID>,
    ) -> Result<(RequestChallengeResponse, DiscoverableAuthentication), WebauthnError> {
        let (mut challenge, state) = self.0.start_discoverable_authentication()?;
        // How it is asked for is the page's to say.
        challenge.mediation = None;
        let allowed = known.into_iter().map(|id| webauthn_rs_proto::AllowCredentials {
            type_: "public-key".to_owned(),
            id: id.as_slice().to_vec(),
            transports: None,
        });
        challenge.public_key.allow_credentials = allowed.collect();
        Ok((challenge, state))
    }

    /// Judges an answer by the stored passkey: signature, origin, challenge, user verification, and a counter that must
    /// have grown.
    pub(super) fn finish_authentication(
        &self,
        answer: &PublicKeyCredential,
        state: DiscoverableAuthentication,
        passkey: &Passkey,
    ) -> Result<AuthenticationResult, WebauthnError> {
        self.0.finish_discoverable_authentication_v2(answer, state, passkey)
    }
}

#[cfg(test)]
mod tests {
    use super::RelyingParty;

    #[test]
    fn origins_of_one_host_name_are_taken_and_no_others() {
        assert!(RelyingParty::new("https://care.example.jp:8443", &[]).is_ok());
        assert!(RelyingParty::new("https://localhost:8444", &["http://localhost:8080"]).is_ok());
        assert!(RelyingParty::new("https://localhost:8444", &["https://care.example.jp"]).is_err());
        assert!(RelyingParty::new("https://192.0.2.1:8443", &[]).is_err());
        assert!(RelyingParty::new("care.example.jp", &[]).is_err());
    }
}
