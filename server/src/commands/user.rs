//! `server user`: accounts of every office, without their names.

use clap::{Subcommand, ValueEnum};
use domain::account::AccountState;
use server::services::{
    Core,
    operator::{self, Wanted},
};

use super::os_user::operator as caller;

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// IDs with office, kind, state, registration and last sign-in.
    List {
        /// Only this 事業所番号's.
        #[arg(long)]
        office: Option<String>,
        /// Only those in this state.
        #[arg(long)]
        state: Option<State>,
    },
    /// Takes away the lock that wrong passwords led to.
    Unlock {
        /// ユーザID, in any letter case.
        id: String,
    },
    /// Sends the owner a new initial password by mail or SMS, and ends their sessions.
    Reset {
        /// ユーザID, in any letter case.
        id: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum State {
    Active,
    Never,
    Locked,
    Suspended,
    Expired,
    Deleted,
}

impl State {
    const fn account_state(self) -> Option<AccountState> {
        match self {
            Self::Active => Some(AccountState::Active),
            Self::Never => Some(AccountState::NeverSignedIn),
            Self::Locked => Some(AccountState::Locked),
            Self::Suspended => Some(AccountState::Suspended),
            Self::Expired => Some(AccountState::Expired),
            Self::Deleted => None,
        }
    }
}

pub(crate) async fn run(core: &Core, command: UserCommand) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        UserCommand::List { office, state } => {
            let deleted = matches!(state, Some(State::Deleted));
            let wanted = Wanted { office, state: state.and_then(State::account_state), deleted };
            for account in operator::list(core, &caller(), &wanted).await? {
                let state = account.state.map_or("削除済み", AccountState::name);
                let last = account.last_sign_in_at.map_or("-".to_owned(), domain::Timestamp::minute_text);
                let (office, id, kind) = (account.office_number, account.login_id, account.kind);
                println!("{office}\t{id}\t{kind}\t{state}\t{}\t{last}", account.registered_at.date_text());
            }
        }
        UserCommand::Unlock { id } => {
            operator::unlock(core, &caller(), &id).await?;
            println!("{id} is unlocked");
        }
        UserCommand::Reset { id } => {
            operator::reset(core, &caller(), &id).await?;
            println!("a new initial password is on its way to {id}; the running server delivers it");
        }
    }
    Ok(())
}
