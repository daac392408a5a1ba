//! Generates linkages between cooperatives and partners. Most cooperatives have none; a few partners have most of
//! them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use entity::{
    cooperative, linkage,
    vocabulary::{
        CommodityCategory, CooperativeStatus, InstitutionKind, LinkageKind, LinkageStatus, PartnershipPattern,
    },
};
use sea_orm::prelude::Uuid;

use super::{
    Stock, commodity, linkage_month,
    partner::{Line, Partner, Partners},
    partnership::Agreement,
};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, day, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

/// A linkage with an institution, which an application may have led to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Won {
    pub(super) linkage: Uuid,
    pub(super) partner: usize,
    pub(super) starts_on: Option<NaiveDate>,
}

/// The data that the linkages of one cooperative are made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Market<'a> {
    pub(super) partners: &'a Partners,
    /// A cooperative that buys from others, often a nearby one; none where only institutions buy.
    pub(super) hub: Option<Uuid>,
    /// Whether linkages may be exclusive to one buyer.
    pub(super) exclusive: bool,
}

/// The number of linkages of a cooperative: usually none or one, sometimes several, rarely many.
pub(super) fn count(draw: &mut Draw, status: CooperativeStatus) -> usize {
    let none = match status {
        CooperativeStatus::Operating => 170,
        CooperativeStatus::LegalEntity => 900,
        CooperativeStatus::Inactive | CooperativeStatus::Suspended => 700,
        _ => return 0,
    };
    if draw.chance(none) {
        return 0;
    }
    let amount = match draw.weighted(&[(1, 58), (2, 41), (10, 1)]) {
        2 => draw.weighted(&[(2, 72), (3, 18), (4, 6), (6, 3), (9, 1)]),
        10 => 9 + draw.amount(7, 0.8, 51),
        amount => amount,
    };
    usize::try_from(amount).unwrap_or_default()
}

/// Adds linkages to a cooperative, with their months.
#[expect(clippy::too_many_arguments, reason = "what a linkage rests on comes from many nouns")]
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    amount: usize,
    agreements: &[Agreement],
    produce: &[usize],
    market: Market<'_>,
) -> Result<Vec<Won>, BulkError> {
    let mut book = Book::default();
    let mut won = Vec::new();
    for n in 0..amount {
        let agreement = agreements.get(n).copied();
        let Some(deal) = deal(stock, draw, agreement, produce, market) else { continue };
        if !book.note(&deal) {
            continue;
        }
        let made = make(stock, draw, row, &format!("{key}-{:02}", n + 1), &deal, market, &mut book);
        bulk.add(&made)?;
        linkage_month::add(stock, bulk, draw, &made)?;
        if let Some(partner) = deal.partner {
            won.push(Won { linkage: made.id, partner, starts_on: made.starts_on });
        }
    }
    Ok(won)
}

/// The partner, kind and commodity of a linkage.
#[derive(Clone, Copy, Debug)]
struct Deal {
    partner: Option<usize>,
    other: Uuid,
    kind: LinkageKind,
    supplies: bool,
    commodity: Option<usize>,
    agreement: Option<Agreement>,
}

/// The linkages of one cooperative so far, which prevent overlaps.
#[derive(Debug, Default)]
struct Book {
    dealt: Vec<(Uuid, bool, Option<usize>)>,
    /// The commodities with an active sale, and whether it is exclusive.
    sales: HashMap<usize, bool>,
}

impl Book {
    /// Records a deal. Returns false if an equal one exists.
    fn note(&mut self, deal: &Deal) -> bool {
        let same = (deal.other, deal.supplies, deal.commodity);
        let new = !self.dealt.contains(&same);
        self.dealt.push(same);
        new
    }

    /// Whether another active sale of `commodity` may be exclusive, as wished; none if no further sale is allowed.
    fn sell(&mut self, commodity: usize, wish: bool) -> Option<bool> {
        match self.sales.get(&commodity) {
            None => {
                self.sales.insert(commodity, wish);
                Some(wish)
            }
            Some(true) => None,
            Some(false) => Some(false),
        }
    }
}

