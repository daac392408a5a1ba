//! The plan: what a document selects beneath a field, as the edges that will be asked for next.
//!
//! It is a hint. Whatever it leaves out, or gets wrong, is asked for again when a resolver comes to it.

use std::sync::OnceLock;

use async_graphql::{
    Context, Positioned,
    parser::types::{Field as Selected, Selection, SelectionSet},
    registry::MetaType,
};

use async_graphql_value::Value;

use super::{
    Arguments, Ask, Column, Edge, Graph, Reach, Table, Want,
    statement::Written,
    table::{Field, Shape},
    walk::Steps,
};
use crate::store::Engine;

/// How many edges one statement may hold; a document with more needs several.
const MAX_BRANCHES: usize = 120;

/// How many edges may hang on one row: PostgreSQL's functions take a hundred arguments.
const MAX_BRANCHES_PER_ROW: usize = 40;

/// What a branch takes, with the heads of its arguments.
const BRANCH_BYTES: u64 = 2 * size_of::<Branch>() as u64 + 512;

/// How many selections are looked at before the planner gives up.
const MAX_SELECTIONS: usize = 4_000;

/// What is wanted with each row of an edge: for each of the edge's tables, the branches that lead on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan(Vec<Vec<Branch>>);

/// One edge that leads on, and what is wanted beneath it.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub(super) ask: Ask<()>,
    pub(super) want: Want,
    /// The question that [`Want::Counted`] answers besides.
    pub(super) count: Option<Ask<()>>,
    /// The column of the row above that the edge is asked with.
    pub(super) from: Column,
    pub(super) plan: Plan,
}

/// A plan, and its text in a statement once it was written.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) plan: Plan,
    pub(super) text: OnceLock<Written>,
}

impl From<Plan> for Planned {
    fn from(plan: Plan) -> Self {
        Self { plan, text: OnceLock::new() }
    }
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.same_question(other) && self.plan == other.plan
    }
}

impl Eq for Branch {}

impl Branch {
    fn same_question(&self, other: &Self) -> bool {
        self.want == other.want && self.ask.edge == other.ask.edge && self.ask.args == other.ask.args
    }
}

impl Plan {
    /// The branches of rows of the table at `table`.
    pub(super) fn of(&self, table: usize) -> &[Branch] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// Bytes that its branches take, but for their arguments: those are counted with the text that they come to.
    pub(super) fn bytes(&self) -> u64 {
        let branches = self.0.iter().flatten();
        size_of::<Self>() as u64
            + branches.map(|branch| BRANCH_BYTES + branch.plan.bytes()).sum::<u64>()
            + 64 * self.0.len() as u64
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    fn merge(&mut self, other: Self) {
        self.0.resize(self.0.len().max(other.0.len()), Vec::new());
        for (branches, others) in self.0.iter_mut().zip(other.0) {
            for branch in others {
                add(branches, branch);
            }
        }
    }
}

/// Adds a branch; a question that is asked twice is asked once, for what both want.
fn add(branches: &mut Vec<Branch>, branch: Branch) {
    if let Some(known) = branches.iter_mut().find(|known| known.same_question(&branch)) {
        known.plan.merge(branch.plan);
    } else if branches.len() < MAX_BRANCHES_PER_ROW {
        branches.push(branch);
    }
}

/// Plans what the current field selects beneath `edge`.
pub(super) fn beneath(ctx: &Context<'_>, edge: &Edge, shape: Shape, graph: &Graph) -> Plan {
    let mut planning = Planning { graph, branches: 0, selections: 0 };
    let mut plan = Plan::default();
    if graph.plans() {
        planning.rows_of(ctx, shape, edge, &mut plan);
    }
    plan
}

/// What a connection's selection asks of the database.
#[expect(clippy::struct_excessive_bools, reason = "each is a field that was selected or not")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    pub(super) rows: bool,
    pub(super) count: bool,
    /// Whether the list goes on behind the page, and whether it does before it.
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

