//! The searches of one request: the same one is made once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OnceCell;

use super::{Results, SearchFilter};
use crate::graph::filter::Condition;

/// The results of the searches that a request has made, and those that it waits for.
#[derive(Debug, Default)]
pub struct Searches(Mutex<HashMap<Key, Cell>>);

type Cell = Arc<OnceCell<Arc<Results>>>;

/// What determines the results of a search.
type Key = (String, Vec<&'static str>, Option<String>, Condition);

impl Searches {
    /// The place for the results of a search.
    pub(super) fn cell(&self, text: &str, filter: &SearchFilter<'_>) -> Cell {
        let tables = filter.tables.iter().map(|table| table.noun).collect();
        let key = (text.to_owned(), tables, filter.within.map(str::to_owned), filter.fits.clone());
        let mut searches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(searches.entry(key).or_default())
    }
}
