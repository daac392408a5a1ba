//! Generates business units: none in a quarter of the cooperatives, seven or more in a few.

use chrono::Days;
use entity::{
    cooperative,
    vocabulary::{BusinessUnitKind, BusinessUnitStatus, CooperativeStatus, Ownership},
};

use super::{Stock, cooperative::is_legal};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

const KINDS: [BusinessUnitKind; 13] = [
    BusinessUnitKind::Office,
    BusinessUnitKind::Grocery,
    BusinessUnitKind::Lpg,
    BusinessUnitKind::SavingsLoans,
    BusinessUnitKind::Warehouse,
    BusinessUnitKind::Fertilizer,
    BusinessUnitKind::Pharmacy,
    BusinessUnitKind::Logistics,
    BusinessUnitKind::Clinic,
    BusinessUnitKind::BankAgent,
    BusinessUnitKind::PostalAgent,
    BusinessUnitKind::ColdStorage,
    BusinessUnitKind::Other,
];

pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
) -> Result<(), BulkError> {
    if !is_legal(row.status) {
        return Ok(());
    }
    let none = if row.status == CooperativeStatus::Operating { 0 } else { 57 };
    let amount = match draw.weighted(&[(0, none), (1, 42), (2, 24), (4, 20), (8, 4)]) {
        4 => draw.count(3, 6),
        8 => draw.count(7, 11),
        amount => amount,
    };
    // The common kinds come first, and the product of two random indexes prefers low ones.
    let start = draw.index(KINDS.len()) * draw.index(KINDS.len()) / KINDS.len();
    for n in 0..usize::try_from(amount).unwrap_or_default() {
        let kind = KINDS[(start + n) % KINDS.len()];
        let status = status(draw, row.status, n == 0);
        let first = row.legal_entity_on.or(row.established_on).unwrap_or(ANCHOR - Days::new(400));
        let begun = matches!(status, BusinessUnitStatus::Open | BusinessUnitStatus::Closed);
        let id = id("business_unit", &format!("{key}.{n}"), stock.seed);
        bulk.add(&record!(
            Origin::synthetic(id),
            business_unit {
                id,
                cooperative_id: row.id,
                kind,
                status,
                opened_on: begun.then(|| draw.day(first, ANCHOR - Days::new(1))),
                ownership: draw.weighted(&[
                    (None, 10),
                    (Some(Ownership::VillageAsset), 45),
                    (Some(Ownership::Borrowed), 20),
                    (Some(Ownership::Rented), 15),
                    (Some(Ownership::Owned), 10),
                ]),
                has_power: (!draw.chance(80)).then(|| draw.chance(930)),
                has_internet: (!draw.chance(80)).then(|| draw.chance(640)),
                build_progress: Some(match status {
                    BusinessUnitStatus::Planned => 0,
                    BusinessUnitStatus::Building => draw.count(5, 95),
                    BusinessUnitStatus::Open | BusinessUnitStatus::Closed => 100,
                }),
            }
        ))?;
    }
    Ok(())
}

fn status(draw: &mut Draw, cooperative: CooperativeStatus, first: bool) -> BusinessUnitStatus {
    use BusinessUnitStatus::{Building, Closed, Open, Planned};
    match cooperative {
        CooperativeStatus::Operating if first => Open,
        CooperativeStatus::Operating => {
            draw.weighted(&[(Open, 70), (Building, 14), (Planned, 12), (Closed, 4)])
        }
        CooperativeStatus::LegalEntity => draw.weighted(&[(Building, 45), (Planned, 55)]),
        _ => Closed,
    }
}