    /// Whether it is asked what lies beyond the cursor on that side.
    pub(super) fn side(self, side: Want) -> bool {
        match side {
            Want::Before => self.before,
            Want::After => self.after,
            Want::Rows | Want::Counted | Want::Count => false,
        }
    }
}

/// Whether what the current field selects is the same whatever the variables are.
pub(super) fn is_constant(ctx: &Context<'_>) -> bool {
    let mut constant = true;
    each_field(ctx, &ctx.item.node.selection_set.node, &mut |field| {
        let arguments = field.node.arguments.iter().all(|(_, value)| is_fixed(&value.node));
        constant = constant && arguments && is_constant(&ctx.with_field(field));
    });
    constant
}

/// Whether no variable stands in a value.
pub(super) fn is_fixed(value: &Value) -> bool {
    match value {
        Value::Variable(_) => false,
        Value::List(items) => items.iter().all(is_fixed),
        Value::Object(fields) => fields.values().all(is_fixed),
        _ => true,
    }
}

struct Planning<'g> {
    graph: &'g Graph,
    branches: usize,
    selections: usize,
}

type Tables = &'static [fn() -> &'static Table];

impl Planning<'_> {
    /// The rows of a field: right beneath it, or beneath a connection's `nodes` and `edges { node }`.
    fn rows_of(&mut self, ctx: &Context<'_>, shape: Shape, edge: &Edge, plan: &mut Plan) {
        let selection = &ctx.item.node.selection_set.node;
        if let Some(steps) = &edge.steps {
            return self.steps(ctx, steps, edge.tables, plan);
        }
        if shape != Shape::Connection {
            return self.rows(ctx, selection, edge.tables, plan);
        }
        each_field(ctx, selection, &mut |field| match name(field) {
            "nodes" => self.rows(ctx, &field.node.selection_set.node, edge.tables, plan),
            "edges" => each_field(ctx, &field.node.selection_set.node, &mut |field| {
                if name(field) == "node" {
                    self.rows(ctx, &field.node.selection_set.node, edge.tables, plan);
                }
            }),
            _ => {}
        });
    }

    /// The rows of a walk, and what else its steps select.
    fn steps(&mut self, ctx: &Context<'_>, steps: &Steps, tables: Tables, plan: &mut Plan) {
        plan.0.resize(tables.len(), Vec::new());
        each_field(ctx, &ctx.item.node.selection_set.node, &mut |nodes| {
            if name(nodes) != "nodes" {
                return;
            }
            each_field(ctx, &nodes.node.selection_set.node, &mut |selected| {
                if name(selected) == steps.row {
                    self.rows(ctx, &selected.node.selection_set.node, tables, plan);
                } else if let Some(field) = steps.fields.iter().find(|field| field.name == name(selected)) {
                    self.branch(&ctx.with_field(selected), field, &mut plan.0[0]);
                }
            });
        });
    }

    fn rows(&mut self, ctx: &Context<'_>, selection: &SelectionSet, tables: Tables, plan: &mut Plan) {
        plan.0.resize(tables.len(), Vec::new());
        for (table, branches) in tables.iter().zip(&mut plan.0) {
            self.row(ctx, selection, table(), branches);
        }
    }

    fn row(&mut self, ctx: &Context<'_>, selection: &SelectionSet, table: &Table, out: &mut Vec<Branch>) {
        each_field_on(ctx, selection, &|on| may_be(ctx, on, table), &mut |selected| {
            self.selections += 1;
            if self.branches >= MAX_BRANCHES || self.selections > MAX_SELECTIONS {
                return;
            }
            let Some(field) = table.field(name(selected)) else { return };
            if field.shape == Shape::Apart {
                self.graph.needs_several();
            } else {
                self.branch(&ctx.with_field(selected), field, out);
            }
        });
    }

    fn branch(&mut self, ctx: &Context<'_>, field: &Field, out: &mut Vec<Branch>) {
        // Arguments that are refused are the resolver's to refuse.
        let Ok(ask) = (field.ask)(&Arguments(ctx)) else {
            return;
        };
        let Some(from) = ask.edge.from else { return };
        let mut plan = Plan::default();
        let needs = if field.shape == Shape::Connection {
            Needs::of(ctx)
        } else {
            Needs { rows: true, ..Needs::default() }
        };
        let counted = needs.rows && needs.count && self.counts_along() && ask.reads_all();
        let mut branch = |ask: Ask<()>, want, plan| {
            self.branches += 1;
            add(out, Branch { ask, want, count: None, from, plan });
        };
        if needs.count && !counted {
            branch(ask.counting(), Want::Count, Plan::default());
        }
        for side in [Want::Before, Want::After] {
            if needs.side(side) && ask.bounded(side) {
                branch(ask.probing(), side, Plan::default());
            }
        }
        self.rows_of(ctx, field.shape, ask.edge, &mut plan);
        if needs.rows && !(plan.is_empty() && self.answers_from_memory(ask.edge)) {
            self.branches += 1;
            let count = counted.then(|| ask.counting());
            let want = if counted { Want::Counted } else { Want::Rows };
            add(out, Branch { ask: ask.seen_by(needs), want, count, from, plan });
        }
    }

    /// SQLite would write the whole list down to count it beside its rows.
    fn counts_along(&self) -> bool {
        self.graph.reader().engine() == Engine::Postgres
    }

    fn answers_from_memory(&self, edge: &Edge) -> bool {
        let by_key = matches!(edge.reach, Reach::Key | Reach::Above(_));
        by_key && edge.tables.iter().all(|table| self.graph.holds(table()))
    }
}

