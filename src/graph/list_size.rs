//! `@listSize`: the schema states how long a list may be, or how many rows a page is chosen from. Prices use it.

use async_graphql::TypeDirective;

/// The directive's name.
pub(crate) const LIST_SIZE: &str = "listSize";

/// Assumed number of items in a list, or in the list from which a page is taken. The cost of a request is computed with
/// it.
#[TypeDirective(location = "FieldDefinition", name = "listSize")]
pub(crate) fn list_size(assumed_size: u32) {}
