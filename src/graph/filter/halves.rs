//! Comparing sums that outgrow 64 bits by their halves.

use super::{Condition, Operator};
use crate::graph::load::Column;

impl Condition {
    /// The same of a sum's halves, units of 2³² and what is left of them.
    pub(in crate::graph) fn of_halves(high: Column, low: Column, operator: Operator, value: i64) -> Self {
        let compare =
            |column: Column, operator, half: i64| Self::Compare(column.into(), operator, half.into());
        let as_high = Self::All(vec![
            compare(high, Operator::Equal, value >> 32),
            compare(low, operator, value & 0xffff_ffff),
        ]);
        let beyond = match operator {
            Operator::Equal => return as_high,
            Operator::Less | Operator::LessOrEqual => Operator::Less,
            Operator::Greater | Operator::GreaterOrEqual => Operator::Greater,
        };
        Self::Any(vec![compare(high, beyond, value >> 32), as_high])
    }
}
