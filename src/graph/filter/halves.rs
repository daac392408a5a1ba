//! Conditions on sums that outgrow 64 bits, kept in two halves.

use super::{Clause, Condition, Expression, Operator, Ordered, OrderedFilter, Scaled};
use crate::graph::{Result, value::Value};

/// A number in two halves, units of 2³² and what is left of them, with so many decimal places.
#[derive(Clone, Debug)]
pub struct Halves {
    pub high: Expression,
    pub low: Expression,
    pub places: u32,
}

impl Halves {
    fn compare(&self, operator: Operator, value: i64) -> Condition {
        let compare = |expression: &Expression, operator, half: i64| {
            Condition::Compare(expression.clone(), operator, half.into())
        };
        let (high, low) = (value >> 32, value & 0xffff_ffff);
        let as_high = Condition::All(vec![
            compare(&self.high, Operator::Equal, high),
            compare(&self.low, operator, low),
        ]);
        let beyond = match operator {
            Operator::Equal => return as_high,
            Operator::Less | Operator::LessOrEqual => Operator::Less,
            Operator::Greater | Operator::GreaterOrEqual => Operator::Greater,
        };
        Condition::Any(vec![compare(&self.high, beyond, high), as_high])
    }
}

impl<T: Ordered> Clause<Halves> for OrderedFilter<T> {
    fn on(&self, halves: Halves) -> Result<Condition> {
        // What is demanded of the whole is written of one column first, and then of its halves.
        let whole = self.on(Scaled(halves.high.clone(), halves.places))?;
        Ok(whole.in_halves(&halves))
    }
}

impl Condition {
    fn in_halves(self, halves: &Halves) -> Self {
        let all = |parts: Vec<Self>| parts.into_iter().map(|part| part.in_halves(halves)).collect();
        match self {
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Not(part) => part.in_halves(halves).negated(),
            Self::Compare(_, operator, Value::Int(value)) => halves.compare(operator, value),
            Self::In(_, values) => Self::Any(
                values
                    .into_iter()
                    .filter_map(|value| match value {
                        Value::Int(value) => Some(halves.compare(Operator::Equal, value)),
                        _ => None,
                    })
                    .collect(),
            ),
            other => other,
        }
    }
}
