//! Asking the person at this computer whether a site may use the reader.

use std::pin::Pin;

use protocol::challenge::Origin;

/// An answer to come.
pub type Answer = Pin<Box<dyn Future<Output = bool> + Send>>;

/// Somebody who can be asked.
pub trait Consent: Send + Sync {
    /// Whether pages of `origin` may use this program from now on. Dropping the answer takes the question back.
    fn ask(&self, origin: &Origin) -> Answer;
}
