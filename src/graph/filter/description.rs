//! Conditions and expressions as short text, for `simpul explain`.

use std::fmt;

use super::{Condition, Expression};
use crate::graph::value::Value;

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) if parts.is_empty() => f.write_str("true"),
            Self::Any(parts) if parts.is_empty() => f.write_str("false"),
            Self::All(parts) => joined(f, parts, " and "),
            Self::Any(parts) => {
                f.write_str("(")?;
                joined(f, parts, " or ")?;
                f.write_str(")")
            }
            Self::Not(part) => write!(f, "not ({part})"),
            Self::Compare(expression, operator, value) => {
                write!(f, "{expression} {} {}", operator.sql(), literal(value))
            }
            Self::In(expression, values) => {
                let values: Vec<String> = values.iter().map(literal).collect();
                write!(f, "{expression} in ({})", values.join(", "))
            }
            Self::IsNull(expression) => write!(f, "{expression} is null"),
            Self::Within(expression, code, _) => write!(f, "{expression} within region '{code}'"),
            Self::WithinAny(expression, codes) => {
                let codes: Vec<String> = codes.iter().map(literal).collect();
                write!(f, "{expression} within the regions ({})", codes.join(", "))
            }
            Self::Contains(column, text) => write!(f, "{} contains '{text}'", column.name),
            Self::Exists(edge, fits) => write!(f, "{} has a row{}", edge.name, only(fits)),
            Self::Computed(expression, tests) => write!(f, "with v = {expression}: ({tests})"),
            Self::Latest { column, within, .. } => {
                write!(f, "{} is the latest of its {}", column.name, within.name)
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(column) => f.write_str(column.name),
            Self::Through(edge, of) => write!(f, "{of} of {}", edge.name),
            Self::Count(edge, fits) => write!(f, "count of {}{}", edge.name, only(fits)),
            Self::SumHigh(edge, fits, column) => {
                write!(f, "upper half of the sum of {} of {}{}", column.name, edge.name, only(fits))
            }
            Self::SumLow(edge, fits, column) => {
                write!(f, "lower half of the sum of {} of {}{}", column.name, edge.name, only(fits))
            }
            Self::Halves(high, low) => write!(f, "{} and {}", high.name, low.name),
            Self::Days(from, to) => write!(f, "days from {} to {}", from.name, to.name),
            Self::Bits(column, mask) => write!(f, "{} & {mask}", column.name),
            Self::Relevance => f.write_str("relevance"),
            Self::Distance { .. } => f.write_str("distance"),
        }
    }
}

/// The condition on related rows, if there is one.
fn only(fits: &Condition) -> String {
    if fits.is_always() { String::new() } else { format!(" where ({fits})") }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Condition], by: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        let by = if at > 0 { by } else { "" };
        write!(f, "{by}{part}")?;
    }
    Ok(())
}

/// A value, with texts in quotes.
pub(in crate::graph) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => format!("'{value}'"),
        Value::Uuid(value) => value.to_string(),
        Value::Date(value) => value.to_string(),
    }
}
