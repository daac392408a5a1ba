//! Data that the seed and the generator share: regions, reference lists, and the villages of the first batch.

mod business_class;
mod commodity;
mod village;

use entity::vocabulary::CommodityCategory;

use super::{ExchangeError, gazetteer::Gazetteer};

pub(super) use self::{
    business_class::business_classes, commodity::commodities, village::villages_of_participants,
};

/// The regions and reference lists, read from the files of the seed.
#[derive(Debug)]
pub(super) struct Stock {
    pub(super) seed: u64,
    pub(super) gazetteer: Gazetteer,
    /// Commodities that are produced come first, then those that are only traded.
    pub(super) commodities: Vec<entity::commodity::Model>,
    /// The number of commodities that are produced.
    pub(super) produce: usize,
    pub(super) classes: Vec<entity::business_class::Model>,
}

impl Stock {
    pub(super) fn open(seed: u64) -> Result<Self, ExchangeError> {
        let mut commodities = commodities()?;
        commodities.sort_by_key(is_traded);
        let produce = commodities.iter().filter(|commodity| !is_traded(commodity)).count();
        Ok(Self { seed, gazetteer: Gazetteer::open()?, commodities, produce, classes: business_classes()? })
    }
}

fn is_traded(commodity: &entity::commodity::Model) -> bool {
    commodity.category == CommodityCategory::TradedGoods
}

/// Opens a CSV file of the seed.
macro_rules! table {
    ($file:literal) => {
        csv::Reader::from_reader(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/", $file)).as_bytes(),
        )
    };
}
pub(super) use table;
