//! Seeds the six host sites of the board internships, and the cooperative among the partners.

use std::collections::HashMap;

use entity::{
    cooperative,
    vocabulary::{
        CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType, RegionLevel,
        Sector,
    },
};
use sea_orm::prelude::Uuid;
use serde::Deserialize;

use super::{article::Article, institution};
use crate::{
    exchange::{
        ExchangeError,
        gazetteer::{Gazetteer, damaged},
        generate::cooperative::party_of,
        identity::{Origin, id, record},
        slug::slug,
        stock::table,
    },
    graph::{fold::fold, place::UnitVector},
    store::bulk::Bulk,
};

/// The name of the cooperative in the article.
pub(super) const MODEL: &str = "Kopontren Al-Ittifaq";

#[derive(Debug, Deserialize)]
pub(super) struct HostLine {
    name: String,
    pub(super) short_name: String,
    pub(super) sector: Sector,
    location: String,
    regency_code: String,
    pub(super) participants_planned: Option<i32>,
}

/// The ids of the seeded cooperatives, by short name.
pub(super) type Cooperatives = HashMap<String, Uuid>;

/// The id of the cooperative with this short name.
pub(super) fn of(cooperatives: &Cooperatives, short: &str) -> Result<Uuid, ExchangeError> {
    cooperatives.get(short).copied().ok_or_else(|| damaged(format!("no cooperative {short}")))
}

pub(super) fn hosts() -> Result<Vec<HostLine>, ExchangeError> {
    table!("internship_hosts.csv").deserialize().map(|line| line.map_err(damaged)).collect()
}

pub(super) fn add(
    bulk: &mut Bulk,
    article: &Article,
    gazetteer: &Gazetteer,
) -> Result<Cooperatives, ExchangeError> {
    let mut rows = Vec::new();
    for host in hosts()? {
        let region = region(gazetteer, &host);
        let origin = if host.short_name == MODEL {
            article.origin()
        } else {
            Origin::public(
                "host site of the board internships of 2025; type of cooperative by its name or sector",
            )
        };
        rows.push(row(gazetteer, &host.name, &host.short_name, &region, Some(host.sector), origin));
    }
    for line in institution::lines()?.into_iter().filter(|line| line.kind == "COOPERATIVE") {
        let origin = Origin::public(&line.basis);
        rows.push(row(gazetteer, &line.name, &line.short_name, &line.region_code, None, origin));
    }
    for row in &rows {
        bulk.add(&party_of(row))?;
        bulk.add(row)?;
    }
    Ok(rows.into_iter().filter_map(|row| Some((row.short_name?, row.id))).collect())
}

/// The smallest region in the location: the district in `Ciwidey/…, Kab. …`, the regency itself in `…, Jawa Timur`.
fn region(gazetteer: &Gazetteer, host: &HostLine) -> String {
    let district = host.location.split_once(", Kab. ").and_then(|(name, _)| {
        let name = name.split('/').next()?;
        gazetteer.regions().iter().find(|region| {
            region.level == RegionLevel::District
                && region.within(5) == host.regency_code
                && &*region.name == name
        })
    });
    district.map_or_else(|| host.regency_code.clone(), |district| district.code.to_string())
}

fn row(
    gazetteer: &Gazetteer,
    name: &str,
    short_name: &str,
    region: &str,
    sector: Option<Sector>,
    origin: Origin,
) -> cooperative::Model {
    let slug = slug(short_name);
    let point = gazetteer.near(region, &slug);
    let sphere = point.map(|(latitude, longitude, _)| UnitVector::of_parts(latitude, longitude, 1_000));
    record!(
        origin,
        cooperative {
            id: id("cooperative", &slug, 0),
            slug,
            name: name.to_owned(),
            name_fold: fold(name),
            short_name: Some(short_name.to_owned()),
            short_name_fold: Some(fold(short_name)),
            registration_number: None,
            legal_entity_number: None,
            legal_entity_number_raw: None,
            tax_number: None,
            business_number: None,
            program: CooperativeProgram::General,
            cooperative_type: kind(name, sector),
            form: CooperativeForm::Primary,
            community_base: community(name),
            formation_model: None,
            status: CooperativeStatus::Operating,
            region_code: region.to_owned(),
            address: None,
            latitude_e3: point.map(|(latitude, ..)| latitude),
            longitude_e3: point.map(|(_, longitude, _)| longitude),
            location_approximate: point.map(|_| true),
            phone: None,
            email: None,
            website: None,
            established_on: None,
            legal_entity_on: None,
            principal_saving: None,
            mandatory_saving: None,
            member_count: None,
            member_count_on: None,
            successor_id: None,
            sphere_x_e9: sphere.map(|at| at.x),
            sphere_y_e9: sphere.map(|at| at.y),
            sphere_z_e9: sphere.map(|at| at.z),
            location_precision: point.map(|(.., precision)| precision),
        }
    )
}

/// The type according to the legal name, or else according to the sector.
fn kind(name: &str, sector: Option<Sector>) -> CooperativeType {
    if name.starts_with("Koperasi Konsumen") {
        CooperativeType::Consumer
    } else if sector == Some(Sector::MultiServices) {
        CooperativeType::Service
    } else {
        CooperativeType::Producer
    }
}

fn community(name: &str) -> CommunityBase {
    if name.contains("Pondok Pesantren") {
        CommunityBase::Pesantren
    } else if name.starts_with("KUD ") {
        CommunityBase::Kud
    } else {
        CommunityBase::General
    }
}
