//! Writes the distance between a row's location and another location as SQL.

use std::fmt::Write;

use super::{RowContext, StatementWriter};
use crate::graph::{
    filter::Location,
    place::{FARTHEST, OPPOSITE, UnitVector},
    value::Value,
};

impl StatementWriter<'_> {
    /// Writes the computation of [`UnitVector::measure`]; null if the row has no location.
    pub(super) fn distance(&mut self, to: &Location, from: UnitVector, context: &RowContext) {
        let [x, y, z] = to.vector;
        // The axis that separates most pairs comes first: within the country, that is y.
        let axes = [(y, from.y), (x, from.x), (z, from.z)]
            .map(|(to, from)| (context.column(&to), self.bind(&Value::Int(from.into()))));
        let joined = |word: &str, of: &dyn Fn(&str, &str) -> String| {
            axes.iter().map(|(to, from)| of(to, from)).collect::<Vec<_>>().join(word)
        };
        let opposite =
            joined(" AND ", &|to, from| format!("{to} + {from} BETWEEN -{OPPOSITE} AND {OPPOSITE}"));
        let beyond = joined(" + ", &|to, from| format!("({to} + {from}) * ({to} + {from})"));
        let apart = joined(" + ", &|to, from| format!("({to} - {from}) * ({to} - {from})"));
        let _ = write!(self.sql, "(CASE WHEN {opposite} THEN {FARTHEST} - ({beyond}) ELSE {apart} END)");
    }
}
