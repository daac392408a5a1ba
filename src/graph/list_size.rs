//! `@listSize`: the schema states how long a list may be, or how many rows a page is chosen from. Prices use it.

use async_graphql::TypeDirective;

/// The directive's name.
pub(crate) const LIST_SIZE: &str = "listSize";

/// How many items a list may have, or a page is chosen from; what a request costs is reckoned with it.
#[TypeDirective(location = "FieldDefinition", name = "listSize")]
pub(crate) fn list_size(assumed_size: u32) {}
