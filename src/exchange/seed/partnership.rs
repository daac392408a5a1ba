//! Seeds the ministry's memoranda that were published with their date.

use chrono::NaiveDate;
use entity::{
    partnership, partnership_party,
    set::AgreementContents,
    vocabulary::{PartnershipKind, PartnershipLanguage, PartnershipStatus, PartyRole},
};

use super::institution::{self, Institutions, Seeded};
use crate::{
    exchange::{
        ExchangeError,
        identity::{Origin, id, record},
        slug::slug,
    },
    graph::fold::fold,
    store::bulk::Bulk,
};

pub(super) fn add(bulk: &mut Bulk, institutions: &Institutions) -> Result<(), ExchangeError> {
    let ministry = institution::of(institutions, "Kemenkop")?;
    let mut dated: Vec<(NaiveDate, &Seeded)> = institutions
        .values()
        .filter_map(|partner| Some((partner.basis.strip_prefix("MoU ")?.parse().ok()?, partner)))
        .collect();
    dated.sort_by(|one, other| (one.0, &one.1.name).cmp(&(other.0, &other.1.name)));
    for (index, (day, partner)) in dated.into_iter().enumerate() {
        let number = format!("REG-{}-{:04}", day.format("%Y"), index + 1);
        let row = row(ministry, partner, day, number);
        bulk.add(&row)?;
        for (position, (party, role)) in
            [(ministry, PartyRole::First), (partner, PartyRole::Second)].into_iter().enumerate()
        {
            bulk.add(&partnership_party::Model {
                partnership_id: row.id,
                party_id: party.id,
                role,
                position: i32::try_from(position).unwrap_or_default(),
            })?;
        }
    }
    Ok(())
}

fn row(ministry: &Seeded, partner: &Seeded, day: NaiveDate, number: String) -> partnership::Model {
    let title = format!("Nota Kesepahaman {} dan {}", ministry.name, partner.name);
    let basis = &partner.basis;
    let origin =
        Origin::public(&format!("{basis}; its number is not published, {number} is the registry's own"));
    record!(
        origin,
        partnership {
            id: id("partnership", &slug(&partner.name), 0),
            first_party_id: ministry.id,
            number,
            title_fold: fold(&title),
            title,
            kind: PartnershipKind::Mou,
            pattern: None,
            status: PartnershipStatus::Signed,
            signed_on: Some(day),
            effective_from: None,
            effective_to: None,
            parent_id: None,
            scope: None,
            value: None,
            language: PartnershipLanguage::Indonesian,
            contents: AgreementContents::default(),
        }
    )
}
