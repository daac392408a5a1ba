//! Writes the type condition into inline fragments that have none.
//!
//! The library's check of response keys takes them for fragments of no type, and refuses what two objects may select:
//! `... on A { ... @include(if: $a) { x: name } } ... on B { ... @include(if: $a) { x: code } }`.

use async_graphql::{
    Name, Positioned,
    parser::types::{
        DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
        TypeCondition,
    },
    registry::{MetaType, Registry},
};

/// Writes the type into each inline fragment that has none and is in an object.
pub(super) fn write(registry: &Registry, document: &mut ExecutableDocument) {
    let ExecutableDocument { operations, fragments } = document;
    for fragment in fragments.values_mut() {
        let on = registry.types.get(fragment.node.type_condition.node.on.node.as_str());
        write_in(registry, &mut fragment.node.selection_set.node, on);
    }
    let operations: Vec<&mut OperationDefinition> = match operations {
        DocumentOperations::Single(operation) => vec![&mut operation.node],
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().map(|operation| &mut operation.node).collect()
        }
    };
    for operation in operations {
        let root = match operation.ty {
            OperationType::Query => Some(&registry.query_type),
            OperationType::Mutation => registry.mutation_type.as_ref(),
            OperationType::Subscription => registry.subscription_type.as_ref(),
        };
        let root = root.and_then(|root| registry.types.get(root));
        write_in(registry, &mut operation.selection_set.node, root);
    }
}

fn write_in(registry: &Registry, set: &mut SelectionSet, on: Option<&MetaType>) {
    for item in &mut set.items {
        let pos = item.pos;
        match &mut item.node {
            Selection::Field(field) => {
                let known = on.and_then(|on| on.field_by_name(&field.node.name.node));
                let of = known.and_then(|known| registry.concrete_type_by_name(&known.ty));
                write_in(registry, &mut field.node.selection_set.node, of);
            }
            Selection::InlineFragment(fragment) => {
                let fragment = &mut fragment.node;
                let own = fragment.type_condition.as_ref().map(|own| own.node.on.node.as_str());
                let on = own.map_or(on, |own| registry.types.get(own));
                if let (None, Some(MetaType::Object { name, .. })) = (&fragment.type_condition, on) {
                    let on = Positioned::new(Name::new(name), pos);
                    fragment.type_condition = Some(Positioned::new(TypeCondition { on }, pos));
                }
                write_in(registry, &mut fragment.selection_set.node, on);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}
