//! Conditions on a row that may be missing, such as the one at the end of a relation to one row.
//!
//! They have three values without a row: a condition that compares a value of the row is unknown, and stays unknown when
//! it is negated. Only what is true selects.

use super::Condition;
use crate::graph::load::Edge;

/// A condition on a row that may be missing.
#[derive(Clone, Debug)]
pub struct Presence {
    /// The condition on the row, if there is one.
    pub row: Condition,
    /// Whether it holds without a row; `None` if that is unknown.
    without: Option<bool>,
    /// Whether nothing is demanded, so that it is no condition.
    empty: bool,
}

impl Presence {
    /// No condition.
    #[must_use]
    pub fn always() -> Self {
        Self { row: Condition::always(), without: Some(true), empty: true }
    }

    /// There is no row (`true`), or there is one (`false`).
    #[must_use]
    pub fn is_null(is_null: bool) -> Self {
        let row = if is_null { Condition::never() } else { Condition::always() };
        Self { row, without: Some(is_null), empty: false }
    }

    /// A condition on values of the row.
    #[must_use]
    pub fn of_values(row: Condition) -> Self {
        let empty = row.demands_nothing();
        Self { row, without: empty.then_some(true), empty }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let without = match (self.without, other.without) {
            (Some(true), other) => other,
            (Some(false), _) | (_, Some(false)) => Some(false),
            _ => None,
        };
        Self { row: self.row.and(other.row), without, empty: self.empty && other.empty }
    }

    /// At least one holds; no condition if all are none.
    #[must_use]
    pub fn any_of(parts: Vec<Self>) -> Self {
        if !parts.is_empty() && parts.iter().all(|part| part.empty) {
            let row = Condition::any_of(parts.into_iter().map(|part| part.row).collect());
            return Self { row: Condition::always_with(row), ..Self::always() };
        }
        let without = if parts.iter().any(|part| part.without == Some(true)) {
            Some(true)
        } else if parts.iter().all(|part| part.without == Some(false)) {
            Some(false)
        } else {
            None
        };
        let row = Condition::any_of(parts.into_iter().map(|part| part.row).collect());
        Self { row, without, empty: false }
    }

    /// The negation.
    #[must_use]
    pub fn negated(self) -> Self {
        let row = match self.row {
            Condition::Any(parts) if parts.is_empty() => Condition::always(),
            row => row.negated(),
        };
        Self { row, without: self.without.map(|without| !without), empty: false }
    }

    /// The condition on the row that the edge starts from.
    pub(super) fn behind(self, edge: &'static Edge) -> Condition {
        if self.empty {
            return match Condition::always_with(self.row) {
                Condition::Any(mut parts) => {
                    let kept = parts.pop().unwrap_or_else(Condition::always);
                    Condition::Any(vec![Condition::always(), Condition::exists(edge, kept)])
                }
                always => always,
            };
        }
        let row = if self.row.is_true() { present(edge) } else { Condition::exists(edge, self.row) };
        match self.without {
            Some(true) => Condition::any_of(vec![missing(edge), row]),
            _ => row,
        }
    }
}

/// The edge leads to a row. A relation around it demands a row even if each of its rows has one.
fn present(edge: &'static Edge) -> Condition {
    match edge.keys() {
        Some((_, columns)) if edge.certain() => {
            if columns.iter().any(|column| !column.nullable) {
                return Condition::never().negated();
            }
            let present = columns.into_iter().map(|column| Condition::IsNull(column.into()).negated());
            Condition::any_of(present.collect())
        }
        _ => Condition::Exists(edge, Box::new(Condition::always())),
    }
}

/// The edge leads to no row.
fn missing(edge: &'static Edge) -> Condition {
    match present(edge) {
        Condition::Not(missing) => *missing,
        present => present.negated(),
    }
}
