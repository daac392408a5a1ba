//! A linkage for search engines: a `SellAction` of schema.org.

use serde_json::{Value, json};

use super::Trade;
use crate::pages::{
    structured::{named, thing},
    visit::Visit,
    vocabulary::Word,
};

/// The kinds of linkages in which goods are sold.
const SALES: [&str; 2] = ["OFFTAKE", "INPUT_SUPPLY"];

/// What is published of a sale; `None` of a linkage that sells nothing.
pub(super) fn sale(visit: &Visit, trade: &Trade) -> Option<Value> {
    if !SALES.contains(&trade.kind.value()) {
        return None;
    }
    let known = json!({
        "identifier": trade.code,
        "name": visit.label(&trade.kind),
        "agent": named("Organization", &trade.supplier.name),
        "buyer": named("Organization", &trade.buyer.name),
        "object": trade.commodity.as_ref().map(|commodity| named("Product", &commodity.name)),
        "startTime": trade.starts_on,
        "endTime": trade.ends_on,
    });
    Some(thing("SellAction", known))
}
