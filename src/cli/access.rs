//! `simpul access`: lists the questions about personal data.

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};
use sea_orm::ActiveEnum;

use super::{
    Failure, demand_readable,
    output::{print, table},
    subject::time,
};
use crate::{
    config::{DatabaseOptions, File},
    store::{self, AccessLog},
};

/// List the questions that used personal data of people, which analysts and the ministry may ask.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the questions, the oldest first
    List {
        #[command(flatten)]
        database: DatabaseOptions,
        /// The first day, such as 2026-11-30, in UTC [default: all]
        #[arg(long, value_name = "DATE")]
        since: Option<NaiveDate>,
    },
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let Action::List { database, since } = self.action;
        let database = store::connect(database.url(file).text()).await?;
        demand_readable(&database).await?;
        let first = since.map_or(0, |day| day.and_time(NaiveTime::MIN).and_utc().timestamp_micros());
        let heads = ["AT", "SUBJECT", "ROLE", "AGREEMENT", "OPERATION", "USED", "SHA-256", "DOCUMENT"];
        let mut rows = vec![heads.map(str::to_owned)];
        for access in AccessLog::new(database).since(first).await? {
            let none = || "-".to_owned();
            rows.push([
                time(Some(access.at)),
                access.subject,
                access.role.to_value(),
                access.agreement.unwrap_or_else(none),
                access.operation.unwrap_or_else(none),
                access.used,
                access.sha256,
                access.document,
            ]);
        }
        Ok(print(&table(&rows))?)
    }
}
