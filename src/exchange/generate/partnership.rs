//! Generates agreements: of institutions with the ministry, and of cooperatives with institutions.

use chrono::{Datelike, Days, NaiveDate};
use entity::{
    cooperative, partnership, partnership_party,
    set::AgreementContents,
    vocabulary::{
        AgreementContent, CooperativeStatus, PartnershipKind, PartnershipLanguage, PartnershipPattern,
        PartnershipStatus, PartyRole,
    },
};
use sea_orm::{Iterable, prelude::Uuid};

use super::{
    Stock,
    partner::{Partner, Partners},
};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, day, id, record},
    },
    graph::fold::fold,
    store::bulk::{Bulk, BulkError},
};

/// An agreement of a cooperative, with the data that its linkages need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Agreement {
    pub(super) id: Uuid,
    /// Index of the other party among the partners.
    pub(super) partner: usize,
    pub(super) pattern: PartnershipPattern,
    /// The date of its signature, if it is in force.
    pub(super) since: Option<NaiveDate>,
}

/// Adds memoranda between the ministry and the first signatories, under which these conclude their agreements.
pub(super) fn add_umbrellas(
    stock: &Stock,
    bulk: &mut Bulk,
    partners: &mut Partners,
) -> Result<(), BulkError> {
    let signatories: Vec<usize> = partners.agreement.iter().copied().take(160).collect();
    for index in signatories {
        let partner = &partners.all[index];
        if partner.id == partners.ministry {
            continue;
        }
        let key = format!("U{}", partner.id);
        let draw = &mut Draw::new("partnership", &key, stock.seed);
        let signed = draw.day(day(2025, 3, 3), day(2025, 7, 18));
        let id = id("partnership", &key, stock.seed);
        let number = format!(
            "MOU/{}/{}/{}",
            id.simple().to_string().split_off(24),
            roman(signed.month()),
            signed.year()
        );
        let title = format!("Nota Kesepahaman Kementerian Koperasi dan {}", partner.name);
        let until = signed + Days::new(365 * 4);
        let terms = Terms {
            kind: PartnershipKind::Mou,
            status: PartnershipStatus::Active,
            pattern: None,
            signed_on: Some(signed),
            from: Some(signed),
            until: Some(until),
        };
        bulk.add(&row(draw, id, partners.ministry, number, title, &terms, None, None))?;
        bulk.add(&party(id, partners.ministry, PartyRole::First, 0))?;
        bulk.add(&party(id, partner.id, PartyRole::Second, 1))?;
        partners.all[index].umbrella = Some(id);
    }
    Ok(())
}

/// Adds the agreements of a cooperative, and returns those that a linkage may refer to.
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    partners: &Partners,
) -> Result<Vec<Agreement>, BulkError> {
    let several = match row.status {
        CooperativeStatus::Operating => draw.weighted(&[(0, 78), (1, 16), (2, 4), (3, 2)]),
        CooperativeStatus::LegalEntity | CooperativeStatus::Inactive => draw.weighted(&[(0, 97), (1, 3)]),
        _ => 0,
    };
    (0..several).map(|n| one(stock, bulk, draw, row, key, partners, n)).collect()
}

