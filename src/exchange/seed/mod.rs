//! Loads the initial data of the registry: regions, reference lists, and published facts.

mod article;
mod cooperative;
mod institution;
mod linkage;
mod office;
mod participant;
mod partnership;
mod program;
mod region;

use entity::data_load;
use sea_orm::DatabaseConnection;

use self::article::Article;
use super::{
    ExchangeError, foreign_rows, grouped,
    stock::{Stock, commodities},
    tables,
};
use crate::{
    registry::search,
    store::{bulk::Bulk, clock},
};

/// The name of the seed's row in `data_load`.
pub(super) const NAME: &str = "seed";

/// Loads the seed in one transaction, and returns the number of its rows: 0 if it was loaded before.
///
/// # Errors
/// [`ExchangeError::Refused`] in a database with other rows.
pub async fn load(
    database: &DatabaseConnection,
    progress: &mut dyn FnMut(&str),
) -> Result<u64, ExchangeError> {
    if foreign_rows::check(database).await?.seed.is_some() {
        progress("already seeded");
        return Ok(0);
    }
    let stock = Stock::open(0)?;
    let article = Article::open()?;
    let mut bulk = Bulk::begin(database, tables()).await?;
    bulk.set_indexes_aside(&[], search::bulk_indexes()).await?;
    region::add(&mut bulk, &stock.gazetteer).await?;
    progress(&format!("{} regions", grouped(bulk.rows())));
    stock.classes.iter().try_for_each(|row| bulk.add(row))?;
    // Added in the order of the file; the stock sorts them.
    commodities()?.iter().try_for_each(|row| bulk.add(row))?;
    let institutions = institution::add(&mut bulk, &article)?;
    let cooperatives = cooperative::add(&mut bulk, &article, &stock.gazetteer)?;
    office::add(&mut bulk, &article, &institutions, &cooperatives)?;
    partnership::add(&mut bulk, &institutions)?;
    linkage::add(&mut bulk, &institutions, &cooperatives)?;
    let first = program::add(&mut bulk, &article, &stock.gazetteer, &institutions, &cooperatives)?;
    participant::add(&mut bulk, &stock, first)?;
    let rows = bulk.rows();
    bulk.add(&data_load::Model {
        name: NAME.to_owned(),
        seed: 0,
        scale: String::new(),
        rows: i64::try_from(rows).unwrap_or(i64::MAX),
        loaded_at: clock::now_micros(),
    })?;
    report(&bulk, progress);
    bulk.commit().await?;
    Ok(rows)
}

fn report(bulk: &Bulk, progress: &mut dyn FnMut(&str)) {
    let mut count = |rows: u64, noun: &str| progress(&format!("{} {noun}", grouped(rows)));
    count(bulk.rows_of::<entity::business_class::Entity>(), "business classes");
    count(bulk.rows_of::<entity::commodity::Entity>(), "commodities");
    count(bulk.rows_of::<entity::institution::Entity>(), "institutions");
    count(bulk.rows_of::<entity::cooperative::Entity>(), "cooperatives");
    count(bulk.rows_of::<entity::partnership::Entity>(), "partnerships");
    count(bulk.rows_of::<entity::linkage::Entity>(), "linkages");
    count(bulk.rows_of::<entity::internship_program::Entity>(), "programs");
    count(bulk.rows_of::<entity::placement::Entity>(), "placements");
}
