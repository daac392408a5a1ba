//! The schema browser: `/schema`, and a page for each type.

mod found;
mod list;
mod read;
mod sheet;
mod types;

use std::sync::{Arc, LazyLock};

use async_graphql::Request;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use tokio::sync::OnceCell;

use self::read::{DOCUMENT, Schema};
use super::{failure::Failure, visit::Visit};
use crate::http::{Node, Refusal, Tagged};

pub(super) const INDEX: &str = "/schema";
pub(super) const TYPE: &str = "/schema/{type}";
/// The names of all fields, for completion.
pub(super) const FIELDS: &str = "/editor/fields.json";

/// Whether the node answers introspection.
const PROBE: &str = "query SchemaIsShown { __schema { queryType { name } } }";

/// The documents that these pages execute.
pub(super) const DOCUMENTS: [&str; 2] = [DOCUMENT, PROBE];

/// The schema is the same as long as the program runs.
static SCHEMA: OnceCell<Arc<Schema>> = OnceCell::const_new();

pub(super) async fn index(visit: Visit, State(node): State<Node>) -> Response {
    let page = schema(&visit, &node).await.map(|schema| list::page(&visit, &schema));
    visit.respond_kept(page)
}

pub(super) async fn of_type(visit: Visit, State(node): State<Node>, Path(name): Path<String>) -> Response {
    let page = match schema(&visit, &node).await {
        Ok(schema) => {
            schema.types.get(&name).map(|each| sheet::page(&visit, &schema, each)).ok_or(Failure::NotFound)
        }
        Err(failure) => Err(failure),
    };
    visit.respond_kept(page)
}

pub(super) async fn fields(visit: Visit, State(node): State<Node>) -> Response {
    static FIELDS: LazyLock<Option<Tagged>> = LazyLock::new(|| {
        let schema = SCHEMA.get()?;
        Some(Tagged::new("application/json; charset=utf-8", schema.fields()))
    });
    let missing = || Refusal::not_found("this server does not describe its schema").into_response();
    match schema(&visit, &node).await {
        Ok(_) => match FIELDS.as_ref() {
            Some(fields) => fields.response(&visit.headers).await,
            None => missing(),
        },
        Err(Failure::NotFound) => missing(),
        Err(failure) => visit.respond(Err(failure)),
    }
}

/// The schema, as this node describes it. The reader pays for the question whether it does.
async fn schema(visit: &Visit, node: &Node) -> Result<Arc<Schema>, Failure> {
    visit.probe(PROBE).await.map_err(|failure| match failure {
        Failure::Refused(refused, _) if refused.status == StatusCode::BAD_REQUEST => Failure::NotFound,
        other => other,
    })?;
    let read = async || {
        let answer = node.ask_for_itself(Request::new(DOCUMENT).into()).await;
        match Schema::read(answer.data()) {
            Ok(schema) => Ok(Arc::new(schema)),
            Err(error) => {
                tracing::error!(error, "the schema cannot be read");
                Err(Failure::of(&answer))
            }
        }
    };
    SCHEMA.get_or_try_init(read).await.cloned()
}

/// The address of a type's page.
fn address(visit: &Visit, name: &str) -> String {
    visit.link(&format!("{INDEX}/{name}"))
}

/// A description: paragraphs, with `names` as code. It is in English.
fn prose(text: Option<&str>) -> Markup {
    html! {
        @for paragraph in text.unwrap_or_default().split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p lang="en" { (inline(paragraph)) }
        }
    }
}

/// A text whose parts between backticks are code.
fn inline(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
