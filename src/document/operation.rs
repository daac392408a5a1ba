//! Which operation of a document a request selects (`GetOperation` of GraphQL's specification, 6.1).

use async_graphql::{
    Name,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition},
};

/// The operation that a request selects by `operationName`, if there is exactly one.
#[must_use]
pub fn operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(&operation.node),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().map(|operation| &operation.node)
        }
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).map(|operation| &operation.node)
        }
        _ => None,
    }
}

/// The name of that operation, if it has one.
#[must_use]
pub fn operation_name(document: &ExecutableDocument, name: Option<&str>) -> Option<String> {
    let mut named = document.operations.iter().filter_map(|(name, _)| name);
    let name = match name {
        Some(name) => named.find(|other| *other == name),
        None => named.next().filter(|_| named.next().is_none()),
    };
    name.map(Name::to_string)
}
