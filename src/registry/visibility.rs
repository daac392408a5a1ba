//! Visible rows by scope: what is public, what a region's office sees besides, and everything.

use crate::{
    access::{Scope, ViewerScope},
    graph::filter::Condition,
};

/// The visible rows of a noun of which no draft belongs to a region: those that are `public`, and for the ministry all.
pub(super) fn public(scope: &Scope, public: Condition) -> Condition {
    match scope.viewer {
        ViewerScope::Public | ViewerScope::Regional(_) => public,
        ViewerScope::Ministry => Condition::always(),
    }
}

/// The visible rows of a noun: those that are `public`, for a region's office also those that `of_region` finds by its
/// code, and for the ministry all.
pub(super) fn of(scope: &Scope, public: Condition, of_region: impl FnOnce(&str) -> Condition) -> Condition {
    match scope.viewer {
        ViewerScope::Public => public,
        ViewerScope::Regional(code) => Condition::Any(vec![public, of_region(code.as_str())]),
        ViewerScope::Ministry => Condition::always(),
    }
}
