//! Generates partner institutions in addition to the seeded ones: campuses, regional offices, and firms with invented
//! names.

use std::collections::HashSet;

use entity::{
    institution, party,
    vocabulary::{InstitutionKind, InstitutionOwnership, PartyKind, RegionLevel},
};

use super::{Stock, person::word, volume::Volume};
use crate::{
    exchange::{
        draw::Draw,
        gazetteer::GazetteerRegion,
        identity::{Origin, id, rank, record},
        slug,
    },
    graph::fold::fold,
};

/// The party row of an institution.
pub(in crate::exchange) fn party_of(row: &institution::Model) -> party::Model {
    party::Model {
        id: row.id,
        kind: PartyKind::Institution,
        name_fold: row.name_fold.clone(),
        region_code: row.region_code.clone(),
    }
}

/// Generates the institutions of `volume`, in addition to the `seeded` ones.
pub(super) fn make(stock: &Stock, volume: Volume, seeded: &[institution::Model]) -> Vec<institution::Model> {
    let mut taken: HashSet<String> = seeded.iter().map(|row| row.slug.clone()).collect();
    let mut made = offices(stock, volume.offices, seeded, &mut taken);
    let villages: Vec<&GazetteerRegion> = stock.gazetteer.villages().collect();
    for n in 0..volume.firms + volume.campuses {
        let draw = &mut Draw::new("institution", &n.to_string(), stock.seed);
        let region = villages[draw.index(villages.len())].within(5).to_owned();
        let (kind, ownership, name, short_name) =
            if n < volume.firms { firm(draw) } else { campus(draw, stock, &region) };
        let row = row(stock, &format!("I{n}"), name, short_name, kind, ownership, &region, &mut taken);
        made.push(row);
    }
    made
}

type Face = (InstitutionKind, Option<InstitutionOwnership>, String, Option<String>);

fn firm(draw: &mut Draw) -> Face {
    use InstitutionKind::{
        Bank, BusinessAssociation, FinancialAgency, Ngo, Offtaker, Processor, RegionalEnterprise,
        ResearchInstitute, Retailer,
    };
    use InstitutionOwnership::{Private, Regional, State};
    let (kind, ownership, form) = draw.weighted(&[
        ((Offtaker, Some(Private), "PT {} Pangan"), 30),
        ((Processor, Some(Private), "PT {} Industri"), 18),
        ((Retailer, Some(Private), "PT {} Ritel"), 16),
        ((RegionalEnterprise, Some(Regional), "Perumda {}"), 10),
        ((Bank, Some(Regional), "PT BPR {}"), 10),
        ((FinancialAgency, Some(Private), "PT {} Ventura"), 5),
        ((Ngo, Some(Private), "Yayasan {}"), 6),
        ((BusinessAssociation, None, "Asosiasi Usaha {}"), 3),
        ((ResearchInstitute, Some(State), "Balai Riset {}"), 2),
    ]);
    let own = format!("{} {}", word(draw), word(draw));
    (kind, ownership, form.replace("{}", &own), draw.chance(500).then_some(own))
}

fn campus(draw: &mut Draw, stock: &Stock, region: &str) -> Face {
    use InstitutionKind::{Academy, College, Institute, Polytechnic, University};
    let (kind, form) = draw.weighted(&[
        ((College, "Sekolah Tinggi"), 48),
        ((University, "Universitas"), 22),
        ((Academy, "Akademi"), 16),
        ((Polytechnic, "Politeknik"), 9),
        ((Institute, "Institut"), 5),
    ]);
    let name = stock.gazetteer.region(region).map_or("", |region| &region.name);
    let name = name.trim_start_matches("Kabupaten ").trim_start_matches("Kota ");
    (kind, Some(InstitutionOwnership::Private), format!("{form} {} {name}", word(draw)), None)
}

/// The cooperative offices of all provinces, then of regencies, except those that are seeded.
fn offices(
    stock: &Stock,
    amount: usize,
    seeded: &[institution::Model],
    taken: &mut HashSet<String>,
) -> Vec<institution::Model> {
    let known: HashSet<&str> = seeded
        .iter()
        .filter(|row| row.kind == InstitutionKind::RegionalOffice)
        .filter_map(|row| row.region_code.as_deref())
        .collect();
    let of = |level| stock.gazetteer.regions().iter().filter(move |region| region.level == level);
    let mut regencies: Vec<&GazetteerRegion> = of(RegionLevel::RegencyCity).collect();
    regencies.sort_by_cached_key(|region| rank(&["office", &region.code, &stock.seed.to_string()]));
    let regions = of(RegionLevel::Province).chain(regencies).filter(|region| !known.contains(&*region.code));
    let ownership = Some(InstitutionOwnership::Regional);
    regions
        .take(amount)
        .map(|region| {
            let province = if region.level == RegionLevel::Province { "Provinsi " } else { "" };
            let name = format!("Dinas Koperasi dan Usaha Kecil {province}{}", region.name);
            let kind = InstitutionKind::RegionalOffice;
            row(stock, &format!("O{}", region.code), name, None, kind, ownership, &region.code, taken)
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "one for each thing that makes an institution")]
fn row(
    stock: &Stock,
    key: &str,
    name: String,
    short_name: Option<String>,
    kind: InstitutionKind,
    ownership: Option<InstitutionOwnership>,
    region: &str,
    taken: &mut HashSet<String>,
) -> institution::Model {
    let id = id("institution", key, stock.seed);
    record!(
        Origin::synthetic(id),
        institution {
            id,
            slug: slug::unique(taken, &name, &[region, key]),
            name_fold: fold(&name),
            name,
            short_name_fold: short_name.as_deref().map(fold),
            short_name,
            kind,
            ownership,
            official_code: None,
            domain: None,
            active: true,
            region_code: Some(region.to_owned()),
            parent_id: None,
        }
    )
}
