//! Writes aggregate queries: lists whose rows are groups, which are sorted, paged and counted like other lists.
//!
//! They have two levels: the SQL aggregates of each group, and the figures computed from them, which are compared and
//! shown.

use std::fmt::Write;

use super::{Question, Reach, RowContext, StatementWriter, source::pairs_of};
use crate::graph::{
    aggregate::{DistinctValues, Grouped, Grouping, NullReason, Period, Statistic},
    filter::Expression,
    load::{Column, Edge},
};

/// The length of the shortest region codes.
const SHORTEST_CODE: usize = 2;

/// The aggregated rows, with the rows that are joined along edges to one row.
struct Joined {
    row: RowContext,
    /// For each path of edges, the names of its row and the `LEFT JOIN …`.
    joins: Vec<(Vec<&'static Edge>, RowContext, String)>,
}

impl StatementWriter<'_> {
    /// Writes `SELECT … GROUP BY …`, with a named column for each figure that the groups need.
    pub(super) fn grouped(&mut self, grouped: &Grouped, question: &Question, reach: &Reach, parent: &str) {
        let outer = self.alias("f");
        let shown = self.shown(grouped, &outer);
        let _ = write!(self.sql, "SELECT {shown} FROM (");
        self.taken(grouped, question, reach, parent);
        let _ = write!(self.sql, "{}) {outer}", self.apart());
    }

    /// Writes the aggregates of each group.
    fn taken(&mut self, grouped: &Grouped, question: &Question, reach: &Reach, parent: &str) {
        let mut rows = Joined { row: self.context(), joins: Vec::new() };
        let mut columns = Vec::new();
        for (nth, dimension) in grouped.by.iter().enumerate() {
            let key = self.key(&grouped.figures.dimensions[*dimension].grouping, &mut rows);
            columns.push(format!("{key} AS k{nth}"));
        }
        let distinct = grouped.figures.distinct.iter().filter(|distinct| grouped.needs(&distinct.column));
        let mut links = String::new();
        // A row that is repeated for each of its linked values is aggregated only once.
        let mut once = None;
        for distinct in distinct {
            let of = match &distinct.of {
                DistinctValues::Own(of) => self.of_joined(of, &mut rows),
                DistinctValues::Linked(linked) => {
                    let l = self.alias("l");
                    let key = (question.edge.tables[0])().key.first().map_or("id", |key| key.name);
                    let key = format!("{}.{key}", rows.row.row);
                    links.push_str(&pairs_of(linked.table, &l, &linked.parent, &key));
                    let position = linked.position.name;
                    once = Some(format!("({l}.{position} = 0 OR {l}.{position} IS NULL)"));
                    format!("{l}.{}", linked.value.name)
                }
            };
            columns.push(format!("count(DISTINCT {of}) AS {}", distinct.column.name));
        }
        let taken = |sql: String| {
            once.as_ref().map_or_else(|| sql.clone(), |once| format!("CASE WHEN {once} THEN {sql} END"))
        };
        columns.push(format!(
            "count({}) AS n",
            if once.is_some() { taken("1".to_owned()) } else { "*".to_owned() }
        ));
        for (at, measured) in grouped.figures.measures.iter().enumerate().filter(|(at, _)| grouped.uses(*at))
        {
            let v = taken(self.of_joined(&measured.measure.of, &mut rows));
            let needs = |statistics: &[Statistic]| {
                statistics.iter().any(|statistic| grouped.needs(&measured.column(*statistic)))
            };
            let percentiles = grouped.percentiles(at);
            if needs(&[Statistic::Count, Statistic::Average]) || !percentiles.is_empty() {
                columns.push(format!("count({v}) AS c{at}"));
            }
            if needs(&[Statistic::SumHigh, Statistic::SumLow, Statistic::Average]) {
                columns.push(self.sum_of(&v, at));
            }
            if needs(&[Statistic::Minimum]) {
                columns.push(format!("min({v}) AS l{at}"));
            }
            if needs(&[Statistic::Maximum]) {
                columns.push(format!("max({v}) AS h{at}"));
            }
            columns.extend(self.ranked_values(&v, at, &percentiles));
            if let Some(unit) = &measured.measure.unit {
                let unit = self.of_joined(unit, &mut rows);
                let unit = format!("CASE WHEN {v} IS NOT NULL THEN {unit} END");
                columns.push(format!("min({unit}) AS u{at}, max({unit}) AS m{at}"));
            }
            if let Some(year) = &measured.measure.year {
                let year = self.of_joined(year, &mut rows);
                let year = format!("CASE WHEN {v} IS NOT NULL THEN {year} END");
                columns.push(format!("min({year}) AS y{at}, max({year}) AS z{at}"));
            }
        }
        let _ = write!(self.sql, "SELECT {}", columns.join(", "));
        let joins: String =
            rows.joins.iter().map(|(.., join)| join.as_str()).chain([links.as_str()]).collect();
        self.joined_rows(question.edge, reach, parent, &rows.row, &joins);
        self.and(&question.arguments.filter, &rows.row);
        for nth in 1..=grouped.by.len() {
            self.sql.push_str(if nth == 1 { " GROUP BY " } else { ", " });
            let _ = write!(self.sql, "{nth}");
        }
    }

