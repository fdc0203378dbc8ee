//! Server functions of a reading: the challenge before it, its judgement, and what a member of staff saw.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use domain::reading::Mode;
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    error::ApiError,
    services::readings::{Challenge, Taken},
};

/// M-11: what the card is to sign.
#[server(endpoint = "issue_challenge")]
pub async fn issue_challenge(mode: Mode) -> Result<Challenge, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.readings.challenge(&leave, &*request()?, mode).await
}

/// M-11: what came of it, as reader-bridge gave it (JSON).
#[server(endpoint = "submit_reading")]
pub async fn submit_reading(mode: Mode, nonce: String, reading: String) -> Result<Taken, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.readings.submit(&leave, &*request()?, mode, &nonce, &reading).await
}

/// M-11 「本人と確認した」「一致しない」.
#[server(endpoint = "confirm_reading")]
pub async fn confirm_reading(id: Uuid, same: bool) -> Result<(), ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.readings.confirm(&leave, &*request()?, id, same).await
}

/// M-11: whose card it was, as E-4 shows it; answers the match.
#[server(endpoint = "person_of_reading")]
pub async fn person_of_reading(id: Uuid) -> Result<Uuid, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.readings.person(&leave, &*request()?, id).await
}
