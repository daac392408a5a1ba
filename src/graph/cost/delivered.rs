//! What an answer cost: the same prices, with the sizes that its lists turned out to have.

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::weigh::{Part, Weight};

impl Weight {
    /// The price of what stands in the answer. Where something `failed`, what is missing costs as much as it could have.
    pub(super) fn delivered(&self, data: &Value, failed: bool) -> u64 {
        match data {
            Value::Object(object) => self.of_object(object, failed),
            _ => 0,
        }
    }

    fn of_object(&self, object: &IndexMap<Name, Value>, failed: bool) -> u64 {
        let parts = self.parts.iter().map(|part| match part {
            Part::Under { key, each, of, full } => match object.get(key) {
                None | Some(Value::Null) if failed => *full,
                None => 0,
                Some(value) => of.each(*each, value, failed),
            },
            Part::Fragment(inner) => inner.of_object(object, failed),
            Part::Either(possible) => {
                possible.iter().map(|weight| weight.of_object(object, failed)).max().unwrap_or(0)
            }
        });
        parts.fold(self.fixed, u64::saturating_add)
    }

    /// One object, or each of a list.
    fn each(&self, each: u64, value: &Value, failed: bool) -> u64 {
        match value {
            Value::Object(object) => each.saturating_add(self.of_object(object, failed)),
            Value::List(items) if self.parts.is_empty() => {
                (items.len() as u64).saturating_mul(each.saturating_add(self.fixed))
            }
            Value::List(items) => {
                items.iter().map(|item| self.each(each, item, failed)).fold(0, u64::saturating_add)
            }
            _ => 0,
        }
    }
}
