//! `simpul doctor`: checks the health of a registry.

use clap::Args;
use sea_orm::{DatabaseConnection, IsolationLevel, TransactionOptions, TransactionTrait};

use super::{Failure, say};
use crate::{
    config::{DatabaseOptions, File},
    registry::{
        history,
        rules::{self, FINDINGS},
    },
    store::{
        self, DatabaseUrl, Engine,
        database::OpenError,
        number,
        writer::{Numbers, numbers},
    },
};

/// Report whether the database can be reached, whether it is up to date, how many rows it holds, and whether the log agrees
/// with them.
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
        replay(&database).await?;
        for finding in FINDINGS {
            let rows = number(&database, &finding.count(Engine::of(&database))).await?;
            if rows > 0 {
                say(&format!("finding     {rows} {}: {}", finding.code, finding.en));
            }
        }
        if self.rules { rules(&database).await } else { Ok(()) }
    }
}

/// Compares the log with the rows.
async fn replay(database: &DatabaseConnection) -> Result<(), Failure> {
    // Of one state, because others may write meanwhile.
    let is_postgres = Engine::of(database) == Engine::Postgres;
    let snapshot = TransactionOptions {
        isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
        ..TransactionOptions::default()
    };
    let snapshot = database.begin_with_options(snapshot).await?;
    let Numbers { horizon, newest, gaps, parts, backwards } = numbers(&snapshot).await?;
    let mut wrong = 0;
    for (count, what) in [
        (gaps, "writes do not follow the one before them"),
        (parts, "writes lack a change"),
        (backwards, "writes are before the time of the one before them"),
    ] {
        if count > 0 {
            say(&format!("{count:>11} {what}"));
        }
        wrong += count;
    }
    for (noun, count) in history::replay(&snapshot, horizon).await? {
        if count > 0 {
            say(&format!("{count:>11} of {noun} do not agree with the log"));
        }
        wrong += count;
    }
    if wrong > 0 {
        say("log         does not agree with the rows");
        return Err(Failure::Unwell);
    }
    let kept =
        if newest > horizon { format!("writes {} to {newest}", horizon + 1) } else { "no writes".into() };
    say(&format!("log         {kept}; the rows agree with it"));
    Ok(())
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
