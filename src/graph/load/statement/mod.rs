//! The statement: nested correlated subqueries that answer in positional JSON, written alike for both engines.
//!
//! Identifiers come from sea-orm's entities, every value is bound. PostgreSQL and SQLite differ in a handful of
//! words, all of them in `dialect.rs`.

mod condition;
mod dialect;
mod page;

use std::fmt::Write;

use sea_orm::Value as SqlValue;

use super::{Column, Edge, Reach, Table, Want, decode::Question, group::Group, plan::Plan};
use crate::{
    graph::{filter::Condition, page::COUNT_LIMIT, value::Value},
    store::Engine,
};

/// Writes one statement that answers all groups, one column each.
pub(super) fn write(engine: Engine, groups: &[Group]) -> (String, Vec<SqlValue>) {
    let mut writer = Writer { engine, sql: String::with_capacity(1024), values: Vec::new(), aliases: 0 };
    writer.sql.push_str("SELECT ");
    for (index, group) in groups.iter().enumerate() {
        writer.separate(index);
        writer.sql.push_str("CAST(");
        writer.group(group);
        writer.sql.push_str(" AS TEXT)");
    }
    (writer.sql, writer.values)
}

/// What must hold of the row `row`, for a statement that stands elsewhere; its values so far are `values`.
pub(in crate::graph) fn holds(
    engine: Engine,
    condition: &Condition,
    row: &str,
    values: &mut Vec<SqlValue>,
) -> String {
    let mut writer = Writer { engine, sql: String::new(), values: std::mem::take(values), aliases: 0 };
    writer.condition(condition, &Rows { row, link: "" });
    *values = writer.values;
    writer.sql
}

struct Writer {
    engine: Engine,
    sql: String,
    values: Vec<SqlValue>,
    aliases: usize,
}

impl Writer {
    fn group(&mut self, group: &Group) {
        let question = group.question();
        if group.parents.is_empty() {
            return self.answer(question, "", &group.plan);
        }
        let k = self.alias("k");
        let (array, list, number) = (self.array(), self.list(), if self.postgres() { " - 1" } else { "" });
        let _ = write!(self.sql, "(SELECT {list}({array}({k}.n{number}, ");
        self.answer(question, &format!("{k}.key"), &group.plan);
        self.sql.push_str(")) FROM ");
        self.keys(&group.parents, &k);
        self.sql.push(')');
    }

    /// The answer to one question about the parent that `parent` expresses.
    fn answer(&mut self, question: Question<'_>, parent: &str, plan: &Plan) {
        match (question.want, &question.edge.reach) {
            (Want::Rows, Reach::Key) => self.row(question.edge, parent, plan),
            (Want::Rows, _) => self.rows(question, parent, plan),
            (Want::Count, _) => self.count(question, parent, COUNT_LIMIT + 1),
            (Want::Before | Want::After, _) => self.count(question, parent, 1),
        }
    }

    /// `[row or null, …]`, one slot for each table the row may be of.
    fn row(&mut self, edge: &Edge, parent: &str, plan: &Plan) {
        let array = self.array();
        let _ = write!(self.sql, "{array}(");
        for (index, table) in edge.tables.iter().enumerate() {
            let (table, t) = (table(), self.alias("t"));
            self.separate(index);
            self.sql.push_str("(SELECT ");
            self.columns(table, &[], &t, plan, index);
            let key = table.key.first().map_or("id", |key| key.name);
            let _ = write!(self.sql, " FROM {} {t} WHERE {t}.{key} = {parent}", table.name);
            self.and(&table.visible, &Rows { row: &t, link: "" });
            self.sql.push(')');
        }
        self.sql.push(')');
    }

    /// `[row, …]` in the order asked for.
    fn rows(&mut self, question: Question<'_>, parent: &str, plan: &Plan) {
        let (edge, args) = (question.edge, question.args);
        let table = (edge.tables[0])();
        let (list, t) = (self.list(), self.alias("t"));
        let link = link_columns(edge);
        let _ = write!(self.sql, "(SELECT {list}(");
        self.columns(table, link, &t, plan, 0);
        self.sql.push_str(") FROM (");
        if let Reach::Either(one, other) = &edge.reach {
            self.either(question, [*one, *other], parent);
        } else {
            self.select(question, "x.*", &edge.reach, parent);
            self.order_and_limit(args);
        }
        let _ = write!(self.sql, ") {t})");
    }

    /// A page of the rows on either side: a page of each side, merged, so that each walks its own index.
    fn either(&mut self, question: Question<'_>, sides: [Column; 2], parent: &str) {
        self.sql.push_str("SELECT x.* FROM (");
        for (index, side) in sides.into_iter().enumerate() {
            self.sql.push_str(if index == 0 { "SELECT * FROM (" } else { ") s UNION ALL SELECT * FROM (" });
            self.select(question, "x.*", &Reach::Column(side), parent);
            self.order_and_limit(question.args);
        }
        self.sql.push_str(") s) x");
        self.order_and_limit(question.args);
    }

