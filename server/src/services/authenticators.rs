//! Authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds, as every app has them) and recovery codes.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        OwnCredentials, RequestInfo,
        authenticators::{AuthenticatorSetup, Authenticators, QrPicture},
    },
};
use async_trait::async_trait;
use domain::{
    form::{Field, Problem},
    one_time_code, recovery_code,
};
use qrcode::{Color, QrCode};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Core, audit::Row, notices::tell};
use crate::{
    delivery::Message,
    storage::{
        StoreError, Tx, accounts,
        authenticators::{self, Authenticator, Redeemed},
    },
};

/// Bytes of a secret: as long as SHA-1's output, which RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// Seconds of a time step.
const STEP_SECONDS: u64 = 30;

/// Minutes for which a secret is offered again before the app gave its first code.
const SETUP_MINUTES: i64 = 30;

/// Under which name apps list the account.
const ISSUER: &str = "資格確認等WEBサービス";

/// [`Authenticators`] on our own database.
pub struct AuthenticatorService(pub Core);

fn context(account_id: Uuid) -> Vec<u8> {
    [b"authenticators/".as_slice(), account_id.as_bytes()].concat()
}

/// The app's secret, opened. Errors: `Internal` (sealed with another key).
fn open(core: &Core, app: &Authenticator) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    core.keys.open(&context(app.account_id), &app.secret).map(Zeroizing::new).map_err(|error| {
        tracing::error!(error.message = %error, "an authenticator's secret");
        ApiError::Internal
    })
}

fn totp(secret: &[u8]) -> Result<Totp, ApiError> {
    // One step of skew on each side, the builder's own default, for clocks that are a little off.
    let secret = Secret::from(secret.to_vec());
    Builder::new().with_step_duration(STEP_SECONDS).with_secret(secret).build().map_err(|_| ApiError::Internal)
}

