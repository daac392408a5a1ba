//! Values of arguments, with variables resolved.

use async_graphql::{Name, Value as Constant, Variables, parser::types::Field};

/// The value of an argument; none where it is absent or null.
pub(super) fn resolved(field: &Field, name: &str, variables: &Variables) -> Option<Constant> {
    let value = field.get_argument(name)?.node.clone();
    let known = |name: Name| Ok::<_, ()>(variables.get(&name).cloned().unwrap_or_default());
    value.into_const_with(known).ok().filter(|value| *value != Constant::Null)
}

/// A number that is not negative.
pub(super) fn natural(value: &Constant) -> Option<u64> {
    match value {
        Constant::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// A string.
pub(super) fn text(value: Constant) -> Option<String> {
    match value {
        Constant::String(text) => Some(text),
        _ => None,
    }
}

/// The values of an argument that is a list of enum values.
pub(super) fn words(field: &Field, name: &str, variables: &Variables) -> Vec<String> {
    let word = |value: Constant| match value {
        Constant::Enum(word) => Some(word.to_string()),
        Constant::String(word) => Some(word),
        _ => None,
    };
    match resolved(field, name, variables) {
        Some(Constant::List(items)) => items.into_iter().filter_map(word).collect(),
        Some(one) => word(one).into_iter().collect(),
        None => Vec::new(),
    }
}
