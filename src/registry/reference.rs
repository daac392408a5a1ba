//! Reference data in memory: regions, commodities and business classes, and the lexicon of search.

use std::{sync::Arc, time::Duration};

use sea_orm::DatabaseConnection;

use super::{business_class::BusinessClass, commodity::Commodity, region::Region, search::SEARCH};
use crate::{
    access::Viewer,
    graph::{
        Error,
        load::{ReferenceData, ReferenceTable},
    },
    store::{Reader, TimeLimit},
};

/// The time limit of loading; no request waits for it.
const TIME: Duration = Duration::from_mins(10);

/// Loads all reference data. Until this is done, results come from the tables.
///
/// # Errors
/// The error of the database.
pub async fn load(database: &DatabaseConnection, reference_data: &Arc<ReferenceData>) -> Result<(), Error> {
    reference_data.fill([
        ReferenceTable::read::<Region>(database).await?,
        ReferenceTable::read::<Commodity>(database).await?,
        ReferenceTable::read::<BusinessClass>(database).await?,
    ]);
    let bound = TimeLimit::over(database, TIME).await?;
    let reader = Reader::new(database, Viewer::Anonymous, bound);
    reference_data.lexicon(&SEARCH, &reader).await.map(drop)
}
