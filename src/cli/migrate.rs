//! `simpul migrate`: brings a database to the schema of this version.

use clap::Args;

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
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let url = self.database.creating_url(file);
        let database = store::connect(url.text()).await?;
        let pending = migration::pending(&database).await?;
        migration::up(&database).await?;
        let shown = DatabaseUrl::parse(url.text()).map_err(OpenError::from)?;
        say(&format!("{shown}: {} migrations applied", pending.count));
        Ok(())
    }
}
