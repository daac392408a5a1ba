//! Conditions, as SQL.

use std::fmt::Write;

use super::{Rows, Writer};
use crate::graph::filter::Condition;

impl Writer {
    pub(super) fn and(&mut self, condition: &Condition, rows: &Rows<'_>) {
        if !condition.is_always() {
            self.sql.push_str(" AND ");
            self.condition(condition, rows);
        }
    }

    pub(super) fn condition(&mut self, condition: &Condition, rows: &Rows<'_>) {
        match condition {
            Condition::All(parts) => self.joined(parts, " AND ", "1 = 1", rows),
            Condition::Any(parts) => self.joined(parts, " OR ", "1 = 0", rows),
            Condition::Not(part) => {
                self.sql.push('(');
                self.condition(part, rows);
                self.sql.push_str(") IS NOT TRUE");
            }
            Condition::Compare(column, operator, value) => {
                let bound = self.bind(value);
                let _ = write!(self.sql, "{} {} {bound}", rows.column(column), operator.sql());
            }
            Condition::In(column, values) => {
                let column = rows.column(column);
                let _ = write!(self.sql, "{column} ");
                self.any_of(values);
            }
            Condition::IsNull(column) => {
                let _ = write!(self.sql, "{} IS NULL", rows.column(column));
            }
            Condition::Latest { column, table, within } => {
                let _ = write!(
                    self.sql,
                    "{row}.{column} = (SELECT max(y.{column}) FROM {table} y WHERE y.{within} = {row}.{within})",
                    row = rows.row,
                    column = column.name,
                    within = within.name
                );
            }
        }
    }

    pub(super) fn joined(&mut self, parts: &[Condition], word: &str, none: &str, rows: &Rows<'_>) {
        if parts.is_empty() {
            self.sql.push_str(none);
            return;
        }
        for (index, part) in parts.iter().enumerate() {
            self.sql.push_str(if index == 0 { "(" } else { word });
            self.condition(part, rows);
        }
        self.sql.push(')');
    }
}
