//! Writes the SQL statement of a batch: nested correlated subqueries that return positional JSON, on both engines.
//!
//! Identifiers come from sea-orm's entities, and every value is bound. The few differences between PostgreSQL and
//! SQLite are in `dialect.rs`.

mod chain;
mod condition;
mod dialect;
mod distance;
mod grouped;
mod kept_text;
mod keyset;
mod record_counts;
mod row_context;
mod source;
mod subtree;
mod walk;

pub(super) use chain::chains;
pub(super) use record_counts::record_counts;
pub use source::{VisibleRows, visible_row};

use std::fmt::Write;

use sea_orm::Value as SqlValue;

use self::{kept_text::RowRead, keyset::Sorted};
use super::{
    column_set::ColumnSet,
    question::{Edge, Group, Plan, Planned, Question, Reach, RowContext, ScopeValues, Want},
    selection::DocumentSelection,
};
use crate::{
    access::Scope,
    graph::{filter::Condition, page::COUNT_LIMIT},
    store::Engine,
};

/// The name of the column with the list's length, where it is returned with each row.
const LENGTH: &str = "list_length";

/// Writes one statement that answers all groups in a scope, with one column for each.
pub(super) fn write(
    engine: Engine,
    scope: &Scope,
    groups: &[Group],
    selection: &DocumentSelection,
) -> (String, Vec<SqlValue>) {
    let mut writer = StatementWriter::new(engine, scope, selection);
    writer.sql.push_str("SELECT ");
    for (index, group) in groups.iter().enumerate() {
        writer.separate(index);
        writer.sql.push_str("CAST(");
        writer.group(group);
        writer.sql.push_str(" AS TEXT)");
    }
    (writer.sql, writer.values)
}

/// Writes a condition on the row `row` as SQL, for a statement that is written elsewhere; `values` are its bound
/// values so far.
pub fn holds(
    engine: Engine,
    scope: &Scope,
    condition: &Condition,
    row: &str,
    values: &mut Vec<SqlValue>,
) -> String {
    let selection = &DocumentSelection::default();
    let mut writer = StatementWriter::new(engine, scope, selection);
    writer.values = std::mem::take(values);
    // Its aliases must not collide with those of the surrounding statement.
    writer.aliases = 1_000;
    writer.condition(condition, &RowContext::outside(row.to_owned()));
    *values = writer.values;
    writer.sql
}

struct StatementWriter<'m> {
    selection: &'m DocumentSelection,
    /// The plan of the next row, whose text may be cached.
    planned: Option<&'m Planned>,
    engine: Engine,
    scope: &'m Scope,
    sql: String,
    values: Vec<SqlValue>,
    /// The bound values that depend on the scope.
    scope_values: Vec<ScopeValues>,
    aliases: usize,
}

impl<'m> StatementWriter<'m> {
    fn new(engine: Engine, scope: &'m Scope, selection: &'m DocumentSelection) -> Self {
        let (sql, values) = (String::with_capacity(1024), Vec::new());
        Self { selection, planned: None, engine, scope, sql, values, scope_values: Vec::new(), aliases: 0 }
    }

    fn group(&mut self, group: &'m Group) {
        self.planned = Some(&group.plan);
        let question = group.question();
        if group.parents.is_empty() {
            return self.answer(question, "", &group.plan.plan);
        }
        if matches!(question.edge.reach, Reach::Walk { .. }) && !self.postgres() {
            return self.group_apart(group);
        }
        let k = self.alias("k");
        let (array, list, number) = (self.array(), self.list(), if self.postgres() { " - 1" } else { "" });
        let _ = write!(self.sql, "(SELECT {list}({array}({k}.n{number}, ");
        self.answer(question, &format!("{k}.key"), &group.plan.plan);
        self.sql.push_str(")) FROM ");
        self.keys(&group.parents, &k);
        self.sql.push(')');
    }

    /// Writes a group with a separate answer for each parent, because SQLite evaluates a correlated subquery again
    /// for each mention.
    fn group_apart(&mut self, group: &Group) {
        let a = self.alias("a");
        let (array, list) = (self.array(), self.list());
        let _ = write!(self.sql, "(SELECT {list}(json({a}.answer)) FROM (");
        for (index, parent) in group.parents.iter().enumerate() {
            let union = if index > 0 { " UNION ALL " } else { "" };
            let _ = write!(self.sql, "{union}SELECT {array}({index}, ");
            let parent = self.bind(parent);
            self.answer(group.question(), &parent, &group.plan.plan);
            self.sql.push_str(") AS answer");
        }
        let _ = write!(self.sql, ") {a})");
    }

