//! Argon2id with a cap on how many run at once, so that memory stays bounded however many people sign in together.

use std::sync::Arc;

use app::error::ApiError;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{
        PasswordHasher, PasswordVerifier,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::clock::Ambient;

/// Cost of one hash.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub iterations: u32,
    /// Lanes.
    pub lanes: u32,
    /// Hashes computed at the same time; memory use is at most this many times `memory_kib`.
    pub concurrent: usize,
}

impl Default for Cost {
    /// OWASP's second recommended setting: 19 MiB, two passes, one lane.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { memory_kib: 19 * 1024, iterations: 2, lanes: 1, concurrent: cores }
    }
}

/// Hashes and verifies passwords and security codes.
#[derive(Clone)]
pub struct Passwords {
    params: Params,
    permits: Arc<Semaphore>,
    concurrent: usize,
    /// Verified against when there is no account, so that an unknown ID takes as long as a wrong password.
    nobody: Arc<SecretString>,
}

impl Passwords {
    /// Errors: the parameters are outside Argon2's limits.
    pub fn new(cost: Cost, ambient: &Ambient) -> Result<Self, argon2::Error> {
        let params = Params::new(cost.memory_kib, cost.iterations, cost.lanes, None)?;
        let nobody = nobody(&params, ambient).map_err(|_| argon2::Error::OutputTooShort)?;
        let concurrent = cost.concurrent.max(1);
        Ok(Self { params, permits: Arc::new(Semaphore::new(concurrent)), concurrent, nobody: Arc::new(nobody) })
    }

    /// How many are hashed at the same time.
    pub fn concurrent(&self) -> usize {
        self.concurrent
    }

    /// A PHC string for storage. Errors: `Internal`.
    pub async fn hash(&self, ambient: &Ambient, secret: SecretString) -> Result<SecretString, ApiError> {
        let salt: [u8; 16] = ambient.bytes();
        let params = self.params.clone();
        self.on_worker(move || hash_now(&params, secret.expose_secret(), &salt)).await?.map_err(|error| {
            tracing::error!(error.message = %error, "hashing failed");
            ApiError::Internal
        })
    }

    /// Whether `secret` is the one behind `stored`. Takes the same time when `stored` is `None` (always false).
    ///
    /// Errors: `Internal`.
    pub async fn verify(&self, stored: Option<&SecretString>, secret: &str) -> Result<bool, ApiError> {
        let known = stored.is_some();
        let hash = stored.cloned().unwrap_or_else(|| (*self.nobody).clone());
        let secret = SecretString::from(secret);
        let fits = self.on_worker(move || verify_now(&hash, &secret)).await?;
        Ok(fits && known)
    }

    async fn on_worker<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| ApiError::Internal)?;
        let worker = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        worker.await.map_err(|_| ApiError::Internal)
    }
}

/// Whether `text` is an Argon2id PHC string that a password can be verified against, and no cheaper to guess than what
/// OWASP's Password Storage Cheat Sheet takes: any of its pairs from 7 MiB and 5 passes to 46 MiB and one.
pub fn is_hash(text: &str) -> bool {
    let Ok(hash) = PasswordHash::new(text) else { return false };
    let argon2id = Algorithm::try_from(hash.algorithm.as_str()).is_ok_and(|name| name == Algorithm::Argon2id);
    let dear = |params: Params| params.m_cost() >= 7_168 && params.m_cost().saturating_mul(params.t_cost()) >= 35_840;
    argon2id && hash.salt.is_some() && hash.hash.is_some() && Params::try_from(&hash).is_ok_and(dear)
}

fn hash_now(params: &Params, secret: &str, salt: &[u8; 16]) -> Result<SecretString, argon2::password_hash::Error> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let hash: PasswordHash = argon.hash_password_with_salt(secret.as_bytes(), salt)?;
    Ok(hash.to_string().into())
}

/// A hash of no password, drawn instead of computed: at its start the server needs neither the time nor the memory.
fn nobody(params: &Params, ambient: &Ambient) -> Result<SecretString, argon2::password_hash::Error> {
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params)?,
        salt: Some(Salt::new(&ambient.bytes::<16>())?),
        hash: Some(Output::new(&ambient.bytes::<{ Params::DEFAULT_OUTPUT_LEN }>())?),
    };
    Ok(hash.to_string().into())
}

fn verify_now(hash: &SecretString, secret: &SecretString) -> bool {
    let Ok(hash) = PasswordHash::new(hash.expose_secret()) else { return false };
    Argon2::default().verify_password(secret.expose_secret().as_bytes(), &hash).is_ok()
}

/// An initial password: four groups of four letters and digits that cannot be mistaken for each other; 80 bits.
pub fn initial_password(ambient: &Ambient) -> SecretString {
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";
    const UNIQUE: usize = 31;
    let mut text = String::new();
    let mut letters = 0;
    while letters < 16 {
        let [byte] = ambient.bytes::<1>();
        let index = usize::from(byte & 31);
        // 31 letters for 32 values: draw again instead of giving one letter twice the chance.
        if index >= UNIQUE {
            continue;
        }
        if letters > 0 && letters % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[index]));
        letters += 1;
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{SystemClock, SystemEntropy};

    fn system() -> Ambient {
        Ambient { clock: Arc::new(SystemClock::default()), entropy: Arc::new(SystemEntropy) }
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let ambient = system();
        let passwords =
            Passwords::new(Cost { memory_kib: 64, iterations: 1, lanes: 1, concurrent: 2 }, &ambient).unwrap();
        let hash = passwords.hash(&ambient, "ただしい合言葉 1".into()).await.unwrap();
        assert!(hash.expose_secret().starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert!(passwords.verify(Some(&hash), "ただしい合言葉 1").await.unwrap());
        assert!(!passwords.verify(Some(&hash), "ただしい合言葉 2").await.unwrap());
        assert!(!passwords.verify(None, "ただしい合言葉 1").await.unwrap());
        let parts = |hash: &SecretString| -> Vec<usize> { hash.expose_secret().split('$').map(str::len).collect() };
        assert_eq!(parts(&passwords.nobody), parts(&hash), "nobody's hash is verified like anybody's");
        assert!(passwords.nobody.expose_secret().starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    }

    #[test]
    fn initial_passwords_are_four_readable_groups() {
        let password = initial_password(&system());
        let groups: Vec<&str> = password.expose_secret().split('-').collect();
        assert_eq!(groups.len(), 4);
        assert!(groups.iter().all(|g| g.len() == 4 && !g.contains(['l', 'o', 'i', '0', '1'])));
    }
}
