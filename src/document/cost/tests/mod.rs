//! Each rule of the prices by itself, on a small schema that has every shape there is.

mod delivered;
pub(in crate::document) mod orchard;
mod rules;
mod scanning;
mod termination;
mod written;

use async_graphql::{PathSegment, Request, Value, Variables, parser::parse_query};
use serde_json::json;

use super::{Cost, DocumentError, Known, Missing, Prices, price::DEFAULT_LIMIT};

/// Thousands of farms that the root's lists are chosen from.
const FARMS: u64 = 20;

fn prices() -> Prices {
    Prices::of(&orchard::registry(orchard::SCHEMA))
}

fn weigh(document: &str, variables: serde_json::Value) -> Result<Cost, DocumentError> {
    weigh_within(document, variables, DEFAULT_LIMIT)
}

fn weigh_within(document: &str, variables: serde_json::Value, limit: u32) -> Result<Cost, DocumentError> {
    let request = Request::new(document).variables(Variables::from_json(variables));
    prices().weigh(&parse_query(document).unwrap(), &Known::default(), &request, limit).map(Option::unwrap)
}

/// What a document costs, whether that is allowed or not.
fn cost(document: &str) -> u64 {
    weigh(document, json!({})).unwrap().requested
}

fn cost_with(document: &str, variables: serde_json::Value) -> u64 {
    weigh(document, variables).unwrap().requested
}

/// What an answer to it cost.
fn actual(document: &str, data: serde_json::Value) -> u64 {
    weigh(document, json!({})).unwrap().actual(&Value::from_json(data).unwrap(), None)
}

/// What an answer to it cost with errors at these paths, at which something had been begun, or not.
fn failed(document: &str, data: serde_json::Value, errors: &[(&str, bool)]) -> u64 {
    let mut missing = Missing::default();
    for (path, begun) in errors {
        let segment = |part: &str| match part.parse() {
            Ok(index) => PathSegment::Index(index),
            Err(_) => PathSegment::Field(part.to_owned()),
        };
        let path: Vec<_> = path.split('.').filter(|part| !part.is_empty()).map(segment).collect();
        missing.add(&path, *begun);
    }
    weigh(document, json!({})).unwrap().actual(&Value::from_json(data).unwrap(), Some(&missing))
}

fn refused(document: &str) -> DocumentError {
    match weigh(document, json!({})) {
        Ok(cost) => cost.error.expect("a refusal"),
        Err(refusal) => refusal,
    }
}
