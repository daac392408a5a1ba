//! Writes the SQL that finds the shortest chains between two things.
//!
//! The search is bidirectional: the two ends take turns in reading one more level of arcs, until enough chains meet
//! at a middle. The levels are written out, because a recursive CTE cannot test whether enough chains are found. So
//! hubs, which have thousands of arcs, are read only if there is no shorter chain. Then the chains are built from
//! each middle back to both ends along the levels that were read, so that every step leads to an end.

use std::fmt::Write;

use sea_orm::Value as SqlValue;

use super::{DocumentSelection, StatementWriter};
use crate::{
    access::Scope,
    graph::{
        load::question::{Arcs, Between, Direction},
        value::Value,
    },
    store::Engine,
};

/// All chains up to this length are found; of longer ones, only the shortest.
const ALL_UP_TO: u8 = 4;

/// Writes the statement that returns `[[passed, arcs], …]`.
pub(in crate::graph::load) fn chains(
    engine: Engine,
    scope: &Scope,
    between: &Between,
) -> (String, Vec<SqlValue>) {
    let selection = &DocumentSelection::default();
    let mut writer = StatementWriter::new(engine, scope, selection);
    let (array, list) = (writer.array(), writer.list());
    let [start, end] = [&between.ends[0], &between.ends[1]].map(|key| writer.bind(key));
    let first = writer.bind(&Value::Int(between.first.into()));
    let _ = write!(
        writer.sql,
        "SELECT CAST((SELECT {list}({array}(z.passed, z.arcs)) FROM (\
         WITH RECURSIVE f0(node) AS (SELECT {start}), b0(node) AS (SELECT {end})"
    );
    let mut middles = String::new();
    let mut steps = String::new();
    for length in 1..=between.hops {
        let level = Level::of(length);
        writer.level_of_arcs(between, level, [&start, &end], &first, &middles);
        writer.middles(level, &end);
        let union = if length > 1 { " UNION ALL " } else { "" };
        let _ = write!(middles, "{union}SELECT node, i, j FROM m{length}");
        let _ = write!(
            steps,
            "{union}SELECT {} AS side, {} AS depth, node, other, arc FROM {}",
            u8::from(!level.forward),
            level.depth(),
            level.name()
        );
    }
    let _ = write!(writer.sql, ", h(side, depth, node, other, arc) AS ({steps})");
    writer.grown(between, &middles);
    let _ = write!(
        writer.sql,
        " SELECT passed, arcs FROM c WHERE i + j = 0 ORDER BY length, passed LIMIT {first}) z) AS TEXT)"
    );
    (writer.sql, writer.values)
}

/// A level of the search: the `i`th from the start, or the `j`th from the end.
#[derive(Clone, Copy)]
struct Level {
    i: u8,
    j: u8,
    forward: bool,
}

impl Level {
    /// The last level that chains of this length need.
    fn of(length: u8) -> Self {
        Self { i: length.div_ceil(2), j: length / 2, forward: length % 2 == 1 }
    }

    fn depth(self) -> u8 {
        if self.forward { self.i } else { self.j }
    }

    fn name(self) -> String {
        format!("{}{}", if self.forward { 'f' } else { 'b' }, self.depth())
    }

    fn before(self) -> String {
        format!("{}{}", if self.forward { 'f' } else { 'b' }, self.depth() - 1)
    }
}

