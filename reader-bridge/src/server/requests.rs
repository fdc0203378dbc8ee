//! What each method does. Those that need no card are fulfilled here, in the order in which they came.

pub(super) mod cards;

use protocol::{
    failure::Failure,
    label::Label,
    level::{LEVELS, Level},
    method::{Reply, Request},
    reply::{CancelSent, State, Unlocked, Welcome},
};

use crate::{bridge::Grant, server::connection::Connection};

/// Answer to `hello`.
pub(super) fn welcome(connection: &Connection, agreed: Level) -> Reply {
    let version = Label::parse(env!("CARGO_PKG_VERSION")).unwrap_or_else(|_| unreachable!("a version is a label"));
    Reply::Hello(Welcome { agreed, levels: LEVELS, version, state: state(connection) })
}

/// Answer to `cancel`.
pub(super) const fn cancelled(found: bool) -> Reply {
    Reply::Cancel(CancelSent { found })
}

/// A request that needs no card; `authorised`: it carried the token of an unlocked passcode.
pub(super) async fn fulfil(connection: &mut Connection, request: Request, authorised: bool) -> Result<Reply, Failure> {
    let bridge = &connection.bridge;
    match request {
        Request::GetState(_) => Ok(Reply::GetState(state(connection))),
        Request::AcceptTerms(accept) => {
            bridge.accept_terms(accept.edition)?;
            Ok(Reply::AcceptTerms(state(connection)))
        }
        Request::Register(register) => bridge.register(&register.user_id, authorised).map(Reply::Register),
        Request::SetPasscode(set) => {
            let grant = bridge.set_passcode(set.current, set.new).await?;
            Ok(Reply::SetPasscode(unlocked(connection, grant)))
        }
        Request::Unlock(unlock) => {
            let grant = bridge.unlock(unlock.passcode).await?;
            Ok(Reply::Unlock(unlocked(connection, grant)))
        }
        Request::Lock(_) => {
            bridge.lock();
            Ok(Reply::Lock(state(connection)))
        }
        Request::ListReaders(_) => Ok(Reply::ListReaders(bridge.hub.snapshot())),
        Request::SelectReader(select) => bridge.select_reader(&select.reader).map(Reply::SelectReader),
        Request::GetTerminalId(_) => bridge.terminal().map(Reply::GetTerminalId),
        // Answered before they come here.
        Request::Hello(_)
        | Request::Cancel(_)
        | Request::GetCardStatus(_)
        | Request::GetTriesLeft(_)
        | Request::ReadCertificate(_)
        | Request::Authenticate(_)
        | Request::ReadFace(_) => Err(Failure::Internal),
    }
}

fn state(connection: &Connection) -> State {
    State { stage: connection.bridge.stage(connection.grant.as_ref()) }
}

fn unlocked(connection: &mut Connection, grant: Grant) -> Unlocked {
    let token = grant.token();
    connection.grant = Some(grant);
    Unlocked { token }
}
