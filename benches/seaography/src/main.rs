//! Seaography on three of the registry's tables, which is what it can say of the queries.
//!
//! `DATABASE_URL=postgres://… PORT=… simpul-bench-seaography`

mod cooperative;
mod internship_batch;
mod placement;

use std::{env, error::Error, sync::LazyLock};

use async_graphql_axum::GraphQL;
use axum::{Router, routing::post_service};
use sea_orm::{ConnectOptions, Database};
use seaography::{Builder, BuilderContext};

static CONTEXT: LazyLock<BuilderContext> = LazyLock::new(BuilderContext::default);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut options = ConnectOptions::new(env::var("DATABASE_URL")?);
    options.min_connections(16).max_connections(16).sqlx_logging(false).test_before_acquire(false);
    let database = Database::connect(options).await?;

    let mut builder = Builder::new(&CONTEXT, database.clone());
    seaography::register_entity!(builder, cooperative, mutation: false);
    seaography::register_entity!(builder, internship_batch, mutation: false);
    seaography::register_entity!(builder, placement, mutation: false);
    let schema = builder.schema_builder().data(database).finish()?;

    let routes = Router::new().route("/graphql", post_service(GraphQL::new(schema)));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", env::var("PORT")?.parse()?)).await?;
    axum::serve(listener, routes).await?;
    Ok(())
}