    /// Writes the answer to one question about the parent given by the SQL expression `parent`.
    fn answer(&mut self, question: &Question, parent: &str, plan: &Plan) {
        match (question.want, &question.edge.reach) {
            (Want::Rows, Reach::Key) => self.row(question.edge, parent, plan),
            (Want::Rows, Reach::Prefix(length)) => self.row(question.edge, &prefix(parent, *length), plan),
            (Want::Rows | Want::RowsAndCount, _) => self.rows(question, parent, plan),
            (_, Reach::Walk { arcs, .. }) => self.count_walk(question, arcs, parent),
            (Want::Count, _) => {
                let at_most = if question.counts_all() { u32::MAX } else { COUNT_LIMIT + 1 };
                self.count(question, parent, at_most);
            }
            (Want::Before | Want::After, _) => self.count(question, parent, 1),
        }
    }

    /// Writes a row or null. The table that has most of these rows is read first, and the others only if it has no
    /// such row.
    fn row(&mut self, edge: &Edge, parent: &str, plan: &Plan) {
        let several = edge.tables.len() > 1;
        self.sql.push_str(if several { "coalesce(" } else { "" });
        for (at, index) in edge.by_likelihood().enumerate() {
            let (table, t) = ((edge.tables[index])(), self.alias("t"));
            self.separate(at);
            self.sql.push_str("(SELECT ");
            self.columns(RowRead { table, index, tagged: several, order: &[], extras: &[] }, &t, plan);
            self.row_by_key(table, &t, parent);
            self.sql.push(')');
        }
        self.sql.push_str(if several { ")" } else { "" });
    }

    /// Writes `[row, …]` in the requested order; if the rows are counted, `[number, [row, …]]`.
    fn rows(&mut self, question: &Question, parent: &str, plan: &Plan) {
        let (edge, t) = (question.edge, self.alias("t"));
        let list = self.list();
        let counted = question.want == Want::RowsAndCount;
        let length = if counted { format!("{}(max({t}.{LENGTH}), ", self.array()) } else { String::new() };
        let _ = write!(self.sql, "(SELECT {length}{list}(");
        if let Some(grouped) = &question.arguments.grouped {
            self.group_columns(grouped, &t);
        } else {
            let extras = extras(question);
            let (table, order) = ((edge.tables[0])(), &question.arguments.order);
            self.columns(RowRead { table, index: 0, tagged: false, order, extras: &extras }, &t, plan);
        }
        self.sql.push_str(if counted { ")) FROM (" } else { ") FROM (" });
        match edge.sides() {
            [side] => self.page(question, side, parent),
            // The pages of both sides are merged, so that each side uses its own index.
            sides => {
                let x = self.alias("x");
                let _ = write!(self.sql, "SELECT {x}.* FROM (");
                for (index, side) in sides.iter().enumerate() {
                    let s = self.alias("s");
                    self.sql.push_str(if index == 0 {
                        "SELECT * FROM ("
                    } else {
                        " UNION ALL SELECT * FROM ("
                    });
                    self.page(question, side, parent);
                    let _ = write!(self.sql, ") {s}");
                }
                let _ = write!(self.sql, ") {x}");
                let order = Sorted::terms(&question.arguments.order, &RowContext::outside(x));
                self.order_and_limit(&order, question.arguments.frame.as_ref());
            }
        }
        let _ = write!(self.sql, ") {t})");
    }

    /// Writes the page of one side of an edge: its rows with their extras, sorted and limited.
    fn page(&mut self, question: &Question, reach: &Reach, parent: &str) {
        let order = self.list_of(question, reach, parent);
        if let Some(frame) = &question.arguments.frame {
            self.between(&order, frame);
        }
        self.order_and_limit(&order, question.arguments.frame.as_ref());
    }

    /// Writes the number of rows up to `at_most`, or whether any row lies beyond a cursor.
    fn count(&mut self, question: &Question, parent: &str, at_most: u32) {
        self.sql.push_str("(SELECT count(*) FROM (");
        for (index, reach) in question.edge.sides().iter().enumerate() {
            if index > 0 {
                self.sql.push_str(" UNION ALL ");
            }
            if question.want == Want::Count && question.arguments.grouped.is_none() {
                let context = self.context_of_list(question, reach);
                self.sql.push_str("SELECT 1");
                self.found_rows(question, reach, parent, &context);
                self.and(&question.arguments.filter, &context);
                continue;
            }
            self.sql.push_str("SELECT 1 FROM (");
            let order = self.list_of(question, reach, parent);
            if let Some(frame) = &question.arguments.frame {
                match question.want {
                    Want::Before => self.beyond(&order, frame.after.as_deref(), false),
                    Want::After => self.beyond(&order, frame.before.as_deref(), true),
                    Want::Rows | Want::RowsAndCount | Want::Count => {}
                }
            }
            let s = self.alias("s");
            let _ = write!(self.sql, ") {s}");
        }
        let limit = self.at_most(at_most.into());
        let c = self.alias("c");
        let _ = write!(self.sql, "{limit}) {c})");
    }

