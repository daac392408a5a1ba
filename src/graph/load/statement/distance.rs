//! The distance of a row's place from another, as SQL.

use std::fmt::Write;

use super::{Scope, Writer};
use crate::graph::{
    filter::Location,
    place::{FARTHEST, UnitVector},
    value::Value,
};

impl Writer<'_> {
    /// What [`UnitVector::measure`] computes, by the engine; null where the row has no place.
    pub(super) fn distance(&mut self, to: &Location, from: UnitVector, scope: &Scope) {
        let origin = [from.x, from.y, from.z].map(|at| self.bind(&Value::Int(at.into())));
        let axes: Vec<_> = to.vector.iter().map(|column| scope.column(column)).zip(origin).collect();
        let sum = |of: &dyn Fn(&str, &str) -> String| {
            let terms: Vec<String> = axes.iter().map(|(to, from)| of(to, from)).collect();
            terms.join(" + ")
        };
        let along = sum(&|to, from| format!("{to} * {from}"));
        let apart = sum(&|to, from| format!("({to} - {from}) * ({to} - {from})"));
        let beyond = sum(&|to, from| format!("({to} + {from}) * ({to} + {from})"));
        let _ = write!(self.sql, "(CASE WHEN {along} < 0 THEN {FARTHEST} - ({beyond}) ELSE {apart} END)");
    }
}
