//! What an answer cost: the same prices, with the sizes that its lists turned out to have.

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::weigh::{Part, Weight};

impl Weight {
    /// The price of what stands in the answer.
    pub(super) fn delivered(&self, data: &Value) -> u64 {
        match data {
            Value::Object(object) => self.of_object(object),
            _ => 0,
        }
    }

    fn of_object(&self, object: &IndexMap<Name, Value>) -> u64 {
        let parts = self.parts.iter().map(|part| match part {
            Part::Under { key, each, of } => object.get(key).map_or(0, |value| of.each(*each, value)),
            Part::Fragment(inner) => inner.of_object(object),
            Part::Either(possible) => {
                possible.iter().map(|weight| weight.of_object(object)).max().unwrap_or(0)
            }
        });
        parts.fold(self.fixed, u64::saturating_add)
    }

    /// One object, or each of a list.
    fn each(&self, each: u64, value: &Value) -> u64 {
        match value {
            Value::Object(object) => each.saturating_add(self.of_object(object)),
            Value::List(items) if self.parts.is_empty() => {
                (items.len() as u64).saturating_mul(each.saturating_add(self.fixed))
            }
            Value::List(items) => items.iter().map(|item| self.each(each, item)).fold(0, u64::saturating_add),
            _ => 0,
        }
    }
}
