//! The actual cost of an answer: the estimate, with the real sizes of its lists.

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::{
    estimate::{Estimate, Part},
    failures::Failures,
};

impl Estimate {
    /// The price of what the answer holds. What is missing because of an error costs its full price.
    pub(super) fn actual(&self, data: &IndexMap<Name, Value>, failures: Option<&Failures>) -> u64 {
        let parts = self.parts.iter().map(|part| match part {
            Part::Under { key, each, of, full } => {
                let failures = failures.and_then(|failures| failures.field(key));
                match data.get(key) {
                    None | Some(Value::Null) if failed(failures) => *full,
                    None => 0,
                    Some(value) => of.each(*each, value, failures),
                }
            }
            Part::Fragment(inner) => inner.actual(data, failures),
            Part::Either(possible) => {
                possible.iter().map(|estimate| estimate.actual(data, failures)).max().unwrap_or(0)
            }
        });
        parts.fold(self.fixed, u64::saturating_add)
    }

    /// One object, or each of a list.
    fn each(&self, each: u64, value: &Value, failures: Option<&Failures>) -> u64 {
        match value {
            Value::Object(object) => each.saturating_add(self.actual(object, failures)),
            Value::List(items) if self.parts.is_empty() => {
                (items.len() as u64).saturating_mul(each.saturating_add(self.fixed))
            }
            Value::List(items) => {
                let item =
                    |(index, item)| self.each(each, item, failures.and_then(|failures| failures.item(index)));
                items.iter().enumerate().map(item).fold(0, u64::saturating_add)
            }
            Value::Null if failed(failures) => each.saturating_add(self.full),
            _ => 0,
        }
    }
}

fn failed(failures: Option<&Failures>) -> bool {
    failures.is_some_and(|failures| failures.failed)
}
