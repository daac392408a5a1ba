//! The plan of a field: the edges that lead on from its rows. Only a hint: what it leaves out is asked for later.

use std::sync::OnceLock;

use super::{PlanText, Question};
use crate::graph::load::Column;

/// How many edges may hang on one row: PostgreSQL's functions take a hundred arguments.
const MAX_BRANCHES_PER_ROW: usize = 40;

/// What a branch takes, with the heads of its arguments.
const BRANCH_BYTES: u64 = 2 * size_of::<Branch>() as u64 + 512;

/// What is wanted with each row of an edge: for each of the edge's tables, the branches that lead on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::graph::load) struct Plan(Vec<Vec<Branch>>);

/// One edge that leads on, and what is wanted beneath it.
#[derive(Clone, Debug)]
pub(in crate::graph::load) struct Branch {
    pub(in crate::graph::load) question: Question,
    /// The question that is answered besides, where the rows are counted.
    pub(in crate::graph::load) count: Option<Question>,
    /// The column of the row above that the edge is asked with.
    pub(in crate::graph::load) from: Column,
    pub(in crate::graph::load) plan: Plan,
}

/// A plan, and its text in a statement once it was written.
#[derive(Debug, Default)]
pub(in crate::graph::load) struct Planned {
    pub(in crate::graph::load) plan: Plan,
    pub(in crate::graph::load) text: OnceLock<PlanText>,
}

impl From<Plan> for Planned {
    fn from(plan: Plan) -> Self {
        Self { plan, text: OnceLock::new() }
    }
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.question == other.question && self.plan == other.plan
    }
}

impl Eq for Branch {}

impl Plan {
    /// The branches of rows of the table at `table`.
    pub(in crate::graph::load) fn of(&self, table: usize) -> &[Branch] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// Bytes that its branches take, but for their arguments: those are counted with the text that they come to.
    pub(in crate::graph::load) fn bytes(&self) -> u64 {
        let branches = self.0.iter().flatten();
        size_of::<Self>() as u64
            + branches.map(|branch| BRANCH_BYTES + branch.plan.bytes()).sum::<u64>()
            + 64 * self.0.len() as u64
    }

    pub(in crate::graph::load) fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    fn merge(&mut self, other: Self) {
        self.0.resize(self.0.len().max(other.0.len()), Vec::new());
        for (branches, others) in self.0.iter_mut().zip(other.0) {
            for branch in others {
                Self::add(branches, branch);
            }
        }
    }

    /// Makes place for the branches of so many tables.
    pub(in crate::graph::load) fn widen(&mut self, tables: usize) {
        self.0.resize(self.0.len().max(tables), Vec::new());
    }

    pub(in crate::graph::load) fn of_mut(&mut self, table: usize) -> &mut Vec<Branch> {
        self.widen(table + 1);
        &mut self.0[table]
    }

    /// Adds a branch; a question that is asked twice is asked once, for what both want.
    pub(in crate::graph::load) fn add(branches: &mut Vec<Branch>, branch: Branch) {
        if let Some(known) = branches.iter_mut().find(|known| known.question == branch.question) {
            known.plan.merge(branch.plan);
        } else if branches.len() < MAX_BRANCHES_PER_ROW {
            branches.push(branch);
        }
    }
}
