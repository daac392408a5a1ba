//! Checks the rules of the rows that a write changed.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Refusal, UserError};
use crate::{
    graph::{
        Error,
        load::{Noun, Table},
    },
    registry::{about, person::Person, rules},
    store::{Keys, WriteError, WriteTransaction},
};

/// Refuses the write if a row that it changed, or one that depends on such a row, breaks a rule. Rows to which a changed row
/// no longer refers are checked too.
pub(super) async fn check(transaction: &WriteTransaction) -> Result<(), Refusal> {
    let mut touched: BTreeMap<&'static str, (&'static Table, Keys)> = BTreeMap::new();
    for (noun, key, others) in transaction.changed() {
        let table = tables().find(|table| table.noun == noun);
        let table = table.ok_or_else(|| Refusal::Failed(Error::Internal(format!("{noun} is no record"))))?;
        add(&mut touched, table, &key.simple().to_string());
        for (name, keys) in others.keys() {
            let tables: Vec<&'static Table> = tables().filter(|table| table.name.as_str() == name).collect();
            for key in keys {
                for table in &tables {
                    add(&mut touched, table, key);
                }
            }
        }
    }
    let mut broken = Vec::new();
    for rule in rules::all() {
        for (table, keys) in touched.values() {
            let offenders = rule.offenders_among(transaction.connection(), table, keys).await;
            if !offenders.map_err(WriteError::from)?.is_empty() {
                broken.push(UserError::of_rule(rule));
                break;
            }
        }
    }
    if broken.is_empty() { Ok(()) } else { Err(Refusal::Errors(broken)) }
}

/// The tables of all records, those of people included.
fn tables() -> impl Iterator<Item = &'static Table> {
    about::records().into_iter().chain([Person::table()])
}

fn add(touched: &mut BTreeMap<&'static str, (&'static Table, Keys)>, table: &'static Table, key: &str) {
    let Ok(key) = Uuid::try_parse(key) else { return };
    let (_, keys) = touched.entry(table.noun).or_insert_with(|| (table, Keys::Uuids(Vec::new())));
    if let Keys::Uuids(keys) = keys
        && !keys.contains(&key)
    {
        keys.push(key);
    }
}
