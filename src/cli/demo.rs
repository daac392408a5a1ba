//! `simpul demo`: a registry with real data, from nothing, and serving.

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

/// Make a registry with real data, fill it up with synthetic data, and serve it.
///
/// A second start serves what is there. A database that holds anything else is left alone.
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
        serve::serve(database, &url, self.serve.over(file), None).await
    }
}
