//! The reference list of commodities, with their units.

use entity::{
    commodity,
    vocabulary::{CommodityCategory, Unit},
};
use serde::Deserialize;

use super::table;
use crate::{
    exchange::{ExchangeError, gazetteer::damaged},
    graph::fold::fold,
};

#[derive(Debug, Deserialize)]
struct Line {
    code: String,
    category: CommodityCategory,
    name_id: String,
    name_en: String,
    unit: String,
}

/// Reads the reference list.
pub(in crate::exchange) fn commodities() -> Result<Vec<commodity::Model>, ExchangeError> {
    table!("commodities.csv").deserialize().map(|line| row(line.map_err(damaged)?)).collect()
}

fn row(line: Line) -> Result<commodity::Model, ExchangeError> {
    let unit = match line.unit.as_str() {
        "ton" => Unit::Ton,
        "kg" => Unit::Kilogram,
        "liter" => Unit::Litre,
        "m3" => Unit::CubicMetre,
        "head" => Unit::Head,
        "piece" => Unit::Piece,
        "stem" => Unit::Stem,
        "cylinder" => Unit::Cylinder,
        other => return Err(damaged(format!("unit {other} of commodity {}", line.code))),
    };
    Ok(commodity::Model {
        code: line.code,
        name_fold: fold(&line.name_id),
        name: line.name_id,
        name_en: line.name_en,
        category: line.category,
        unit,
    })
}
