//! `server emergency`: 災害時の閲覧, off unless it is declared.

use clap::Subcommand;
use domain::{
    Timestamp,
    care::{EMERGENCY_DAYS, EmergencyScope},
    office::OfficeNumber,
};
use server::services::{Core, care::emergency};
use uuid::Uuid;

use super::os_user::operator;

#[derive(Subcommand)]
pub(crate) enum EmergencyCommand {
    /// Lets staff see the people in their office's charge without consent, each time with a reason, until the end given.
    Start {
        /// What happened, as every page tells it: 「令和7年2月豪雨」.
        #[arg(long)]
        title: String,
        /// When it ends, in Japan: `2025-02-07T22:00`; within 30 days.
        #[arg(long)]
        until: String,
        /// Only for offices of this 都道府県番号, such as 13.
        #[arg(long, conflicts_with = "office")]
        prefecture: Option<String>,
        /// Only for the office with this 事業所番号.
        #[arg(long)]
        office: Option<String>,
    },
    /// What is declared.
    Show,
    /// Ends a declaration at once.
    End {
        /// Its ID, as `show` prints it.
        id: Uuid,
    },
}

pub(crate) async fn run(core: &Core, command: EmergencyCommand) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        EmergencyCommand::Start { title, until, prefecture, office } => {
            if title.trim().is_empty() {
                return Err("--title must say what happened".into());
            }
            let (ends_at, scope) = (end_of(core, &until)?, scope(prefecture.as_deref(), office.as_deref())?);
            let id = emergency::declare(core, &operator(), scope, &title, ends_at).await?;
            println!("{id}  until {}", ends_at.minute_text());
        }
        EmergencyCommand::Show => {
            let all = emergency::in_force(core).await?;
            if all.is_empty() {
                println!("nothing is declared");
            }
            for declared in all {
                let (kind, value) = declared.scope.parts();
                println!(
                    "{}  {kind} {value}  until {}  {}",
                    declared.id,
                    declared.ends_at.minute_text(),
                    declared.title
                );
            }
        }
        EmergencyCommand::End { id } => {
            if !emergency::end(core, &operator(), id).await? {
                return Err("no declaration with this ID holds; `server emergency show` lists them".into());
            }
        }
    }
    Ok(())
}

fn end_of(core: &Core, until: &str) -> Result<Timestamp, String> {
    let now = core.ambient.now();
    let ends_at =
        domain::time::parse_minute(until).ok_or_else(|| format!("--until {until}: write it as 2025-02-07T22:00"))?;
    if ends_at <= now {
        return Err("--until is past already".to_owned());
    }
    if ends_at > now.plus_minutes(EMERGENCY_DAYS * 24 * 60) {
        return Err(format!("--until must be within {EMERGENCY_DAYS} days; it can be declared again"));
    }
    Ok(ends_at)
}

fn scope(prefecture: Option<&str>, office: Option<&str>) -> Result<EmergencyScope, String> {
    match (prefecture, office) {
        (Some(prefecture), _) => EmergencyScope::prefecture(prefecture)
            .map_err(|_| format!("--prefecture {prefecture}: give a number from 01 to 47")),
        (None, Some(office)) => OfficeNumber::parse(office)
            .map(EmergencyScope::Office)
            .map_err(|_| format!("--office {office}: give its 10-character 事業所番号")),
        (None, None) => Ok(EmergencyScope::Everywhere),
    }
}