/// Adds one agreement of a cooperative with a random partner.
pub(super) fn one(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    cooperative: &cooperative::Model,
    key: &str,
    partners: &Partners,
    n: usize,
) -> Result<Agreement, BulkError> {
    let index = partners.agreement[draw.zipf(partners.agreement.len(), 1.1)];
    let partner = &partners.all[index];
    let terms = terms(draw, cooperative);
    let (first, second) =
        if draw.chance(850) { (partner.id, cooperative.id) } else { (cooperative.id, partner.id) };
    let key = format!("{key}.{n}");
    let id = id("partnership", &key, stock.seed);
    let written = terms.signed_on.unwrap_or(ANCHOR);
    let number = format!("{}/{key}/{}/{}", abbreviation(terms.kind), roman(written.month()), written.year());
    let title = title(terms.kind, partner, cooperative);
    let parent = partner.umbrella.filter(|_| terms.kind == PartnershipKind::Amendment || draw.chance(600));
    bulk.add(&row(draw, id, first, number, title, &terms, parent, Some(cooperative)))?;
    let mut parties = vec![(first, PartyRole::First), (second, PartyRole::Second)];
    if draw.chance(200) {
        let third = &partners.all[partners.agreement[draw.index(partners.agreement.len())]];
        parties.push((third.id, PartyRole::Third));
    }
    if let Some(office) = partners.office(&cooperative.region_code).filter(|_| draw.chance(350)) {
        parties.push((office, PartyRole::Witness));
    }
    let mut signed: Vec<Uuid> = Vec::new();
    for (who, role) in parties {
        if !signed.contains(&who) {
            bulk.add(&self::party(id, who, role, i32::try_from(signed.len()).unwrap_or_default()))?;
            signed.push(who);
        }
    }
    let holds = matches!(terms.status, PartnershipStatus::Signed | PartnershipStatus::Active);
    Ok(Agreement {
        id,
        partner: index,
        pattern: terms.pattern.unwrap_or(PartnershipPattern::GeneralTrade),
        since: terms.from.filter(|_| holds),
    })
}

