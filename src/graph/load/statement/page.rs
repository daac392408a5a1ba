//! Which part of a list, and in which order: the keyset, with every value of the order and nulls spelled out.

use std::fmt::Write;

use super::{Rows, Writer};
use crate::graph::{
    load::ask::{Args, Frame},
    order::Term,
    value::Value,
};

impl Writer {
    /// The part of the list between the cursors.
    pub(super) fn between(&mut self, order: &[Term], frame: &Frame, rows: &Rows<'_>) {
        if let Some(after) = &frame.after {
            self.sql.push_str(" AND ");
            self.follows(order, after, rows);
        }
        if let Some(before) = &frame.before {
            self.sql.push_str(" AND ");
            self.follows(&reversed(order), before, rows);
        }
    }

    /// The part of the list that a cursor cut off, the cursor's own place included.
    pub(super) fn beyond(&mut self, order: &[Term], cursor: Option<&[Value]>, behind: bool, rows: &Rows<'_>) {
        let Some(cursor) = cursor else { return };
        self.sql.push_str(" AND (");
        if behind {
            self.follows(order, cursor, rows);
        } else {
            self.follows(&reversed(order), cursor, rows);
        }
        self.sql.push_str(" OR (");
        for (index, (term, value)) in order.iter().zip(cursor).enumerate() {
            self.sql.push_str(if index > 0 { " AND " } else { "" });
            self.same(term, value, rows);
        }
        self.sql.push_str("))");
    }

    /// Rows that come after the cursor: later in the first column, or as late there and later in the next.
    pub(super) fn follows(&mut self, order: &[Term], cursor: &[Value], rows: &Rows<'_>) {
        let (Some((term, rest)), Some((value, values))) = (order.split_first(), cursor.split_first()) else {
            self.sql.push_str("1 = 0");
            return;
        };
        self.sql.push('(');
        self.later(term, value, rows);
        if !rest.is_empty() {
            self.sql.push_str(" OR (");
            self.same(term, value, rows);
            self.sql.push_str(" AND ");
            self.follows(rest, values, rows);
            self.sql.push(')');
        }
        self.sql.push(')');
    }

    pub(super) fn later(&mut self, term: &Term, value: &Value, rows: &Rows<'_>) {
        let column = rows.column(&term.column);
        let _ = match (value.is_null(), term.nulls_first) {
            (true, true) => write!(self.sql, "{column} IS NOT NULL"),
            (true, false) => write!(self.sql, "1 = 0"),
            (false, nulls_first) => {
                let bound = self.bind(value);
                let than = if term.descending { "<" } else { ">" };
                let nulls = term.column.nullable && !nulls_first;
                let or = if nulls { format!(" OR {column} IS NULL") } else { String::new() };
                write!(self.sql, "{column} {than} {bound}{or}")
            }
        };
    }

    pub(super) fn same(&mut self, term: &Term, value: &Value, rows: &Rows<'_>) {
        let column = rows.column(&term.column);
        if value.is_null() {
            let _ = write!(self.sql, "{column} IS NULL");
        } else {
            let bound = self.bind(value);
            let _ = write!(self.sql, "{column} = {bound}");
        }
    }

    pub(super) fn order_and_limit(&mut self, args: &Args) {
        let frame = args.frame.as_ref();
        let order =
            if frame.is_some_and(|frame| frame.backward) { &reversed(&args.order) } else { &args.order };
        let rows = Rows { row: "x", link: "j" };
        for (index, term) in order.iter().enumerate() {
            self.sql.push_str(if index == 0 { " ORDER BY " } else { ", " });
            self.sql.push_str(&rows.column(&term.column));
            self.sql.push_str(if term.descending { " DESC" } else { "" });
            if term.column.nullable {
                self.sql.push_str(if term.nulls_first { " NULLS FIRST" } else { " NULLS LAST" });
            }
        }
        if let Some(frame) = frame {
            let limit = self.bind(&Value::Int(i64::from(frame.limit) + i64::from(frame.peek)));
            let _ = write!(self.sql, " LIMIT {limit}");
        }
    }
}

fn reversed(order: &[Term]) -> Vec<Term> {
    order.iter().map(|term| term.reversed()).collect()
}
