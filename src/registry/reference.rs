//! Reference data that stays in memory: regions, commodities and business classes, and what search knows of names.

use std::{sync::Arc, time::Duration};

use sea_orm::DatabaseConnection;

use super::{business_class::BusinessClass, commodity::Commodity, region::Region, search::INDEXES};
use crate::{
    access::Viewer,
    graph::{
        Error,
        load::{Residents, Rows},
    },
    store::{Bound, Reader},
};

/// How long that may take: nobody waits for it.
const TIME: Duration = Duration::from_mins(10);

/// Reads it all. Until this is done, answers come from the tables.
///
/// # Errors
/// What the database says.
pub async fn load(database: &DatabaseConnection, residents: &Arc<Residents>) -> Result<(), Error> {
    residents.fill([
        Rows::read::<Region>(database).await?,
        Rows::read::<Commodity>(database).await?,
        Rows::read::<BusinessClass>(database).await?,
    ]);
    let bound = Bound::over(database, TIME).await?;
    let reader = Reader::new(database, Viewer::Anonymous, bound);
    for index in INDEXES.iter() {
        residents.lexicon(index, &reader).await?;
    }
    Ok(())
}
