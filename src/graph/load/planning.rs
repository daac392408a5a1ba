//! Plans which edges a document selects beneath a field, so that one statement can load all of them.

use std::sync::Arc;

use async_graphql::{Context, parser::types::SelectionSet, registry::MetaType};

use super::{
    ReferenceData, Table,
    question::{Branch, Edge, Field, FieldArguments, Plan, Planned, Question, Reach, Shape, Steps, Want},
    selected::{each_field, each_field_on, is_constant, name},
    selection::{DocumentSelection, PlanKey},
};
use crate::{
    graph::personal_data::as_public,
    store::{Engine, Reader},
};

/// The maximum number of edges in one statement. A document with more needs several statements.
const MAX_BRANCHES: usize = 120;

/// The maximum number of selections that the planner visits before it stops.
const MAX_SELECTIONS: usize = 4_000;

/// Whether documents are planned. Without plans, answers are the same, but every edge needs a statement of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Planner {
    #[default]
    On,
    Off,
}

/// The circumstances that a plan depends on besides the document.
pub(super) struct Situation<'a> {
    pub(super) planner: Planner,
    pub(super) reader: &'a Reader,
    pub(super) reference_data: &'a ReferenceData,
    pub(super) selection: &'a DocumentSelection,
}

impl Situation<'_> {
    fn holds(&self, table: &Table) -> bool {
        self.reference_data.holds(table)
    }

    /// Records that this document needs several statements, before the first is sent.
    fn needs_several(&self) {
        self.selection.note_several();
        self.reader.expect_several();
    }
}

/// The plan of the current field's selection, for rows of `edge`. A plan that is always the same is made only once.
pub(super) fn plan(
    ctx: &Context<'_>,
    edge: &'static Edge,
    shape: Shape,
    situation: &Situation<'_>,
) -> Arc<Planned> {
    let key = PlanKey::of(ctx, edge, shape, situation.reference_data.ready());
    let (selection, scope) = (situation.selection, situation.reader.scope());
    selection.planned(scope, key, || {
        let mut planning = Planning { situation, branches: 0, selections: 0 };
        let mut plan = Plan::default();
        if situation.planner == Planner::On {
            planning.rows_of(ctx, shape, edge, &mut plan);
        }
        (plan, is_constant(ctx))
    })
}

/// The data that a connection's selection needs.
#[expect(clippy::struct_excessive_bools, reason = "each is a field that was selected or not")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    pub(super) rows: bool,
    pub(super) count: bool,
    /// Whether it selects if the list goes on after or before the page.
    pub(super) more: bool,
    before: bool,
    after: bool,
}

impl Needs {
    pub(super) fn of(ctx: &Context<'_>) -> Self {
        let mut needs = Self::default();
        each_field(ctx, &ctx.item.node.selection_set.node, &mut |field| match name(field) {
            "totalCount" | "totalCountPrecision" | "truncated" => needs.count = true,
            "pageInfo" => {
                needs.rows = true;
                each_field(ctx, &field.node.selection_set.node, &mut |field| match name(field) {
                    "hasNextPage" => (needs.more, needs.after) = (true, true),
                    "hasPreviousPage" => (needs.more, needs.before) = (true, true),
                    _ => {}
                });
            }
            "__typename" | "asOf" => {}
            _ => needs.rows = true,
        });
        needs
    }

    /// The question for the rows of the page: with one row more if it has to be known whether the list goes on.
    pub(super) fn of_question(self, question: Question) -> Question {
        if self.more { question.peeking() } else { question }
    }

    /// Whether it has to be known whether rows lie beyond the cursor on that side.
    pub(super) fn side(self, side: Want) -> bool {
        match side {
            Want::Before => self.before,
            Want::After => self.after,
            Want::Rows | Want::RowsAndCount | Want::Count => false,
        }
    }
}

struct Planning<'g> {
    situation: &'g Situation<'g>,
    branches: usize,
    selections: usize,
}

