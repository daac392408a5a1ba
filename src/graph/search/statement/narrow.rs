//! Writes the conditions that every list of entries has: the searched nouns, the region, and the rows that are visible
//! and match.

use std::fmt::Write;

use super::{PROVINCE, SearchWriter, key};
use crate::graph::{
    filter::Condition,
    load::{Table, VisibleRows},
    search::SearchFilter,
};

impl SearchWriter<'_> {
    /// Restricts entries to the searched nouns and the region.
    pub(super) fn among(&mut self, filter: &SearchFilter<'_>) {
        if !self.nouns.iter().all(|noun| filter.covers(noun.table())) {
            let nouns: Vec<String> =
                filter.tables.iter().map(|table| table.name.as_str().to_owned()).collect();
            let nouns = self.bind_list(&nouns);
            let nouns = self.any_of(&nouns);
            let _ = write!(self.sql, " AND {}e.noun {nouns}", self.aside);
        }
        if let Some(region) = filter.within {
            self.sql.push_str(" AND ");
            self.inside(region);
        }
    }

    pub(super) fn inside(&mut self, region: &str) {
        if region.len() == PROVINCE {
            let region = self.bind(region);
            let _ = write!(self.sql, "substr(e.region_code, 1, {PROVINCE}) = {region}");
            return;
        }
        let region = self.bind(region);
        let _ = write!(self.sql, "(e.region_code >= {region} AND e.region_code < {region} || '/')");
    }

    /// Restricts entries to rows that are visible and match. Each row is looked up by its key: a join may read the
    /// whole table instead.
    pub(super) fn fitting(&mut self, filter: &SearchFilter<'_>) {
        let nouns = self.nouns;
        let own = |table: &&&'static Table| nouns.iter().any(|noun| noun.table().name == table.name);
        for table in filter.tables.iter().filter(own) {
            let rows = self.rows(table, &filter.fits);
            let Some(fits) = rows.condition else { continue };
            let (noun, own, key) = (table.name.as_str(), table.key[0].name, key(table));
            let _ = write!(
                self.sql,
                " AND (e.noun <> '{noun}' OR \
                 (SELECT CASE WHEN {fits} THEN 1 ELSE 0 END FROM {} WHERE x.{own} = e.{key}) = 1)",
                rows.source
            );
        }
    }

    /// The rows `x` of a table that the scope shows and that fit.
    pub(super) fn rows(&mut self, table: &'static Table, fits: &Condition) -> VisibleRows {
        VisibleRows::of(self.engine, &self.scope, (table, "x"), fits, &mut self.values)
    }
}