impl StatementWriter<'_> {
    /// Writes `f1`, `b1`, `f2`, …: the nodes of a level, each with the node and the arc that led to it; empty if
    /// enough chains are found.
    fn level_of_arcs(
        &mut self,
        between: &Between,
        level: Level,
        ends: [&str; 2],
        first: &str,
        middles: &str,
    ) {
        let [start, end] = ends;
        let (home, away) = if level.forward { (start, end) } else { (end, start) };
        let _ = write!(
            self.sql,
            ", {}(node, other, arc) AS MATERIALIZED (SELECT node, other, min(arc) FROM (",
            level.name()
        );
        for (index, arcs) in followed(between, level.forward).into_iter().enumerate() {
            let (table, e) = (between.table, self.alias("e"));
            let arc = self.key_text(&format!("{e}.{}", table.key[0].name));
            let _ = write!(
                self.sql,
                "{}SELECT {e}.{} AS node, p.node AS other, {arc} AS arc",
                if index > 0 { " UNION ALL " } else { "" },
                arcs.to.name
            );
            let before = format!("(SELECT DISTINCT node FROM {}) p", level.before());
            let onward = self.seldom(&format!("p.node <> {away}"));
            let (from, to) = (arcs.from.name, arcs.to.name);
            let leads_on = format!("{onward} AND {e}.{from} = p.node AND {e}.{to} <> {home}");
            self.arcs(table, &before, &e, &between.filter, &leads_on);
            if !middles.is_empty() {
                let enough = if level.i + level.j > ALL_UP_TO { "1" } else { first };
                let _ = write!(self.sql, " AND (SELECT count(*) FROM ({middles}) n) < {enough}");
            }
        }
        self.sql.push_str(") u GROUP BY node, other)");
    }

    /// Writes `m1`, `m2`, …: the middles of chains of one length.
    fn middles(&mut self, level: Level, end: &str) {
        let Level { i, j, .. } = level;
        let _ = write!(self.sql, ", m{}(node, i, j) AS MATERIALIZED (", i + j);
        let _ = match (i, j) {
            (1, 0) => write!(self.sql, "SELECT node, 1, 0 FROM f1 WHERE node = {end} GROUP BY node)"),
            // A path to a node and back is not a chain: the neighbours of the middle on both sides must not be one
            // and the same node.
            (2, 2) => {
                let other = self.key_text("other");
                let seen = |level| {
                    format!(
                        "(SELECT node, min({other}) AS lo, max({other}) AS hi FROM {level} GROUP BY node)"
                    )
                };
                write!(
                    self.sql,
                    "SELECT f.node, 2, 2 FROM {} f JOIN {} b ON b.node = f.node \
                     WHERE f.lo <> f.hi OR b.lo <> b.hi OR f.lo <> b.lo)",
                    seen("f2"),
                    seen("b2")
                )
            }
            // Longer chains are the shortest ones, and the shortest chains pass no node twice.
            _ => write!(
                self.sql,
                "SELECT DISTINCT f.node, {i}, {j} FROM f{i} f JOIN b{j} b ON b.node = f.node)"
            ),
        };
    }

    /// Writes `c`: the chains, which are built from their middles, first to the start and then to the end.
    fn grown(&mut self, between: &Between, middles: &str) {
        let (middle, other) = (self.key_text("m.node"), self.key_text("h.other"));
        let first = between.first;
        let passed = self.holds_text("c.passed", &other);
        // The limits are doubled because a middle may have one neighbour that is a dead end. A chain of six arcs,
        // with the dead ends beside it, is eight rows.
        let (growing, end) = (self.level(), self.end_of_growth(2 * first + 1, 8 * first));
        let _ = write!(
            self.sql,
            ", c(tip, middle, i, j, length, passed, arcs) AS (SELECT * FROM (\
             SELECT m.node, m.node AS middle, m.i, m.j, m.i + m.j AS length, {middle} AS passed, {middle} AS arcs \
             FROM ({middles}) m ORDER BY 5, 6 LIMIT {first}) n UNION ALL {growing}\
             CASE WHEN c.i = 1 THEN c.middle ELSE h.other END, c.middle, \
             CASE WHEN c.i > 0 THEN c.i - 1 ELSE 0 END, CASE WHEN c.i > 0 THEN c.j ELSE c.j - 1 END, \
             c.length, c.passed || '/' || {other} AS passed, c.arcs || '/' || h.arc AS arcs \
             FROM c JOIN h ON h.node = c.tip AND h.side = CASE WHEN c.i > 0 THEN 0 ELSE 1 END \
             AND h.depth = CASE WHEN c.i > 0 THEN c.i ELSE c.j END WHERE c.i + c.j > 0 AND NOT {passed}{end})"
        );
    }
}

/// The arcs that are followed away from one end, as pairs of columns.
fn followed(between: &Between, forward: bool) -> Vec<Arcs> {
    let along = if forward { between.arcs } else { between.arcs.reversed() };
    match between.direction {
        Direction::Along => vec![along],
        Direction::Against => vec![along.reversed()],
        Direction::Either => vec![along, along.reversed()],
    }
}
