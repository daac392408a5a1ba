//! Compares columns with numbers of any size, and sums beyond 64 bits by their halves.

use super::{Condition, Expression, Operator};
use crate::graph::load::Column;

/// Bits of the lower half of a sum.
const HALF: u32 = 32;

impl Condition {
    /// Compares an expression with a number of any size. Only sums have more than 64 bits.
    pub(in crate::graph) fn of_number(of: Expression, operator: Operator, number: i128) -> Self {
        match (i64::try_from(number), of) {
            (Ok(number), of) => Self::Compare(of, operator, number.into()),
            (Err(_), Expression::Halves(high, low)) => Self::of_halves(high, low, operator, number),
            (Err(_), of) => match (operator, number > 0) {
                (Operator::Less | Operator::LessOrEqual, true)
                | (Operator::Greater | Operator::GreaterOrEqual, false) => Self::IsNull(of).negated(),
                _ => Self::never(),
            },
        }
    }

    /// Compares a sum, given by its halves, with a number.
    pub(in crate::graph) fn of_halves(high: Column, low: Column, operator: Operator, number: i128) -> Self {
        let compare =
            |column: Column, operator, half: i64| Self::Compare(column.into(), operator, half.into());
        // No sum has more than 96 bits.
        let (upper, lower) = match i64::try_from(number >> HALF) {
            Ok(upper) => (upper, i64::try_from(number & 0xffff_ffff).unwrap_or_default()),
            Err(_) if number > 0 => (i64::MAX, 0xffff_ffff),
            Err(_) => (i64::MIN, 0),
        };
        let as_high = Self::All(vec![compare(high, Operator::Equal, upper), compare(low, operator, lower)]);
        let beyond = match operator {
            Operator::Equal => return as_high,
            Operator::Less | Operator::LessOrEqual => Operator::Less,
            Operator::Greater | Operator::GreaterOrEqual => Operator::Greater,
        };
        Self::Any(vec![compare(high, beyond, upper), as_high])
    }
}
