//! A normal form of a field with its arguments: two calls are the same if and only if their forms are equal.

use std::fmt::Write;

use async_graphql::parser::types::Field;
use async_graphql_value::Value;

/// Writes a field with its arguments, sorted by name.
pub(super) fn written(field: &Field) -> String {
    let mut arguments: Vec<_> =
        field.arguments.iter().map(|(name, value)| (&name.node, &value.node)).collect();
    arguments.sort_by_key(|(name, _)| *name);
    let mut text = field.name.node.to_string();
    for (name, value) in arguments {
        let _ = write!(text, " {name}:");
        write(&mut text, value);
    }
    text
}

/// The first argument that two calls of one field differ in.
pub(super) fn differing<'a>(one: &'a Field, other: &'a Field) -> Option<&'a str> {
    let value = |field: &Field, name: &str| {
        field.get_argument(name).map(|value| {
            let mut text = String::new();
            write(&mut text, &value.node);
            text
        })
    };
    let names = one.arguments.iter().chain(&other.arguments).map(|(name, _)| name.node.as_str());
    names.into_iter().find(|name| value(one, name) != value(other, name))
}

fn write(text: &mut String, value: &Value) {
    let _ = match value {
        Value::Variable(name) => write!(text, "${name}"),
        Value::String(value) => write!(text, "{value:?}"),
        Value::List(items) => {
            text.push('[');
            for item in items {
                write(text, item);
                text.push(',');
            }
            write!(text, "]")
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in fields {
                let _ = write!(text, "{name}:");
                write(text, value);
                text.push(',');
            }
            write!(text, "}}")
        }
        // Nulls, numbers, booleans and words.
        other => write!(text, "{other}"),
    };
}
