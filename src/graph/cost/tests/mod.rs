//! Each rule of the prices by itself, on a small schema that has every shape there is.

mod orchard;
mod rules;
mod scanning;
mod termination;
mod written;

use async_graphql::{Request, Value, Variables, parser::parse_query};
use serde_json::json;

use super::{Cost, Known, Prices, Refusal, price::DEFAULT_LIMIT};

fn prices() -> Prices {
    Prices::of(&orchard::registry(orchard::SCHEMA))
}

fn weigh(document: &str, variables: serde_json::Value) -> Result<Cost, Refusal> {
    weigh_within(document, variables, DEFAULT_LIMIT)
}

fn weigh_within(document: &str, variables: serde_json::Value, limit: u32) -> Result<Cost, Refusal> {
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
    weigh(document, json!({})).unwrap().actual(&Value::from_json(data).unwrap(), false)
}

/// What an answer to it cost in which something failed.
fn failed(document: &str, data: serde_json::Value) -> u64 {
    weigh(document, json!({})).unwrap().actual(&Value::from_json(data).unwrap(), true)
}

fn refused(document: &str) -> Refusal {
    match weigh(document, json!({})) {
        Ok(cost) => cost.refusal.expect("a refusal"),
        Err(refusal) => refusal,
    }
}
