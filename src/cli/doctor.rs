//! `simpul doctor`: whether a registry is well.

use clap::Args;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::{Failure, say, serve::shown};
use crate::{
    config::{DatabaseOptions, File},
    exchange::invariants::INVARIANTS,
    store,
};

/// Say whether the database can be reached, is up to date, what it holds, and whether the data keeps its rules.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
}

/// What is counted.
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
        let database = store::connect(&url).await?;
        say(&format!("database    {} answers", shown(&url)));
        let pending = migration::pending(&database).await?;
        if let Some(migration) = pending.newer {
            return Err(migration::Error::Newer { migration }.into());
        }
        if pending.count > 0 {
            say(&format!("migrations  {} are missing: run `simpul migrate`", pending.count));
            return Err(Failure::Unwell);
        }
        say("migrations  up to date");
        for table in TABLES {
            println!("{:>11} {table}", number(&database, &format!("SELECT count(*) FROM {table}")).await?);
        }
        let mut broken = 0;
        for (rule, violations) in INVARIANTS {
            let found = number(&database, violations).await?;
            if found > 0 {
                say(&format!("broken      {rule}: {found} rows"));
                broken += 1;
            }
        }
        if broken > 0 {
            return Err(Failure::Unwell);
        }
        say(&format!("rules       all {} hold", INVARIANTS.len()));
        Ok(())
    }
}

async fn number(database: &DatabaseConnection, sql: &str) -> Result<i64, Failure> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
}
