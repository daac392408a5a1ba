//! `simpul generate`: adds deterministic synthetic data.

use clap::Args;

use super::{Failure, demand_known, progress, say};
use crate::{
    config::{DatabaseOptions, File},
    exchange::generate::{self, DEFAULT_SEED, Plan, Scale},
    store,
};

/// Add synthetic data to a seeded registry; each row is marked as synthetic.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    /// demo (about 2,000 cooperatives), a fraction of the nation such as 0.1, or national
    #[arg(long, env = "SIMPUL_SCALE", default_value = "demo")]
    scale: Scale,
    /// Seed of the random numbers
    #[arg(long, env = "SIMPUL_SEED", default_value_t = DEFAULT_SEED)]
    seed: u64,
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let database = store::connect(self.database.url(file).text()).await?;
        demand_known(&database).await?;
        let plan = Plan { scale: self.scale, seed: self.seed };
        let rows = generate::load(&database, &plan, &mut progress()).await?;
        say(&format!("{rows} rows generated"));
        Ok(())
    }
}