    fn count(&mut self, question: Question<'_>, parent: &str, at_most: u32) {
        let sides: &[Reach] = match &question.edge.reach {
            Reach::Either(one, other) => &[Reach::Column(*one), Reach::Column(*other)],
            reach => std::slice::from_ref(reach),
        };
        self.sql.push_str("(SELECT count(*) FROM (");
        for (index, reach) in sides.iter().enumerate() {
            if index > 0 {
                self.sql.push_str(" UNION ALL ");
            }
            self.select(question, "1", reach, parent);
        }
        let limit = self.bind(&Value::Int(at_most.into()));
        let _ = write!(self.sql, " LIMIT {limit}) c)");
    }

    /// The rows of a list before they are sorted and cut: `x` is the row, `j` the link.
    fn select(&mut self, question: Question<'_>, what: &str, reach: &Reach, parent: &str) {
        let table = (question.edge.tables[0])();
        let key = table.key.first().map_or("id", |key| key.name);
        let _ = write!(self.sql, "SELECT {what}");
        if what != "1" {
            for column in link_columns(question.edge) {
                let _ = write!(self.sql, ", j.{0} AS link_{0}", column.name);
            }
        }
        let name = table.name;
        let _ = match reach {
            Reach::All | Reach::Key => write!(self.sql, " FROM {name} x WHERE 1 = 1"),
            Reach::Column(column) | Reach::Either(column, _) => {
                write!(self.sql, " FROM {name} x WHERE x.{} = {parent}", column.name)
            }
            // Codes hold digits and dots, and the slash follows the dot: one range is the whole subtree.
            Reach::Subtree(column) => {
                let c = column.name;
                write!(self.sql, " FROM {name} x WHERE x.{c} >= {parent} AND x.{c} < {parent} || '/'")
            }
            Reach::Above(column) => {
                let c = column.name;
                let rungs = [2, 5, 8].map(|rung| format!("substr({parent}, 1, {rung})")).join(", ");
                write!(self.sql, " FROM {name} x WHERE x.{c} IN ({rungs}) AND x.{c} < {parent}")
            }
            Reach::Link { table: pairs, parent: up, child, .. } => write!(
                self.sql,
                " FROM {pairs} j JOIN {name} x ON x.{key} = j.{} WHERE j.{} = {parent}",
                child.name, up.name
            ),
            Reach::LinkedSubtree { table: pairs, region, child } => write!(
                self.sql,
                " FROM {name} x WHERE x.{key} IN (SELECT j.{child} FROM {pairs} j WHERE j.{region} >= {parent} \
                 AND j.{region} < {parent} || '/')",
                child = child.name,
                region = region.name
            ),
        };
        let rows = Rows { row: "x", link: "j" };
        self.and(&table.visible, &rows);
        self.and(&question.args.filter, &rows);
        let Some(frame) = &question.args.frame else { return };
        let order = &question.args.order;
        match question.want {
            Want::Rows => self.between(order, frame, &rows),
            Want::Before => self.beyond(order, frame.after.as_deref(), false, &rows),
            Want::After => self.beyond(order, frame.before.as_deref(), true, &rows),
            Want::Count => {}
        }
    }

    /// `[[columns], [link columns]?, branch, …]` of the row `t`.
    fn columns(&mut self, table: &Table, link: &[Column], t: &str, plan: &Plan, index: usize) {
        let array = self.array();
        let _ = write!(self.sql, "{array}({array}(");
        for (at, column) in table.columns.iter().enumerate() {
            self.separate(at);
            let column = self.value_of(column, t);
            self.sql.push_str(&column);
        }
        self.sql.push(')');
        if !link.is_empty() {
            let _ = write!(self.sql, ", {array}(");
            for (at, column) in link.iter().enumerate() {
                self.separate(at);
                let _ = write!(self.sql, "{t}.link_{}", column.name);
            }
            self.sql.push(')');
        }
        for branch in plan.of(index) {
            let question = Question { edge: branch.ask.edge, args: &branch.ask.args, want: branch.want };
            self.sql.push_str(", ");
            self.answer(question, &format!("{t}.{}", branch.from.name), &branch.plan);
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

fn link_columns(edge: &Edge) -> &[Column] {
    match &edge.reach {
        Reach::Link { columns, .. } => columns,
        _ => &[],
    }
}

/// Under which names a row and its link stand in the text.
struct Rows<'a> {
    row: &'a str,
    link: &'a str,
}

impl Rows<'_> {
    fn column(&self, column: &Column) -> String {
        format!("{}.{}", if column.on_link { self.link } else { self.row }, column.name)
    }
}
