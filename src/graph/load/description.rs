//! Describes a batch as text for `simpul explain`: its groups, and the plan of each.

use std::fmt::{Display, Write};

use super::{
    Table,
    question::{Branch, Edge, Frame, Group, Plan, Question, Reach, Want},
    selection::DocumentSelection,
    statement::extras,
};
use crate::{
    access::Scope,
    graph::{filter::literal, order::Term, value::Value},
};

/// The groups of a batch, each with the tree of its plan.
pub(super) fn of(groups: &[Group], scope: &Scope, selection: &DocumentSelection) -> String {
    let mut description = Description { scope, selection, text: String::new(), depth: 0 };
    for (index, group) in groups.iter().enumerate() {
        let parents = match group.parents.len() {
            0 => "at the root".to_owned(),
            1 if group.edge().from.is_none() => "for 1 key".to_owned(),
            many if group.edge().from.is_none() => format!("for {many} keys"),
            1 => "beneath 1 row".to_owned(),
            many => format!("beneath {many} rows"),
        };
        description.line(format_args!("group {}: {}, {parents}", index + 1, group.edge().name));
        description.beneath(|description| description.question(group.question(), &group.plan.plan));
    }
    description.text
}

struct Description<'a> {
    scope: &'a Scope,
    selection: &'a DocumentSelection,
    text: String,
    depth: usize,
}

impl Description<'_> {
    fn line(&mut self, line: impl Display) {
        let _ = writeln!(self.text, "{}{line}", "  ".repeat(self.depth));
    }

    fn beneath(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// Writes what a question asks for, the columns of its rows, and the edges that are planned beneath them.
    fn question(&mut self, question: &Question, plan: &Plan) {
        let (edge, arguments) = (question.edge, &question.arguments);
        self.line(format_args!("find    {}", found(edge)));
        self.line(format_args!("want    {}", wanted(question)));
        if !arguments.filter.is_always() {
            self.line(format_args!("where   {}", arguments.filter));
        }
        if arguments.among.is_some() {
            self.line("among   the results of the search");
        }
        if !matches!(question.want, Want::Rows | Want::RowsAndCount) {
            return;
        }
        if !arguments.order.is_empty() {
            let terms: Vec<String> = arguments.order.iter().map(term).collect();
            self.line(format_args!("order   {}", terms.join(", ")));
        }
        if let Some(grouped) = &arguments.grouped {
            let names: Vec<&str> = grouped.columns().iter().map(|column| column.name).collect();
            return self.line(format_args!("columns {}", names.join(", ")));
        }
        let extras = extras(question);
        for (index, table) in edge.tables.iter().enumerate() {
            let table = table();
            let of =
                if edge.tables.len() > 1 { format!("of {}: ", table.name.as_str()) } else { String::new() };
            let columns = self.columns(table, &arguments.order, plan, index);
            self.line(format_args!("columns {of}{columns}"));
            if !extras.is_empty() {
                self.line(format_args!("extras  {}", extras.join(", ")));
            }
            for branch in plan.of(index) {
                self.branch(branch);
            }
        }
    }

    fn branch(&mut self, branch: &Branch) {
        self.line(format_args!("branch: {}", branch.question.edge.name));
        self.beneath(|description| description.question(&branch.question, &branch.plan));
    }

    /// The names of the columns that are read, in the order in which they are returned, which is that of the table.
    fn columns(&self, table: &Table, order: &[Term], plan: &Plan, index: usize) -> String {
        let columns = self.selection.columns(self.scope, table, order, plan, index);
        let read = table.columns.iter().filter(|column| columns.has(column.index));
        let names: Vec<&str> = read.map(|column| column.name).collect();
        if names.len() == table.columns.len() {
            return format!("all {}", names.len());
        }
        names.join(", ")
    }
}

/// How the rows of an edge are found.
fn found(edge: &Edge) -> String {
    let tables: Vec<&str> = edge.tables.iter().map(|table| table().name.as_str()).collect();
    let rows = tables.join(" or ");
    let from = edge.from.map_or("key", |column| column.name);
    match &edge.reach {
        Reach::Key if edge.from.is_none() => format!("the row of {rows} with the given key"),
        Reach::All => format!("rows of {rows}"),
        Reach::Key => format!("the row of {rows} whose key is the parent's {from}"),
        Reach::Prefix(length) => {
            format!("the row of {rows} whose key is the first {length} characters of the parent's {from}")
        }
        Reach::TwoKeys { columns: [one, other], .. } => {
            format!("the rows of {rows} whose key is the parent's {} or {}", one.name, other.name)
        }
        Reach::Column(column) => format!("rows of {rows} whose {} is the parent's {from}", column.name),
        Reach::Either(one, other) => {
            format!("rows of {rows} whose {} or {} is the parent's {from}", one.name, other.name)
        }
        Reach::Subtree(column) => {
            format!("rows of {rows} whose {} lies within the parent's {from}", column.name)
        }
        Reach::Above(_) => format!("rows of {rows} above the parent's {from}"),
        Reach::Link { table, parent, child, .. } => {
            let (link, parent, child) = (table.as_str(), parent.name, child.name);
            format!(
                "rows of {rows} whose key is the {child} of a {link} whose {parent} is the parent's {from}"
            )
        }
        Reach::LinkedSubtree { table, region, .. } => {
            let (link, region) = (table.as_str(), region.name);
            format!("rows of {rows} that a {link} leads to whose {region} lies within the parent's {from}")
        }
        Reach::Walk { arcs, .. } => {
            format!(
                "rows of {rows}, followed from {} to {}, from the parent's {from} on",
                arcs.from.name, arcs.to.name
            )
        }
    }
}

/// What is wanted of the rows of an edge.
fn wanted(question: &Question) -> String {
    match question.want {
        Want::Rows if question.edge.reach.is_one() => "the row".to_owned(),
        Want::Rows => question.frame().map_or_else(|| "all rows".to_owned(), page),
        Want::RowsAndCount => {
            format!("{}, and the number of all rows", question.frame().map_or_else(String::new, page))
        }
        Want::Count => "the number of rows".to_owned(),
        Want::Before => "whether rows lie before the page".to_owned(),
        Want::After => "whether rows lie after the page".to_owned(),
    }
}

/// A page of a list.
fn page(frame: &Frame) -> String {
    let side = if frame.backward { "last" } else { "first" };
    let mut text = match frame.limit {
        1 => format!("the {side} row"),
        limit => format!("the {side} {limit} rows"),
    };
    if frame.peek {
        text.push_str(" and one more, to know whether the list goes on");
    }
    for (name, cursor) in [("after", &frame.after), ("before", &frame.before)] {
        if let Some(values) = cursor {
            let _ = write!(text, ", {name} ({})", list(values));
        }
    }
    text
}

fn list(values: &[Value]) -> String {
    values.iter().map(literal).collect::<Vec<_>>().join(", ")
}

fn term(term: &Term) -> String {
    let direction = if term.descending { " descending" } else { "" };
    let nulls = if term.nulls_first { ", nulls first" } else { "" };
    format!("{}{direction}{nulls}", term.by)
}
