//! `simpul demo`: creates a registry with real and synthetic data, and serves it.

use clap::Args;

use entity::vocabulary::Role;
use sea_orm::{ActiveEnum, DatabaseConnection, Iterable};

use super::{Failure, demand_known, grant::Scope, progress, say, serve};
use crate::{
    access::Grant,
    config::{DatabaseOptions, File, ServeOptions},
    exchange::{
        self,
        generate::{self, Plan, Scale},
        seed,
    },
    store::{
        self, Credentials, DatabaseUrl,
        credential::{LedgerError, OPERATOR, SecretKey},
        database::OpenError,
    },
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
        let loaded = exchange::loaded(&database).await?;
        let plan = Plan { scale: Scale::Demo, seed: generate::DEFAULT_SEED };
        let is_demo = loaded.generate.is_some_and(|made| plan.made(&made));
        // What callers have changed since it was made is kept.
        if !is_demo {
            seed::load(&database, &mut progress()).await?;
            generate::load(&database, &plan, &mut progress()).await?;
        }
        let keys = keys(&database).await?;
        let mut options = self.serve.over(file);
        options.allowed_origins.get_or_insert_with(|| vec!["*".to_owned()]);
        if !keys.is_empty() {
            say("keys, which are shown this once; a request sends one as `Authorization: Bearer <key>`:");
            for (role, key) in keys {
                say(&format!("  {:<11}  {}", role.to_value(), key.text()));
            }
        }
        serve::serve(database, &url, options, None).await
    }
}

/// The regions and parties of the roles that keys are made for.
const REGION: &str = "32";
const COOPERATIVE: &str = "kopontren-al-ittifaq";
const INSTITUTION: &str = "perum-bulog";

/// Makes a key for each role, in a registry that has had neither keys nor grants.
async fn keys(database: &DatabaseConnection) -> Result<Vec<(Role, SecretKey)>, Failure> {
    let credentials = Credentials::new(database.clone());
    let mut keys = Vec::new();
    if !credentials.are_unused().await? {
        return Ok(keys);
    }
    for role in Role::iter() {
        let scope = match role {
            Role::Cooperative => Scope::cooperative(COOPERATIVE),
            Role::Partner => Scope::institution(INSTITUTION),
            Role::Registrar => Scope::region(REGION),
            Role::Analyst | Role::Ministry | Role::Admin => Scope::default(),
        };
        let subject = format!("demo-{}", role.to_value().to_lowercase());
        let agreement = (role == Role::Analyst).then_some("demo");
        let grant = Grant { role, scope: scope.found(database).await? };
        let failed = |error: LedgerError| Failure::Refused(error.to_string());
        credentials.add_grant_under(&subject, grant, (OPERATOR, agreement), None).await.map_err(failed)?;
        let (_, key) = credentials.create_key(&subject, Some("demo"), None).await.map_err(failed)?;
        keys.push((role, key));
    }
    Ok(keys)
}
