//! Loads the data for a selection of any depth by one SQL statement, while each resolver asks only for its own data.
//!
//! A noun declares its edges as data ([`Edge`]). A resolver asks for one of them ([`Ask`]). The request's loader
//! ([`Graph`]) collects the questions of all resolvers, and turns each batch into one statement ([`statement`]). The
//! edges that the document selects beneath a field are planned ([`planning`]) and answered by the same statement, so
//! that the resolvers below find their rows already loaded. A plan is only a hint: edges that it lacks are loaded by
//! a second statement.
//!
//! Imports run one way: edge → ask → loader → (planning, statement, decode) → question → table, row, column set.

mod answer;
mod ask;
mod chain;
mod column;
mod column_set;
mod decode;
mod description;
mod edge;
mod json_cell;
mod loader;
mod model;
mod noun;
mod planning;
mod question;
mod record_counts;
mod reference_data;
mod row;
mod rows;
mod selected;
mod selection;
mod statement;
mod table;
mod walk;

pub use ask::Ask;
pub use chain::Chain;
pub use column::{Column, Kind, TableName};
pub use edge::{Many, One, Two};
pub use loader::{Graph, SyntheticRows};
pub use noun::{Noun, Target};
pub use planning::Planner;
pub(in crate::graph) use question::Arguments;
pub use question::{
    Arcs, Between, Direction, Edge, Field, FieldArguments, Fields, Question, Reach, Steps, WALK_BUDGET, Want,
};
pub use record_counts::{RecordCounts, SourceCount};
pub use reference_data::{ReferenceData, ReferenceTable};
pub use row::{AnyRow, Row};
pub use rows::{RowItem, RowList};
pub use selected::Chosen;
pub use selection::DocumentSelection;
pub use statement::{VisibleRows, holds, visible_row};
pub use table::Table;
pub use walk::Walk;
