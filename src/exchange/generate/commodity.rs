//! Generates the yearly commodities of cooperatives. Neighbours have the same commodities.

use entity::{
    commodity, cooperative, cooperative_commodity,
    vocabulary::{CommodityCategory, Unit},
};

use super::{Stock, cooperative::is_legal};
use crate::{
    exchange::{
        draw::Draw,
        identity::{Origin, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

/// Adds the commodities of a cooperative, and returns them as indexes into the stock's commodities.
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
) -> Result<Vec<usize>, BulkError> {
    if !is_legal(row.status) || draw.chance(200) {
        return Ok(Vec::new());
    }
    let around = row.region_code.get(..8).unwrap_or(&row.region_code);
    let mut common = Draw::new("commodities around", around, stock.seed).sample(stock.produce, 18);
    common.truncate(18);
    let amount = usize::try_from(draw.count(1, 12)).unwrap_or(1);
    let handled: Vec<usize> =
        draw.sample(common.len(), amount).into_iter().map(|index| common[index]).collect();
    for index in &handled {
        let commodity = &stock.commodities[*index];
        let years: &[i32] = draw.weighted(&[(&[2025][..], 55), (&[2025, 2026][..], 45)]);
        for year in years {
            bulk.add(&yearly(stock, draw, row, key, commodity, *year))?;
        }
    }
    Ok(handled)
}

fn yearly(
    stock: &Stock,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    commodity: &commodity::Model,
    year: i32,
) -> cooperative_commodity::Model {
    let volume = (!draw.chance(150)).then(|| volume(draw, commodity.unit));
    let grown = !matches!(commodity.category, CommodityCategory::Craft | CommodityCategory::Livestock);
    let id = id("cooperative_commodity", &format!("{key}.{}.{year}", commodity.code), stock.seed);
    record!(
        Origin::synthetic(id),
        cooperative_commodity {
            id,
            cooperative_id: row.id,
            commodity_code: commodity.code.clone(),
            year,
            annual_volume_milli: volume,
            area_hectares_milli: (grown && draw.chance(700)).then(|| draw.amount(12_000, 1.2, 5_000_000)),
            worker_count: draw.chance(600).then(|| i32::try_from(draw.amount(14, 0.9, 900)).unwrap_or(1)),
            annual_value: volume.map(|volume| value(draw, commodity, volume)),
        }
    )
}

/// A yearly amount in thousandths of `unit`.
pub(super) fn volume(draw: &mut Draw, unit: Unit) -> i64 {
    let median = match unit {
        Unit::Ton | Unit::CubicMetre => 14_000,
        Unit::Head => 120_000,
        Unit::Kilogram | Unit::Litre | Unit::Cylinder => 2_400_000,
        Unit::Piece | Unit::Stem | Unit::Other => 900_000,
    };
    draw.amount(median, 1.6, 400_000 * median / 1_000)
}

/// The value in rupiah of this many thousandths of `commodity`, near the usual price of its kind.
pub(super) fn value(draw: &mut Draw, commodity: &commodity::Model, volume_milli: i64) -> i64 {
    let price = match (commodity.unit, commodity.category) {
        (Unit::Ton, CommodityCategory::FoodCrop) => 6_500_000,
        (Unit::Ton, CommodityCategory::Vegetable) => 9_000_000,
        (Unit::Ton, CommodityCategory::Fruit) => 12_000_000,
        (Unit::Ton, CommodityCategory::Fishery) => 30_000_000,
        (Unit::Ton, CommodityCategory::Forestry) => 2_500_000,
        (Unit::Ton, _) => 22_000_000,
        (Unit::CubicMetre, _) => 1_600_000,
        (Unit::Head, _) => 1_900_000,
        (Unit::Kilogram, _) => 28_000,
        (Unit::Litre, _) => 9_000,
        (Unit::Cylinder, _) => 18_000,
        (Unit::Piece | Unit::Stem | Unit::Other, _) => 35_000,
    };
    volume_milli.saturating_mul(price / 100 * draw.between(70, 130)) / 1_000
}
