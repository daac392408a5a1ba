//! Where the engines differ: the words for JSON, and the shape of lists.

use std::fmt::Write;

use sea_orm::{Value as SqlValue, sea_query::ArrayType};

use super::{Question, RowContext, Writer};
use crate::{
    graph::{
        load::{Column, Kind},
        value::Value,
    },
    store::Engine,
};

impl Writer<'_> {
    pub(super) fn bind(&mut self, value: &Value) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    pub(super) fn postgres(&self) -> bool {
        self.engine == Engine::Postgres
    }

    pub(super) fn array(&self) -> &'static str {
        if self.postgres() { "json_build_array" } else { "json_array" }
    }

    pub(super) fn list(&self) -> &'static str {
        if self.postgres() { "json_agg" } else { "json_group_array" }
    }

    /// A column as an element. JSON would lose or refuse bytes on SQLite, and JSON that is stored as text.
    pub(super) fn value_of(&self, column: &Column, t: &str) -> String {
        let name = column.name;
        match (self.engine, column.kind) {
            (Engine::Sqlite, Kind::Uuid) if column.nullable => format!("nullif(hex({t}.{name}), '')"),
            (Engine::Sqlite, Kind::Uuid) => format!("hex({t}.{name})"),
            (Engine::Sqlite, Kind::Json) => format!("json({t}.{name})"),
            _ => format!("{t}.{name}"),
        }
    }

    /// At most so many rows. SQLite would prepare a statement anew for every number that it is limited to.
    pub(super) fn at_most(&mut self, rows: i64) -> String {
        let rows = self.bind(&Value::Int(rows));
        if self.postgres() { format!(" LIMIT {rows}") } else { format!(" LIMIT {rows} + 0") }
    }

    /// Whether a list keeps to so few rows that PostgreSQL is to find them first, and sort them then.
    pub(super) fn narrow(&self, question: &Question) -> bool {
        self.postgres() && question.arguments.filter.is_narrow()
    }

    /// Keeps what is computed in a subquery from being computed at each mention outside, and what it finds from being
    /// found by an order that is asked for outside.
    pub(super) fn apart(&self) -> &'static str {
        if self.postgres() { " OFFSET 0" } else { "" }
    }

    /// The sum of 64-bit numbers, which may outgrow them, under the names that [`Writer::halves`] knows. `SQLite` has
    /// no wider numbers; `PostgreSQL` sums into one.
    pub(super) fn sum_of(&self, v: &str, at: usize) -> String {
        let v = format!("CAST({v} AS BIGINT)");
        if self.postgres() {
            return format!("sum({v}) AS p{at}");
        }
        format!("CAST(sum({v} >> 32) AS BIGINT) AS p{at}, CAST(sum({v} & 4294967295) AS BIGINT) AS q{at}")
    }

    /// The sum itself, to be compared outside of what names it; only `PostgreSQL` has it.
    pub(super) fn whole(&self, f: &str, at: usize) -> Option<String> {
        self.postgres().then(|| format!("{f}.p{at}"))
    }

    /// The sum's halves: what 2³² goes into, and what is left.
    pub(super) fn halves(&self, f: &str, at: usize) -> (String, String) {
        if self.postgres() {
            let p = format!("{f}.p{at}");
            let fits = format!("{p} BETWEEN {} AND {}", i64::MIN, i64::MAX);
            let low = format!("mod(mod({p}, 4294967296) + 4294967296, 4294967296)");
            let halves = |fitting: &str, other: &str| {
                format!(
                    "CASE WHEN {fits} THEN CAST({p} AS BIGINT) {fitting} ELSE CAST({other} AS BIGINT) END"
                )
            };
            return (halves(">> 32", &format!("div({p} - {low}, 4294967296)")), halves("& 4294967295", &low));
        }
        (format!("({f}.p{at} + ({f}.q{at} >> 32))"), format!("({f}.q{at} & 4294967295)"))
    }

    /// The list of parents, as rows of `key` numbered by `n`.
    pub(super) fn keys(&mut self, parents: &[Value], k: &str) {
        let uuids = matches!(parents.first(), Some(Value::Uuid(_)));
        let kind = if uuids { Kind::Uuid } else { Kind::Text };
        let bound = self.bind_list(kind, parents);
        let _ = if self.postgres() {
            let kind = if uuids { "uuid[]" } else { "text[]" };
            write!(self.sql, "unnest({bound}::{kind}) WITH ORDINALITY AS {k}(key, n)")
        } else {
            let value = if uuids { "unhex(value)" } else { "value" };
            write!(self.sql, "(SELECT key AS n, {value} AS key FROM json_each({bound})) {k}")
        };
    }

    /// Keys and their scores, as rows of `key` and `score`.
    pub(super) fn ranked(&mut self, kind: Kind, keys: &[Value], scores: &[Value]) -> String {
        let uuids = kind == Kind::Uuid;
        let (keys, scores) = (self.bind_list(kind, keys), self.bind_list(Kind::Integer, scores));
        if self.postgres() {
            let kind = if uuids { "uuid[]" } else { "text[]" };
            return format!("(SELECT * FROM unnest({keys}::{kind}, {scores}::bigint[]) AS u(key, score))");
        }
        let value = if uuids { "unhex(i.value)" } else { "i.value" };
        format!(
            "(SELECT {value} AS key, s.value AS score FROM json_each({keys}) i JOIN json_each({scores}) s ON s.key = i.key)"
        )
    }

    /// Whether a value of this kind is one of these.
    pub(super) fn any_of(&mut self, kind: Kind, values: &[Value]) {
        let uuids = kind == Kind::Uuid;
        let bound = self.bind_list(kind, values);
        let _ = if self.postgres() {
            write!(self.sql, "= ANY({bound})")
        } else {
            let value = if uuids { "unhex(value)" } else { "value" };
            write!(self.sql, "IN (SELECT {value} FROM json_each({bound}))")
        };
    }

    /// Ends an `EXISTS`. SQLite 3.51 turns one without a limit into a join, and then loses rows where two indexes find the
    /// one that fits.
    pub(super) fn any(&self) -> &'static str {
        if self.postgres() { "" } else { " LIMIT 1" }
    }

    /// A condition that few rows fit: else SQLite reads the whole table first, to know what not to look up, or makes an
    /// index of its own for another condition.
    pub(super) fn seldom(&self, condition: &str) -> String {
        if self.postgres() { condition.to_owned() } else { format!("likelihood({condition}, 0.000001)") }
    }

    /// What stands before and after a query for few keys, for a column to be one of them. PostgreSQL expects few of an
    /// array, and looks for each by an index instead of reading the whole table.
    pub(super) fn among(&self) -> (&'static str, &'static str) {
        if self.postgres() { ("= ANY(ARRAY(", "))") } else { ("IN (", ")") }
    }

    /// A key as text that sorts as the key does.
    pub(super) fn key_text(&self, key: &str) -> String {
        if self.postgres() { format!("CAST({key} AS text) COLLATE \"C\"") } else { format!("hex({key})") }
    }

    /// Whether a text holds another.
    pub(super) fn holds_text(&self, text: &str, part: &str) -> String {
        format!("{}({text}, {part}) > 0", if self.postgres() { "strpos" } else { "instr" })
    }

    /// Begins a recursive term, which sees a level at a time on PostgreSQL and a row at a time on SQLite.
    pub(super) fn level(&self) -> &'static str {
        if self.postgres() { "SELECT * FROM (SELECT DISTINCT " } else { "SELECT " }
    }

    /// Ends it with the first of each level, by its first column; in all, SQLite takes two more: the start, and one to
    /// know that there is more.
    pub(super) fn end_of_level(&self, most: u32) -> String {
        if self.postgres() {
            format!(" ORDER BY 1 LIMIT {most}) l")
        } else {
            format!(" ORDER BY 2, 1 LIMIT {}", most + 1)
        }
    }

    /// Ends it with so many of each level, or with so many in all, in the order of a length and a text.
    pub(super) fn end_of_growth(&self, of_level: u32, in_all: u32) -> String {
        if self.postgres() {
            format!(" ORDER BY 5, 6 LIMIT {of_level}) l")
        } else {
            format!(" ORDER BY 5, 6 LIMIT {in_all}")
        }
    }

    /// A list is one value, so that its length does not change the statement's text. Its type goes by its kind, whatever it
    /// holds: a prepared statement keeps the types of its first values.
    pub(super) fn bind_list(&mut self, kind: Kind, values: &[Value]) -> String {
        let list = if self.postgres() { array_value(kind, values) } else { json_value(values) };
        self.values.push(list);
        format!("${}", self.values.len())
    }
}

/// The sum whose upper half a column is, under the name that [`Writer::sum_of`] gave it.
pub(super) fn whole_of(high: &Column, context: &RowContext) -> String {
    format!("{}.p{}", context.row, high.name.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()))
}

fn array_value(kind: Kind, values: &[Value]) -> SqlValue {
    let kind = match kind {
        Kind::Uuid => ArrayType::Uuid,
        Kind::Integer => ArrayType::BigInt,
        Kind::Date => ArrayType::ChronoDate,
        Kind::Boolean => ArrayType::Bool,
        Kind::Text | Kind::Json => ArrayType::String,
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
    json.collect::<serde_json::Value>().to_string().into()
}
