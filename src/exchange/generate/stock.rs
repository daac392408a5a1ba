//! What everything made up draws on: the regions and the reference lists.

use entity::{business_class, commodity, vocabulary::CommodityCategory};

use crate::exchange::{ExchangeError, gazetteer::Gazetteer, seed};

#[derive(Debug)]
pub(in crate::exchange) struct Stock {
    pub(in crate::exchange) seed: u64,
    pub(in crate::exchange) gazetteer: Gazetteer,
    /// What is produced first, what is only traded last.
    pub(super) commodities: Vec<commodity::Model>,
    /// How many of them are produced.
    pub(super) produce: usize,
    pub(super) classes: Vec<business_class::Model>,
}

impl Stock {
    pub(in crate::exchange) fn open(seed: u64) -> Result<Self, ExchangeError> {
        let mut commodities = seed::commodity::rows()?;
        commodities.sort_by_key(traded);
        let produce = commodities.iter().filter(|commodity| !traded(commodity)).count();
        Ok(Self {
            seed,
            gazetteer: Gazetteer::open()?,
            commodities,
            produce,
            classes: seed::business_class::rows()?,
        })
    }
}

fn traded(commodity: &commodity::Model) -> bool {
    commodity.category == CommodityCategory::TradedGoods
}
