//! Generates the monthly deliveries of linkages. About a third of the months have none.

use chrono::{Datelike, Months, NaiveDate};
use entity::{linkage, linkage_month};

use super::Stock;
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

/// Adds the full months between start and end, at most the last year and a half.
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &linkage::Model,
) -> Result<(), BulkError> {
    let Some(starts) = row.starts_on else { return Ok(()) };
    let ends = row.ends_on.unwrap_or(ANCHOR).min(ANCHOR);
    let mut month = (first_of(starts) + Months::new(1)).max(ANCHOR - Months::new(18));
    while month + Months::new(1) <= ends {
        bulk.add(&figures(stock, draw, row, month))?;
        month = month + Months::new(1);
    }
    Ok(())
}

fn first_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn figures(stock: &Stock, draw: &mut Draw, row: &linkage::Model, month: NaiveDate) -> linkage_month::Model {
    let id = id("linkage_month", &format!("{}.{month}", row.code), stock.seed);
    let delivers = !draw.chance(350);
    // Between a third and five thirds of a twelfth of the yearly amount.
    let share = if delivers { draw.between(28, 139) } else { 0 };
    let part = |yearly: i64| yearly.saturating_mul(share) / 1_000;
    record!(
        Origin::synthetic(id),
        linkage_month {
            id,
            linkage_id: row.id,
            month,
            volume_milli: row.annual_volume_milli.map(part),
            value: row.annual_value.map(part),
            delivery_count: row.commodity_code.as_ref().map(|_| if delivers { draw.count(1, 26) } else { 0 }),
            rejected_bp: row.commodity_code.as_ref().filter(|_| delivers).map(|_| draw.weighted(&[
                (0, 60),
                (150, 20),
                (400, 15),
                (1_200, 5)
            ])),
        }
    )
}
