//! Figures: counts, sums, averages and extremes of a noun's rows, grouped as the caller likes.
//!
//! A noun declares as data what its rows can be grouped by and what can be measured of them ([`Figures`]); the types of
//! the schema are made from that. A question for figures is a question for a list whose rows are groups: it is paged,
//! sorted, counted and batched by the same loader.

mod exact;
mod figures;
mod grouped;
mod having;
mod input;
mod output;

pub use figures::{Amount, Dimension, Figures, Label, Linked, Measure, Period};
pub use grouped::{FigureRow, Grouped};
pub use having::FiguresWhere;
pub use input::{DimensionInput, FiguresOrder, Wishes};
pub use output::{FiguresPage, FiguresRow, KeyValue};

pub(in crate::graph) use figures::{Counted, Grouping, Statistic};

use super::{lean::Leanly, load::Noun};

/// A noun of whose rows figures can be taken.
pub trait Aggregated: Noun {
    /// How one key of a group is shown.
    type Key: Leanly + From<KeyValue>;

    /// What can be asked.
    fn figures() -> &'static Figures;
}