impl Planning<'_> {
    /// Plans the rows of a field: directly beneath it, or beneath a connection's `nodes` and `edges { node }`.
    fn rows_of(&mut self, ctx: &Context<'_>, shape: Shape, edge: &'static Edge, plan: &mut Plan) {
        let selection = &ctx.item.node.selection_set.node;
        if let Some(steps) = &edge.steps {
            return self.steps(ctx, steps, edge, plan);
        }
        if shape != Shape::Connection {
            if let Some(onward) = edge.field(0, Field::ONWARD) {
                return self.branch(ctx, onward, plan.of_mut(0));
            }
            return self.rows(ctx, selection, edge, plan);
        }
        each_field(ctx, selection, &mut |field| match name(field) {
            "nodes" => self.rows(ctx, &field.node.selection_set.node, edge, plan),
            "edges" => each_field(ctx, &field.node.selection_set.node, &mut |field| {
                if name(field) == "node" {
                    self.rows(ctx, &field.node.selection_set.node, edge, plan);
                }
            }),
            _ => {}
        });
    }

    /// Plans the rows of a walk, and the other edges that its steps select.
    fn steps(&mut self, ctx: &Context<'_>, steps: &Steps, edge: &'static Edge, plan: &mut Plan) {
        plan.widen(edge.tables.len());
        each_field(ctx, &ctx.item.node.selection_set.node, &mut |nodes| {
            if name(nodes) != "nodes" {
                return;
            }
            each_field(ctx, &nodes.node.selection_set.node, &mut |selected| {
                if name(selected) == steps.row {
                    self.rows(ctx, &selected.node.selection_set.node, edge, plan);
                } else if let Some(field) = steps.fields.iter().find(|field| field.name == name(selected)) {
                    self.branch(&ctx.with_field(selected), field, plan.of_mut(0));
                }
            });
        });
    }

    fn rows(&mut self, ctx: &Context<'_>, selection: &SelectionSet, edge: &'static Edge, plan: &mut Plan) {
        plan.widen(edge.tables.len());
        for index in 0..edge.tables.len() {
            self.row(ctx, selection, (edge, index), plan.of_mut(index));
        }
    }

    fn row(
        &mut self,
        ctx: &Context<'_>,
        selection: &SelectionSet,
        (edge, index): (&'static Edge, usize),
        out: &mut Vec<Branch>,
    ) {
        let table = (edge.tables[index])();
        each_field_on(ctx, selection, &|on| may_be(ctx, on, table), &mut |selected| {
            self.selections += 1;
            if self.branches >= MAX_BRANCHES || self.selections > MAX_SELECTIONS {
                return;
            }
            let Some(field) = edge.field(index, name(selected)) else { return };
            if field.shape == Shape::Apart {
                self.situation.needs_several();
            } else {
                self.branch(&ctx.with_field(selected), field, out);
            }
        });
    }

    fn branch(&mut self, ctx: &Context<'_>, field: &Field, out: &mut Vec<Branch>) {
        // Invalid arguments are not planned, because the resolver returns the error; nor are conditions on personal data,
        // because plans are kept for other viewers.
        let Ok(question) = as_public(|| (field.ask)(&FieldArguments(ctx))) else {
            return;
        };
        let edge = question.edge;
        let Some(from) = edge.from else { return };
        if edge.closed_in(self.situation.reader.scope()) {
            return;
        }
        let mut plan = Plan::default();
        let needs = if field.shape == Shape::Connection {
            Needs::of(ctx)
        } else {
            Needs { rows: true, ..Needs::default() }
        };
        let counted = needs.rows && needs.count && self.counts_along() && question.reads_all();
        let mut branch = |question: Question, plan| {
            self.branches += 1;
            Plan::add(out, Branch { question, count: None, from, plan });
        };
        if needs.count && !counted {
            branch(question.counting().wanting(Want::Count), Plan::default());
        }
        for side in [Want::Before, Want::After] {
            if needs.side(side) && question.bounded(side) {
                branch(question.probing().wanting(side), Plan::default());
            }
        }
        self.rows_of(ctx, field.shape, edge, &mut plan);
        if needs.rows && !(plan.is_empty() && self.answers_from_memory(edge)) {
            self.branches += 1;
            let count = counted.then(|| question.counting());
            let want = if counted { Want::RowsAndCount } else { Want::Rows };
            Plan::add(out, Branch { question: needs.of_question(question).wanting(want), count, from, plan });
        }
    }

    /// Whether to count a list along with its rows. SQLite would materialize the whole list for that.
    fn counts_along(&self) -> bool {
        self.situation.reader.engine() == Engine::Postgres
    }

    fn answers_from_memory(&self, edge: &Edge) -> bool {
        let by_key = matches!(edge.reach, Reach::Key | Reach::Prefix(_) | Reach::Above(_));
        by_key && edge.tables.iter().all(|table| self.situation.holds(table()))
    }
}

/// Whether a row of `table` may have the type of a fragment: its noun, or an interface.
fn may_be(ctx: &Context<'_>, on: &str, table: &Table) -> bool {
    on == table.noun || !matches!(ctx.schema_env.registry.types.get(on), Some(MetaType::Object { .. }))
}
