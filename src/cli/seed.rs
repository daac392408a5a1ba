//! `simpul seed`: loads the real data of the registry.

use clap::Args;

use super::{Failure, demand_known, progress, say};
use crate::{
    config::{DatabaseOptions, File},
    exchange::seed,
    store,
};

/// Load the real data: all regions, the published facts, institutions, commodities, business classes.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let database = store::connect(self.database.url(file).text()).await?;
        demand_known(&database).await?;
        let rows = seed::load(&database, &mut progress()).await?;
        say(&format!("{rows} rows seeded"));
        Ok(())
    }
}
