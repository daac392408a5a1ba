//! Figures: counts, sums, averages and extremes of the rows of a noun, grouped by dimensions.
//!
//! A noun declares its dimensions and measures as data ([`Figures`]), and the types of the schema are made from it. An
//! aggregate query is a list query whose rows are groups: it is paged, sorted, counted and batched by the same loader.

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

pub(in crate::graph) use figures::{DistinctValues, Grouping, Statistic};

use super::{inline::ResolveInline, load::Noun};

/// A noun with figures.
pub trait Aggregated: Noun {
    /// The output type of a group key.
    type Key: ResolveInline + From<KeyValue>;

    /// The figures of the noun.
    fn figures() -> &'static Figures;
}
