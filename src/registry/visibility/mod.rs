//! Visible rows by scope: what is public, what belongs to the regions and parties of a caller, and everything.

mod belonging;

use self::belonging::any;
pub(super) use self::belonging::{
    batch, exists, has_party, in_region, officer_by, person_by, placement, placement_by, program, session,
};
use crate::{
    access::{Granted, Relation, Scope, ViewerScope},
    graph::filter::Condition,
};

/// The visible rows of a noun: those that are `public`; for callers with regions or parties also those that meet one of
/// the conditions in `held`; and for the ministry all.
pub(super) fn of(
    scope: &Scope,
    public: Condition,
    held: impl FnOnce(&Granted) -> Vec<Condition>,
) -> Condition {
    match &scope.viewer {
        ViewerScope::Public => public,
        ViewerScope::Granted(granted) => any([public].into_iter().chain(held(granted))),
        ViewerScope::Ministry => Condition::always(),
    }
}

/// The rows of persons that a scope shows: those to which the caller has one of these relations, and for the ministry all.
pub(super) fn by_relation(
    scope: &Scope,
    relations: &[Relation],
    by: fn(&Granted, Relation) -> Condition,
) -> Condition {
    match &scope.viewer {
        ViewerScope::Public => Condition::never(),
        ViewerScope::Granted(granted) => any(relations.iter().map(|relation| by(granted, *relation))),
        ViewerScope::Ministry => Condition::always(),
    }
}
