//! A document that is validated like any other, and executes to nothing.

use async_graphql::{
    Name, Positioned,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, InlineFragment, OperationDefinition, Selection,
        SelectionSet,
    },
};
use async_graphql_value::Value;

/// Puts all that is selected at the root under `... @skip(if: true)`.
pub(super) fn leave_out_everything(document: &mut ExecutableDocument) {
    match &mut document.operations {
        DocumentOperations::Single(operation) => leave_out(&mut operation.node),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                leave_out(&mut operation.node);
            }
        }
    }
}

fn leave_out(operation: &mut OperationDefinition) {
    let pos = operation.selection_set.pos;
    let at = |name: &str| Positioned::new(Name::new(name), pos);
    let skip = Directive {
        name: at("skip"),
        arguments: vec![(at("if"), Positioned::new(Value::Boolean(true), pos))],
    };
    let empty = Positioned::new(SelectionSet::default(), pos);
    let everything = InlineFragment {
        type_condition: None,
        directives: vec![Positioned::new(skip, pos)],
        selection_set: std::mem::replace(&mut operation.selection_set, empty),
    };
    let everything = Selection::InlineFragment(Positioned::new(everything, pos));
    operation.selection_set.node.items.push(Positioned::new(everything, pos));
}
