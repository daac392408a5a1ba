//! Chains: the shortest paths between two things along arcs, which are rows that each lead from one thing to another.

use uuid::Uuid;

use super::{
    Graph, Table,
    question::{Arcs, Between, Direction},
    statement,
    walk::hops,
};
use crate::graph::{Error, Result, filter::Condition, value::Value};

/// A chain: the things that it passes, including both ends, and the rows between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub passed: Vec<Uuid>,
    pub arcs: Vec<Uuid>,
}

impl Between {
    /// Creates a search for chains from the first of `ends` to the second, along rows of `table` that match `filter`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for an invalid depth.
    pub fn new(
        table: &'static Table,
        arcs: Arcs,
        direction: Direction,
        ends: [Value; 2],
        max_depth: i32,
        filter: Condition,
        first: u32,
    ) -> Result<Self> {
        Ok(Self { table, arcs, direction, ends, hops: hops(max_depth)?, filter, first })
    }

    /// Finds the chains, with one statement.
    ///
    /// # Errors
    /// `TIMEOUT` when that takes too long, `INTERNAL` when the database fails.
    pub async fn find(&self, graph: &Graph) -> Result<Vec<Chain>> {
        if self.first == 0 {
            return Ok(Vec::new());
        }
        // The rows of the chains are loaded by another statement.
        graph.reader().expect_several();
        let (sql, values) = statement::chains(graph.reader().engine(), graph.reader().scope(), self);
        let row = graph.reader().row(&sql, values).await?;
        let text: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        self.read(text.as_deref().unwrap_or("[]"))
            .ok_or_else(|| Error::Internal("a chain that cannot be read".into()))
    }

    fn read(&self, text: &str) -> Option<Vec<Chain>> {
        let [Value::Uuid(start), _] = self.ends else { return None };
        let chains: Vec<(String, String)> = serde_json::from_str(text).ok()?;
        chains.iter().map(|(passed, arcs)| chain(start, passed, arcs)).collect()
    }
}

/// Parses a chain. Both texts begin at the middle, go to the start, and then from the middle to the end. The text of
/// the arcs begins with the middle itself, which is not an arc.
fn chain(start: Uuid, passed: &str, arcs: &str) -> Option<Chain> {
    let keys = |text: &str| text.split('/').map(str::parse).collect::<Result<Vec<Uuid>, _>>().ok();
    let (mut passed, mut arcs) = (keys(passed)?, keys(arcs)?.split_off(1));
    let back = passed.iter().position(|key| *key == start)?;
    passed[..=back].reverse();
    arcs.get_mut(..back)?.reverse();
    Some(Chain { passed, arcs })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(keys: &[u128]) -> String {
        keys.iter().map(|key| Uuid::from_u128(*key).to_string()).collect::<Vec<_>>().join("/")
    }

    fn keys(keys: &[u128]) -> Vec<Uuid> {
        keys.iter().copied().map(Uuid::from_u128).collect()
    }

    #[test]
    fn a_chain_is_read_from_its_middle() {
        let read = chain(Uuid::from_u128(1), &text(&[3, 2, 1, 4, 5]), &text(&[3, 23, 12, 34, 45])).unwrap();
        assert_eq!(read, Chain { passed: keys(&[1, 2, 3, 4, 5]), arcs: keys(&[12, 23, 34, 45]) });
        let read = chain(Uuid::from_u128(1), &text(&[2, 1]), &text(&[2, 12])).unwrap();
        assert_eq!(read, Chain { passed: keys(&[1, 2]), arcs: keys(&[12]) });
    }
}
