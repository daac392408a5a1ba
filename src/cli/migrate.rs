//! `simpul migrate`: brings a database to the schema of this version.

use clap::Args;
use migration::{Lock, Planned};

use super::{Failure, say};
use crate::{
    config::{DatabaseOptions, File},
    store::{self, DatabaseUrl, database::OpenError},
};

/// Create the tables, or bring them up to date. Several nodes may run this at once.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    /// Only say which migrations are missing, and what they would lock.
    #[arg(long)]
    dry_run: bool,
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let Self { database, dry_run } = self;
        let url = if dry_run { database.url(file) } else { database.creating_url(file) };
        let database = store::connect(url.text()).await?;
        let shown = DatabaseUrl::parse(url.text()).map_err(OpenError::from)?;
        let pending = migration::pending(&database).await?;
        if let Some(migration) = pending.newer {
            return Err(migration::Error::Newer { migration }.into());
        }
        let plan = migration::plan(&database).await?;
        for line in plan.iter().flat_map(|planned| lines(planned, dry_run)) {
            say(&line);
        }
        if dry_run {
            say(&format!("{shown}: {} migrations are missing", pending.count));
            return Ok(());
        }
        migration::up(&database).await?;
        say(&format!("{shown}: {} migrations applied", pending.count));
        Ok(())
    }
}

/// A migration and a line for each of its locks; without locks only if `always`.
fn lines(planned: &Planned, always: bool) -> Vec<String> {
    if planned.locks.is_empty() && !always {
        return Vec::new();
    }
    let locks = planned.locks.iter().map(|Lock { relation, mode, work }| {
        let others = match *mode {
            "ACCESS EXCLUSIVE" => "others neither read nor write",
            "SHARE" | "SHARE ROW EXCLUSIVE" | "EXCLUSIVE" => "others read, and do not write",
            _ => "others read and write",
        };
        let work = if work.is_empty() { String::new() } else { format!("; {work}") };
        format!("  locks {relation}: {mode} ({others}){work}")
    });
    std::iter::once(planned.name.clone()).chain(locks).collect()
}
