//! Seeds the published linkages of the model cooperative. Of their terms, only the parties are known.

use chrono::NaiveDate;
use entity::{
    linkage,
    vocabulary::{LinkageKind, LinkageStatus, PartnershipPattern},
};
use sea_orm::prelude::Uuid;

use super::{
    cooperative::{self, Cooperatives, MODEL},
    institution::{self, Institutions},
};
use crate::{
    exchange::{
        ExchangeError,
        identity::{Origin, day, id, record},
        slug::slug,
    },
    store::bulk::Bulk,
};

const SPPG: &str = "KADIN Kab. Bandung";
const DAIRY: &str = "KPBS";
const BUYERS: [&str; 3] = ["AEON", "Super Indo", "Yogya"];
const SIGNED: NaiveDate = day(2025, 8, 25);
const MILK: &str = "K085";

pub(super) fn add(
    bulk: &mut Bulk,
    institutions: &Institutions,
    cooperatives: &Cooperatives,
) -> Result<(), ExchangeError> {
    let model = cooperative::of(cooperatives, MODEL)?;
    for short in BUYERS {
        let buyer = institution::of(institutions, short)?;
        bulk.add(&row(short, (model, buyer.id), None, &buyer.basis, None))?;
    }
    let kitchens = institution::of(institutions, SPPG)?;
    bulk.add(&row(SPPG, (model, kitchens.id), None, &kitchens.basis, Some(SIGNED)))?;
    let dairy = cooperative::of(cooperatives, DAIRY)?;
    bulk.add(&row(DAIRY, (dairy, model), Some(MILK), "Al-Ittifaq milk agreement 2025-08-25", Some(SIGNED)))?;
    Ok(())
}

/// A linkage by trade, which is the one pattern that does not need an agreement in the registry.
fn row(
    short: &str,
    (supplier_id, buyer_id): (Uuid, Uuid),
    commodity: Option<&str>,
    basis: &str,
    as_of: Option<NaiveDate>,
) -> linkage::Model {
    let key = slug(short);
    record!(
        Origin { as_of, ..Origin::public(basis) },
        linkage {
            id: id("linkage", &key, 0),
            code: format!("LK-AL-ITTIFAQ-{}", key.to_uppercase()),
            kind: LinkageKind::Offtake,
            pattern: PartnershipPattern::GeneralTrade,
            status: LinkageStatus::Active,
            supplier_id,
            buyer_id,
            commodity_code: commodity.map(str::to_owned),
            starts_on: None,
            ends_on: None,
            annual_volume_milli: None,
            unit: None,
            annual_value: None,
            exclusive: false,
            payment_term_days: None,
            partnership_id: None,
        }
    )
}
