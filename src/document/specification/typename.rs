//! Replaces the variables in conditions on `__typename` by their values: the library reports a variable that is used
//! nowhere else as unused.

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned, Value as Constant, Variables,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::Value;

/// Makes the conditions on every `__typename` constant, and removes the variables that are used by them only.
pub(super) fn decide(document: &mut ExecutableDocument, variables: &Variables) {
    let mut decided = HashSet::new();
    for set in selection_sets(document) {
        decide_in(set, variables, &mut decided);
    }
    if decided.is_empty() {
        return;
    }
    let ExecutableDocument { operations, fragments } = document;
    let mut used = HashSet::new();
    for fragment in fragments.values() {
        uses(&fragment.node.selection_set.node, &mut used);
    }
    for operation in each(operations) {
        let mut own = HashSet::new();
        uses(&operation.selection_set.node, &mut own);
        operation.variable_definitions.retain(|definition| {
            let name = &definition.node.name.node;
            !decided.contains(name) || own.contains(name) || used.contains(name)
        });
    }
}

fn each(operations: &mut DocumentOperations) -> Vec<&mut OperationDefinition> {
    match operations {
        DocumentOperations::Single(operation) => vec![&mut operation.node],
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().map(|operation| &mut operation.node).collect()
        }
    }
}

fn selection_sets(document: &mut ExecutableDocument) -> Vec<&mut SelectionSet> {
    let ExecutableDocument { operations, fragments } = document;
    let fragments = fragments.values_mut().map(|fragment| &mut fragment.node.selection_set.node);
    let operations = each(operations).into_iter().map(|operation| &mut operation.selection_set.node);
    operations.chain(fragments).collect()
}

fn decide_in(set: &mut SelectionSet, variables: &Variables, decided: &mut HashSet<Name>) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {
                for directive in &mut field.node.directives {
                    for (_, value) in &mut directive.node.arguments {
                        decide_value(value, variables, decided);
                    }
                }
            }
            Selection::Field(field) => {
                decide_in(&mut field.node.selection_set.node, variables, decided);
            }
            Selection::InlineFragment(fragment) => {
                decide_in(&mut fragment.node.selection_set.node, variables, decided);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn decide_value(value: &mut Positioned<Value>, variables: &Variables, decided: &mut HashSet<Name>) {
    let Value::Variable(name) = &value.node else { return };
    // One of another operation has no value, and its operation is not executed.
    let holds = variables.get(name) == Some(&Constant::Boolean(true));
    decided.insert(name.clone());
    value.node = Value::Boolean(holds);
}

/// Adds the variables that a selection uses, those of spread fragments left out.
fn uses<'a>(set: &'a SelectionSet, used: &mut HashSet<&'a Name>) {
    for item in &set.items {
        for directive in item.node.directives() {
            directive.node.arguments.iter().for_each(|(_, value)| variables_of(&value.node, used));
        }
        match &item.node {
            Selection::Field(field) => {
                field.node.arguments.iter().for_each(|(_, value)| variables_of(&value.node, used));
                uses(&field.node.selection_set.node, used);
            }
            Selection::InlineFragment(fragment) => uses(&fragment.node.selection_set.node, used),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn variables_of<'a>(value: &'a Value, used: &mut HashSet<&'a Name>) {
    match value {
        Value::Variable(name) => drop(used.insert(name)),
        Value::List(items) => items.iter().for_each(|item| variables_of(item, used)),
        Value::Object(fields) => fields.values().for_each(|item| variables_of(item, used)),
        _ => {}
    }
}
