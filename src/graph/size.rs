//! Sizes of values in JSON bytes, and the field that takes most of a response.

use std::collections::HashMap;

use async_graphql::{Name, Value};

/// Bytes of a key besides its name: quotes, colon, comma.
const KEY_BYTES: u64 = 4;

/// Bytes of a field's key in an object.
#[must_use]
pub fn of_key(name: &Name) -> u64 {
    name.len() as u64 + KEY_BYTES
}

/// Bytes of a value.
#[must_use]
pub fn of(value: &Value) -> u64 {
    match value {
        Value::Null => 4,
        Value::Boolean(_) => 5,
        Value::Number(number) => of_number(number),
        Value::String(text) => of_text(text),
        Value::Enum(name) => name.len() as u64 + 2,
        Value::Binary(bytes) => 4 * bytes.len() as u64 + 2,
        Value::List(items) => 2 + items.iter().map(|item| 1 + of(item)).sum::<u64>(),
        Value::Object(fields) => 2 + fields.iter().map(|(key, value)| of_key(key) + of(value)).sum::<u64>(),
    }
}

/// Bytes of the keys and the leaves of a value, without the brackets around them.
#[must_use]
pub fn of_parts(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.iter().map(of_parts).sum(),
        Value::Object(fields) => fields.iter().map(|(key, value)| of_key(key) + of_parts(value)).sum(),
        leaf => of(leaf),
    }
}

/// The size of a number. The longest has 24 characters; most have few.
fn of_number(number: &async_graphql::Number) -> u64 {
    let digits = |number: u64| u64::from(number.checked_ilog10().unwrap_or(0)) + 1;
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => digits(number),
        (_, Some(number)) => digits(number.unsigned_abs()) + 1,
        _ => 24,
    }
}

fn of_text(text: &str) -> u64 {
    let more = |letter: u8| match letter {
        b'"' | b'\\' => 1,
        0..0x20 => 5,
        _ => 0,
    };
    2 + text.len() as u64 + text.bytes().map(more).sum::<u64>()
}

/// The path of the field whose values take most of a response, over all items of its lists.
#[must_use]
pub fn widest(answer: &Value) -> Vec<String> {
    let mut widths = HashMap::new();
    add(answer, &mut Vec::new(), &mut widths);
    let widest = widths.into_iter().max_by(|(a, width), (b, other)| width.cmp(other).then_with(|| b.cmp(a)));
    widest.map(|(path, _)| path.into_iter().map(Name::to_string).collect()).unwrap_or_default()
}

fn add<'a>(value: &'a Value, path: &mut Vec<&'a Name>, widths: &mut HashMap<Vec<&'a Name>, u64>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| add(item, path, widths)),
        Value::Object(fields) => {
            for (key, value) in fields {
                path.push(key);
                add(value, path, widths);
                path.pop();
            }
        }
        leaf => {
            let bytes = of(leaf) + path.last().map_or(0, |key| of_key(key));
            match widths.get_mut(&*path) {
                Some(width) => *width += bytes,
                None => drop(widths.insert(path.clone(), bytes)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::{of, widest};

    #[test]
    fn a_value_has_as_many_bytes_as_its_json_or_a_few_more() {
        for value in [
            value!({ "a": [1, -20, 300, null, true], "b": { "long name": "a \"quoted\" text\n\u{1}", "c": [] } }),
            value!({ "numbers": [0, 9, 10, 99, 100, 1.5, -0.000_1, 18_446_744_073_709_551_615u64] }),
            value!([[[]], {}, "", "Koperasi Désa"]),
        ] {
            let written = serde_json::to_string(&value).unwrap();
            let (is, said) = (written.len() as u64, of(&value));
            assert!(is <= said && said <= 2 * is + 4, "{said} bytes for {is}: {written}");
        }
    }

    #[test]
    fn the_widest_field_is_the_one_whose_values_are_longest_together() {
        let row = value!({ "name": "a long name, once for each", "id": 1 });
        let answer =
            value!({ "list": { "nodes": [row.clone(), row.clone(), row] }, "text": "a text, but only one" });
        assert_eq!(widest(&answer), ["list", "nodes", "name"]);
    }
}
