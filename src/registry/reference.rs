//! Reference data that stays in memory: regions, commodities and business classes.

use std::sync::Arc;

use sea_orm::{DatabaseConnection, DbErr};

use super::{business_class::BusinessClass, commodity::Commodity, region::Region};
use crate::graph::load::{Residents, Rows};

/// Reads it all. Until this is done, answers come from the tables.
///
/// # Errors
/// What the database says.
pub async fn load(database: &DatabaseConnection, residents: &Arc<Residents>) -> Result<(), DbErr> {
    residents.fill([
        Rows::read::<Region>(database).await?,
        Rows::read::<Commodity>(database).await?,
        Rows::read::<BusinessClass>(database).await?,
    ]);
    Ok(())
}