    /// Writes the rows of a list with their extras, without a limit, and returns its sort terms as they are named
    /// from here on.
    fn list_of(&mut self, question: &Question, reach: &Reach, parent: &str) -> Vec<Sorted> {
        let Question { edge, arguments, .. } = question;
        if let Reach::Walk { arcs, .. } = reach {
            return self.walk(question, arcs, parent);
        }
        if let Some(grouped) = &arguments.grouped {
            let context = RowContext::outside(self.alias("x"));
            let _ = write!(self.sql, "SELECT {}.* FROM (", context.row);
            self.grouped(grouped, question, reach, parent);
            let _ = write!(self.sql, ") {} WHERE 1 = 1", context.row);
            self.and(&grouped.having, &context);
            return Sorted::terms(&arguments.order, &context);
        }
        let (context, outside) =
            (self.context_of_list(question, reach), RowContext::outside(self.alias("x")));
        let inside = context.narrow || arguments.order.iter().any(|term| term.by.computed());
        if inside {
            let _ = write!(self.sql, "SELECT {}.* FROM (", outside.row);
        }
        let _ = write!(self.sql, "SELECT {}.*", context.row);
        for column in edge.link() {
            let _ = write!(self.sql, ", {} AS link_{}", context.column(column), column.name);
        }
        for (index, term) in arguments.order.iter().enumerate().filter(|(_, term)| term.by.computed()) {
            self.sql.push_str(", ");
            self.expression(&term.by, &context);
            let _ = write!(self.sql, " AS sort_{index}");
        }
        if question.want == Want::RowsAndCount {
            let _ = write!(self.sql, ", count(*) OVER () AS {LENGTH}");
        }
        self.found_rows(question, reach, parent, &context);
        self.and(&arguments.filter, &context);
        if !inside {
            return Sorted::terms(&arguments.order, &context);
        }
        let apart = if context.narrow { self.apart() } else { "" };
        let _ = write!(self.sql, "{apart}) {} WHERE 1 = 1", outside.row);
        Sorted::terms(&arguments.order, &outside)
    }

    /// Writes the row `t`: `[table index?, [columns], [extras]?, branch, …]`, or only `[columns]` if there is nothing
    /// else.
    fn columns(&mut self, row: RowRead<'_>, t: &str, plan: &Plan) {
        let read = self.selection.columns(self.scope, row.table, row.order, plan, row.index);
        match self.planned.take() {
            Some(planned) => self.once(planned, row, t, read, |writer| writer.row_of(row, t, plan, read)),
            None => self.row_of(row, t, plan, read),
        }
    }

    fn row_of(&mut self, row: RowRead<'_>, t: &str, plan: &Plan, read: ColumnSet) {
        let RowRead { table, index, tagged, extras, .. } = row;
        let array = self.array();
        let bare = !tagged && extras.is_empty() && plan.of(index).is_empty();
        let _ = match (bare, tagged) {
            (true, _) => write!(self.sql, "{array}("),
            (_, true) => write!(self.sql, "{array}({index}, {array}("),
            (_, false) => write!(self.sql, "{array}({array}("),
        };
        let columns = table.columns.iter().filter(|column| read.has(column.index));
        let columns: Vec<String> = columns.map(|column| self.value_of(column, t)).collect();
        let _ = write!(self.sql, "{})", columns.join(", "));
        if bare {
            return;
        }
        if !extras.is_empty() {
            let extras: Vec<String> = extras.iter().map(|extra| format!("{t}.{extra}")).collect();
            let _ = write!(self.sql, ", {array}({})", extras.join(", "));
        }
        for branch in plan.of(index) {
            self.sql.push_str(", ");
            self.answer(&branch.question, &format!("{t}.{}", branch.from.name), &branch.plan);
        }
        self.sql.push(')');
    }

    fn alias(&mut self, prefix: &str) -> String {
        self.aliases += 1;
        format!("{prefix}{}", self.aliases)
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.sql.push_str(", ");
        }
    }
}

/// The beginning of a code, of this length; null for a shorter code.
fn prefix(code: &str, length: usize) -> String {
    format!("CASE WHEN length({code}) >= {length} THEN substr({code}, 1, {length}) END")
}

/// The names of a row's extras: the columns of its link, then the computed sort values.
pub(super) fn extras(question: &Question) -> Vec<String> {
    let link = question.edge.link().iter().map(|column| format!("link_{}", column.name));
    let order = question.arguments.order.iter().enumerate().filter(|(_, term)| term.by.computed());
    link.chain(order.map(|(index, _)| format!("sort_{index}"))).collect()
}
