//! `simpul demo`: creates a registry with real and synthetic data, and serves it.

use clap::Args;

use super::{Failure, demand_known, progress, say, serve};
use crate::{
    config::{DatabaseOptions, File, ServeOptions},
    exchange::{
        generate::{self, Plan, Scale},
        seed,
    },
    store::{self, DatabaseUrl, database::OpenError},
};

/// Create a registry with real data, add synthetic data, and serve it.
///
/// A second start serves the existing registry. A database that holds anything else is not changed.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    serve: ServeOptions,
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let url = self.database.creating_url(file);
        let database = store::connect(url.text()).await?;
        say(&format!("preparing {}", DatabaseUrl::parse(url.text()).map_err(OpenError::from)?));
        migration::up(&database).await?;
        demand_known(&database).await?;
        seed::load(&database, &mut progress()).await?;
        generate::load(
            &database,
            &Plan { scale: Scale::Demo, seed: generate::DEFAULT_SEED },
            &mut progress(),
        )
        .await?;
        let mut options = self.serve.over(file);
        options.allowed_origins.get_or_insert_with(|| vec!["*".to_owned()]);
        serve::serve(database, &url, options, None).await
    }
}
