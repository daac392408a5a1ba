//! A linkage for search engines: a SellAction of schema.org.

use serde_json::{Value, json};

use super::{Trade, Trader};
use crate::pages::{provenance, visit::Visit, vocabulary::Word};

/// The kinds of linkages in which goods are sold.
const SALES: [&str; 2] = ["OFFTAKE", "INPUT_SUPPLY"];

/// What is published of a sale; `None` of one that is made up, and of a linkage that sells nothing.
pub(super) fn sale(visit: &Visit, trade: &Trade) -> Option<Value> {
    if provenance::is_synthetic(&trade.source) || !SALES.contains(&trade.kind.value()) {
        return None;
    }
    let party = |party: &Trader| json!({ "@type": "Organization", "name": party.name });
    let goods =
        trade.commodity.as_ref().map(|commodity| json!({ "@type": "Product", "name": commodity.name }));
    Some(json!({
        "@context": "https://schema.org",
        "@type": "SellAction",
        "identifier": trade.code,
        "name": visit.label(&trade.kind),
        "agent": party(&trade.supplier),
        "buyer": party(&trade.buyer),
        "object": goods,
        "startTime": trade.starts_on,
        "endTime": trade.ends_on,
    }))
}
