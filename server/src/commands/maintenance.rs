//! `server maintenance`: when the service will be away.

use clap::Subcommand;
use domain::Timestamp;
use server::{
    services::{Core, maintenance},
    storage,
};

#[derive(Subcommand)]
pub(crate) enum MaintenanceCommand {
    /// Announces maintenance on every page, from seven days before until its end. The service is closed by
    /// `maintenance_file`, not by this.
    Plan {
        /// When it begins, in Japan: `2025-02-07T22:00`.
        #[arg(long)]
        from: String,
        /// When it ends.
        #[arg(long)]
        to: String,
        /// What else to say, in one line.
        #[arg(long, default_value = "")]
        text: String,
    },
    /// What is planned.
    Show,
    /// Takes the plan back.
    Cancel,
}

pub(crate) async fn run(core: &Core, command: MaintenanceCommand) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        MaintenanceCommand::Plan { from, to, text } => {
            let (from, to) = (moment("--from", &from)?, moment("--to", &to)?);
            if to <= from {
                return Err("--to must be later than --from".into());
            }
            if to <= core.ambient.now() {
                return Err("--to is past already".into());
            }
            maintenance::plan(core, from, to, &text).await?;
            println!("{} - {}", from.minute_text(), to.minute_text());
        }
        MaintenanceCommand::Show => match storage::maintenance::plan(&mut core.db.read().await?).await? {
            Some(plan) => println!("{} - {}  {}", plan.starts_at.minute_text(), plan.ends_at.minute_text(), plan.text),
            None => println!("nothing is planned"),
        },
        MaintenanceCommand::Cancel => {
            if !maintenance::cancel(core).await? {
                return Err("nothing is planned".into());
            }
        }
    }
    Ok(())
}

fn moment(option: &str, text: &str) -> Result<Timestamp, String> {
    domain::time::parse_minute(text).ok_or_else(|| format!("{option} {text}: write it as 2025-02-07T22:00"))
}
