//! Loading: a selection of any depth, resolved by plain resolvers and answered by one SQL statement.
//!
//! A noun declares its edges as data ([`Edge`]). A resolver asks for one of them ([`Ask`]); the request's loader
//! ([`Graph`]) collects what all resolvers ask for, and a batch becomes one statement ([`statement`]). What the document
//! selects beneath a field is planned ([`planning`]) and answered by the same statement, so that the resolvers below find
//! their rows already loaded. A plan is only a hint: what it lacks is loaded by a second statement.
//!
//! Imports run one way: edge → ask → loader → (planning, statement, decode) → question → table, row, mask.

mod answer;
mod ask;
mod census;
mod chain;
mod column;
mod decode;
mod edge;
mod ends;
mod json_cell;
mod loader;
mod mask;
mod model;
mod noun;
mod planning;
mod question;
mod resident;
mod row;
mod rows;
mod selected;
mod selection;
mod statement;
mod table;
mod walk;

pub use ask::Ask;
pub use census::{Census, Counted};
pub use chain::Chain;
pub use column::{Column, Kind, TableName};
pub use edge::{Many, One};
pub use ends::Ends;
pub use loader::Graph;
pub use noun::{Noun, Target};
pub use planning::Planner;
pub(in crate::graph) use question::Arguments;
pub use question::{
    Arcs, Between, Direction, Edge, Field, FieldArguments, Fields, Question, Reach, Steps, WALK_BUDGET, Want,
};
pub use resident::{Residents, Rows};
pub use row::{AnyRow, Row};
pub use rows::{RowItem, RowList};
pub use selected::Chosen;
pub use selection::DocumentSelection;
pub use statement::{VisibleRows, holds};
pub use table::Table;
pub use walk::Walk;
