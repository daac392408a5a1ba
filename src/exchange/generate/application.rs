//! Generates applications to become a partner's outlet or agent. Few of them lead to a linkage.

use chrono::{Days, NaiveDate};
use entity::{
    cooperative, partnership_application,
    vocabulary::{ApplicationPackage, ApplicationStatus, CooperativeStatus},
};
use sea_orm::prelude::Uuid;

use super::{
    Stock,
    cooperative::is_over,
    linkage::Won,
    partner::{Line, Partners},
};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, day, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

const REASONS: [&str; 4] = [
    "dokumen legalitas belum lengkap",
    "lokasi belum siap",
    "kuota wilayah sudah terpenuhi",
    "modal awal belum tersedia",
];

pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    partners: &Partners,
    won: &[Won],
) -> Result<(), BulkError> {
    use ApplicationStatus::{Activated, Rejected, Requested, Revision, Verified, Verifying};
    let Some(legal) = row.legal_entity_on.filter(|_| !is_over(row.status)) else { return Ok(()) };
    let mut n = 0;
    for linkage in won {
        // An application is made before its linkage starts.
        let latest = linkage.starts_on.unwrap_or(ANCHOR) - Days::new(2);
        let earliest = legal.max(latest - Days::new(240));
        if earliest < latest && draw.chance(420) {
            let dates = (earliest, latest);
            bulk.add(&made(
                stock,
                draw,
                row,
                key,
                n,
                (partners, linkage.partner),
                Activated,
                Some(linkage.linkage),
                dates,
            ))?;
            n += 1;
        }
    }
    let none = if row.status == CooperativeStatus::Operating { 250 } else { 520 };
    let others = if draw.chance(none) { 0 } else { draw.amount(4, 0.75, 24) };
    for _ in 0..others {
        let index = partners.trade[draw.zipf(partners.trade.len().min(120), 0.9)];
        let status =
            draw.weighted(&[(Requested, 24), (Verifying, 11), (Revision, 8), (Verified, 40), (Rejected, 17)]);
        let dates = (legal.max(day(2025, 8, 1)), ANCHOR - Days::new(10));
        bulk.add(&made(stock, draw, row, key, n, (partners, index), status, None, dates))?;
        n += 1;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "one for each thing that makes an application")]
fn made(
    stock: &Stock,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    n: usize,
    (partners, partner): (&Partners, usize),
    status: ApplicationStatus,
    linkage_id: Option<Uuid>,
    (earliest, latest): (NaiveDate, NaiveDate),
) -> partnership_application::Model {
    use ApplicationStatus::{Activated, Rejected, Revision, Verified};
    let partner = &partners.all[partner];
    let requested_on = draw.day(earliest, latest.max(earliest));
    let decided = matches!(status, Activated | Verified | Rejected);
    let explained = matches!(status, Rejected | Revision);
    let id = id("partnership_application", &format!("{key}.{n}"), stock.seed);
    record!(
        Origin::synthetic(id),
        partnership_application {
            id,
            cooperative_id: row.id,
            institution_id: partner.id,
            status,
            package: Some(package(draw, partner.line)).filter(|_| !draw.chance(50)),
            reason: explained.then(|| draw.pick(&REASONS).to_owned()),
            requested_on,
            decided_on:
                decided
                    .then(|| draw
                        .day(requested_on, (requested_on + Days::new(60)).min(latest.max(requested_on)))),
            linkage_id,
        }
    )
}

fn package(draw: &mut Draw, line: Line) -> ApplicationPackage {
    use ApplicationPackage::{Banking, Fertilizer, Logistics, Lpg, Other, Pharmacy, Postal, Staples};
    match line {
        Line::Gas => Lpg,
        Line::Fertiliser => Fertilizer,
        Line::Grain => Staples,
        Line::Medicine => Pharmacy,
        Line::Post => draw.weighted(&[(Postal, 70), (Logistics, 30)]),
        Line::OfItsKind => draw.weighted(&[(Staples, 40), (Banking, 30), (Logistics, 12), (Other, 18)]),
    }
}
