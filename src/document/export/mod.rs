//! Exports: a document with one list or one aggregate at its root, as columns of a file, and as documents that read its
//! rows page by page.

mod argument;
mod columns;
mod expand;
mod flat;
mod page;
mod short;
mod source;
#[cfg(test)]
mod tests;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, SelectionSet},
    registry::{MetaField, MetaType, Registry},
};

pub use self::{
    columns::Column,
    expand::{MAX_EXPANDED, TooMany},
    page::Page,
    short::{Short, ShortForm},
};
use self::{columns::Columns, expand::Expanded, flat::Flat};
use super::{DocumentError, operation};
use crate::graph::page::MAX_PAGE;

/// A list or an aggregate whose rows become the rows of a file.
#[derive(Debug)]
pub struct Export {
    /// The operation, without its selection.
    operation: OperationDefinition,
    /// The list, which is its single field.
    field: Positioned<Field>,
    /// The key of the list in answers, which is its name unless it has an alias.
    key: Name,
    rows: Rows,
    columns: Vec<Column>,
    /// The list beneath each row that is expanded.
    expanded: Option<Expanded>,
    /// Whether the rows are groups with figures.
    is_figures: bool,
    /// The most rows that the document asks for.
    first: Option<u64>,
    /// The cursor that the rows follow.
    after: Option<String>,
    /// Whether there is one, or one that they precede.
    has_cursors: bool,
    /// Whether the list says if it is counted exactly.
    has_precision: bool,
}

/// Where the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    /// In this field of a page.
    OnPage(&'static str),
    /// In the list itself, which has no pages.
    InList,
}

impl Export {
    /// Reads what a document exports. Its variables are coerced, and it is valid; `expand` is the path of a list beneath
    /// each row of which each item becomes a row.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when the document is not of the form that an export needs.
    pub fn of(
        registry: &Registry,
        document: &ExecutableDocument,
        (name, variables): (Option<&str>, &Variables),
        expand: Option<&str>,
    ) -> Result<Self, DocumentError> {
        let selected = operation(document, name)
            .ok_or_else(|| DocumentError::bad_input("the request selects no operation"))?;
        if selected.ty != OperationType::Query {
            return Err(DocumentError::bad_input("an export takes a query"));
        }
        let flat = Flat { registry, fragments: &document.fragments, variables };
        let root = registry.types.get(&registry.query_type).ok_or_else(|| unknown("Query"))?;
        let set = flat.set(&selected.selection_set.node, root);
        let mut field = the_list(&set)?;
        let known =
            root.field_by_name(&field.node.name.node).ok_or_else(|| unknown(&field.node.name.node))?;
        let key = field.node.response_key().node.clone();
        if argument::resolved(&field.node, "last", variables).is_some() {
            return Err(DocumentError::bad_input(
                "an export reads a list from its beginning: reverse `orderBy`, and give `first` instead of `last`",
            )
            .at([field.pos]));
        }
        let (rows, on_row, set) = row_set(registry, &field.node, known)?;
        let mut columns = Columns::new(registry, expand);
        columns.dimensions = argument::words(&field.node, "groupBy", variables);
        let twice = (1..columns.dimensions.len())
            .any(|at| columns.dimensions[..at].contains(&columns.dimensions[at]));
        if twice {
            return Err(DocumentError::bad_input("`groupBy` names a dimension twice").at([field.pos]));
        }
        columns.collect(&set, on_row, rows == Rows::OnPage("edges"))?;
        let (mut set, expanded) = (set, columns.expanded()?);
        let of_items = expanded.as_ref().and_then(|list| list.read_whole(registry, &mut set, &columns));
        let row = (on_row, rows == Rows::OnPage("edges"));
        let of_rows = source::add(registry, &mut set, row, None, &columns);
        of_items.into_iter().chain(of_rows).for_each(|column| columns.push(column));
        let first = match argument::resolved(&field.node, "first", variables) {
            None => None,
            Some(value) => Some(
                argument::natural(&value)
                    .ok_or_else(|| DocumentError::bad_input("`first` cannot be negative").at([field.pos]))?,
            ),
        };
        let after = argument::resolved(&field.node, "after", variables).and_then(argument::text);
        let has_cursors = after.is_some() || argument::resolved(&field.node, "before", variables).is_some();
        let list = registry.concrete_type_by_name(&known.ty);
        let has_precision = list.is_some_and(|list| list.field_by_name("totalCountPrecision").is_some());
        let columns = columns.finish(field.pos)?;
        field.node.selection_set.node = page::selection(rows, set, field.pos);
        let mut operation = selected.clone();
        operation.selection_set.node.items.clear();
        let is_figures = flat::is_figures(on_row);
        Ok(Self {
            operation,
            field,
            key,
            rows,
            columns,
            expanded,
            is_figures,
            first,
            after,
            has_cursors,
            has_precision,
        })
    }

