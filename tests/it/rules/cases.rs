//! Changes that each break one rule, in a registry without constraints.

mod business;
mod parties;
mod programs;

use simpul::registry::rules::Of;

/// A change of one row that breaks a rule. In its statements `{it}` is the key of that row.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) code: &'static str,
    /// The noun of the row that is touched.
    pub(super) noun: Of,
    /// Selects the key of that row.
    pub(super) row: &'static str,
    pub(super) change: &'static str,
    /// Selects the keys of the offenders after the change; none if it is the changed row.
    pub(super) offenders: Option<&'static str>,
}

const fn case(code: &'static str, noun: Of, row: &'static str, change: &'static str) -> Case {
    Case { code, noun, row, change, offenders: None }
}

impl Case {
    const fn finds(self, offenders: &'static str) -> Self {
        Self { offenders: Some(offenders), ..self }
    }
}

/// Every case; a rule has one at least, and one for each noun that leads to its rows.
pub(super) fn all() -> impl Iterator<Item = &'static Case> {
    let parties = [parties::REGIONS, parties::COOPERATIVES, parties::ACTIVITIES, parties::INSTITUTIONS];
    let programs = [programs::OFFICERS, programs::PROGRAMS, programs::BATCHES, programs::PLACEMENTS];
    let business = [business::PARTNERSHIPS, business::LINKAGES];
    parties.into_iter().chain(programs).chain(business).flatten()
}