    /// The figures of each group that are compared and shown.
    fn shown(&mut self, grouped: &Grouped, f: &str) -> String {
        let mut columns: Vec<String> = (0..grouped.by.len()).map(|nth| format!("{f}.k{nth}")).collect();
        columns.push(format!("{f}.n"));
        for distinct in grouped.figures.distinct.iter().filter(|distinct| grouped.needs(&distinct.column)) {
            columns.push(format!("{f}.{}", distinct.column.name));
        }
        for (at, measured) in grouped.figures.measures.iter().enumerate() {
            let units = measured.measure.unit.iter().map(|_| (NullReason::MIXED_UNITS, 'u', 'm'));
            let years = measured.measure.year.iter().map(|_| (NullReason::SEVERAL_YEARS, 'y', 'z'));
            let mixed: Vec<_> = units.chain(years).collect();
            let unless_mixed = |sql: String| {
                mixed.iter().fold(sql, |sql, (_, least, most)| {
                    format!("CASE WHEN {f}.{least}{at} = {f}.{most}{at} THEN {sql} END")
                })
            };
            let reason =
                mixed.iter().rev().fold("CAST(NULL AS BIGINT)".to_owned(), |else_, (reason, least, most)| {
                    format!("CASE WHEN {f}.{least}{at} <> {f}.{most}{at} THEN {reason} ELSE {else_} END")
                });
            for statistic in Statistic::ALL.into_iter().filter(|of| *of != Statistic::Median) {
                let column = measured.column(statistic);
                if !grouped.needs(&column) {
                    continue;
                }
                let (high, low) = self.halves(f, at);
                if let (Statistic::SumHigh, Some(whole)) = (statistic, self.whole(f, at)) {
                    columns.push(format!("{} AS p{at}", unless_mixed(whole)));
                }
                let sql = match statistic {
                    Statistic::SumHigh => high,
                    Statistic::SumLow => low,
                    Statistic::Average => average(&high, &low, &format!("{f}.c{at}"), measured.places()),
                    Statistic::Mixed => reason.clone(),
                    _ => format!("{f}.{}", column.name),
                };
                let plain = matches!(statistic, Statistic::Count | Statistic::Mixed);
                let sql = if plain { sql } else { unless_mixed(sql) };
                columns.push(format!("{sql} AS {}", column.name));
            }
            for (percentile, column) in grouped.percentiles(at) {
                let sql = self.percentile(percentile, f, (at, &column));
                columns.push(format!("{} AS {}", unless_mixed(sql), column.name));
            }
        }
        columns.join(", ")
    }

