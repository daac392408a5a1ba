//! Generates synthetic cooperatives, partners and the rows between them. The same scale and seed give the same rows.

mod annual_report;
mod application;
mod batch;
mod business_class;
mod business_unit;
mod commodity;
pub(super) mod cooperative;
mod guest;
pub(super) mod institution;
mod linkage;
mod linkage_month;
mod member;
mod officer;
mod participant;
mod partner;
mod partnership;
mod person;
mod placement;
mod program;
mod village;
mod volume;

use std::collections::HashSet;

use entity::{cooperative as cooperatives, data_load, institution as institutions, vocabulary::Source};
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder};

pub use self::volume::{Scale, UnknownScale};
use self::{member::Society, participant::Waiting, partner::Partners, program::Host, volume::Volume};
pub(super) use self::{member::found, person::person_id};
use super::{ExchangeError, foreign_rows, gazetteer::damaged, grouped, stock::Stock, tables};
use crate::{
    registry::search,
    store::{bulk::Bulk, clock},
};

/// The name of the generator's row in `data_load`.
pub(super) const NAME: &str = "generate";

/// The random seed of the demonstration.
pub const DEFAULT_SEED: u64 = 2025;

/// The scale and seed of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    pub scale: Scale,
    pub seed: u64,
}

impl Plan {
    /// Whether a load was made by this plan.
    #[must_use]
    pub fn made(&self, load: &data_load::Model) -> bool {
        load.scale == self.scale.to_string() && u64::try_from(load.seed).is_ok_and(|seed| seed == self.seed)
    }
}

/// Generates a registry around the seed in one transaction, and returns the number of its rows: 0 if the same plan
/// was loaded before.
///
/// # Errors
/// [`ExchangeError::Refused`] without the seed, after another plan, or in a database with other rows.
pub async fn load(
    database: &DatabaseConnection,
    plan: &Plan,
    progress: &mut dyn FnMut(&str),
) -> Result<u64, ExchangeError> {
    let loaded = foreign_rows::check(database).await?;
    let scale = plan.scale.to_string();
    let number = i64::try_from(plan.seed)
        .map_err(|_| ExchangeError::Refused(format!("the seed {} is larger than {}", plan.seed, i64::MAX)))?;
    if loaded.seed.is_none() {
        return Err(ExchangeError::Refused(
            "this database has no seed yet; `simpul seed` loads it".to_owned(),
        ));
    }
    if let Some(before) = loaded.generate {
        if plan.made(&before) {
            progress(&format!("already generated: scale {scale}, seed {number}"));
            return Ok(0);
        }
        return Err(ExchangeError::Refused(format!(
            "this database was generated with scale {} and seed {}; another needs a database of its own",
            before.scale, before.seed
        )));
    }
    // Read before the load begins, because it locks the tables whose indexes it drops.
    let cooperatives =
        cooperatives::Entity::find().order_by_asc(cooperatives::Column::Id).all(database).await?;
    let institutions =
        institutions::Entity::find().order_by_asc(institutions::Column::Id).all(database).await?;
    let mut bulk = Bulk::begin(database, tables()).await?;
    bulk.set_indexes_aside(&["region", "business_class", "commodity"], search::bulk_indexes()).await?;
    make(plan, cooperatives, institutions, &mut bulk, progress).await?;
    let rows = bulk.rows();
    bulk.add(&data_load::Model {
        name: NAME.to_owned(),
        seed: number,
        scale,
        rows: i64::try_from(rows).unwrap_or(i64::MAX),
        loaded_at: clock::now_micros(),
    })?;
    report(&bulk, progress);
    bulk.commit().await?;
    Ok(rows)
}

async fn make(
    plan: &Plan,
    seeded: Vec<cooperatives::Model>,
    mut rows: Vec<institutions::Model>,
    bulk: &mut Bulk,
    progress: &mut dyn FnMut(&str),
) -> Result<(), ExchangeError> {
    let volume = Volume::of(plan.scale);
    let stock = Stock::open(plan.seed)?;
    let mut slugs: HashSet<String> = seeded.iter().map(|row| row.slug.clone()).collect();
    let guests: Vec<cooperatives::Model> =
        seeded.into_iter().filter(|row| row.source != Source::Synthetic).collect();

    let made = institution::make(&stock, volume, &rows);
    for row in &made {
        bulk.add(&institution::party_of(row))?;
        bulk.add(row)?;
        bulk.ease().await?;
    }
    rows.extend(made);
    let ranked = Partners::rank(&rows, stock.seed);
    let mut partners = ranked.ok_or_else(|| damaged("the seed has no ministry"))?;
    drop(rows);
    partnership::add_umbrellas(&stock, bulk, &mut partners)?;

    let mut society = Society::new(&stock, &partners, &guests);
    for row in &guests {
        society.welcome(bulk, row)?;
        bulk.ease().await?;
    }
    let villages: Vec<_> = stock.gazetteer.villages().collect();
    for ordinal in 0..volume.others {
        society.add_other(bulk, &villages, ordinal, &mut slugs)?;
        bulk.ease().await?;
    }
    let chosen = village::chosen(&stock, plan.scale, volume.villages);
    let tenth = chosen.len().div_ceil(10).max(1);
    for (done, ordinal) in chosen.iter().enumerate() {
        if done > 0 && done % tenth == 0 {
            progress(&format!("{} % of the villages", 10 * done / tenth));
        }
        society.add_village(bulk, villages[*ordinal], *ordinal)?;
        bulk.ease().await?;
    }

    let (members, hosts): (Vec<_>, Vec<Host>) = society.into_parts();
    let mut waiting = Waiting::new(&members, stock.seed);
    for number in 0..volume.programs {
        program::add(&stock, bulk, number, &partners, &hosts, &mut waiting)?;
        bulk.ease().await?;
    }
    Ok(())
}

fn report(bulk: &Bulk, progress: &mut dyn FnMut(&str)) {
    let counts = [
        (bulk.rows_of::<institutions::Entity>(), "institutions"),
        (bulk.rows_of::<cooperatives::Entity>(), "cooperatives"),
        (bulk.rows_of::<entity::officer::Entity>(), "officers"),
        (bulk.rows_of::<entity::business_unit::Entity>(), "business units"),
        (bulk.rows_of::<entity::cooperative_business_class::Entity>(), "lines of business"),
        (bulk.rows_of::<entity::cooperative_commodity::Entity>(), "commodities of cooperatives"),
        (bulk.rows_of::<entity::annual_report::Entity>(), "annual reports"),
        (bulk.rows_of::<entity::partnership::Entity>(), "partnerships"),
        (bulk.rows_of::<entity::linkage::Entity>(), "linkages"),
        (bulk.rows_of::<entity::linkage_month::Entity>(), "months of linkages"),
        (bulk.rows_of::<entity::partnership_application::Entity>(), "applications"),
        (bulk.rows_of::<entity::internship_program::Entity>(), "programs"),
        (bulk.rows_of::<entity::internship_batch::Entity>(), "batches"),
        (bulk.rows_of::<entity::placement::Entity>(), "placements"),
    ];
    for (count, noun) in counts {
        progress(&format!("{} {noun}", grouped(count)));
    }
}
