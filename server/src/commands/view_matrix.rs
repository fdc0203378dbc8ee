//! `server view-matrix`: which service and job sees which item of care information.

use clap::Subcommand;
use domain::care::{Item, Rule, ViewerClass};
use server::services::{Core, care::matrix};

#[derive(Subcommand)]
pub(crate) enum ViewMatrixCommand {
    /// Prints the matrix in force.
    Show,
    /// Changes a cell (`--class` and `--rule`), or whether an item needs consent (`--consent`); holds from the next request on.
    Set {
        /// `life`, as `show` prints it.
        #[arg(long, value_parser = item)]
        item: Item,
        /// `care_staff`, as `show` prints it.
        #[arg(long, value_parser = class, requires = "rule")]
        class: Option<ViewerClass>,
        /// `no`, `own_office`, `equipment_advisers` or `yes`.
        #[arg(long, value_parser = rule, requires = "class")]
        rule: Option<Rule>,
        /// Whether the person's consent is needed.
        #[arg(long)]
        consent: Option<bool>,
    },
}

fn one_of<T: Copy>(text: &str, all: &[T], code: fn(T) -> &'static str) -> Result<T, String> {
    let known = || all.iter().map(|one| code(*one)).collect::<Vec<_>>().join(", ");
    all.iter().copied().find(|one| code(*one) == text).ok_or_else(|| format!("one of {}", known()))
}

fn item(text: &str) -> Result<Item, String> {
    one_of(text, Item::ALL, Item::code)
}

fn class(text: &str) -> Result<ViewerClass, String> {
    one_of(text, ViewerClass::ALL, ViewerClass::code)
}

fn rule(text: &str) -> Result<Rule, String> {
    one_of(text, Rule::ALL, Rule::code)
}

pub(crate) async fn run(core: &Core, command: ViewMatrixCommand) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        ViewMatrixCommand::Show => show(core).await?,
        ViewMatrixCommand::Set { item, class, rule, consent } => {
            if class.is_none() && consent.is_none() {
                return Err("give --class and --rule, or --consent".into());
            }
            if let Some((class, rule)) = class.zip(rule) {
                matrix::set_rule(core, class, item, rule).await?;
            }
            if let Some(needed) = consent {
                matrix::set_consent(core, item, needed).await?;
            }
            show(core).await?;
        }
    }
    Ok(())
}

async fn show(core: &Core) -> Result<(), Box<dyn std::error::Error>> {
    let matrix = matrix::load(core).await?;
    let classes: Vec<String> = ViewerClass::ALL.iter().map(|class| format!("{:>20}", class.code())).collect();
    let classes = classes.concat();
    println!("{:<16}{classes}  consent", "item");
    for item in Item::ALL {
        let cells = ViewerClass::ALL.iter().map(|class| format!("{:>20}", matrix.rule(*class, *item).code()));
        let consent = if matrix.needs_consent(*item) { "needed" } else { "-" };
        println!("{:<16}{}  {consent}", item.code(), cells.collect::<String>());
    }
    Ok(())
}
