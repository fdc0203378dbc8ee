//! An authenticator in software: a P-256 key behind the two answers of `WebAuthn`, each part of which a test can spoil.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    browser::{Browser, Page},
    service::SIGN_IN,
};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// One passkey in one authenticator.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// The `user.id` that it was made for.
    pub(crate) user: Vec<u8>,
    /// Uses so far; grows by one before each answer.
    pub(crate) counter: u32,
    /// The page that it believes to be on.
    pub(crate) origin: String,
    /// The relying party that it believes to answer.
    pub(crate) relying_party: String,
    /// Whether it asks for a finger, a face or a PIN.
    pub(crate) verifies: bool,
}

/// A challenge as the browser gets it.
pub(crate) struct Challenge {
    pub(crate) token: String,
    pub(crate) options: Value,
}

/// Asks for a challenge as the page's script does.
pub(crate) async fn challenge(browser: &mut Browser, function: &str) -> Challenge {
    let answer = browser.call(function, &[]).await;
    assert_eq!(answer.status, 200, "{function}: {}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    let text = |name: &str| value[name].as_str().unwrap().to_owned();
    Challenge { token: text("token"), options: serde_json::from_str(&text("options")).unwrap() }
}

impl Device {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        let id = Sha256::digest(key.public_key().as_ref())[..16].to_vec();
        let relying_party = url::Url::parse(SIGN_IN).unwrap().host_str().unwrap().to_owned();
        Self { key, id, user: Vec::new(), counter: 0, origin: SIGN_IN.to_owned(), relying_party, verifies: true }
    }

    fn client_data(&self, ceremony: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["challenge"];
        json!({ "type": ceremony, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn authenticator_data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.relying_party.as_bytes()).to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The answer of `navigator.credentials.create`.
    pub(crate) fn create(&mut self, options: &Value) -> String {
        self.user = BASE64.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let mut data = self.authenticator_data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // COSE: an EC2 key for ES256 on P-256, x and y.
        let public = self.key.public_key().as_ref();
        data.extend([0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&public[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&public[33..]);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}.
        let mut object = b"\xA3\x63fmt\x64none\x67attStmt\xA0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let response = json!({
            "clientDataJSON": BASE64.encode(self.client_data("webauthn.create", options)),
            "attestationObject": BASE64.encode(object),
            "transports": ["internal"],
        });
        self.credential(&response)
    }

    /// The answer of `navigator.credentials.get`.
    pub(crate) fn answer(&mut self, options: &Value) -> String {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", options);
        let data = self.authenticator_data(0);
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "clientDataJSON": BASE64.encode(client_data),
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature.as_ref()),
            "userHandle": BASE64.encode(&self.user),
        });
        self.credential(&response)
    }

    fn credential(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }

    /// Adds itself to the account that is signed in.
    pub(crate) async fn add_to(&mut self, browser: &mut Browser, name: &str) -> Page {
        let Challenge { token, options } = challenge(browser, "start_adding_passkey").await;
        let credential = self.create(&options);
        let fields = [("challenge", token.as_str()), ("credential", &credential), ("passkey_name", name)];
        browser.post_form("/account/passkeys/new", "add_passkey", &fields).await
    }

    /// Signs in on A-4.
    pub(crate) async fn sign_in(&mut self, browser: &mut Browser) -> Page {
        let Challenge { token, options } = challenge(browser, "start_passkey_sign_in").await;
        let credential = self.answer(&options);
        post_answer(browser, &token, &credential).await
    }
}

/// Posts an answer on A-4.
pub(crate) async fn post_answer(browser: &mut Browser, token: &str, credential: &str) -> Page {
    let fields = [("challenge", token), ("credential", credential)];
    browser.post_form("/sign-in/member", "sign_in_with_passkey", &fields).await
}
