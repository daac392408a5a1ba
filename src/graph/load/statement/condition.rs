//! Conditions, and what they are about, as SQL.

use std::fmt::Write;

use super::{Scope, Writer, dialect::whole_of, subtree::Number};
use crate::graph::{
    filter::{Condition, Expression},
    load::{Column, Edge},
    value::Value,
};

/// A half of a sum of 64-bit numbers.
const HALF: u32 = 32;
const LOW: i64 = (1 << HALF) - 1;

impl Writer<'_> {
    pub(super) fn and(&mut self, condition: &Condition, scope: &Scope) {
        if !condition.is_always() {
            self.sql.push_str(" AND ");
            self.condition(condition, scope);
        }
    }

    pub(super) fn condition(&mut self, condition: &Condition, scope: &Scope) {
        match condition {
            Condition::All(parts) => self.joined(parts, " AND ", "1 = 1", &scope.where_all(parts)),
            Condition::Any(parts) => self.joined(parts, " OR ", "1 = 0", scope),
            Condition::Not(part) => {
                self.sql.push_str("((");
                self.condition(part, scope);
                self.sql.push_str(") IS NOT TRUE)");
            }
            Condition::Compare(Expression::Halves(high, low), operator, Value::Int(value))
                if !self.postgres() =>
            {
                self.condition(&Condition::of_halves(*high, *low, *operator, *value), scope);
            }
            Condition::In(Expression::Halves(high, low), values) if !self.postgres() => {
                self.condition(&Condition::any_of_halves(*high, *low, values), scope);
            }
            Condition::Exists(edge, fits) if scope.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::AtLeastOne, scope);
            }
            Condition::Compare(Expression::Count(edge, fits), operator, value) if scope.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::Compared(*operator, value), scope);
            }
            Condition::In(Expression::Count(edge, fits), values) if scope.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::OneOf(values), scope);
            }
            // There is always a number.
            Condition::IsNull(Expression::Count(..)) => self.sql.push_str("1 = 0"),
            Condition::Compare(expression, operator, value) => {
                self.expression(expression, scope);
                let bound = self.bind(value);
                let _ = write!(self.sql, " {} {bound}", operator.sql());
            }
            Condition::In(expression, values) => {
                self.expression(expression, scope);
                self.sql.push(' ');
                self.any_of(values);
            }
            Condition::IsNull(expression) => {
                self.expression(expression, scope);
                self.sql.push_str(" IS NULL");
            }
            Condition::Within(expression, code) => self.within(expression, code, scope),
            Condition::Contains(column, text) => {
                let function = if self.postgres() { "strpos" } else { "instr" };
                let column = scope.column(column);
                let bound = self.bind(&Value::Text(text.clone()));
                let _ = write!(self.sql, "{function}({column}, {bound}) > 0");
            }
            Condition::Exists(edge, fits) => {
                for (index, reach) in edge.sides().iter().enumerate() {
                    self.sql.push_str(if index == 0 { "(EXISTS (" } else { " OR EXISTS (" });
                    self.related(edge, reach, "1", None, fits, scope);
                    self.sql.push(')');
                }
                self.sql.push(')');
            }
            Condition::Latest { column, table, within } => {
                let (y, row) = (self.alias("y"), &scope.row);
                let _ = write!(
                    self.sql,
                    "{row}.{column} = (SELECT max({y}.{column}) FROM {table} {y} WHERE {y}.{within} = {row}.{within})",
                    column = column.name,
                    within = within.name
                );
            }
        }
    }

    /// One range is the whole subtree: codes hold digits and dots, and the slash follows the dot.
    fn within(&mut self, expression: &Expression, code: &str, scope: &Scope) {
        let column = self.aside(|writer| writer.expression(expression, scope));
        let [from, until] = [code.to_owned(), format!("{code}/")].map(|end| self.bind(&end.into()));
        // PostgreSQL plans anew for each value that it sees where it believes that values differ, and cannot see what a
        // subquery answers.
        let hidden = |end| if scope.narrow { format!("(SELECT {end})") } else { end };
        let [from, until] = [from, until].map(hidden);
        let _ = write!(self.sql, "({column} >= {from} AND {column} < {until})");
    }

    fn joined(&mut self, parts: &[Condition], word: &str, none: &str, scope: &Scope) {
        if parts.is_empty() {
            self.sql.push_str(none);
            return;
        }
        for (index, part) in parts.iter().enumerate() {
            self.sql.push_str(if index == 0 { "(" } else { word });
            self.condition(part, scope);
        }
        self.sql.push(')');
    }

    /// The value of an expression for the row in scope.
    pub(super) fn expression(&mut self, expression: &Expression, scope: &Scope) {
        match expression {
            Expression::Column(column) => self.sql.push_str(&scope.column(column)),
            Expression::Through(edge, of) => {
                self.sql.push_str("(SELECT ");
                let inner = self.scope();
                self.expression(of, &inner);
                let parent = edge.from.map(|from| scope.column(&from)).unwrap_or_default();
                self.from(edge, &edge.reach, &parent, &inner);
                self.sql.push(')');
            }
            Expression::Count(edge, fits) => {
                for (index, reach) in edge.sides().iter().enumerate() {
                    self.sql.push_str(if index == 0 { "((" } else { ") + (" });
                    self.related(edge, reach, "count(*)", None, fits, scope);
                }
                self.sql.push_str("))");
            }
            Expression::SumHigh(edge, fits, column) => {
                self.sum(edge, fits, column, scope, |high, low| format!("{high} + ({low} >> {HALF})"));
            }
            Expression::SumLow(edge, fits, column) => {
                self.sum(edge, fits, column, scope, |_, low| format!("{low} & {LOW}"));
            }
            Expression::Halves(high, _) if self.postgres() => self.sql.push_str(&whole_of(high, scope)),
            Expression::Halves(high, _) => self.sql.push_str(&scope.column(high)),
            Expression::Relevance => {
                let _ = write!(self.sql, "{}.score", scope.link.as_deref().unwrap_or(&scope.row));
            }
            Expression::Bits(column, mask) => {
                let mask = self.bind(&Value::Int(*mask));
                let _ = write!(self.sql, "({} & {mask})", scope.column(column));
            }
            Expression::Distance { to, from } => {
                // In ten-thousandths of a degree, as the place measures.
                let scale = if to.parts > 10_000 { "/" } else { "*" };
                let mut square = |column: &Column, origin: i64| {
                    let origin = self.bind(&Value::Int(origin));
                    let apart = format!("({} {scale} 10 - {origin})", scope.column(column));
                    format!("{apart} * {apart}")
                };
                let (north, east) =
                    (square(&to.latitude, from.latitude), square(&to.longitude, from.longitude));
                let cosine = self.bind(&Value::Int(from.cosine_squared));
                let _ = write!(self.sql, "({north} * 100000 + {east} * {cosine})");
            }
        }
    }

    /// A half of the sum over the rows of an edge, both of its sides taken as one list.
    fn sum(
        &mut self,
        edge: &'static Edge,
        fits: &Condition,
        column: &Column,
        scope: &Scope,
        half: impl Fn(&str, &str) -> String,
    ) {
        let s = self.alias("s");
        let summed = |of: &str| format!("CAST(sum(CAST({s}.v AS BIGINT) {of}) AS BIGINT)");
        let (high, low) = (summed(&format!(">> {HALF}")), summed(&format!("& {LOW}")));
        let _ = write!(self.sql, "(SELECT {} FROM (", half(&high, &low));
        for (index, reach) in edge.sides().iter().enumerate() {
            self.sql.push_str(if index == 0 { "" } else { " UNION ALL " });
            self.related(edge, reach, "", Some(column), fits, scope);
        }
        let _ = write!(self.sql, ") {s})");
    }

    /// A subquery over the rows that an edge leads to from the row in scope: `what`, or one column of theirs as `v`.
    fn related(
        &mut self,
        edge: &'static Edge,
        reach: &super::Reach,
        what: &str,
        column: Option<&Column>,
        fits: &Condition,
        scope: &Scope,
    ) {
        let inner = self.scope();
        let _ = match column {
            Some(column) => write!(self.sql, "SELECT {} AS v", inner.column(column)),
            None => write!(self.sql, "SELECT {what}"),
        };
        let parent = edge.from.map(|from| scope.column(&from)).unwrap_or_default();
        self.from(edge, reach, &parent, &inner);
        self.and(fits, &inner);
    }
}