fn deal(
    stock: &Stock,
    draw: &mut Draw,
    agreement: Option<Agreement>,
    produce: &[usize],
    market: Market<'_>,
) -> Option<Deal> {
    let rests =
        agreement.filter(|agreement| draw.chance(800) && market.partners.trade.contains(&agreement.partner));
    if let Some(hub) = market.hub.filter(|_| rests.is_none() && draw.chance(110)) {
        let kind = draw.weighted(&[(LinkageKind::Offtake, 75), (LinkageKind::Processing, 25)]);
        let commodity = sold(stock, draw, produce, Line::OfItsKind);
        return Some(Deal {
            partner: None,
            other: hub,
            kind,
            supplies: true,
            commodity: Some(commodity),
            agreement: None,
        });
    }
    let index = match rests {
        Some(agreement) => agreement.partner,
        None => *market.partners.trade.get(draw.zipf(market.partners.trade.len(), 1.35))?,
    };
    let partner = &market.partners.all[index];
    let (kind, supplies) = business(draw, partner);
    let commodity = match kind {
        LinkageKind::Offtake | LinkageKind::Processing => Some(sold(stock, draw, produce, partner.line)),
        LinkageKind::AgencyOutlet | LinkageKind::InputSupply => bought(stock, draw, partner.line),
        _ => None,
    };
    Some(Deal { partner: Some(index), other: partner.id, kind, supplies, commodity, agreement: rests })
}

/// The kind of business between a partner and a cooperative, and whether the cooperative is the supplier.
fn business(draw: &mut Draw, partner: &Partner) -> (LinkageKind, bool) {
    use InstitutionKind::{
        Academy, Bank, College, FinancialAgency, Institute, Offtaker, Polytechnic, Processor,
        RegionalEnterprise, Retailer, StateOwnedEnterprise, University,
    };
    use LinkageKind::{
        AgencyOutlet, Certification, Financing, InputSupply, Logistics, Mentoring, Offtake, Processing,
        Technology,
    };
    match (partner.line, partner.kind) {
        (Line::Fertiliser, _) => (InputSupply, false),
        (Line::Gas | Line::Medicine, _) => (AgencyOutlet, false),
        (Line::Post, _) => (Logistics, false),
        (Line::Grain, _) | (_, Retailer) => {
            draw.weighted(&[((Offtake, true), 85), ((AgencyOutlet, false), 15)])
        }
        (_, Offtaker) => (Offtake, true),
        (_, Processor) => draw.weighted(&[((Processing, true), 60), ((Offtake, true), 40)]),
        (_, StateOwnedEnterprise | RegionalEnterprise) => {
            draw.weighted(&[((Offtake, true), 60), ((InputSupply, false), 40)])
        }
        (_, Bank | FinancialAgency) => (Financing, false),
        (_, University | Polytechnic | Institute | College | Academy) => draw.weighted(&[
            ((Mentoring, false), 40),
            ((Technology, false), 22),
            ((Certification, false), 8),
            ((Offtake, true), 30),
        ]),
        _ => draw.weighted(&[((Mentoring, false), 55), ((Certification, false), 15), ((Offtake, true), 30)]),
    }
}

/// A commodity of the cooperative's own produce, or else any that is produced.
fn sold(stock: &Stock, draw: &mut Draw, produce: &[usize], line: Line) -> usize {
    let grain = |index: &usize| stock.commodities[*index].category == CommodityCategory::FoodCrop;
    let own: Vec<usize> =
        produce.iter().copied().filter(|index| line != Line::Grain || grain(index)).collect();
    if !own.is_empty() {
        return draw.pick(&own);
    }
    let any: Vec<usize> = (0..stock.produce).filter(|index| line != Line::Grain || grain(index)).collect();
    draw.pick(&any)
}

/// A commodity to resell. Medicine and parcels are not commodities here.
fn bought(stock: &Stock, draw: &mut Draw, line: Line) -> Option<usize> {
    let word = match line {
        Line::Medicine | Line::Post => return None,
        Line::Fertiliser => "pupuk",
        Line::Gas => "lpg",
        Line::Grain => "beras",
        Line::OfItsKind => "",
    };
    let goods: Vec<usize> = (stock.produce..stock.commodities.len())
        .filter(|index| stock.commodities[*index].name_fold.contains(word))
        .collect();
    (!goods.is_empty()).then(|| draw.pick(&goods))
}

