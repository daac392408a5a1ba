//! Tests of each pricing rule, on a small schema with every shape of field.

mod actual;
mod conditions;
mod rules;
pub(in crate::document) mod sample_schema;
mod scanning;
mod termination;

use async_graphql::{PathSegment, Request, Value, Variables, parser::parse_query};
use serde_json::json;

use super::{Cost, DocumentError, EstimateCache, Failures, Prices, price::DEFAULT_LIMIT};

/// Thousands of farms that the root's lists are chosen from.
const FARMS: u64 = 20;

fn prices() -> Prices {
    Prices::of(&sample_schema::registry(sample_schema::SCHEMA))
}

fn estimate(document: &str, variables: serde_json::Value) -> Result<Cost, DocumentError> {
    estimate_within(document, variables, DEFAULT_LIMIT)
}

fn estimate_within(document: &str, variables: serde_json::Value, limit: u32) -> Result<Cost, DocumentError> {
    let request = Request::new(document).variables(Variables::from_json(variables));
    prices()
        .estimate(&parse_query(document).unwrap(), &EstimateCache::default(), &request, limit)
        .map(Option::unwrap)
}

/// The price of a document, whether that is allowed or not.
fn cost(document: &str) -> u64 {
    estimate(document, json!({})).unwrap().requested
}

fn cost_with(document: &str, variables: serde_json::Value) -> u64 {
    estimate(document, variables).unwrap().requested
}

/// The actual cost of an answer.
fn actual(document: &str, data: serde_json::Value) -> u64 {
    estimate(document, json!({})).unwrap().actual(&Value::from_json(data).unwrap(), None)
}

/// The actual cost of an answer with errors at these paths, where work had begun or not.
fn failed(document: &str, data: serde_json::Value, errors: &[(&str, bool)]) -> u64 {
    let mut failures = Failures::default();
    for (path, begun) in errors {
        let segment = |part: &str| match part.parse() {
            Ok(index) => PathSegment::Index(index),
            Err(_) => PathSegment::Field(part.to_owned()),
        };
        let path: Vec<_> = path.split('.').filter(|part| !part.is_empty()).map(segment).collect();
        failures.add(&path, *begun);
    }
    estimate(document, json!({})).unwrap().actual(&Value::from_json(data).unwrap(), Some(&failures))
}

fn refused(document: &str) -> DocumentError {
    match estimate(document, json!({})) {
        Ok(cost) => cost.error.expect("a refusal"),
        Err(refusal) => refusal,
    }
}
