//! The names of rows in a statement.

use std::sync::Arc;

use super::{Question, Reach, RowContext, StatementWriter};
use crate::graph::{
    filter::{Condition, Expression, Operator},
    load::Column,
    value::Value,
};

impl RowContext {
    pub(super) fn outside(row: String) -> Self {
        Self { row, link: None, narrow: false, own: false, listed: false, met: 0, bounds: Vec::new() }
    }

    /// The same row, with the knowledge that all of these conditions hold.
    pub(super) fn where_all(&self, parts: &[Condition]) -> Self {
        let mut context = self.clone();
        for part in parts {
            context.hold(part);
        }
        context
    }

    fn hold(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) => parts.iter().for_each(|part| self.hold(part)),
            Condition::Within(Expression::Column(column), code, _)
            | Condition::Compare(Expression::Column(column), Operator::Equal, Value::Text(code)) => {
                self.bounds.push((*column, Arc::clone(code)));
            }
            _ => {}
        }
    }

    /// The longest known prefix of a code of the row.
    pub(super) fn bound(&self, column: &Column) -> Option<&str> {
        let bounds = self.bounds.iter().filter(|(bounded, _)| bounded == column);
        bounds.map(|(_, code)| &**code).max_by_key(|code| code.len())
    }

    pub(super) fn column(&self, column: &Column) -> String {
        match &self.link {
            Some(link) if column.on_link => format!("{link}.{}", column.name),
            None if column.on_link => format!("{}.link_{}", self.row, column.name),
            _ => format!("{}.{}", self.row, column.name),
        }
    }

    /// The name of the sort term at `index`. A computed one has a name only outside of its subquery.
    pub(super) fn sorted_by(&self, by: &Expression, index: usize) -> String {
        match by {
            Expression::Column(column) => self.column(column),
            _ => format!("{}.sort_{index}", self.row),
        }
    }
}

impl StatementWriter<'_> {
    /// New names for a row and its link.
    pub(super) fn context(&mut self) -> RowContext {
        RowContext { link: Some(self.alias("j")), ..RowContext::outside(self.alias("x")) }
    }

    /// New names for the rows of the list itself.
    pub(super) fn context_of_list(&mut self, question: &Question, reach: &Reach) -> RowContext {
        RowContext { narrow: self.narrow(question), own: true, listed: reach.is_list(), ..self.context() }
    }
}
