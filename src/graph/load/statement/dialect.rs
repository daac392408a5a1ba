//! The differences between the engines: JSON functions and lists.

use std::fmt::Write;

use sea_orm::{Value as SqlValue, sea_query::ArrayType};

use super::{Question, RowContext, StatementWriter};
use crate::{
    graph::{
        aggregate::Percentile,
        load::{Column, Kind},
        value::Value,
    },
    store::Engine,
};

impl StatementWriter<'_> {
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

    /// A column as a JSON element. It is converted where JSON on SQLite would lose or refuse it: bytes, and JSON that
    /// is stored as text.
    pub(super) fn value_of(&self, column: &Column, t: &str) -> String {
        let name = column.name;
        match (self.engine, column.kind) {
            (Engine::Sqlite, Kind::Uuid) if column.nullable => format!("nullif(hex({t}.{name}), '')"),
            (Engine::Sqlite, Kind::Uuid) => format!("hex({t}.{name})"),
            (Engine::Sqlite, Kind::Json) => format!("json({t}.{name})"),
            _ => format!("{t}.{name}"),
        }
    }

    /// A LIMIT with a bound number of rows. The expression keeps SQLite from preparing the statement again for each
    /// limit.
    pub(super) fn at_most(&mut self, rows: i64) -> String {
        let rows = self.bind(&Value::Int(rows));
        if self.postgres() { format!(" LIMIT {rows}") } else { format!(" LIMIT {rows} + 0") }
    }

    /// Whether a filter matches so few rows that PostgreSQL should find them first and sort them afterwards.
    pub(super) fn narrow(&self, question: &Question) -> bool {
        self.postgres() && question.arguments.filter.is_narrow()
    }

    /// The clause that prevents PostgreSQL from flattening a subquery. So its expressions are computed once, and an
    /// order outside does not decide how its rows are found.
    pub(super) fn apart(&self) -> &'static str {
        if self.postgres() { " OFFSET 0" } else { "" }
    }

    /// Writes the days from one date to another.
    pub(super) fn days(&mut self, from: &str, to: &str) {
        let _ = if self.postgres() {
            write!(self.sql, "({to} - {from})")
        } else {
            // The difference of two midnights is a whole number.
            write!(self.sql, "CAST(julianday({to}) - julianday({from}) AS INTEGER)")
        };
    }

    /// The aggregates of `v` that its percentiles are computed from: on PostgreSQL the percentiles, on SQLite all values
    /// of the group in order. PostgreSQL multiplies the fraction by the number of values in floating point and rounds up:
    /// a fraction that is smaller by 10⁻¹³ keeps a whole position from being rounded to the next one.
    pub(super) fn ranked_values(
        &mut self,
        v: &str,
        at: usize,
        wanted: &[(Percentile, Column)],
    ) -> Vec<String> {
        let most = Percentile::MOST;
        if self.postgres() {
            let percentile = |(percentile, column): &(Percentile, Column)| {
                let p = self.bind(&Value::Int(percentile.hundredths));
                format!(
                    "percentile_disc(CAST((CAST({p} AS BIGINT) - 0.000000001) / {most} AS double precision)) \
                     WITHIN GROUP (ORDER BY {v}) AS {}",
                    column.name
                )
            };
            return wanted.iter().map(percentile).collect();
        }
        let values = format!("json_group_array({v} ORDER BY {v}) FILTER (WHERE {v} IS NOT NULL) AS j{at}");
        if wanted.is_empty() { Vec::new() } else { vec![values] }
    }

    /// A percentile by nearest rank, from the aggregates of [`StatementWriter::ranked_values`] and the number of values.
    pub(super) fn percentile(
        &mut self,
        percentile: Percentile,
        f: &str,
        (at, column): (usize, &Column),
    ) -> String {
        if self.postgres() {
            return format!("{f}.{}", column.name);
        }
        let (p, most) = (self.bind(&Value::Int(percentile.hundredths)), Percentile::MOST);
        let index = format!("max(({f}.c{at} * {p} + {most} - 1) / {most} - 1, 0)");
        format!("json_extract({f}.j{at}, '$[' || {index} || ']')")
    }

    /// The sum of 64-bit numbers, which may exceed 64 bits, under the names that [`StatementWriter::halves`] uses. `SQLite`
    /// has no wider integers and sums two halves; `PostgreSQL` sums into a numeric.
    pub(super) fn sum_of(&self, v: &str, at: usize) -> String {
        let v = format!("CAST({v} AS BIGINT)");
        if self.postgres() {
            return format!("sum({v}) AS p{at}");
        }
        format!("CAST(sum({v} >> 32) AS BIGINT) AS p{at}, CAST(sum({v} & 4294967295) AS BIGINT) AS q{at}")
    }

    /// The undivided sum, to compare it outside the subquery that names it; only on `PostgreSQL`.
    pub(super) fn whole(&self, f: &str, at: usize) -> Option<String> {
        self.postgres().then(|| format!("{f}.p{at}"))
    }

    /// The halves of the sum: the quotient by 2³², and the remainder.
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

    /// Writes the list of parents, as rows of `key` numbered by `n`.
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

    /// Writes that a value of this kind is in a list.
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

    /// The end of an `EXISTS` subquery. Without a limit, SQLite 3.51 turns it into a join, and then loses rows if two
    /// indexes find the matching one.
    pub(super) fn any(&self) -> &'static str {
        if self.postgres() { "" } else { " LIMIT 1" }
    }

    /// Marks a condition as selective. Otherwise SQLite reads the whole table first to build a filter of keys, or
    /// builds a temporary index for another condition.
    pub(super) fn seldom(&self, condition: &str) -> String {
        if self.postgres() { condition.to_owned() } else { format!("likelihood({condition}, 0.000001)") }
    }

    /// What encloses a query for few keys that a column is compared with. PostgreSQL expects an array to be short,
    /// and looks up each key by an index instead of reading the whole table.
    pub(super) fn among(&self) -> (&'static str, &'static str) {
        if self.postgres() { ("= ANY(ARRAY(", "))") } else { ("IN (", ")") }
    }

    /// A key as text with the same sort order as the key.
    pub(super) fn key_text(&self, key: &str) -> String {
        if self.postgres() { format!("CAST({key} AS text) COLLATE \"C\"") } else { format!("hex({key})") }
    }

    /// Writes that a text contains another.
    pub(super) fn holds_text(&self, text: &str, part: &str) -> String {
        format!("{}({text}, {part}) > 0", if self.postgres() { "strpos" } else { "instr" })
    }

    /// The beginning of a recursive term, which receives a level at a time on PostgreSQL and a row at a time on SQLite.
    pub(super) fn level(&self) -> &'static str {
        if self.postgres() { "SELECT * FROM (SELECT DISTINCT " } else { "SELECT " }
    }

    /// The end of such a term, with a limit for each level, sorted by its first column. On SQLite the limit is for
    /// all rows; it is two more: the start, and one that shows that there are more.
    pub(super) fn end_of_level(&self, most: u32) -> String {
        if self.postgres() {
            format!(" ORDER BY 1 LIMIT {most}) l")
        } else {
            format!(" ORDER BY 2, 1 LIMIT {}", most + 1)
        }
    }

    /// The end of such a term, with a limit for each level on PostgreSQL or for all rows on SQLite, sorted by a
    /// length and a text.
    pub(super) fn end_of_growth(&self, of_level: u32, in_all: u32) -> String {
        if self.postgres() {
            format!(" ORDER BY 5, 6 LIMIT {of_level}) l")
        } else {
            format!(" ORDER BY 5, 6 LIMIT {in_all}")
        }
    }

    /// Binds a list as one value, so that its length does not change the statement's text. Its type depends on the
    /// kind and not on its items, because a prepared statement keeps the types of its first values.
    pub(super) fn bind_list(&mut self, kind: Kind, values: &[Value]) -> String {
        let list = if self.postgres() { array_value(kind, values) } else { json_value(values) };
        self.values.push(list);
        format!("${}", self.values.len())
    }
}

/// The undivided sum whose upper half is this column, under the name that [`StatementWriter::sum_of`] gave it.
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
