//! Writes a walk as SQL: a breadth-first search along arcs, in which each node is counted once per distance, up to a
//! budget.

use std::fmt::Write;

use super::{Question, Sorted, StatementWriter, Want};
use crate::graph::{
    load::{Arcs, WALK_BUDGET},
    value::Value,
};

impl StatementWriter<'_> {
    /// Writes the rows that led to the nodes of a walk, with their extras; for a page, only its own.
    pub(super) fn walk(&mut self, question: &Question, arcs: &Arcs, parent: &str) -> Vec<Sorted> {
        let (table, context) = ((question.edge.tables[0])(), self.context());
        let (x, j) = (&context.row, context.link.as_deref().unwrap_or_default());
        let _ = write!(
            self.sql,
            "SELECT {x}.*, {j}.depth AS link_depth, {j}.path AS link_path FROM (WITH RECURSIVE "
        );
        self.met(question, arcs, parent);
        self.led(question, arcs);
        self.sql.push_str(", g(node, depth, prev, arc) AS MATERIALIZED (SELECT * FROM s");
        if let Some(frame) = &question.arguments.frame {
            if let Some([depth, node]) = frame.after.as_deref() {
                let (depth, node) = (self.bind(depth), self.bind(node));
                let _ = write!(self.sql, " WHERE (depth, node) > ({depth}, {node})");
            }
            let limit = self.at_most(i64::from(frame.limit) + i64::from(frame.peek));
            let _ = write!(self.sql, " ORDER BY depth, node{limit}");
        }
        // The path of each node of the page, back to the start.
        let (last, before) = (self.key_text("g.node"), self.key_text("s.node"));
        let _ = write!(
            self.sql,
            "), p(node, at, path) AS (SELECT g.node, g.prev, {last} FROM g UNION ALL \
             SELECT p.node, s.prev, {before} || '/' || p.path FROM p CROSS JOIN s WHERE s.node = p.at) \
             SELECT g.arc, g.depth, p.path FROM g CROSS JOIN p WHERE p.node = g.node AND p.at = {parent}) {j}"
        );
        let arc = format!("{j}.arc");
        self.row_of_arc(table, &context, &arc);
        Sorted::terms(&question.arguments.order, &context)
    }

    /// Writes the number of nodes that a walk meets, up to one more than the budget; or whether a node lies before or
    /// on a cursor.
    pub(super) fn count_walk(&mut self, question: &Question, arcs: &Arcs, parent: &str) {
        self.sql.push_str("(SELECT count(*) FROM (WITH RECURSIVE ");
        self.met(question, arcs, parent);
        let after = question.arguments.frame.as_ref().and_then(|frame| frame.after.as_deref());
        let c = self.alias("c");
        let _ = match (question.want, after) {
            (Want::Before, Some([depth, node])) => {
                let (depth, node) = (self.bind(depth), self.bind(node));
                write!(
                    self.sql,
                    " SELECT 1 FROM v WHERE depth > 0 AND (depth, node) <= ({depth}, {node}) LIMIT 1) {c})"
                )
            }
            _ => write!(self.sql, " SELECT 1 FROM w WHERE depth > 0 LIMIT {}) {c})", WALK_BUDGET + 1),
        };
    }

    /// Writes `w`: the nodes met and their distances, and `v`: the nodes within the budget, including the start.
    fn met(&mut self, question: &Question, arcs: &Arcs, parent: &str) {
        let (table, e) = ((question.edge.tables[0])(), self.alias("e"));
        let hops = self.bind(&Value::Int(question.arguments.hops.into()));
        let _ = write!(
            self.sql,
            "w(node, depth) AS (SELECT {parent}, 0 UNION {}{e}.{}, w.depth + 1",
            self.level(),
            arcs.to.name
        );
        let near = self.seldom(&format!("w.depth < {hops}"));
        let (from, to) = (arcs.from.name, arcs.to.name);
        let leads_on = format!("{near} AND {e}.{from} = w.node AND {e}.{to} <> {parent}");
        self.arcs(table, "w", &e, &question.arguments.filter, &leads_on);
        let end = self.end_of_level(WALK_BUDGET + 1);
        let _ = write!(
            self.sql,
            "{end}), v(node, depth) AS (SELECT node, depth FROM w ORDER BY depth, node LIMIT {})",
            WALK_BUDGET + 1
        );
    }

    /// Writes `s`: each node reached, with the row that led to it and the node before.
    fn led(&mut self, question: &Question, arcs: &Arcs) {
        let (table, e) = ((question.edge.tables[0])(), self.alias("e"));
        let hops = self.bind(&Value::Int(question.arguments.hops.into()));
        let _ = write!(
            self.sql,
            ", s(node, depth, prev, arc) AS MATERIALIZED (SELECT node, depth, prev, arc FROM (\
             SELECT {e}.{to} AS node, v.depth + 1 AS depth, v.node AS prev, {e}.{key} AS arc, \
             row_number() OVER (PARTITION BY {e}.{to} ORDER BY v.depth, {e}.{key}) AS n",
            key = table.key[0].name,
            to = arcs.to.name
        );
        let (from, to) = (arcs.from.name, arcs.to.name);
        let leads_on = format!(
            "v.depth < {hops} AND {e}.{from} = v.node AND {e}.{to} IN (SELECT node FROM v WHERE depth > 0)"
        );
        self.arcs(table, "v", &e, &question.arguments.filter, &leads_on);
        self.sql.push_str(") r WHERE n = 1)");
    }
}
