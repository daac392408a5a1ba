//! Rows that conditions refer to by their keys: whether they exist is asked in the statement that loads the lists.

use futures_util::future::try_join_all;

use super::{Graph, Key};
use crate::graph::{
    Error, Result,
    filter::{Condition, RequiredRow},
    load::question::Plan,
};

impl Graph {
    /// Requires that all rows exist that a condition refers to by their keys.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the first unknown one; `INTERNAL` when the database fails.
    pub async fn require_rows_of(&self, condition: &Condition) -> Result<()> {
        let mut required = Vec::new();
        condition.required_rows(&mut |row| required.push(row.clone()));
        self.require(&required).await
    }

    /// Requires that all of these rows exist.
    ///
    /// # Errors
    /// As [`Graph::require_rows_of`].
    pub async fn require(&self, rows: &[RequiredRow]) -> Result<()> {
        let exist = try_join_all(rows.iter().map(|row| self.exists(row))).await?;
        match rows.iter().zip(exist).find(|(_, exists)| !exists) {
            None => Ok(()),
            Some((RequiredRow { edge, key }, _)) => {
                let noun = (edge.tables[0])().noun.to_lowercase();
                Err(Error::bad_input(format!("there is no {noun} with the code {key}")))
            }
        }
    }

    async fn exists(&self, row: &RequiredRow) -> Result<bool> {
        if let Some(rows) = self.reference_table(row.edge) {
            return Ok(rows.get(&Key::from(row).parent).is_some());
        }
        let key = Key::from(row);
        let plan = key.plan.clone().unwrap_or_default();
        Ok(self.load(key, || plan).await?.row()?.is_some())
    }

    /// Adds questions about the rows that planned lists refer to to the next statement, which loads these lists.
    pub(super) fn ask_along(&self, plan: &Plan) {
        plan.required(&mut |row| {
            let key = Key::from(row);
            if self.reference_table(row.edge).is_none() && self.answers.find(&key).is_none() {
                self.pending.add(key);
            }
        });
    }
}
