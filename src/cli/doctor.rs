//! `simpul doctor`: checks the health of a registry.

use clap::Args;
use sea_orm::DatabaseConnection;

use super::{Failure, say};
use crate::{
    config::{DatabaseOptions, File},
    registry::rules,
    store::{self, DatabaseUrl, Engine, database::OpenError, number},
};

/// Report whether the database can be reached, whether it is up to date, and how many rows it holds.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    /// Also count the rows that break each rule of the domain; takes minutes on a registry of national size
    #[arg(long)]
    rules: bool,
}

/// The tables whose rows are counted.
const TABLES: &[&str] = &[
    "region",
    "commodity",
    "business_class",
    "cooperative",
    "officer",
    "business_unit",
    "cooperative_commodity",
    "annual_report",
    "institution",
    "official",
    "partnership",
    "internship_program",
    "internship_batch",
    "training_session",
    "placement",
    "linkage",
    "linkage_month",
    "partnership_application",
];

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let url = self.database.url(file);
        let database = store::connect(url.text()).await?;
        say(&format!("database    {} answers", DatabaseUrl::parse(url.text()).map_err(OpenError::from)?));
        let pending = migration::pending(&database).await?;
        if let Some(migration) = pending.newer {
            return Err(migration::Error::Newer { migration }.into());
        }
        if pending.count > 0 {
            say(&format!("migrations  {} are missing: run `simpul migrate`", pending.count));
            return Err(Failure::Unwell);
        }
        match pending.additive.len() {
            0 => say("migrations  up to date"),
            later => say(&format!(
                "migrations  up to date; {later} of a later version do not keep this one from reading"
            )),
        }
        for table in TABLES {
            let rows = number(&database, &format!("SELECT count(*) FROM {table}")).await?;
            say(&format!("{rows:>11} {table}"));
        }
        if self.rules { rules(&database).await } else { Ok(()) }
    }
}

/// Counts the offenders of each rule.
async fn rules(database: &DatabaseConnection) -> Result<(), Failure> {
    let (mut counted, mut broken) = (0, 0);
    for rule in rules::all() {
        let offenders = number(database, &rule.count(Engine::of(database))).await?;
        say(&format!("{offenders:>11} {}: {}", rule.code, rule.en));
        counted += 1;
        broken += usize::from(offenders > 0);
    }
    if broken > 0 {
        say(&format!("rules       {broken} of {counted} are broken"));
        return Err(Failure::Unwell);
    }
    say(&format!("rules       all {counted} hold"));
    Ok(())
}
