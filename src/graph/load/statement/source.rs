//! Writes FROM clauses. This is the only file that writes table names into SQL, always with the condition of the rows
//! that are visible in the request's scope.

use std::{borrow::Cow, fmt::Write};

use sea_orm::Value as SqlValue;
use uuid::Uuid;

use super::{Question, RowContext, ScopeValues, StatementWriter, holds, prefix};
use crate::{
    access::Scope,
    graph::{
        filter::Condition,
        load::{Column, DocumentSelection, Edge, Kind, Reach, Table, TableName},
    },
    store::Engine,
};

/// The column that holds the value of either of two columns.
const END: &str = "end_key";

impl StatementWriter<'_> {
    /// Writes ` AND …`: the row is visible in the scope.
    fn visible(&mut self, table: &'static Table, context: &RowContext) {
        let before = self.values.len();
        let visible: Cow<'_, Condition> = table.visible(self.scope);
        self.and(&visible, context);
        if self.scope.has_values() && self.values.len() > before {
            let at = before..self.values.len();
            self.scope_values.push(ScopeValues { at, table, context: context.clone() });
        }
    }

    /// The values of this request's scope, for text that was written for another request.
    pub(super) fn values_of_scope(&self, values: &ScopeValues) -> Vec<SqlValue> {
        let selection = &DocumentSelection::default();
        let mut writer = StatementWriter::new(self.engine, self.scope, selection);
        writer.and(&values.table.visible(self.scope), &values.context);
        writer.values
    }

    /// Writes ` FROM … WHERE …`: the row with this key.
    pub(super) fn row_by_key(&mut self, table: &'static Table, t: &str, key: &str) {
        let (name, own) = (table.name.in_sql(), own_key(table));
        let _ = write!(self.sql, " FROM {name} {t} WHERE {t}.{own} = {key}");
        self.visible(table, &RowContext::outside(t.to_owned()));
    }

    /// Writes ` FROM … WHERE …`: all rows.
    pub(super) fn all_rows(&mut self, table: &'static Table, t: &str) {
        let _ = write!(self.sql, " FROM {} {t} WHERE 1 = 1", table.name.in_sql());
        self.visible(table, &RowContext::outside(t.to_owned()));
    }

    /// Writes ` FROM … WHERE …`: the rows of a list, restricted to the results of a search if there are any.
    pub(super) fn found_rows(
        &mut self,
        question: &Question,
        reach: &Reach,
        parent: &str,
        context: &RowContext,
    ) {
        let Some(among) = &question.arguments.among else {
            return self.from(question.edge, reach, parent, context);
        };
        let table = (question.edge.tables[0])();
        let (x, k) = (&context.row, context.link.as_deref().unwrap_or_default());
        let kind = table.key.first().map_or(Kind::Uuid, |key| key.kind);
        let found = self.ranked(kind, &among.keys, &among.scores);
        let (name, key) = (table.name.in_sql(), own_key(table));
        let _ = write!(self.sql, " FROM {found} {k} JOIN {name} {x} ON {x}.{key} = {k}.key WHERE 1 = 1");
        self.visible(table, context);
    }

    /// Writes ` FROM … WHERE …`: the rows that an edge leads to from `parent`.
    pub(super) fn from(&mut self, edge: &Edge, reach: &Reach, parent: &str, context: &RowContext) {
        self.joined_rows(edge, reach, parent, context, "");
    }

    /// Writes the same, with the rows of other tables joined to each row.
    pub(super) fn joined_rows(
        &mut self,
        edge: &Edge,
        reach: &Reach,
        parent: &str,
        context: &RowContext,
        joins: &str,
    ) {
        let table = (edge.tables[0])();
        let key = own_key(table);
        let (name, x, j) = (table.name.in_sql(), &context.row, context.link.as_deref().unwrap_or_default());
        let _ = match reach {
            // A walk writes its rows itself; other uses of its table read all rows.
            Reach::All | Reach::Walk { .. } => write!(self.sql, " FROM {name} {x}{joins} WHERE 1 = 1"),
            Reach::Key => write!(self.sql, " FROM {name} {x}{joins} WHERE {x}.{key} = {parent}"),
            Reach::Prefix(length) => {
                write!(self.sql, " FROM {name} {x}{joins} WHERE {x}.{key} = {}", prefix(parent, *length))
            }
            Reach::Column(column) => {
                let key = format!("{x}.{} = {parent}", column.name);
                // Without this, SQLite estimates that many rows share a key if most rows have none.
                let key = if column.nullable { self.seldom(&key) } else { key };
                write!(self.sql, " FROM {name} {x}{joins} WHERE {key}")
            }
            Reach::Either(one, other) => {
                self.either(name, [one, other], x);
                write!(self.sql, "{joins} WHERE {}", self.is_either([one, other], x, parent))
            }
            Reach::TwoKeys { table: pairs, key: own, columns } => {
                self.two_keys((name, key), (pairs.in_sql(), own.name), columns, x, j);
                write!(self.sql, "{joins} WHERE {}", self.is_one_of_two(key, x, j, parent))
            }
            // Codes consist of digits and dots, and the slash is the character after the dot, so that one range is
            // the whole subtree.
            Reach::Subtree(column) => {
                let c = column.name;
                let ends = [format!("{x}.{c} >= {parent}"), format!("{x}.{c} < {parent} || '/'")];
                let [from, until] = ends.map(|end| self.seldom(&end));
                write!(self.sql, " FROM {name} {x}{joins} WHERE {from} AND {until}")
            }
            Reach::Above(column) => {
                let c = column.name;
                let rungs = [2, 5, 8].map(|rung| format!("substr({parent}, 1, {rung})")).join(", ");
                write!(self.sql, " FROM {name} {x}{joins} WHERE {x}.{c} IN ({rungs}) AND {x}.{c} < {parent}")
            }
            Reach::Link { table: pairs, parent: up, child, .. } => write!(
                self.sql,
                " FROM {} {j} JOIN {name} {x} ON {x}.{key} = {j}.{}{joins} WHERE {j}.{} = {parent}",
                pairs.in_sql(),
                child.name,
                up.name
            ),
            Reach::LinkedSubtree { table: pairs, region, child, columns } => {
                let _ = write!(self.sql, " FROM {name} {x}{joins} WHERE (");
                for (index, column) in columns.iter().enumerate() {
                    let or = if index > 0 { " OR " } else { "" };
                    let (before, after) = self.among();
                    let _ = write!(
                        self.sql,
                        "{or}{x}.{column} {before}SELECT {j}.{child} FROM {pairs} {j} WHERE {j}.{region} >= {parent} \
                         AND {j}.{region} < {parent} || '/'{after}",
                        column = column.name,
                        child = child.name,
                        pairs = pairs.in_sql(),
                        region = region.name
                    );
                }
                write!(self.sql, ")")
            }
        };
        self.visible(table, context);
    }

    /// Writes ` FROM …`: rows that have a key in either of two columns. PostgreSQL joins only by an equation, and
    /// uses an index for an equation on a side of a union; SQLite uses both indexes for an `OR`.
    fn either(&mut self, table: &str, columns: [&Column; 2], x: &str) {
        let _ = if self.postgres() {
            let [one, other] = columns.map(|column| column.name);
            write!(
                self.sql,
                " FROM (SELECT *, {one} AS {END} FROM {table} UNION ALL SELECT *, {other} FROM {table}) {x}"
            )
        } else {
            write!(self.sql, " FROM {table} {x}")
        };
    }

    /// Whether either of two columns of a row of [`StatementWriter::either`] is this key.
    fn is_either(&self, columns: [&Column; 2], x: &str, parent: &str) -> String {
        if self.postgres() {
            return format!("{x}.{END} = {parent}");
        }
        let [one, other] = columns.map(|column| column.name);
        format!("({x}.{one} = {parent} OR {x}.{other} = {parent})")
    }

    /// Writes ` FROM …`: the rows that two foreign keys of an outer row refer to. On PostgreSQL the outer row is read
    /// again, so that a join may begin at either of the tables.
    fn two_keys(
        &mut self,
        (table, key): (&str, &str),
        (pairs, own): (&str, &str),
        columns: &[Column; 2],
        x: &str,
        j: &str,
    ) {
        let _ = if self.postgres() {
            let [one, other] = columns.map(|column| column.name);
            write!(
                self.sql,
                " FROM (SELECT {own} AS own, {one} AS {END} FROM {pairs} UNION ALL SELECT {own}, {other} \
                 FROM {pairs}) {j} JOIN {table} {x} ON {x}.{key} = {j}.{END}"
            )
        } else {
            write!(self.sql, " FROM {table} {x}")
        };
    }

    /// Whether a row of [`StatementWriter::two_keys`] is one of the two that the outer row refers to.
    fn is_one_of_two(&self, key: &str, x: &str, j: &str, parent: &str) -> String {
        if self.postgres() { format!("{j}.own = {parent}") } else { format!("{x}.{key} IN ({parent})") }
    }

    /// Writes `column FROM … WHERE …`: one column of the rows; for an edge by either of two columns, each row twice,
    /// once with each of them.
    pub(super) fn rows_by_column(&mut self, edge: &Edge, inner: &RowContext) {
        let (table, x, j) = ((edge.tables[0])(), &inner.row, inner.link.as_deref().unwrap_or_default());
        let name = table.name.in_sql();
        let _ = match &edge.reach {
            Reach::Either(one, other) => write!(
                self.sql,
                "CASE {j}.n WHEN 0 THEN {x}.{} ELSE {x}.{} END FROM {name} {x} \
                 CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1) {j}",
                one.name, other.name
            ),
            Reach::Column(column) => write!(self.sql, "{x}.{} FROM {name} {x}", column.name),
            _ => Ok(()),
        };
        self.sql.push_str(" WHERE 1 = 1");
        self.visible(table, inner);
    }

    /// Writes `SELECT … FROM … WHERE …`: the prefixes of the region codes of rows, or of the regions that one of
    /// their columns is linked to; with the row's key if they are `counted`. Returns false for an edge that does not
    /// lead to a subtree.
    pub(super) fn prefixes_of_rows(
        &mut self,
        edge: &Edge,
        linked: Option<&Column>,
        (inner, l): (&RowContext, &str),
        (rungs, counted): (&str, bool),
        bound: Option<&str>,
    ) -> bool {
        let table = (edge.tables[0])();
        let (name, x, j) = (table.name.in_sql(), &inner.row, inner.link.as_deref().unwrap_or_default());
        let (code, key, from) = match (&edge.reach, linked) {
            (Reach::LinkedSubtree { table: pairs, region, child, .. }, Some(column)) => (
                format!("{j}.{}", region.name),
                // A row may be linked to several regions of one subtree.
                format!(", {x}.{} AS id", own_key(table)),
                format!("{} {j} JOIN {name} {x} ON {x}.{} = {j}.{}", pairs.in_sql(), column.name, child.name),
            ),
            (Reach::Subtree(column), _) => {
                (format!("{x}.{}", column.name), String::new(), format!("{name} {x}"))
            }
            _ => return false,
        };
        let key = if counted { key.as_str() } else { "" };
        // SQLite removes duplicates when it builds the set of an `IN`.
        let apart = if counted { key.is_empty() } else { !self.postgres() };
        let distinct = if apart { "" } else { "DISTINCT " };
        let _ = write!(
            self.sql,
            "SELECT {distinct}substr({code}, 1, {l}.rung) AS code{key} FROM {from} CROSS JOIN ({rungs}) {l} \
             WHERE {l}.rung <= length({code})"
        );
        if let Some(bound) = bound {
            let ends = [bound.to_owned(), format!("{bound}/")].map(|end| self.bind(&end.into()));
            // The subquery hides the values from PostgreSQL, which otherwise makes a new plan for each value, as in
            // other lists of a small region.
            let [from, until] = ends.map(|end| if self.postgres() { format!("(SELECT {end})") } else { end });
            let _ = write!(self.sql, " AND {code} >= {from} AND {code} < {until}");
        }
        self.visible(table, inner);
        true
    }

    /// Writes ` {join} … ON …`: the row with this key. Its visibility is not tested if the row before it guarantees
    /// that.
    pub(super) fn joined_row(&mut self, join: &str, edge: &Edge, context: &RowContext, key: &str) {
        let table = (edge.tables[0])();
        let (name, x, own) = (table.name.in_sql(), &context.row, own_key(table));
        let _ = write!(self.sql, " {join} {name} {x} ON {x}.{own} = {key}");
        if !edge.assured() {
            self.visible(table, context);
        }
    }

    /// Writes the greatest `column` of the rows with the same `within` as the row in context.
    pub(super) fn greatest(
        &mut self,
        table: &'static Table,
        column: &Column,
        within: &Column,
        context: &RowContext,
    ) {
        let (y, row) = (self.alias("y"), &context.row);
        let (name, column, within) = (table.name.in_sql(), column.name, within.name);
        let _ =
            write!(self.sql, "(SELECT max({y}.{column}) FROM {name} {y} WHERE {y}.{within} = {row}.{within}");
        self.visible(table, &RowContext::outside(y));
        self.sql.push(')');
    }

    /// Writes ` FROM {before} … WHERE …`: the arcs `e` that start at the nodes of `before`, by the column `from`.
    pub(super) fn arcs(
        &mut self,
        table: &'static Table,
        before: &str,
        e: &str,
        fits: &Condition,
        wheres: &str,
    ) {
        let _ = write!(self.sql, " FROM {before} CROSS JOIN {} {e} WHERE {wheres}", table.name.in_sql());
        let context = RowContext::outside(e.to_owned());
        self.visible(table, &context);
        self.and(fits, &context);
    }

    /// Writes ` CROSS JOIN … WHERE …`: the row of an arc that a walk found, by its key.
    pub(super) fn row_of_arc(&mut self, table: &'static Table, context: &RowContext, key: &str) {
        let (name, x, own) = (table.name.in_sql(), &context.row, own_key(table));
        let _ = write!(self.sql, " CROSS JOIN {name} {x} WHERE {x}.{own} = {key}");
        self.visible(table, context);
    }
}

