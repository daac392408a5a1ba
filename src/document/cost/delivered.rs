//! What an answer cost: the same prices, with the sizes that its lists turned out to have.

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::{
    missing::Missing,
    weigh::{Part, Weight},
};

impl Weight {
    /// The price of what stands in the answer, and of what is missing, which costs as much as it could have.
    pub(super) fn delivered(&self, data: &IndexMap<Name, Value>, missing: Option<&Missing>) -> u64 {
        let parts = self.parts.iter().map(|part| match part {
            Part::Under { key, each, of, full } => {
                let missing = missing.and_then(|missing| missing.field(key));
                match data.get(key) {
                    None | Some(Value::Null) if failed(missing) => *full,
                    None => 0,
                    Some(value) => of.each(*each, value, missing),
                }
            }
            Part::Fragment(inner) => inner.delivered(data, missing),
            Part::Either(possible) => {
                possible.iter().map(|weight| weight.delivered(data, missing)).max().unwrap_or(0)
            }
        });
        parts.fold(self.fixed, u64::saturating_add)
    }

    /// One object, or each of a list.
    fn each(&self, each: u64, value: &Value, missing: Option<&Missing>) -> u64 {
        match value {
            Value::Object(object) => each.saturating_add(self.delivered(object, missing)),
            Value::List(items) if self.parts.is_empty() => {
                (items.len() as u64).saturating_mul(each.saturating_add(self.fixed))
            }
            Value::List(items) => {
                let item =
                    |(index, item)| self.each(each, item, missing.and_then(|missing| missing.item(index)));
                items.iter().enumerate().map(item).fold(0, u64::saturating_add)
            }
            Value::Null if failed(missing) => each.saturating_add(self.full),
            _ => 0,
        }
    }
}

fn failed(missing: Option<&Missing>) -> bool {
    missing.is_some_and(|missing| missing.failed)
}
