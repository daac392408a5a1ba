//! Writes keyset pagination: ORDER BY, and conditions that compare all values of the order with a cursor, nulls
//! included.

use std::fmt::Write;

use super::{RowContext, StatementWriter};
use crate::graph::{load::question::Frame, order::Term, value::Value};

/// A sort term, as SQL.
#[derive(Clone)]
pub(super) struct Sorted {
    sql: String,
    descending: bool,
    nulls_first: bool,
    nullable: bool,
}

impl Sorted {
    /// The sort terms, with the names of this context.
    pub(super) fn terms(order: &[Term], context: &RowContext) -> Vec<Self> {
        let sorted = |(index, term): (usize, &Term)| Self {
            sql: context.sorted_by(&term.by, index),
            descending: term.descending,
            nulls_first: term.nulls_first,
            nullable: term.by.nullable(),
        };
        order.iter().enumerate().map(sorted).collect()
    }

    /// The reversed order, to read a list from its end.
    fn reversed(order: &[Self]) -> Vec<Self> {
        let turned = |term: &Self| Self {
            descending: !term.descending,
            nulls_first: !term.nulls_first,
            ..term.clone()
        };
        order.iter().map(turned).collect()
    }
}

impl StatementWriter<'_> {
    /// Writes the conditions that restrict a list to the rows between the cursors.
    pub(super) fn between(&mut self, order: &[Sorted], frame: &Frame) {
        if let Some(after) = &frame.after {
            self.behind(order, after);
        }
        if let Some(before) = &frame.before {
            self.behind(&Sorted::reversed(order), before);
        }
    }

    /// Writes that rows come after the cursor. The first value is compared twice, because an index cannot be used
    /// through an `OR`.
    fn behind(&mut self, order: &[Sorted], cursor: &[Value]) {
        if let (Some(term), Some(value)) = (order.first(), cursor.first())
            && !term.nullable
            && !value.is_null()
        {
            let (than, bound) = (if term.descending { "<=" } else { ">=" }, self.bind(value));
            let _ = write!(self.sql, " AND {} {than} {bound}", term.sql);
        }
        self.sql.push_str(" AND ");
        self.follows(order, cursor);
    }

    /// Writes the condition for the rows on the other side of a cursor, including the position of the cursor itself.
    pub(super) fn beyond(&mut self, order: &[Sorted], cursor: Option<&[Value]>, behind: bool) {
        let Some(cursor) = cursor else { return };
        self.sql.push_str(" AND (");
        if behind {
            self.follows(order, cursor);
        } else {
            self.follows(&Sorted::reversed(order), cursor);
        }
        // A list without an order has one row, and the cursor is its position.
        self.sql.push_str(if order.is_empty() { " OR (1 = 1" } else { " OR (" });
        for (index, (term, value)) in order.iter().zip(cursor).enumerate() {
            self.sql.push_str(if index > 0 { " AND " } else { "" });
            self.same(term, value);
        }
        self.sql.push_str("))");
    }

    /// Writes that rows come after the cursor: later in the first term, or equal in it and later in the following
    /// terms.
    fn follows(&mut self, order: &[Sorted], cursor: &[Value]) {
        let (Some((term, rest)), Some((value, values))) = (order.split_first(), cursor.split_first()) else {
            self.sql.push_str("1 = 0");
            return;
        };
        self.sql.push('(');
        self.later(term, value);
        if !rest.is_empty() {
            self.sql.push_str(" OR (");
            self.same(term, value);
            self.sql.push_str(" AND ");
            self.follows(rest, values);
            self.sql.push(')');
        }
        self.sql.push(')');
    }

    fn later(&mut self, term: &Sorted, value: &Value) {
        let Sorted { sql, descending, nulls_first, nullable } = term;
        let _ = match (value.is_null(), nulls_first) {
            (true, true) => write!(self.sql, "{sql} IS NOT NULL"),
            (true, false) => write!(self.sql, "1 = 0"),
            (false, nulls_first) => {
                let bound = self.bind(value);
                let than = if *descending { "<" } else { ">" };
                let or = if *nullable && !nulls_first { format!(" OR {sql} IS NULL") } else { String::new() };
                write!(self.sql, "{sql} {than} {bound}{or}")
            }
        };
    }

    fn same(&mut self, term: &Sorted, value: &Value) {
        let sql = &term.sql;
        if value.is_null() {
            let _ = write!(self.sql, "{sql} IS NULL");
        } else {
            let bound = self.bind(value);
            let _ = write!(self.sql, "{} = {bound}", term.sql);
        }
    }

    pub(super) fn order_and_limit(&mut self, order: &[Sorted], frame: Option<&Frame>) {
        let backward = frame.is_some_and(|frame| frame.backward);
        let order = if backward { &Sorted::reversed(order) } else { order };
        for (index, term) in order.iter().enumerate() {
            self.sql.push_str(if index == 0 { " ORDER BY " } else { ", " });
            self.sql.push_str(&term.sql);
            self.sql.push_str(if term.descending { " DESC" } else { "" });
            if term.nullable {
                self.sql.push_str(if term.nulls_first { " NULLS FIRST" } else { " NULLS LAST" });
            }
        }
        if let Some(frame) = frame {
            let limit = self.at_most(i64::from(frame.limit) + i64::from(frame.peek));
            self.sql.push_str(&limit);
        }
    }
}
