//! Writes documents whose fields are each selected twice.

use std::fmt::Write;

use async_graphql::Positioned;
use async_graphql::parser::{
    parse_query,
    types::{Directive, Field, Selection, SelectionSet},
};

/// The document with all its leaves twice, and with every object twice that stands as deep as `objects` says: in the
/// operation or in its fragment, and 0 is the outermost.
pub(crate) fn twice(document: &str, objects: impl Fn(usize) -> bool) -> String {
    let document = parse_query(document).unwrap();
    let mut text = String::new();
    for (name, operation) in document.operations.iter() {
        let variables = operation.node.variable_definitions.iter().map(|variable| {
            let default = variable.node.default_value.as_ref().map(|value| format!(" = {}", value.node));
            let default = default.unwrap_or_default();
            format!("${}: {}{default} ", variable.node.name.node, variable.node.var_type.node)
        });
        let variables: String = variables.collect();
        let variables = if variables.is_empty() { variables } else { format!("({variables})") };
        let name = name.map(ToString::to_string).unwrap_or_default();
        write!(text, "{} {name}{variables}", operation.node.ty).unwrap();
        write_set(&mut text, &operation.node.selection_set.node, 0, &objects);
    }
    for (name, fragment) in &document.fragments {
        write!(text, " fragment {name} on {} ", fragment.node.type_condition.node.on.node).unwrap();
        write_set(&mut text, &fragment.node.selection_set.node, 0, &objects);
    }
    text
}

fn write_set(text: &mut String, set: &SelectionSet, depth: usize, objects: &impl Fn(usize) -> bool) {
    text.push_str("{ ");
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let leaf = field.node.selection_set.node.items.is_empty();
                for _ in 0..if leaf || objects(depth) { 2 } else { 1 } {
                    write_field(text, &field.node, depth, objects);
                }
            }
            Selection::InlineFragment(fragment) => {
                text.push_str("... ");
                if let Some(on) = &fragment.node.type_condition {
                    write!(text, "on {} ", on.node.on.node).unwrap();
                }
                write_directives(text, &fragment.node.directives);
                write_set(text, &fragment.node.selection_set.node, depth, objects);
            }
            Selection::FragmentSpread(spread) => {
                write!(text, "...{} ", spread.node.fragment_name.node).unwrap();
                write_directives(text, &spread.node.directives);
            }
        }
    }
    text.push_str("} ");
}

fn write_field(text: &mut String, field: &Field, depth: usize, objects: &impl Fn(usize) -> bool) {
    if let Some(alias) = &field.alias {
        write!(text, "{}: ", alias.node).unwrap();
    }
    write!(text, "{} ", field.name.node).unwrap();
    if !field.arguments.is_empty() {
        let arguments = field.arguments.iter().map(|(name, value)| format!("{}: {} ", name.node, value.node));
        write!(text, "({}) ", arguments.collect::<String>()).unwrap();
    }
    write_directives(text, &field.directives);
    if !field.selection_set.node.items.is_empty() {
        write_set(text, &field.selection_set.node, depth + 1, objects);
    }
}

fn write_directives(text: &mut String, directives: &[Positioned<Directive>]) {
    for Directive { name, arguments } in directives.iter().map(|directive| &directive.node) {
        let arguments = arguments.iter().map(|(name, value)| format!("{}: {} ", name.node, value.node));
        write!(text, "@{}({}) ", name.node, arguments.collect::<String>()).unwrap();
    }
}
