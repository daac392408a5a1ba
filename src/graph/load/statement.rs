//! The statement: nested correlated subqueries that answer in positional JSON, written alike for both engines.
//!
//! Identifiers come from sea-orm's entities, every value is bound. PostgreSQL and SQLite differ in a handful of
//! words, all of them in one place below.

use std::{fmt::Write, sync::Arc};

use sea_orm::Value as SqlValue;

use super::{
    Column, Edge, Kind, Reach, Table, Want,
    ask::{Args, Frame},
    decode::Question,
    loader::Key,
    plan::Plan,
};
use crate::{
    graph::{filter::Condition, order::Term, page::COUNT_LIMIT, value::Value},
    store::Engine,
};

/// Questions that differ in their parents only, and are answered together.
pub(super) struct Group {
    template: Key,
    /// Empty for a question at the root.
    pub(super) parents: Vec<Value>,
    pub(super) plan: Arc<Plan>,
}

impl Group {
    /// Sorts a batch into groups, in an order that does not depend on chance, so that texts repeat.
    pub(super) fn gather(keys: &[Key]) -> Vec<Self> {
        let mut keys: Vec<&Key> = keys.iter().collect();
        keys.sort_by(|a, b| {
            let rank = |key: &&Key| (key.edge.name, key.want);
            rank(a).cmp(&rank(b)).then_with(|| a.args.cmp(&b.args)).then_with(|| a.parent.cmp(&b.parent))
        });
        let mut groups: Vec<Self> = Vec::new();
        for key in keys {
            let known = groups.iter_mut().find(|group| {
                let alike = group.template.edge == key.edge && group.template.want == key.want;
                alike
                    && group.template.args == key.args
                    && group.plan == key.plan
                    && !group.parents.is_empty()
            });
            let parent = (!key.parent.is_null()).then(|| key.parent.clone());
            match (known, parent) {
                (Some(group), Some(parent)) => group.parents.push(parent),
                (_, parent) => groups.push(Self {
                    template: key.clone(),
                    parents: parent.into_iter().collect(),
                    plan: Arc::clone(&key.plan),
                }),
            }
        }
        groups
    }

    pub(super) fn edge(&self) -> &'static Edge {
        self.template.edge
    }

    pub(super) fn question(&self) -> Question<'_> {
        Question { edge: self.template.edge, args: &self.template.args, want: self.template.want }
    }

    pub(super) fn key(&self, parent: Value) -> Key {
        Key { parent, ..self.template.clone() }
    }

    /// The questions of this group.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let root = self.parents.is_empty().then_some(Value::Null);
        self.parents.iter().cloned().chain(root).map(|parent| self.key(parent))
    }
}

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

    /// The part of the list between the cursors.
    fn between(&mut self, order: &[Term], frame: &Frame, rows: &Rows<'_>) {
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
    fn beyond(&mut self, order: &[Term], cursor: Option<&[Value]>, behind: bool, rows: &Rows<'_>) {
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
    fn follows(&mut self, order: &[Term], cursor: &[Value], rows: &Rows<'_>) {
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

    fn later(&mut self, term: &Term, value: &Value, rows: &Rows<'_>) {
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

    fn same(&mut self, term: &Term, value: &Value, rows: &Rows<'_>) {
        let column = rows.column(&term.column);
        if value.is_null() {
            let _ = write!(self.sql, "{column} IS NULL");
        } else {
            let bound = self.bind(value);
            let _ = write!(self.sql, "{column} = {bound}");
        }
    }

    fn order_and_limit(&mut self, args: &Args) {
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

    fn and(&mut self, condition: &Condition, rows: &Rows<'_>) {
        if !condition.is_always() {
            self.sql.push_str(" AND ");
            self.condition(condition, rows);
        }
    }

    fn condition(&mut self, condition: &Condition, rows: &Rows<'_>) {
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

    fn joined(&mut self, parts: &[Condition], word: &str, none: &str, rows: &Rows<'_>) {
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

    fn bind(&mut self, value: &Value) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
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

/// Where the engines differ.
impl Writer {
    fn postgres(&self) -> bool {
        self.engine == Engine::Postgres
    }

    fn array(&self) -> &'static str {
        if self.postgres() { "json_build_array" } else { "json_array" }
    }

    fn list(&self) -> &'static str {
        if self.postgres() { "json_agg" } else { "json_group_array" }
    }

    /// What JSON would lose or refuse on SQLite: bytes, and JSON that is stored as text.
    fn value_of(&self, column: &Column, t: &str) -> String {
        let name = column.name;
        match (self.engine, column.kind) {
            (Engine::Sqlite, Kind::Uuid) if column.nullable => format!("nullif(hex({t}.{name}), '')"),
            (Engine::Sqlite, Kind::Uuid) => format!("hex({t}.{name})"),
            (Engine::Sqlite, Kind::Json) => format!("json({t}.{name})"),
            _ => format!("{t}.{name}"),
        }
    }

    /// The list of parents, as rows of `key` numbered by `n`.
    fn keys(&mut self, parents: &[Value], k: &str) {
        let uuids = matches!(parents.first(), Some(Value::Uuid(_)));
        let bound = self.bind_list(parents);
        let _ = if self.postgres() {
            let kind = if uuids { "uuid[]" } else { "text[]" };
            write!(self.sql, "unnest({bound}::{kind}) WITH ORDINALITY AS {k}(key, n)")
        } else {
            let value = if uuids { "unhex(value)" } else { "value" };
            write!(self.sql, "(SELECT key AS n, {value} AS key FROM json_each({bound})) {k}")
        };
    }

    fn any_of(&mut self, values: &[Value]) {
        let uuids = matches!(values.first(), Some(Value::Uuid(_)));
        let bound = self.bind_list(values);
        let _ = if self.postgres() {
            write!(self.sql, "= ANY({bound})")
        } else {
            let value = if uuids { "unhex(value)" } else { "value" };
            write!(self.sql, "IN (SELECT {value} FROM json_each({bound}))")
        };
    }

    /// A list is one value, so that its length does not change the statement's text.
    fn bind_list(&mut self, values: &[Value]) -> String {
        let list = if self.postgres() { array_value(values) } else { json_value(values) };
        self.values.push(list);
        format!("${}", self.values.len())
    }
}

fn array_value(values: &[Value]) -> SqlValue {
    use sea_orm::sea_query::ArrayType;
    let kind = match values.first() {
        Some(Value::Uuid(_)) => ArrayType::Uuid,
        Some(Value::Int(_)) => ArrayType::BigInt,
        Some(Value::Date(_)) => ArrayType::ChronoDate,
        Some(Value::Bool(_)) => ArrayType::Bool,
        _ => ArrayType::String,
    };
    SqlValue::Array(kind, Some(Box::new(values.iter().map(Into::into).collect())))
}

fn json_value(values: &[Value]) -> SqlValue {
    let json = values.iter().map(|value| match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => serde_json::Value::from(i64::from(*flag)),
        Value::Int(number) => serde_json::Value::from(*number),
        Value::Text(text) => serde_json::Value::from(text.as_ref()),
        Value::Uuid(uuid) => serde_json::Value::from(uuid.simple().to_string()),
        Value::Date(date) => serde_json::Value::from(date.to_string()),
    });
    serde_json::Value::from_iter(json).to_string().into()
}

fn link_columns(edge: &Edge) -> &[Column] {
    match &edge.reach {
        Reach::Link { columns, .. } => columns,
        _ => &[],
    }
}

fn reversed(order: &[Term]) -> Vec<Term> {
    order.iter().map(|term| term.reversed()).collect()
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
