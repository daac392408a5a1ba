//! Figures: counts, sums, averages, extremes and percentiles of the rows of a noun, grouped by dimensions.
//!
//! A noun declares its dimensions and measures as data ([`Figures`]), and the types of the schema are made from it. An
//! aggregate query is a list query whose rows are groups: it is paged, sorted, counted and batched by the same loader.

mod dimension;
mod exact;
mod figures;
mod grouped;
mod having;
mod identity;
mod input;
mod measure;
mod output;
mod statistic;
mod taken;

pub use dimension::{Dimension, Label, Period};
pub use figures::{Figures, Linked};
pub use grouped::{FigureRow, Grouped};
pub use having::FiguresWhere;
pub use input::{DimensionInput, FiguresOrder, Wishes};
pub use measure::{Amount, Measure};
pub use output::{FiguresPage, FiguresRow, KeyValue};

pub(in crate::graph) use dimension::Grouping;
pub(in crate::graph) use figures::DistinctValues;
pub(in crate::graph) use measure::Measured;
pub use statistic::NullReason;
pub(in crate::graph) use statistic::{Percentile, Statistic};

use super::{inline::ResolveInline, load::Noun};

/// A noun with figures.
pub trait Aggregated: Noun {
    /// The output type of a group key.
    type Key: ResolveInline + From<KeyValue>;

    /// The figures of the noun.
    fn figures() -> &'static Figures;
}
