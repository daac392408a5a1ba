//! The plan of a field: the edges that are selected beneath its rows. Plans are hints: edges that they lack are
//! loaded later.

use std::sync::OnceLock;

use super::{PlanText, Question};
use crate::graph::{filter::RequiredRow, load::Column};

/// The maximum number of edges beneath one row, because PostgreSQL's functions take at most 100 arguments.
const MAX_BRANCHES_PER_ROW: usize = 40;

/// The memory that a branch takes, with the heads of its arguments.
const BRANCH_BYTES: u64 = 2 * size_of::<Branch>() as u64 + 512;

/// The branches that are planned beneath each row of an edge, by the edge's tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::graph::load) struct Plan(Vec<Vec<Branch>>);

/// One planned edge, and the plan beneath it.
#[derive(Clone, Debug)]
pub(in crate::graph::load) struct Branch {
    pub(in crate::graph::load) question: Question,
    /// The question for the number of rows that is answered too, if the rows are counted.
    pub(in crate::graph::load) count: Option<Question>,
    /// The column of the parent row that the edge starts from.
    pub(in crate::graph::load) from: Column,
    pub(in crate::graph::load) plan: Plan,
}

/// A plan, and its SQL text after it was first written.
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
    /// The branches of rows of the table at index `table`.
    pub(in crate::graph::load) fn of(&self, table: usize) -> &[Branch] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// The bytes that its branches take, without their arguments, which are counted with their SQL text.
    pub(in crate::graph::load) fn bytes(&self) -> u64 {
        let branches = self.0.iter().flatten();
        size_of::<Self>() as u64
            + branches.map(|branch| BRANCH_BYTES + branch.plan.bytes()).sum::<u64>()
            + 64 * self.0.len() as u64
    }

    /// Visits the rows that the conditions of its branches refer to by their keys.
    pub(in crate::graph::load) fn required(&self, visit: &mut dyn FnMut(&RequiredRow)) {
        for branch in self.0.iter().flatten() {
            branch.question.arguments.required().iter().for_each(&mut *visit);
            branch.plan.required(visit);
        }
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

    /// Makes room for the branches of `tables` tables.
    pub(in crate::graph::load) fn widen(&mut self, tables: usize) {
        self.0.resize(self.0.len().max(tables), Vec::new());
    }

    pub(in crate::graph::load) fn of_mut(&mut self, table: usize) -> &mut Vec<Branch> {
        self.widen(table + 1);
        &mut self.0[table]
    }

    /// Adds a branch. If the question is already there, the plans of both are merged.
    pub(in crate::graph::load) fn add(branches: &mut Vec<Branch>, branch: Branch) {
        if let Some(known) = branches.iter_mut().find(|known| known.question == branch.question) {
            known.plan.merge(branch.plan);
        } else if branches.len() < MAX_BRANCHES_PER_ROW {
            branches.push(branch);
        }
    }
}