/// The time step, near the present one, whose code `digits` is. Whether it was used already is the storage's to say.
pub(super) fn matching_step(core: &Core, app: &Authenticator, digits: &str) -> Result<Option<i64>, ApiError> {
    let now = u64::try_from(core.ambient.now().micros() / 1_000_000).unwrap_or(0);
    let step = totp(&open(core, app)?)?.check(digits, now);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// Binds a recovery code to its account.
fn code_context(account_id: Uuid) -> Vec<u8> {
    [b"recovery/".as_slice(), account_id.as_bytes()].concat()
}

/// Uses up a recovery code. While keys are being changed, one hashed with the key before is as good: nobody but its owner
/// knows the code, so it cannot be hashed anew.
///
/// Errors: the database.
pub(super) async fn redeem_recovery_code(
    core: &Core,
    tx: &mut Tx,
    account_id: Uuid,
    code: &str,
) -> Result<Redeemed, StoreError> {
    let (context, now) = (code_context(account_id), core.ambient.now());
    let hash = core.keys.code_hash(&context, code);
    let redeemed = authenticators::redeem_recovery_code(tx, account_id, &hash, now).await?;
    match core.keys.previous_code_hash(&context, code) {
        Some(hash) if redeemed == Redeemed::Unknown => {
            authenticators::redeem_recovery_code(tx, account_id, &hash, now).await
        }
        _ => Ok(redeemed),
    }
}

/// Recovery codes of an account that are left and would be taken.
///
/// Errors: the database.
pub(super) async fn recovery_codes_left(core: &Core, tx: &mut Tx, account_id: Uuid) -> Result<i64, StoreError> {
    authenticators::recovery_codes_left(tx, account_id, core.keys.id(), core.keys.previous_id()).await
}

/// As [`super::terminals::seal_anew`], for the secrets of authenticator apps.
///
/// Errors: the database.
pub async fn seal_anew(core: &Core, tx: &mut Tx) -> Result<usize, StoreError> {
    let mut done = 0;
    for app in authenticators::sealed_otherwise(tx, core.keys.id(), 100).await? {
        let Ok(secret) = core.keys.open(&context(app.account_id), &app.secret).map(Zeroizing::new) else {
            tracing::warn!(account.id = %app.account_id, "the key of an app's secret is missing; set keys.previous");
            continue;
        };
        let sealed = core.keys.seal(&core.ambient, &context(app.account_id), &secret);
        authenticators::seal_anew(tx, app.account_id, &sealed, core.keys.id()).await?;
        done += 1;
    }
    Ok(done)
}

impl AuthenticatorService {
    /// New recovery codes in the place of earlier ones.
    async fn new_codes(&self, tx: &mut Tx, account_id: Uuid) -> Result<Vec<String>, ApiError> {
        let core = &self.0;
        let codes: Vec<String> =
            (0..recovery_code::COUNT).map(|_| recovery_code::write(core.ambient.bytes())).collect();
        let context = code_context(account_id);
        let hashes: Vec<Vec<u8>> = codes.iter().map(|code| core.keys.code_hash(&context, code)).collect();
        authenticators::replace_recovery_codes(tx, account_id, &hashes, core.keys.id()).await?;
        Ok(codes)
    }

    /// Audit row and notice of a change that the owner made.
    async fn note(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        own: &OwnCredentials,
        action: &str,
        what: &str,
    ) -> Result<(), ApiError> {
        let now = self.0.ambient.now();
        Row::new(now, request, ScreenId::P1, action).actor(own.actor()).write(tx).await?;
        let account = accounts::find(tx, own.actor().account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let message = Message::AccountChanged { what: what.to_owned(), when: now, by: "ご本人".to_owned() };
        tell(&self.0, tx, &account, &message).await
    }

    /// Nothing is counted: the secret was shown to the very person who types.
    async fn refuse(&self, mut tx: Tx, request: &RequestInfo, own: &OwnCredentials) -> Result<Vec<String>, ApiError> {
        let row = Row::new(self.0.ambient.now(), request, ScreenId::P1, "authenticator.add").actor(own.actor());
        row.result("refused").write(&mut tx).await?;
        tx.commit().await?;
        Err(ApiError::field(Field::AppCode, Problem::Wrong))
    }
}

#[async_trait]
impl Authenticators for AuthenticatorService {
    async fn setup(&self, own: &OwnCredentials) -> Result<AuthenticatorSetup, ApiError> {
        let core = &self.0;
        let account_id = own.actor().account_id;
        let now = core.ambient.now();
        let mut tx = core.db.write().await?;
        let known = authenticators::find(&mut tx, account_id).await?;
        let fresh = known.filter(|app| app.confirmed_at.is_some() || now < app.created_at.plus_minutes(SETUP_MINUTES));
        let secret = match fresh {
            Some(app) if app.confirmed_at.is_some() => return Err(ApiError::Conflict),
            Some(app) => open(core, &app)?,
            None => {
                let secret = Zeroizing::new(core.ambient.bytes::<SECRET_BYTES>().to_vec());
                let sealed = core.keys.seal(&core.ambient, &context(account_id), &secret);
                let app = Authenticator {
                    account_id,
                    secret: sealed,
                    secret_key: core.keys.id().to_owned(),
                    created_at: now,
                    confirmed_at: None,
                    last_step: 0,
                };
                if !authenticators::start(&mut tx, &app).await? {
                    return Err(ApiError::Conflict);
                }
                secret
            }
        };
        tx.commit().await?;
        described(&secret, &own.actor().login_id)
    }

    async fn register(&self, request: &RequestInfo, own: &OwnCredentials, code: &str) -> Result<Vec<String>, ApiError> {
        let digits = one_time_code::parse(code).map_err(|problem| ApiError::field(Field::AppCode, problem))?;
        let account_id = own.actor().account_id;
        let mut tx = self.0.db.write().await?;
        let app = authenticators::find(&mut tx, account_id).await?.filter(|app| app.confirmed_at.is_none());
        let Some(app) = app else { return Err(ApiError::Conflict) };
        let Some(step) = matching_step(&self.0, &app, &digits)? else { return self.refuse(tx, request, own).await };
        let now = self.0.ambient.now();
        // The code counts as used: it cannot be the first one at the sign-in.
        let first = authenticators::use_step(&mut tx, account_id, step).await?
            && authenticators::confirm(&mut tx, account_id, now).await?;
        if !first {
            return Err(ApiError::Conflict);
        }
        let codes = self.new_codes(&mut tx, account_id).await?;
        self.note(&mut tx, request, own, "authenticator.add", "認証アプリの登録").await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(codes)
    }

    async fn renew_codes(&self, request: &RequestInfo, own: &OwnCredentials) -> Result<Vec<String>, ApiError> {
        let account_id = own.actor().account_id;
        let mut tx = self.0.db.write().await?;
        let app = authenticators::find(&mut tx, account_id).await?;
        if app.is_none_or(|app| app.confirmed_at.is_none()) {
            return Err(ApiError::NotFound);
        }
        let codes = self.new_codes(&mut tx, account_id).await?;
        self.note(&mut tx, request, own, "recovery_codes.renew", "リカバリーコードの再発行").await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(codes)
    }

    async fn remove(&self, request: &RequestInfo, own: &OwnCredentials) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        if !authenticators::delete(&mut tx, own.actor().account_id).await? {
            return Err(ApiError::NotFound);
        }
        self.note(&mut tx, request, own, "authenticator.remove", "認証アプリの登録解除").await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }
}

/// The secret in the three forms that apps take.
fn described(secret: &[u8], login_id: &str) -> Result<AuthenticatorSetup, ApiError> {
    let base32 = totp(secret)?.secret().to_base32();
    // The issuer as a parameter only, not in the label too: a code of fewer modules is easier to read.
    let address = format!("otpauth://totp/{}?secret={base32}&issuer={}", encoded(login_id), encoded(ISSUER));
    let code = QrCode::new(&address).map_err(|_| ApiError::Internal)?;
    let groups: Vec<&str> = base32.as_bytes().chunks(4).filter_map(|part| std::str::from_utf8(part).ok()).collect();
    Ok(AuthenticatorSetup { secret: groups.join(" "), picture: drawn(&code), address })
}

/// Percent-encoding as apps expect it: a space must not become `+`.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// One run of dark modules after the other, row by row, within a quiet zone of four modules.
fn drawn(code: &QrCode) -> QrPicture {
    use std::fmt::Write;
    const QUIET: usize = 4;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    QrPicture { size: width + 2 * QUIET, path }
}