fn make(
    stock: &Stock,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    deal: &Deal,
    market: Market<'_>,
    book: &mut Book,
) -> linkage::Model {
    let mut status = status(draw, row.status);
    let mut exclusive = false;
    if let Some(commodity) = deal.commodity.filter(|_| deal.supplies && status == LinkageStatus::Active) {
        match book.sell(commodity, market.exclusive && draw.chance(40)) {
            Some(allowed) => exclusive = allowed,
            None => status = LinkageStatus::Negotiating,
        }
    }
    let holds = deal.agreement.filter(|agreement| agreement.since.is_some());
    let pattern = match (holds, status) {
        (Some(agreement), _) => agreement.pattern,
        (None, LinkageStatus::Active) => PartnershipPattern::GeneralTrade,
        (None, _) => draw.weighted(&[
            (PartnershipPattern::GeneralTrade, 70),
            (PartnershipPattern::SupplyChain, 20),
            (PartnershipPattern::DistributionAgency, 10),
        ]),
    };
    let (starts_on, ends_on) = dates(draw, row, status, holds.and_then(|agreement| agreement.since));
    let commodity = deal.commodity.map(|index| &stock.commodities[index]);
    let volume =
        commodity.filter(|_| !draw.chance(120)).map(|commodity| commodity::volume(draw, commodity.unit));
    let value = match (commodity, volume) {
        (Some(commodity), Some(volume)) => Some(commodity::value(draw, commodity, volume)),
        (None, _) if deal.kind == LinkageKind::Financing => Some(1_000_000 * draw.amount(180, 1.0, 3_000)),
        _ => None,
    };
    let (supplier_id, buyer_id) = if deal.supplies { (row.id, deal.other) } else { (deal.other, row.id) };
    let id = id("linkage", key, stock.seed);
    record!(
        Origin::synthetic(id),
        linkage {
            id,
            code: format!("LK-{}", key.to_uppercase()),
            kind: deal.kind,
            pattern,
            status,
            supplier_id,
            buyer_id,
            commodity_code: commodity.map(|commodity| commodity.code.clone()),
            starts_on,
            ends_on,
            annual_volume_milli: volume,
            unit: volume.and(commodity).map(|commodity| commodity.unit),
            annual_value: value,
            exclusive,
            payment_term_days: draw.weighted(&[
                (None, 25),
                (Some(0), 25),
                (Some(7), 15),
                (Some(14), 15),
                (Some(30), 15),
                (Some(60), 5)
            ]),
            partnership_id: holds.map(|agreement| agreement.id),
        }
    )
}

fn status(draw: &mut Draw, cooperative: CooperativeStatus) -> LinkageStatus {
    use LinkageStatus::{Active, Breached, Dropped, Ended, Negotiating, OnHold, Proposed, Trial};
    match cooperative {
        CooperativeStatus::Operating => draw.weighted(&[
            (Active, 56),
            (Trial, 10),
            (Negotiating, 9),
            (Proposed, 8),
            (OnHold, 4),
            (Ended, 9),
            (Breached, 1),
            (Dropped, 3),
        ]),
        CooperativeStatus::LegalEntity => draw.weighted(&[(Proposed, 55), (Negotiating, 35), (Dropped, 10)]),
        _ => draw.weighted(&[(Ended, 80), (Breached, 5), (OnHold, 15)]),
    }
}

/// The start and end dates, as far as the stage has them. A linkage under an agreement starts with it or later.
fn dates(
    draw: &mut Draw,
    row: &cooperative::Model,
    status: LinkageStatus,
    since: Option<NaiveDate>,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    use LinkageStatus::{Breached, Dropped, Ended, Negotiating, Proposed};
    if matches!(status, Proposed | Negotiating | Dropped) {
        return (None, None);
    }
    let earliest = row
        .legal_entity_on
        .unwrap_or(day(2025, 8, 1))
        .max(day(2024, 6, 1))
        .max(since.unwrap_or(NaiveDate::MIN));
    let usual = if draw.chance(750) { day(2025, 12, 31) } else { day(2026, 8, 31) };
    let latest = earliest.max(usual).min(ANCHOR - Days::new(40)).max(earliest);
    let starts = draw.day(earliest, latest);
    let ends = match status {
        Ended | Breached => {
            Some(draw.day(starts + Days::new(1), (ANCHOR - Days::new(1)).max(starts + Days::new(1))))
        }
        _ => draw.chance(500).then(|| draw.day(ANCHOR + Days::new(1), day(2029, 12, 31))),
    };
    (Some(starts), ends)
}
