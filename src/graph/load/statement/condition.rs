//! Writes conditions and expressions as SQL.

use std::fmt::Write;

use super::{RowContext, StatementWriter, dialect::whole_of, subtree::Number};
use crate::graph::{
    filter::{Condition, Expression},
    load::{Column, Edge, Kind, Reach},
    value::Value,
};

/// The maximum number of parts joined without parentheses.
const CHAIN: usize = 4;

/// The maximum number of conjuncts that SQLite may split. The ones that it pushes down into a subquery become a chain
/// of ANDs, whose depth is limited.
const CONJUNCTS: usize = 64;

/// The number of bits in the lower half of a sum of 64-bit numbers.
const HALF: u32 = 32;
const LOW: i64 = (1 << HALF) - 1;

impl StatementWriter<'_> {
    pub(super) fn and(&mut self, condition: &Condition, context: &RowContext) {
        if !condition.is_always() {
            self.sql.push_str(" AND ");
            self.condition(condition, context);
        }
    }

    pub(super) fn condition(&mut self, condition: &Condition, context: &RowContext) {
        match condition {
            Condition::All(parts) if !self.postgres() && conjuncts(condition) > CONJUNCTS => {
                self.sql.push('(');
                self.joined(parts, " AND ", "1 = 1", &context.where_all(parts));
                self.sql.push_str(" IS TRUE)");
            }
            Condition::All(parts) => self.joined(parts, " AND ", "1 = 1", &context.where_all(parts)),
            Condition::Any(parts) => self.joined(parts, " OR ", "1 = 0", context),
            Condition::Not(part) => {
                self.sql.push_str("((");
                self.condition(part, context);
                self.sql.push_str(") IS NOT TRUE)");
            }
            Condition::Compare(Expression::Halves(high, low), operator, Value::Int(value))
                if !self.postgres() =>
            {
                self.condition(&Condition::of_halves(*high, *low, *operator, (*value).into()), context);
            }
            Condition::In(Expression::Halves(high, low), values) if !self.postgres() => {
                let (high, low) = (context.column(high), context.column(low));
                let values = self.bind_list(Kind::Integer, values);
                let _ = write!(
                    self.sql,
                    "({high}, {low}) IN (SELECT value >> {HALF}, value & {LOW} FROM json_each({values}))"
                );
            }
            Condition::Exists(edge, fits) if context.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::AtLeastOne, context);
            }
            Condition::Compare(Expression::Count(edge, fits), operator, value) if context.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::Compared(*operator, value), context);
            }
            Condition::In(Expression::Count(edge, fits), values) if context.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::OneOf(values), context);
            }
            Condition::Computed(Expression::Count(edge, fits), tests) if context.by_codes(edge) => {
                self.in_subtree(edge, fits, Number::Tested(tests), context);
            }
            // A count is never null.
            Condition::IsNull(Expression::Count(..)) => self.sql.push_str("1 = 0"),
            Condition::Compare(expression, operator, value) => {
                self.expression(expression, context);
                let bound = self.bind(value);
                let _ = write!(self.sql, " {} {bound}", operator.sql());
            }
            Condition::In(expression, values) => {
                self.expression(expression, context);
                self.sql.push(' ');
                self.any_of(expression.kind(), values);
            }
            Condition::IsNull(expression) => {
                self.expression(expression, context);
                self.sql.push_str(" IS NULL");
            }
            Condition::Within(expression, code, _) => self.within(expression, code, context),
            Condition::WithinAny(expression, codes) => self.within_any(expression, codes, context),
            Condition::Contains(column, text) => {
                let function = if self.postgres() { "strpos" } else { "instr" };
                let column = context.column(column);
                let bound = self.bind(&Value::Text(text.clone()));
                let _ = write!(self.sql, "{function}({column}, {bound}) > 0");
            }
            Condition::Exists(edge, fits) if self.all_at_once(edge, context) => {
                self.member(edge, fits, context);
            }
            Condition::Exists(edge, fits) => {
                self.sql.push_str("EXISTS (");
                self.related(edge, "1", fits, context);
                self.sql.push_str(self.any());
                self.sql.push(')');
            }
            Condition::Computed(expression, fits) => {
                let c = self.alias("c");
                self.sql.push_str("EXISTS (SELECT 1 FROM (SELECT ");
                self.expression(expression, context);
                // The LIMIT prevents SQLite from computing the expression again wherever it is mentioned.
                let _ = write!(self.sql, " AS {} LIMIT 1) {c} WHERE ", Condition::VALUE.name);
                self.condition(fits, &RowContext::outside(c));
                self.sql.push(')');
            }
            Condition::Latest { column, table, within } => {
                let _ = write!(self.sql, "{}.{} = ", context.row, column.name);
                self.greatest(table, column, within, context);
            }
        }
    }

    /// Writes that a region code lies in a subtree. The subtree is one range: codes consist of digits and dots, and
    /// the slash is the character after the dot.
    fn within(&mut self, expression: &Expression, code: &str, context: &RowContext) {
        let column = self.aside(|writer| writer.expression(expression, context));
        let [from, until] = [code.to_owned(), format!("{code}/")].map(|end| self.bind(&end.into()));
        // A subquery hides the value from PostgreSQL, which otherwise plans again for each value if it believes that
        // values differ.
        let hidden = |end| if context.narrow { format!("(SELECT {end})") } else { end };
        let [from, until] = [from, until].map(hidden);
        let _ = write!(self.sql, "({column} >= {from} AND {column} < {until})");
    }

    /// Writes that a region code lies in one of several subtrees, whose codes are one bound value.
    fn within_any(&mut self, expression: &Expression, codes: &[Value], context: &RowContext) {
        let (column, r) = (self.aside(|writer| writer.expression(expression, context)), self.alias("r"));
        let codes = self.bind_list(Kind::Text, codes);
        let (codes, code) = if self.postgres() {
            (format!("unnest({codes}::text[]) {r}(code)"), format!("{r}.code"))
        } else {
            (format!("json_each({codes}) {r}"), format!("{r}.value"))
        };
        let any = self.any();
        let _ = write!(
            self.sql,
            "EXISTS (SELECT 1 FROM {codes} WHERE {column} >= {code} AND {column} < {code} || '/'{any})"
        );
    }

    /// Joins the parts by AND or OR, as a balanced tree, because the engines limit the nesting depth of expressions.
    fn joined(&mut self, parts: &[Condition], word: &str, none: &str, context: &RowContext) {
        if parts.is_empty() {
            self.sql.push_str(none);
            return;
        }
        self.sql.push('(');
        if parts.len() <= CHAIN {
            for (index, part) in parts.iter().enumerate() {
                self.sql.push_str(if index == 0 { "" } else { word });
                self.condition(part, context);
            }
        } else {
            let (left, right) = parts.split_at(parts.len() / 2);
            self.joined(left, word, none, context);
            self.sql.push_str(word);
            self.joined(right, word, none, context);
        }
        self.sql.push(')');
    }

    /// Writes the value of an expression for the row in context.
    pub(super) fn expression(&mut self, expression: &Expression, context: &RowContext) {
        match expression {
            Expression::Column(column) => self.sql.push_str(&context.column(column)),
            Expression::Through(edge, of) => {
                self.sql.push_str("(SELECT ");
                let inner = self.context();
                self.expression(of, &inner);
                let parent = self.start(edge, context);
                self.from(edge, &edge.reach, &parent, &inner);
                self.sql.push(')');
            }
            Expression::Count(edge, fits) => {
                self.sql.push('(');
                self.related(edge, "count(*)", fits, context);
                self.sql.push(')');
            }
            Expression::SumHigh(edge, fits, column) => {
                self.sum(edge, fits, column, context, |high, low| format!("{high} + ({low} >> {HALF})"));
            }
            Expression::SumLow(edge, fits, column) => {
                self.sum(edge, fits, column, context, |_, low| format!("{low} & {LOW}"));
            }
            Expression::Halves(high, _) if self.postgres() => self.sql.push_str(&whole_of(high, context)),
            Expression::Halves(high, _) => self.sql.push_str(&context.column(high)),
            Expression::Relevance => {
                let _ = write!(self.sql, "{}.score", context.link.as_deref().unwrap_or(&context.row));
            }
            Expression::Days(from, to) => self.days(&context.column(from), &context.column(to)),
            Expression::Bits(column, mask) => {
                let mask = self.bind(&Value::Int(*mask));
                let _ = write!(self.sql, "({} & {mask})", context.column(column));
            }
            Expression::Distance { to, from } => self.distance(to, *from, context),
        }
    }

    /// Writes one half of the sum over the rows of an edge.
    fn sum(
        &mut self,
        edge: &'static Edge,
        fits: &Condition,
        column: &Column,
        context: &RowContext,
        half: impl Fn(&str, &str) -> String,
    ) {
        let inner = self.context();
        let summed = |of: &str| format!("CAST(sum(CAST({} AS BIGINT) {of}) AS BIGINT)", inner.column(column));
        let (high, low) = (summed(&format!(">> {HALF}")), summed(&format!("& {LOW}")));
        let _ = write!(self.sql, "(SELECT {}", half(&high, &low));
        self.rows_of(edge, fits, context, &inner);
        self.sql.push(')');
    }

    /// Writes a subquery over the rows that an edge leads to from the row in context.
    fn related(&mut self, edge: &'static Edge, what: &str, fits: &Condition, context: &RowContext) {
        let inner = self.context();
        let _ = write!(self.sql, "SELECT {what}");
        self.rows_of(edge, fits, context, &inner);
    }

    /// Writes `FROM … WHERE …`: the rows that an edge leads to from the row in context and that match.
    fn rows_of(&mut self, edge: &'static Edge, fits: &Condition, context: &RowContext, inner: &RowContext) {
        let parent = self.start(edge, context);
        self.from(edge, &edge.reach, &parent, inner);
        let met = context.met.saturating_add(edge.meets());
        self.and(fits, &RowContext { met, ..inner.clone() });
    }

    /// Whether a condition on related rows is written as membership in a set (`IN`), not as `EXISTS`. SQLite would
    /// run `EXISTS` again for each of the many rows that lead to the same row, and for each edge on the way;
    /// PostgreSQL uses joins or hashing.
    fn all_at_once(&self, edge: &Edge, context: &RowContext) -> bool {
        let by_column = matches!(edge.reach, Reach::Column(_) | Reach::Either(..));
        !self.postgres() && by_column && (context.met > 1 || context.met == 1 && edge.uneven)
    }

    /// Writes that the row is in the set of rows that have a matching related row.
    fn member(&mut self, edge: &'static Edge, fits: &Condition, context: &RowContext) {
        let (parent, inner) = (self.start(edge, context), self.context());
        let _ = write!(self.sql, "{parent} IN (SELECT ");
        self.rows_by_column(edge, &inner);
        self.and(fits, &inner);
        self.sql.push(')');
    }

    /// The column or columns of the row in context that an edge starts from.
    fn start(&self, edge: &Edge, context: &RowContext) -> String {
        match &edge.reach {
            Reach::TwoKeys { columns, .. } if !self.postgres() => {
                columns.map(|column| context.column(&column)).join(", ")
            }
            _ => edge.from.map(|from| context.column(&from)).unwrap_or_default(),
        }
    }
}

/// The number of conjuncts of a condition, including nested ones.
fn conjuncts(condition: &Condition) -> usize {
    match condition {
        Condition::All(parts) => parts.iter().map(conjuncts).sum(),
        _ => 1,
    }
}