    /// The columns of the file.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Puts the columns into the order of these paths, which are separated by commas; the others follow.
    pub fn order(&mut self, paths: &str) {
        let paths: Vec<&str> = paths.split(',').map(str::trim).collect();
        let expanded = self.expanded.as_ref().map(|list| list.path.as_str());
        self.columns.sort_by_cached_key(|column| {
            let list = expanded.filter(|_| column.is_expanded);
            // A key of figures is called by its dimension, which a path leaves out.
            let keys = column.steps.iter().filter_map(|step| match step {
                columns::Step::Key(key) => Some(key.as_str()),
                columns::Step::Item(_) => None,
            });
            let path = list.into_iter().chain(keys).collect::<Vec<_>>().join(".");
            paths.iter().position(|given| *given == path).unwrap_or(usize::MAX)
        });
    }

    /// The name of the field at the root.
    #[must_use]
    pub fn noun(&self) -> &str {
        self.field.node.name.node.as_str()
    }

    /// The most rows that the document asks for; none for all.
    #[must_use]
    pub fn first(&self) -> Option<u64> {
        self.first
    }

    /// Whether its list is read in pages.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        self.rows != Rows::InList
    }

    /// How many rows are read at once: fewer where a row is large, more of figures, each page of which reads all rows that
    /// they are about.
    #[must_use]
    pub fn page_size(&self) -> u32 {
        if self.is_expanded() {
            return 50;
        }
        // Its matches are ranked in memory, and a page of them has as many as in the API.
        if self.noun() == "search" {
            return MAX_PAGE;
        }
        if self.is_figures {
            return 5_000;
        }
        let columns = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        (10_000 / columns.max(1)).clamp(100, 1_000)
    }

    /// Whether each row may become several.
    #[must_use]
    pub fn is_expanded(&self) -> bool {
        self.expanded.is_some()
    }
}

/// The single field at the root, with what all of its mentions select.
fn the_list(set: &SelectionSet) -> Result<Positioned<Field>, DocumentError> {
    let mut found: Vec<Positioned<Field>> = Vec::new();
    flat::each_field(set, &mut |field| {
        if field.node.name.node == "__typename" {
            return;
        }
        let key = &field.node.response_key().node;
        match found.iter_mut().find(|known| known.node.response_key().node == *key) {
            Some(known) => {
                let more = field.node.selection_set.node.items.clone();
                known.node.selection_set.node.items.extend(more);
            }
            None => found.push(field.clone()),
        }
    });
    let several = found.len() > 1;
    match (found.pop(), several) {
        (Some(field), false) if matches!(field.node.name.node.as_str(), "__schema" | "__type") => {
            Err(DocumentError::bad_input(format!(
                "`{}` is introspection, and an export takes a document with one list or one aggregate at its root: send it \
                 to `/graphql`",
                field.node.name.node
            ))
            .at([field.pos]))
        }
        (Some(field), false) if field.node.name.node == "changes" => Err(DocumentError::bad_input(
            "`changes` is neither a list nor an aggregate: read the log page by page from its cursors",
        )
        .at([field.pos])),
        (Some(field), false) => Ok(field),
        (last, _) => {
            let names =
                found.iter().chain(&last).map(|field| format!("`{}`", field.node.response_key().node));
            let names = names.collect::<Vec<_>>().join(", ");
            let has = if names.is_empty() { "neither".to_owned() } else { names };
            Err(DocumentError::bad_input(format!(
                "an export takes a document with one list or one aggregate at its root; this one has {has}"
            )))
        }
    }
}

/// Where the rows of a list are, their type, and what is selected of each.
fn row_set<'a>(
    registry: &'a Registry,
    field: &Field,
    known: &MetaField,
) -> Result<(Rows, &'a MetaType, SelectionSet), DocumentError> {
    let name = &field.name.node;
    let of = registry.concrete_type_by_name(&known.ty).ok_or_else(|| unknown(name))?;
    if flat::is_list(&known.ty) {
        return Ok((Rows::InList, of, field.selection_set.node.clone()));
    }
    if !flat::is_page(of) {
        return Err(DocumentError::bad_input(format!(
            "`{name}` is neither a list nor an aggregate: an export takes one of them at the root of its document"
        )));
    }
    let mut sets: [SelectionSet; 2] = Default::default();
    flat::each_field(&field.selection_set.node, &mut |inner| {
        let at = ["nodes", "edges"].iter().position(|rows| inner.node.name.node == *rows);
        if let Some(at) = at {
            sets[at].items.extend(inner.node.selection_set.node.items.clone());
        }
    });
    let [nodes, edges] = sets;
    let (rows, set) = match (nodes.items.is_empty(), edges.items.is_empty()) {
        (false, true) => ("nodes", nodes),
        (true, false) => ("edges", edges),
        (true, true) => {
            return Err(DocumentError::bad_input(format!(
                "the document selects no rows of `{name}`: `{name} {{ nodes {{ … }} }}` does"
            )));
        }
        (false, false) => {
            return Err(DocumentError::bad_input(format!(
                "an export takes either `nodes` or `edges` of `{name}`, not both"
            )));
        }
    };
    let inner = of.field_by_name(rows).ok_or_else(|| unknown(rows))?;
    let on_row = registry.concrete_type_by_name(&inner.ty).ok_or_else(|| unknown(rows))?;
    Ok((Rows::OnPage(rows), on_row, set))
}

/// A name that validation would have refused.
fn unknown(name: &str) -> DocumentError {
    DocumentError::invalid(format!("`{name}` is not in the schema"))
}
