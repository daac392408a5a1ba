//! `simpul serve`: answer on a registry that is there.

use std::sync::Arc;

use async_graphql::Request;
use clap::Args;
use sea_orm::DatabaseConnection;

use super::{Failure, say};
use crate::{
    access::CostLimits,
    config::{DatabaseOptions, File, ServeOptions, Switch},
    graph::load::{Planner, Residents},
    http::{self, Door},
    registry::reference,
    store::{self, Bound},
};

/// Serve a registry.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    serve: ServeOptions,
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let url = self.database.url(file);
        let database = store::connect(&url).await?;
        let pending = migration::pending(&database).await?;
        if let Some(migration) = pending.newer {
            return Err(migration::Error::Newer { migration }.into());
        }
        if pending.count > 0 {
            let lacks =
                format!("the database lacks {} migrations; run `simpul migrate` first", pending.count);
            return Err(Failure::Refused(lacks));
        }
        serve(database, &url, &self.serve, file).await
    }
}

/// Serves `database`, which is at `url`, until somebody stops it.
pub(super) async fn serve(
    database: DatabaseConnection,
    url: &str,
    options: &ServeOptions,
    file: &File,
) -> Result<(), Failure> {
    let residents = Arc::new(Residents::default());
    let planner = match options.planner(file) {
        Switch::On => Planner::On,
        Switch::Off => Planner::Off,
    };
    let time = options.statement_timeout(file);
    let readers = store::connect_within(url, time).await?;
    let bound = Bound::over(&readers, time).await?;
    if !bound.kept() {
        tracing::warn!("connections do not keep their statement_timeout: every statement pays for saying it");
    }
    let mut door = Door::new(readers, bound, Arc::clone(&residents), planner);
    if let Some(anonymous) = options.cost_limit(file) {
        door = door.limited_to(CostLimits { anonymous });
    }
    let warming = door.clone();
    tokio::spawn(async move {
        if let Err(error) = reference::load(&database, &residents).await {
            tracing::warn!(%error, "reference data stays in the database");
        }
        // Counting a large registry takes a while, and nobody should have to wait for it.
        // What one request has no time for, the next goes on with.
        for _ in 0..8 {
            let (answer, _) = warming.answer(Request::new("{ registry { dataAsOf } }")).await;
            if answer.is_ok() {
                break;
            }
        }
    });
    let url = shown(url);
    http::serve(options.listen(file), door, |address| {
        say(&format!("simpul {} serves {url}", env!("CARGO_PKG_VERSION")));
        say(&format!("  GraphQL  http://{address}/graphql"));
        say(&format!("  try      curl -s http://{address}/graphql -H 'content-type: application/json' \\"));
        say(&format!("             -d '{EXAMPLE}'"));
    })
    .await?;
    Ok(())
}

const EXAMPLE: &str =
    r#"{"query":"{ cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { name region { name } } }"}"#;

/// A database's address without what nobody should read over a shoulder.
pub(super) fn shown(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let rest = rest.split_once('?').map_or(rest, |(path, _)| path);
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(
            shown("postgres://simpul:secret@db:5432/simpul?sslmode=require"),
            "postgres://simpul@db:5432/simpul"
        );
        assert_eq!(shown("sqlite://simpul.db?mode=rwc"), "sqlite://simpul.db");
    }
}
