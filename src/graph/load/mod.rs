//! The heart: a selection of any depth, answered by plain resolvers at the cost of one statement.
//!
//! A noun declares its edges as data ([`Edge`]). A resolver asks for one of them ([`Ask`]); the request's one loader
//! ([`Graph`]) gathers what all resolvers ask for, and a batch becomes one statement ([`statement`]). What the
//! document selects beneath ([`plan`]) travels with the question and is answered in the same statement, so that the
//! resolvers below find their rows already there. The plan is only a hint: when it misjudges, the same loader asks
//! again, with a list of keys.

mod arguments;
mod ask;
mod cell;
mod census;
mod chain;
mod columns;
mod decode;
mod edge;
mod ends;
mod fixed;
mod group;
mod loader;
mod mask;
mod masked;
mod outline;
mod page;
mod pending;
mod plan;
mod resident;
mod row;
mod statement;
mod table;
mod walk;

pub use arguments::Arguments;
pub(in crate::graph) use ask::Args;
pub use ask::Ask;
pub use census::{Census, Counted};
pub use chain::{Between, Chain, Direction};
pub use edge::{Edge, Many, One, Reach};
pub use ends::Ends;
pub use loader::{Graph, Planner, Want};
pub use outline::Outline;
pub use page::{Item, Page};
pub use plan::Chosen;
pub use resident::{Residents, Rows};
pub use row::{AnyRow, Noun, Row, Target};
pub use statement::{VisibleRows, holds};
pub use table::{Column, Field, Kind, Table, TableName};
pub use walk::{Arcs, Steps, WALK_BUDGET, Walk};
