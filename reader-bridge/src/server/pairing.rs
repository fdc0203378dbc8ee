//! A page whose origin nobody allowed yet.
//!
//! It may say `hello`, which asks the person at this computer; whatever else it says is answered `not_paired`. It learns
//! nothing of readers, cards or set-up before the answer is yes.

use std::{sync::Arc, time::Duration};

use protocol::{
    challenge::Origin,
    failure::Failure,
    frame::RequestFrame,
    level::{LEVELS, negotiate},
    method::Request,
};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::{
    bridge::{Bridge, Doors},
    server::{
        limits,
        outgoing::{Closed, Incoming, Outgoing, Received},
    },
};

/// How long a person may think.
const ANSWER: Duration = Duration::from_mins(2);
/// How long a no holds: a page must not be able to ask until somebody gives in.
const REFUSED: Duration = Duration::from_mins(1);

/// Returns the `hello` that was not answered yet, once a person has allowed the origin.
pub(super) async fn wait(
    outgoing: &mut Outgoing,
    incoming: &mut Incoming,
    origin: &Origin,
    bridge: &Arc<Bridge>,
) -> Result<RequestFrame, Closed> {
    let visit = converse(outgoing, incoming, origin, bridge);
    tokio::time::timeout(limits::UNPAIRED, visit).await.unwrap_or(Err(Closed))
}

async fn converse(
    outgoing: &mut Outgoing,
    incoming: &mut Incoming,
    origin: &Origin,
    bridge: &Arc<Bridge>,
) -> Result<RequestFrame, Closed> {
    loop {
        let (id, failure) = match read(incoming).await? {
            Ok(hello) if allowed(incoming, origin, bridge).await? => return Ok(hello),
            Ok(hello) => (Some(hello.id), Failure::NotPaired),
            Err(refused) => refused,
        };
        outgoing.answer(id, &Err(failure)).await?;
        if failure == Failure::TooLarge {
            outgoing.close(CloseCode::Size).await;
            return Err(Closed);
        }
        // One question a second at most, whatever the page does.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// The next frame, if it is a `hello` that both sides can follow up.
async fn read(incoming: &mut Incoming) -> Result<Result<RequestFrame, (Option<u64>, Failure)>, Closed> {
    let text = match incoming.next().await? {
        Received::Text(text) => text,
        Received::TooLarge => return Ok(Err((None, Failure::TooLarge))),
        Received::NoText => return Ok(Err((None, Failure::InvalidRequest))),
    };
    let frame = match RequestFrame::decode(text.to_text().map_err(|_| Closed)?) {
        Ok(frame) => frame,
        Err(refused) => return Ok(Err((refused.id, refused.failure))),
    };
    Ok(match &frame.request {
        Request::Hello(hello) => match negotiate(LEVELS, hello.levels) {
            Ok(_) => Ok(frame),
            Err(mismatch) => Err((Some(frame.id), mismatch.into())),
        },
        _ => Err((Some(frame.id), Failure::NotPaired)),
    })
}

/// Asks the person. A page that leaves, or talks on, takes the question back.
async fn allowed(incoming: &mut Incoming, origin: &Origin, bridge: &Arc<Bridge>) -> Result<bool, Closed> {
    // Another tab of the same site may have been allowed meanwhile.
    if bridge.is_paired(origin) {
        return Ok(true);
    }
    let Doors::Pairing(pairing) = &bridge.doors else { return Ok(false) };
    if pairing.was_refused(origin, REFUSED) {
        return Ok(false);
    }
    let answer = tokio::select! {
        answer = tokio::time::timeout(ANSWER, pairing.consent.ask(origin)) => answer.unwrap_or(false),
        _ = incoming.next() => return Err(Closed),
    };
    if answer {
        return Ok(bridge.pair(origin).is_ok());
    }
    pairing.refuse(origin);
    Ok(false)
}
