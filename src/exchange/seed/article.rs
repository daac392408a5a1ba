//! The facts of the article that the registry starts from, read from `seed/article.json`.

use chrono::NaiveDate;
use entity::vocabulary::LearningMethod;
use serde::Deserialize;

use crate::exchange::{ExchangeError, gazetteer::damaged, identity::Origin};

const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/article.json"));

#[derive(Debug, Deserialize)]
pub(super) struct Article {
    #[serde(rename = "article")]
    source: Source,
    pub(super) people: Vec<Person>,
    pub(super) programme: Programme,
    pub(super) batches: Vec<Batch>,
}

#[derive(Debug, Deserialize)]
struct Source {
    opening_date: NaiveDate,
    url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) office: String,
    pub(super) organisation: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Programme {
    pub(super) name: String,
    pub(super) total_participants: i32,
    pub(super) total_provinces: i32,
    pub(super) batches_total: i32,
    pub(super) methods: Vec<LearningMethod>,
    pub(super) goals: Vec<String>,
    pub(super) topics: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Batch {
    pub(super) number: i32,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) opened_on: NaiveDate,
    pub(super) participants: i32,
    pub(super) provinces: Vec<String>,
}

impl Article {
    pub(super) fn open() -> Result<Self, ExchangeError> {
        serde_json::from_str(TEXT).map_err(damaged)
    }

    /// The origin of every row from the article.
    pub(super) fn origin(&self) -> Origin {
        Origin::article(&self.source.url, self.source.opening_date)
    }
}
