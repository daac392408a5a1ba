//! Seeds the program of the article with its batches, and the programs known at the other host sites.

use entity::{
    batch_province, internship_batch, internship_program, program_supporter,
    set::{LearningMethods, TextList},
    vocabulary::{BatchStatus, ProgramKind, ProgramStatus, RegionLevel, Sector, SupporterRole},
};
use sea_orm::prelude::Uuid;

use super::{
    article::{Article, Batch},
    cooperative::{self, Cooperatives, HostLine, MODEL},
    institution::{self, Institutions},
};
use crate::{
    exchange::{
        ExchangeError,
        gazetteer::{Gazetteer, damaged},
        identity::{Origin, id, record},
        slug::slug,
    },
    graph::fold::fold,
    store::bulk::Bulk,
};

const SUPPORTERS: [&str; 3] = ["KNEKS", "PUM", "Unpas"];
/// The district of Ciwidey, where the first batch took place.
const PLACE: &str = "32.04.39";

/// Adds the programs, and returns the batch whose participants are generated.
pub(super) fn add(
    bulk: &mut Bulk,
    article: &Article,
    gazetteer: &Gazetteer,
    institutions: &Institutions,
    cooperatives: &Cooperatives,
) -> Result<Uuid, ExchangeError> {
    let organiser = institution::of(institutions, "Kemenkop")?.id;
    for line in cooperative::hosts()? {
        let host = cooperative::of(cooperatives, &line.short_name)?;
        bulk.add(&program(article, &line, organiser, host))?;
    }
    let model = code(MODEL);
    let program_id = id("program", &model, 0);
    for short in SUPPORTERS {
        let institution_id = institution::of(institutions, short)?.id;
        bulk.add(&program_supporter::Model { program_id, institution_id, role: SupporterRole::Supporter })?;
    }
    let host = cooperative::of(cooperatives, MODEL)?;
    for number in 1..=article.programme.batches_total {
        let known = article.batches.iter().find(|batch| batch.number == number);
        let row = batch(article, program_id, number, known.map(|batch| (batch, host)));
        bulk.add(&row)?;
        for province in known.map_or(&[][..], |batch| &batch.provinces) {
            let region_code = province_code(gazetteer, province)?;
            bulk.add(&batch_province::Model { batch_id: row.id, region_code })?;
        }
    }
    Ok(id("batch", &format!("{model}.1"), 0))
}

fn code(host: &str) -> String {
    let own = slug(host.trim_start_matches("Kopontren ").trim_start_matches("Koperasi "));
    format!("MAGANG-KDKMP-2025-{}", own.to_uppercase())
}

/// A program of a host. The article describes one host; of the others only name, sector and number of participants
/// are known.
fn program(article: &Article, line: &HostLine, organiser: Uuid, host: Uuid) -> internship_program::Model {
    let code = code(&line.short_name);
    let told = line.short_name == MODEL;
    let facts = &article.programme;
    let origin =
        if told { article.origin() } else { Origin::public("host site of the board internships of 2025") };
    let seated = article.batches.iter().map(|batch| batch.participants).sum();
    record!(
        origin,
        internship_program {
            id: id("program", &code, 0),
            code,
            name: facts.name.clone(),
            name_fold: fold(&facts.name),
            kind: ProgramKind::BoardInternship,
            status: if told { ProgramStatus::Running } else { ProgramStatus::Published },
            sector: if told { Sector::Agriculture } else { line.sector },
            fiscal_year: 2025,
            starts_on: None,
            ends_on: None,
            target_participants: if told {
                Some(facts.total_participants)
            } else {
                line.participants_planned
            },
            target_provinces: told.then_some(facts.total_provinces),
            participant_count: if told { seated } else { 0 },
            methods: facts.methods.iter().copied().filter(|_| told).collect::<LearningMethods>(),
            topics: TextList(if told { facts.topics.clone() } else { Vec::new() }),
            goals: TextList(if told { facts.goals.clone() } else { Vec::new() }),
            organiser_id: organiser,
            host_id: Some(host),
            announced: true,
        }
    )
}

fn batch(
    article: &Article,
    program_id: Uuid,
    number: i32,
    known: Option<(&Batch, Uuid)>,
) -> internship_batch::Model {
    let facts = known.map(|(batch, _)| batch);
    record!(
        article.origin(),
        internship_batch {
            id: id("batch", &format!("{}.{number}", code(MODEL)), 0),
            program_id,
            number,
            starts_on: facts.map(|batch| batch.starts_on),
            opened_on: facts.map(|batch| batch.opened_on),
            ends_on: facts.map(|batch| batch.ends_on),
            capacity: None,
            participant_count: facts.map_or(0, |batch| batch.participants),
            // The status on the opening date.
            status: if facts.is_some() { BatchStatus::Running } else { BatchStatus::Planned },
            host_id: known.map(|(_, host)| host),
            place_code: known.map(|_| PLACE.to_owned()),
            program_visible: true,
        }
    )
}

fn province_code(gazetteer: &Gazetteer, name: &str) -> Result<String, ExchangeError> {
    let official = name.replace("DI ", "Daerah Istimewa ");
    let mut provinces = gazetteer.regions().iter().filter(|province| province.level == RegionLevel::Province);
    let province = provinces.find(|province| *province.name == *official);
    province.map(|province| province.code.to_string()).ok_or_else(|| damaged(format!("no province {name}")))
}