    /// The group key of a row.
    fn key(&mut self, grouping: &Grouping, rows: &mut Joined) -> String {
        match grouping {
            Grouping::Value(of) => self.of_joined(of, rows),
            Grouping::Rung(code, length) => {
                let code = self.of_joined(code, rows);
                if *length == SHORTEST_CODE {
                    format!("substr({code}, 1, {length})")
                } else {
                    format!("CASE WHEN length({code}) >= {length} THEN substr({code}, 1, {length}) END")
                }
            }
            Grouping::Part(day, period) => {
                let day = self.of_joined(day, rows);
                match (self.postgres(), period) {
                    (true, Period::Year) => format!("to_char({day}, 'YYYY')"),
                    (true, Period::Quarter) => format!("to_char({day}, 'YYYY\"-Q\"Q')"),
                    (true, Period::Month) => format!("to_char({day}, 'YYYY-MM')"),
                    (false, Period::Year) => format!("substr({day}, 1, 4)"),
                    (false, Period::Quarter) => {
                        format!(
                            "substr({day}, 1, 4) || '-Q' || ((CAST(substr({day}, 6, 2) AS INTEGER) + 2) / 3)"
                        )
                    }
                    (false, Period::Month) => format!("substr({day}, 1, 7)"),
                }
            }
        }
    }

    /// The value of an expression for a row, along edges to one row. Each edge is joined once; such a join adds no
    /// rows.
    fn of_joined(&mut self, expression: &Expression, rows: &mut Joined) -> String {
        let (mut path, mut of) = (Vec::new(), expression);
        while let Expression::Through(edge, beyond) = of {
            self.join(&path, edge, rows);
            path.push(*edge);
            of = beyond;
        }
        let joined = rows.joins.iter().find(|(known, ..)| *known == path);
        let context = joined.map_or(&rows.row, |(_, context, _)| context).clone();
        self.aside(|writer| writer.expression(of, &context))
    }

    fn join(&mut self, path: &[&'static Edge], edge: &'static Edge, rows: &mut Joined) {
        let whole: Vec<_> = path.iter().copied().chain([edge]).collect();
        if rows.joins.iter().any(|(known, ..)| *known == whole) {
            return;
        }
        let above = rows.joins.iter().find(|(known, ..)| known == path);
        let above = above.map_or(&rows.row, |(_, context, _)| context);
        let parent = edge.from.map(|from| above.column(&from)).unwrap_or_default();
        let context = self.context();
        let always = |edge: &&Edge| {
            let one_key = |(_, from): (_, Vec<Column>)| matches!(from[..], [from] if !from.nullable);
            edge.certain() && edge.keys().is_some_and(one_key)
        };
        let join = if whole.iter().all(always) { "JOIN" } else { "LEFT JOIN" };
        let join = self.aside(|writer| writer.joined_row(join, edge, &context, &parent));
        rows.joins.push((whole, context, join));
    }

    /// Returns what `write` writes instead of appending it. Values that it binds keep their numbers.
    pub(super) fn aside(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let before = std::mem::take(&mut self.sql);
        write(self);
        std::mem::replace(&mut self.sql, before)
    }

    /// Writes the columns of a group as JSON.
    pub(super) fn group_columns(&mut self, grouped: &Grouped, t: &str) {
        let array = self.array();
        let columns = grouped.columns();
        let columns: Vec<String> = columns.iter().map(|column| self.value_of(column, t)).collect();
        let _ = write!(self.sql, "{array}({})", columns.join(", "));
    }
}

/// The average in hundredths, rounded half to even. It is computed in integers that never exceed 64 bits: the two
/// halves of the sum are divided one after the other.
fn average(high: &str, low: &str, count: &str, places: u32) -> String {
    // The unit of the sum is converted to hundredths: by a factor for up to two decimals, by the divisor for more.
    let (times, divisor) = match places {
        0 => (100, count.to_owned()),
        1 => (10, count.to_owned()),
        2 => (1, count.to_owned()),
        more => (1, format!("({count} * {})", 10_i64.pow(more - 2))),
    };
    let rest = format!("(({high} % {divisor} + {divisor}) % {divisor})");
    let lower = format!("({rest} * 4294967296 + {low})");
    let whole = format!("((({high} - {rest}) / {divisor}) * 4294967296 + {lower} / {divisor})");
    let fraction = format!("(({lower} % {divisor}) * {times})");
    let down = format!("({whole} * {times} + {fraction} / {divisor})");
    let left = format!("({fraction} % {divisor})");
    format!(
        "{down} + CASE WHEN {left} * 2 > {divisor} OR ({left} * 2 = {divisor} AND {down} % 2 <> 0) THEN 1 ELSE 0 END"
    )
}