/// A field that is selected, and the names of what is selected of it.
pub type Chosen<'a> = (&'a str, Vec<&'a str>);

/// The fields that are selected right beneath, or beneath a page's `nodes`.
pub(super) fn chosen<'a>(ctx: &'a Context<'_>) -> Vec<Chosen<'a>> {
    let mut fields = Vec::new();
    let mut choose = |field: &'a Positioned<Selected>| {
        let mut of = Vec::new();
        each_field(ctx, &field.node.selection_set.node, &mut |field| of.push(name(field)));
        fields.push((name(field), of));
    };
    each_field(ctx, &ctx.item.node.selection_set.node, &mut |field| match name(field) {
        "nodes" => each_field(ctx, &field.node.selection_set.node, &mut choose),
        _ => choose(field),
    });
    fields
}

fn name(field: &Positioned<Selected>) -> &str {
    field.node.name.node.as_str()
}

/// Visits the fields of a selection, through its fragments.
fn each_field<'a>(
    ctx: &'a Context<'_>,
    set: &'a SelectionSet,
    visit: &mut dyn FnMut(&'a Positioned<Selected>),
) {
    each_field_on(ctx, set, &|_| true, visit);
}

fn each_field_on<'a>(
    ctx: &'a Context<'_>,
    set: &'a SelectionSet,
    applies: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&'a Positioned<Selected>),
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => visit(field),
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                if on.is_none_or(applies) {
                    each_field_on(ctx, &fragment.node.selection_set.node, applies, visit);
                }
            }
            Selection::FragmentSpread(spread) => {
                let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) = fragment.filter(|f| applies(&f.node.type_condition.node.on.node)) {
                    each_field_on(ctx, &fragment.node.selection_set.node, applies, visit);
                }
            }
        }
    }
}

/// Whether a row of `table` can be what a fragment is on: its noun, or an interface.
fn may_be(ctx: &Context<'_>, on: &str, table: &Table) -> bool {
    on == table.noun || !matches!(ctx.schema_env.registry.types.get(on), Some(MetaType::Object { .. }))
}
