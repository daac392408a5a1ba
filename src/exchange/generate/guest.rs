//! Generates synthetic rows around the seeded cooperatives: business, agreements and two staff members, marked as
//! synthetic.

use entity::cooperative;

use super::{
    Stock, application, business_class, business_unit, commodity,
    linkage::{self, Market},
    officer,
    participant::Member,
    partner::Partners,
    partnership,
};
use crate::{
    exchange::draw::Draw,
    store::bulk::{Bulk, BulkError},
};

/// Adds these rows, and returns the cooperative as one that sends participants.
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    row: &cooperative::Model,
    partners: &Partners,
) -> Result<Member, BulkError> {
    let key = row.slug.as_str();
    let draw = &mut Draw::new("guest", key, stock.seed);
    let officers = officer::add_staff(stock, bulk, draw, row, key)?;
    business_unit::add(stock, bulk, draw, row, key)?;
    business_class::add(stock, bulk, draw, row)?;
    let produce = commodity::add(stock, bulk, draw, row, key)?;
    let mut agreements = Vec::new();
    for n in 0..4 {
        agreements.push(partnership::one(stock, bulk, draw, row, key, partners, n)?);
    }
    let market = Market { partners, hub: None, exclusive: false };
    let won = linkage::add(stock, bulk, draw, row, key, 12, &agreements, &produce, market)?;
    application::add(stock, bulk, draw, row, key, partners, &won)?;
    Ok(Member {
        id: row.id,
        key: key.into(),
        province: row.region_code.get(..2).unwrap_or_default().into(),
        officers,
        wishes: 3,
    })
}
