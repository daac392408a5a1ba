//! Writes conditions on the rows in a region's subtree, as membership in a set of region codes.
//!
//! The regions above a row are the prefixes of its own code. The prefixes of all matching rows are collected once per
//! statement, so that it reads each table once, instead of the rows of a subtree for every region.

use std::fmt::Write;

use super::{Reach, RowContext, StatementWriter};
use crate::graph::{
    filter::{Condition, Operator},
    load::{Column, Edge, Kind},
    value::Value,
};

/// The lengths of the codes of provinces, regencies, districts and villages.
const RUNGS: &str = "SELECT 2 AS rung UNION ALL SELECT 5 UNION ALL SELECT 8 UNION ALL SELECT 13";

/// The number of matching rows that a region must have in its subtree.
#[derive(Clone, Copy)]
pub(super) enum Number<'a> {
    AtLeastOne,
    Compared(Operator, &'a Value),
    OneOf(&'a [Value]),
    /// A condition on [`Condition::VALUE`].
    Tested(&'a Condition),
}

impl Number<'_> {
    /// Whether a region without matching rows meets the condition.
    fn fits_none(self) -> bool {
        let none = Value::Int(0);
        match self {
            Self::AtLeastOne => false,
            Self::Compared(operator, value) => operator.compares(&none, value),
            Self::OneOf(values) => values.contains(&none),
            Self::Tested(tests) => tests.fits(&none),
        }
    }
}

impl RowContext {
    /// Whether a condition on the rows of the edge is written as membership in a set. It is not for a list beneath
    /// one parent, whose few regions are tested one by one.
    pub(super) fn by_codes(&self, edge: &Edge) -> bool {
        edge.reach.is_subtree() && !self.listed
    }
}

impl StatementWriter<'_> {
    /// Writes that the subtree of the region in context has such a number of matching rows.
    pub(super) fn in_subtree(
        &mut self,
        edge: &'static Edge,
        fits: &Condition,
        number: Number<'_>,
        context: &RowContext,
    ) {
        let Some(from) = edge.from else { return self.sql.push_str("1 = 0") };
        let (code, set) = (context.column(&from), self.alias("u"));
        // A region without rows is in no set. If such regions meet the condition, the set is that of the regions
        // which do not, and is negated.
        self.sql.push_str(if number.fits_none() { "(NOT " } else { "(" });
        if self.postgres() {
            // PostgreSQL hashes the set only if it expects few codes, as it does of an array; and it does not turn a
            // test with IS TRUE into a join.
            let _ = write!(self.sql, "(({code} IN (SELECT {set}.code FROM unnest(ARRAY(");
            self.codes(edge, fits, number, context.bound(&from));
            let _ = write!(self.sql, ")) {set}(code))) IS TRUE))");
        } else {
            // A row that others lead to is found by its key; without the `+`, SQLite would go through the whole set
            // for each of them.
            let found = if context.own { "" } else { "+" };
            let _ = write!(self.sql, "({found}{code} IN (");
            self.codes(edge, fits, number, context.bound(&from));
            self.sql.push_str(")))");
        }
    }

    /// Writes the codes above the matching rows; if these are counted, the codes of the regions with such a number.
    fn codes(&mut self, edge: &'static Edge, fits: &Condition, number: Number<'_>, bound: Option<&str>) {
        let g = self.alias("g");
        let counted = !matches!(number, Number::AtLeastOne);
        let c = self.alias("c");
        if matches!(number, Number::Tested(_)) {
            let v = Condition::VALUE.name;
            let _ = write!(self.sql, "SELECT {c}.code FROM (SELECT {g}.code, count(*) AS {v} FROM (");
        } else if counted {
            let _ = write!(self.sql, "SELECT {g}.code FROM (");
        }
        match &edge.reach {
            Reach::LinkedSubtree { columns, .. } => {
                for (index, column) in columns.iter().enumerate() {
                    self.sql.push_str(if index > 0 { " UNION " } else { "" });
                    self.prefixes(edge, Some(column), fits, counted, bound);
                }
            }
            _ => self.prefixes(edge, None, fits, counted, bound),
        }
        let not = if number.fits_none() { "NOT " } else { "" };
        if let Number::Tested(tests) = number {
            let _ = write!(self.sql, ") {g} GROUP BY {g}.code) {c} WHERE {not}(");
            self.condition(tests, &RowContext::outside(c));
            self.sql.push(')');
        } else if counted {
            let _ = write!(self.sql, ") {g} GROUP BY {g}.code HAVING {not}(count(*) ");
            match number {
                Number::AtLeastOne | Number::Tested(_) => self.sql.push_str(">= 1"),
                Number::Compared(operator, value) => {
                    let value = self.bind(value);
                    let _ = write!(self.sql, "{} {value}", operator.sql());
                }
                Number::OneOf(values) => self.any_of(Kind::Integer, values),
            }
            self.sql.push(')');
        }
    }

    /// Writes the prefixes of the codes of the matching rows, or of the regions that one of their columns is linked
    /// to.
    fn prefixes(
        &mut self,
        edge: &'static Edge,
        linked: Option<&Column>,
        fits: &Condition,
        counted: bool,
        bound: Option<&str>,
    ) {
        let (inner, l) = (self.context(), self.alias("l"));
        if self.prefixes_of_rows(edge, linked, (&inner, &l), (RUNGS, counted), bound) {
            self.and(fits, &inner);
        } else {
            self.sql.push_str("SELECT '' AS code");
        }
    }
}