/// Writes ` LEFT JOIN …`: the pairs `l` of a join table that a row's key is linked to.
pub(super) fn pairs_of(pairs: TableName, l: &str, parent: &Column, key: &str) -> String {
    format!(" LEFT JOIN {} {l} ON {l}.{} = {key}", pairs.in_sql(), parent.name)
}

/// The text and the values of a statement that returns a row if the row with this key is visible in the scope.
#[must_use]
pub fn visible_row(
    engine: Engine,
    scope: &Scope,
    table: &'static Table,
    key: Uuid,
) -> (String, Vec<SqlValue>) {
    let selection = &DocumentSelection::default();
    let mut writer = StatementWriter::new(engine, scope, selection);
    writer.sql.push_str("SELECT 1");
    let key = writer.bind(&key.into());
    writer.row_by_key(table, "r", &key);
    (writer.sql, writer.values)
}

/// The visible rows of a table, for a statement that is written elsewhere.
#[derive(Debug)]
pub struct VisibleRows {
    /// The FROM item: `table alias`.
    pub source: String,
    /// The condition of visibility; none if all rows are visible.
    pub condition: Option<String>,
}

impl VisibleRows {
    /// The visible rows `x` of a table that match; `values` are the statement's bound values so far.
    #[must_use]
    pub fn of(
        engine: Engine,
        scope: &Scope,
        (table, x): (&'static Table, &str),
        fits: &Condition,
        values: &mut Vec<SqlValue>,
    ) -> Self {
        let source = format!("{} {x}", table.name.in_sql());
        let condition = table.visible(scope).into_owned().and(fits.clone());
        if condition.is_always() {
            return Self { source, condition: None };
        }
        Self { source, condition: Some(holds(engine, scope, &condition, x, values)) }
    }
}

fn own_key(table: &Table) -> &'static str {
    table.key.first().map_or("id", |key| key.name)
}
