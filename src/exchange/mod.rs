//! Loads the initial data of a registry, generates synthetic data for trials, and writes tables as files.

mod draw;
mod foreign_rows;
mod gazetteer;
pub mod generate;
mod identity;
pub mod seed;
mod slug;
mod stock;
pub mod table;

use entity::data_load;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait};

use crate::store::bulk::{BulkError, Table};

/// The error of a load. In every case the database is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The database must not be loaded into.
    #[error("{0}")]
    Refused(String),
    #[error("the data inside this program is damaged: {0}")]
    Data(String),
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Bulk(#[from] BulkError),
}

impl ExchangeError {
    /// The exit code of a command that failed with this error.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 2,
            _ => 1,
        }
    }
}

/// The loads of a database by the registry itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    pub seed: Option<data_load::Model>,
    pub generate: Option<data_load::Model>,
}

/// Reads the previous loads.
///
/// # Errors
/// When the database cannot be read, or its tables do not exist yet.
pub async fn loaded(database: &DatabaseConnection) -> Result<Loaded, ExchangeError> {
    let mut loaded = Loaded::default();
    for load in data_load::Entity::find().all(database).await? {
        match load.name.as_str() {
            seed::NAME => loaded.seed = Some(load),
            generate::NAME => loaded.generate = Some(load),
            _ => {}
        }
    }
    Ok(loaded)
}

/// Every table that a load may fill; tables that are referred to come first.
fn tables() -> Vec<Table> {
    vec![
        Table::of::<entity::region::Entity>(),
        Table::of::<entity::business_class::Entity>(),
        Table::of::<entity::commodity::Entity>(),
        Table::of::<entity::party::Entity>(),
        Table::of::<entity::institution::Entity>(),
        Table::of::<entity::cooperative::Entity>(),
        Table::of::<entity::person::Entity>(),
        Table::of::<entity::officer::Entity>(),
        Table::of::<entity::official::Entity>(),
        Table::of::<entity::business_unit::Entity>(),
        Table::of::<entity::cooperative_business_class::Entity>(),
        Table::of::<entity::cooperative_commodity::Entity>(),
        Table::of::<entity::annual_report::Entity>(),
        Table::of::<entity::partnership::Entity>(),
        Table::of::<entity::partnership_party::Entity>(),
        Table::of::<entity::internship_program::Entity>(),
        Table::of::<entity::program_supporter::Entity>(),
        Table::of::<entity::program_partnership::Entity>(),
        Table::of::<entity::internship_batch::Entity>(),
        Table::of::<entity::batch_province::Entity>(),
        Table::of::<entity::training_session::Entity>(),
        Table::of::<entity::placement::Entity>(),
        Table::of::<entity::linkage::Entity>(),
        Table::of::<entity::linkage_month::Entity>(),
        Table::of::<entity::partnership_application::Entity>(),
        Table::of::<data_load::Entity>(),
    ]
}

/// Formats `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
