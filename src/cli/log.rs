//! `simpul log`: trims the change log.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{Failure, demand_known, say};
use crate::{
    config::{DatabaseOptions, File},
    registry::placement,
    store::{self, Writer, clock},
};

/// Trim the change log, from which feeds and histories are read.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Delete the changes before a day
    ///
    /// Feeds that have not come so far must begin again, and histories begin later. Records and their earlier states stay.
    /// The newest write is kept, and those that idempotency keys need.
    Trim {
        #[command(flatten)]
        database: DatabaseOptions,
        /// The first day whose changes are kept, in Jakarta, such as 2026-11-30
        #[arg(long, value_name = "DAY")]
        before: NaiveDate,
    },
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let Action::Trim { database, before } = self.action;
        let url = database.url(file);
        demand_known(&store::connect(url.text()).await?).await?;
        let day = clock::start_of(before);
        if day > clock::now_micros() {
            return Err(Failure::Refused(format!("{before} is in the future")));
        }
        let writer = Writer::open(url.text()).await?;
        let writer = writer.ok_or_else(|| Failure::Refused("the database can only be read".to_owned()))?;
        let trimmed = writer
            .trim(day, &placement::waiting_since())
            .await
            .map_err(|error| Failure::Refused(error.to_string()))?;
        say(&format!(
            "{} changes are deleted; the log begins after write {}",
            trimmed.changes, trimmed.horizon
        ));
        Ok(())
    }
}
