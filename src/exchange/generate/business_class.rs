//! Generates the registered business classes of a cooperative, about ten.

use entity::{cooperative, cooperative_business_class};

use super::{Stock, cooperative::is_legal};
use crate::{
    exchange::draw::Draw,
    store::bulk::{Bulk, BulkError},
};

pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
) -> Result<(), BulkError> {
    if !is_legal(row.status) {
        return Ok(());
    }
    let edition = if draw.chance(900) { 2020 } else { 2025 };
    let classes: Vec<&str> = stock
        .classes
        .iter()
        .filter(|class| class.edition == edition)
        .map(|class| class.id.as_str())
        .collect();
    let amount = usize::try_from(draw.count(6, 14)).unwrap_or(6);
    for (n, index) in draw.sample(classes.len(), amount).into_iter().enumerate() {
        bulk.add(&cooperative_business_class::Model {
            cooperative_id: row.id,
            business_class_id: classes[index].to_owned(),
            is_primary: n == 0,
        })?;
    }
    Ok(())
}
