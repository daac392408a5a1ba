//! The dry run: a document that is validated and priced like any other, and executes nothing.

use async_graphql::{
    Name, Positioned,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, InlineFragment, OperationDefinition, Selection,
        SelectionSet,
    },
};
use async_graphql_value::Value;

/// Puts everything that is selected at the root under `... @skip(if: true)`.
pub fn skip_everything(document: &mut ExecutableDocument) {
    match &mut document.operations {
        DocumentOperations::Single(operation) => skip(&mut operation.node),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                skip(&mut operation.node);
            }
        }
    }
}

fn skip(operation: &mut OperationDefinition) {
    let pos = operation.selection_set.pos;
    let at = |name: &str| Positioned::new(Name::new(name), pos);
    let directive = Directive {
        name: at("skip"),
        arguments: vec![(at("if"), Positioned::new(Value::Boolean(true), pos))],
    };
    let empty = Positioned::new(SelectionSet::default(), pos);
    let skipped = InlineFragment {
        type_condition: None,
        directives: vec![Positioned::new(directive, pos)],
        selection_set: std::mem::replace(&mut operation.selection_set, empty),
    };
    let skipped = Selection::InlineFragment(Positioned::new(skipped, pos));
    operation.selection_set.node.items.push(Positioned::new(skipped, pos));
}
