//! `server news`: what stands on the top page.

use clap::Subcommand;
use domain::{Timestamp, time::parse_day};
use server::{
    services::{Core, news},
    storage,
};
use uuid::Uuid;

#[derive(Subcommand)]
pub(crate) enum NewsCommand {
    /// Publishes an お知らせ at once.
    Add {
        /// One line.
        #[arg(long)]
        title: String,
        /// Plain text; an empty line ends a paragraph.
        #[arg(long)]
        body: String,
        /// Last day on which it is shown, `2025-02-07`.
        #[arg(long)]
        until: Option<String>,
    },
    /// Every お知らせ with its ID, the newest first.
    List,
    /// Takes one away.
    Remove {
        /// As `list` prints it.
        id: Uuid,
    },
}

pub(crate) async fn run(core: &Core, command: NewsCommand) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        NewsCommand::Add { title, body, until } => {
            if title.trim().is_empty() || body.trim().is_empty() {
                return Err("--title and --body must not be empty".into());
            }
            let ends_at = until.as_deref().map(end_of).transpose()?;
            println!("{}", news::publish(core, &title, &body, ends_at).await?);
        }
        NewsCommand::List => {
            for item in storage::news::all(&mut core.db.read().await?).await? {
                let until = item.ends_at.map_or("no end".to_owned(), |end| format!("ends {}", end.minute_text()));
                println!("{}  {}  {until}  {}", item.id, item.published_at.minute_text(), item.title);
            }
        }
        NewsCommand::Remove { id } => {
            if !news::remove(core, id).await? {
                return Err(format!("there is no お知らせ {id}").into());
            }
        }
    }
    Ok(())
}

fn end_of(last: &str) -> Result<Timestamp, String> {
    let next = parse_day(last).and_then(time::Date::next_day);
    next.map(Timestamp::start_of).ok_or_else(|| format!("--until {last}: write it as 2025-02-07"))
}
