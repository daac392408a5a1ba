//! The column `source` of a file: rows of the registry always carry where they are from.

use async_graphql::{
    Name, Positioned,
    parser::types::{Selection, SelectionSet},
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

/// Selects the source of each row where the type has one, and returns its column, unless it is selected already.
pub(super) fn add(
    registry: &Registry,
    set: &mut SelectionSet,
    of: &MetaType,
    is_edge: bool,
    columns: &Columns<'_>,
) -> Option<Column> {
    if is_edge {
        let node = registry.concrete_type_by_name(&of.field_by_name("node")?.ty)?;
        // The first mention of the node is enough.
        let inner = set.items.iter_mut().find_map(|item| match &mut item.node {
            Selection::Field(field) if field.node.name.node == "node" => Some(&mut field.node),
            _ => None,
        });
        if let Some(field) = inner {
            let key = field.response_key().node.clone();
            let mut column = add(registry, &mut field.selection_set.node, node, false, columns)?;
            column.steps.insert(0, Step::Key(key));
            return Some(column);
        }
        let pos = set.items.first()?.pos;
        let mut inner = SelectionSet { items: vec![selected("__typename", Vec::new(), pos)] };
        let mut column = add(registry, &mut inner, node, false, columns)?;
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
    let mut selects = false;
    each_field(set, &mut |field| {
        selects |= field.node.name.node == SOURCE && field.node.response_key().node == SOURCE;
    });
    let is_direct = set.items.iter().any(|item| {
        matches!(&item.node, Selection::Field(field)
            if field.node.name.node == SOURCE && field.node.response_key().node == SOURCE)
    });
    if is_direct {
        return None;
    }
    let key = if !selects && columns.has(SOURCE) { "recordSource" } else { SOURCE };
    let pos = set.items.first()?.pos;
    let selection = || {
        let mut field = selected(SOURCE, Vec::new(), pos);
        if let Selection::Field(field) = &mut field.node
            && key != SOURCE
        {
            field.node.alias = Some(Positioned::new(Name::new(key), pos));
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
    (!selects).then(|| Column {
        path: key.to_owned(),
        of: kind.name().to_owned(),
        is_list: false,
        description: field.description.clone().unwrap_or_default(),
        words: enum_values.keys().cloned().collect(),
        steps: vec![Step::Key(Name::new(key))],
        is_expanded: false,
    })
}