struct Terms {
    kind: PartnershipKind,
    status: PartnershipStatus,
    pattern: Option<PartnershipPattern>,
    signed_on: Option<NaiveDate>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

fn terms(draw: &mut Draw, cooperative: &cooperative::Model) -> Terms {
    use PartnershipKind::{
        Amendment, CooperationAgreement, ImplementationArrangement, LetterOfIntent, Mou, SupplyContract,
    };
    use PartnershipPattern::{
        DistributionAgency, GeneralTrade, JointOperation, NucleusPlasma, Outsourcing, ProfitSharing,
        Subcontract, SupplyChain,
    };
    use PartnershipStatus::{
        Active, Approved, Cancelled, Draft, Expired, InReview, Renewed, Signed, Suspended, Terminated,
    };
    let kind = draw.weighted(&[
        (CooperationAgreement, 56),
        (SupplyContract, 16),
        (Mou, 18),
        (LetterOfIntent, 5),
        (ImplementationArrangement, 4),
        (Amendment, 1),
    ]);
    let mut status = draw.weighted(&[
        (Draft, 6),
        (InReview, 6),
        (Approved, 3),
        (Signed, 14),
        (Active, 51),
        (Suspended, 2),
        (Expired, 9),
        (Terminated, 3),
        (Renewed, 3),
        (Cancelled, 3),
    ]);
    if cooperative.status != CooperativeStatus::Operating && matches!(status, Active | Signed) {
        status = Expired;
    }
    let pattern = binding(kind).then(|| {
        draw.weighted(&[
            (SupplyChain, 34),
            (DistributionAgency, 20),
            (GeneralTrade, 16),
            (NucleusPlasma, 12),
            (Subcontract, 6),
            (ProfitSharing, 5),
            (JointOperation, 4),
            (Outsourcing, 3),
        ])
    });
    if !signed(status) {
        return Terms { kind, status, pattern, signed_on: None, from: None, until: None };
    }
    let earliest = cooperative.legal_entity_on.unwrap_or(day(2025, 8, 1)).max(day(2023, 1, 2));
    let over = matches!(status, Expired | Terminated | Renewed);
    let latest = if over { earliest + Days::new(60) } else { day(2026, 8, 31) };
    let signed_on = draw.day(earliest, latest);
    let from = signed_on + Days::new(u64::try_from(draw.between(0, 20)).unwrap_or_default());
    let until = if over {
        draw.day(from, ANCHOR - Days::new(1))
    } else {
        draw.day(ANCHOR + Days::new(30), day(2030, 12, 31))
    };
    Terms { kind, status, pattern, signed_on: Some(signed_on), from: Some(from), until: Some(until) }
}

/// Whether an agreement of this status is or was signed.
fn signed(status: PartnershipStatus) -> bool {
    use PartnershipStatus::{Approved, Cancelled, Draft, InReview};
    !matches!(status, Draft | InReview | Approved | Cancelled)
}

/// Whether this kind is binding, and so needs all seven contents of PP 7/2021 art. 117.
fn binding(kind: PartnershipKind) -> bool {
    use PartnershipKind::{Amendment, CooperationAgreement, ImplementationArrangement, SupplyContract};
    matches!(kind, CooperationAgreement | ImplementationArrangement | SupplyContract | Amendment)
}

#[expect(clippy::too_many_arguments, reason = "one for each thing that makes an agreement")]
fn row(
    draw: &mut Draw,
    id: Uuid,
    first_party_id: Uuid,
    number: String,
    title: String,
    terms: &Terms,
    parent_id: Option<Uuid>,
    cooperative: Option<&cooperative::Model>,
) -> partnership::Model {
    let complete = signed(terms.status) && binding(terms.kind);
    let contents: AgreementContents =
        AgreementContent::iter().filter(|_| complete || draw.chance(500)).collect();
    record!(
        Origin::synthetic(id),
        partnership {
            id,
            first_party_id,
            number,
            title_fold: fold(&title),
            title,
            kind: terms.kind,
            pattern: terms.pattern,
            status: terms.status,
            signed_on: terms.signed_on,
            effective_from: terms.from,
            effective_to: terms.until,
            parent_id,
            scope: cooperative.filter(|_| draw.chance(600)).map(|_| draw.pick(&SCOPES).to_owned()),
            value: binding(terms.kind).then(|| 1_000_000 * draw.amount(120, 1.8, 900_000)),
            language: if draw.chance(60) {
                PartnershipLanguage::Bilingual
            } else {
                PartnershipLanguage::Indonesian
            },
            contents,
        }
    )
}

const SCOPES: [&str; 5] = [
    "Penyerapan hasil panen anggota",
    "Penyediaan barang kebutuhan pokok",
    "Pendampingan usaha dan pelatihan pengurus",
    "Pembiayaan modal kerja",
    "Pengolahan dan pemasaran produk desa",
];

fn party(partnership_id: Uuid, party_id: Uuid, role: PartyRole, position: i32) -> partnership_party::Model {
    partnership_party::Model { partnership_id, party_id, role, position }
}

fn title(kind: PartnershipKind, partner: &Partner, cooperative: &cooperative::Model) -> String {
    let form = match kind {
        PartnershipKind::Mou => "Nota Kesepahaman",
        PartnershipKind::CooperationAgreement => "Perjanjian Kerja Sama",
        PartnershipKind::ImplementationArrangement => "Perjanjian Pelaksanaan",
        PartnershipKind::LetterOfIntent => "Surat Minat",
        PartnershipKind::SupplyContract => "Kontrak Pasokan",
        PartnershipKind::JointDecree => "Surat Keputusan Bersama",
        PartnershipKind::Amendment => "Adendum",
    };
    format!("{form} {} dan {}", partner.name, cooperative.short_name.as_ref().unwrap_or(&cooperative.name))
}

fn abbreviation(kind: PartnershipKind) -> &'static str {
    match kind {
        PartnershipKind::Mou => "MOU",
        PartnershipKind::CooperationAgreement => "PKS",
        PartnershipKind::ImplementationArrangement => "PP",
        PartnershipKind::LetterOfIntent => "SM",
        PartnershipKind::SupplyContract => "KP",
        PartnershipKind::JointDecree => "SKB",
        PartnershipKind::Amendment => "ADD",
    }
}

/// The month as a Roman numeral, as in the numbers of Indonesian letters.
fn roman(month: u32) -> &'static str {
    let months = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    months[usize::try_from(month).unwrap_or(1).clamp(1, 12) - 1]
}
