//! Dimensions that rows are grouped by, and what their keys are called.

use std::fmt;

use super::figures::MAX_DIMENSIONS;
use crate::{
    access::Personal,
    graph::{
        filter::Expression,
        load::{Column, Kind},
    },
};

const KEYS: [&str; MAX_DIMENSIONS] = ["k0", "k1", "k2", "k3", "k4", "k5"];

/// A dimension that rows can be grouped by.
pub struct Dimension {
    /// Enum value, such as `SUPPLIER_PROVINCE`.
    pub name: &'static str,
    pub description: &'static str,
    pub label: Label,
    pub(in crate::graph) grouping: Grouping,
    pub(super) personal: Option<&'static Personal>,
}

/// How the key of a group is computed from a row.
#[derive(Clone, Debug)]
pub(in crate::graph) enum Grouping {
    Value(Expression),
    /// The first characters of a region code, up to this length; null for a shorter code.
    Rung(Expression, usize),
    Part(Expression, Period),
}

/// A calendar period of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Year,
    Quarter,
    Month,
}

/// How the key of a group is labelled.
#[derive(Clone, Debug)]
pub enum Label {
    /// By the key itself.
    Itself,
    /// By the Indonesian word in the description of the value of this enum.
    Vocabulary(String),
    Calendar(Period),
    /// By the name of the row of this noun that has the key.
    Row(&'static str),
    /// By the name of the region with this code.
    RegionName,
}

impl Dimension {
    /// The column of its key when it is the dimension number `nth`, from 0.
    pub(in crate::graph) fn column(&self, nth: usize) -> Column {
        let kind = match &self.grouping {
            Grouping::Value(expression) => expression.kind(),
            Grouping::Rung(..) | Grouping::Part(..) => Kind::Text,
        };
        Column { name: KEYS[nth], index: nth, kind, nullable: true, on_link: false }
    }
}

impl fmt::Debug for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
