//! The column `source` of a file: rows of the registry always carry where they are from.

use async_graphql::{
    Name, Positioned,
    parser::types::{Field, Selection, SelectionSet},
    registry::{MetaType, Registry},
};

use super::{
    Column,
    columns::{Columns, Step},
    expand::selected,
    flat::{each_field, inline},
};

/// The field that says where a record is from.
const SOURCE: &str = "source";

/// Selects the source of each row where the type has one, and returns its column, unless it is selected already. `beneath`
/// is the path of the expanded list whose items the rows are, if they are.
pub(super) fn add(
    registry: &Registry,
    set: &mut SelectionSet,
    (of, is_edge): (&MetaType, bool),
    beneath: Option<&str>,
    columns: &Columns<'_>,
) -> Option<Column> {
    if is_edge {
        merge_nodes(set);
        let is_direct = set.items.iter().any(|item| match &item.node {
            Selection::Field(field) => {
                field.node.name.node == "node" && selects(&field.node.selection_set.node)
            }
            _ => false,
        });
        if is_direct {
            return None;
        }
        let node = registry.concrete_type_by_name(&of.field_by_name("node")?.ty)?;
        let inner = set.items.iter_mut().find_map(|item| match &mut item.node {
            Selection::Field(field) if field.node.name.node == "node" => Some(&mut field.node),
            _ => None,
        });
        if let Some(field) = inner {
            let key = field.response_key().node.clone();
            let mut column = add(registry, &mut field.selection_set.node, (node, false), beneath, columns)?;
            column.steps.insert(0, Step::Key(key));
            return Some(column);
        }
        let pos = set.items.first()?.pos;
        let mut inner = SelectionSet { items: vec![selected("__typename", Vec::new(), pos)] };
        let mut column = add(registry, &mut inner, (node, false), beneath, columns)?;
        column.steps.insert(0, Step::Key(Name::new("node")));
        set.items.push(selected("node", inner.items, pos));
        return Some(column);
    }
    let with_source: Vec<&MetaType> = if of.field_by_name(SOURCE).is_some() {
        vec![of]
    } else {
        let possible = of.possible_types()?.iter();
        possible
            .filter_map(|name| registry.types.get(name))
            .filter(|kind| kind.field_by_name(SOURCE).is_some())
            .collect()
    };
    let field = with_source.first()?.field_by_name(SOURCE)?;
    let kind = registry.concrete_type_by_name(&field.ty)?;
    let MetaType::Enum { enum_values, .. } = kind else { return None };
    if selects(set) {
        return None;
    }
    let mut in_fragment = false;
    each_field(set, &mut |field| in_fragment |= is_source(&field.node));
    let path = |key: &str| beneath.map_or(key.to_owned(), |list| format!("{list}.{key}"));
    let key = if in_fragment { SOURCE.to_owned() } else { unused(|key| columns.has(&path(key))) };
    let pos = set.items.first()?.pos;
    let selection = || {
        let mut field = selected(SOURCE, Vec::new(), pos);
        if let Selection::Field(field) = &mut field.node
            && key != SOURCE
        {
            field.node.alias = Some(Positioned::new(Name::new(&key), pos));
        }
        field
    };
    for kind in with_source {
        let own = selection();
        set.items.push(if kind.name() == of.name() {
            own
        } else {
            inline(kind.name(), SelectionSet { items: vec![own] }, pos)
        });
    }
    (!in_fragment).then(|| Column {
        path: path(&key),
        of: kind.name().to_owned(),
        is_list: false,
        description: field.description.clone().unwrap_or_default(),
        words: enum_values.keys().cloned().collect(),
        steps: vec![Step::Key(Name::new(&key))],
        is_expanded: beneath.is_some(),
    })
}

fn is_source(field: &Field) -> bool {
    field.name.node == SOURCE && field.response_key().node == SOURCE
}

/// Whether a selection has the source of every row, not only of those in a fragment.
fn selects(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| matches!(&item.node, Selection::Field(field) if is_source(&field.node)))
}

/// The key of the source: one that no other column has.
fn unused(is_used: impl Fn(&str) -> bool) -> String {
    let mut key = SOURCE.to_owned();
    let mut tried = 0;
    while is_used(&key) {
        tried += 1;
        key = if tried == 1 { "recordSource".to_owned() } else { format!("recordSource{tried}") };
    }
    key
}

/// Merges the mentions of an edge's node that have the same key.
fn merge_nodes(set: &mut SelectionSet) {
    let mut merged: Vec<Positioned<Selection>> = Vec::with_capacity(set.items.len());
    for item in std::mem::take(&mut set.items) {
        let known = match &item.node {
            Selection::Field(field) if field.node.name.node == "node" => {
                merged.iter_mut().find_map(|known| match &mut known.node {
                    Selection::Field(known)
                        if known.node.response_key().node == field.node.response_key().node =>
                    {
                        Some((&mut known.node.selection_set.node.items, &field.node.selection_set.node.items))
                    }
                    _ => None,
                })
            }
            _ => None,
        };
        match known {
            Some((items, more)) => items.extend(more.iter().cloned()),
            None => merged.push(item),
        }
    }
    set.items = merged;
}
