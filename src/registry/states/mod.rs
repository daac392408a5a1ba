//! State machines of the nouns as data: which verb changes a status, from what to what.
//!
//! The states are the words of a vocabulary of `entity`. `docs/states.md` draws them ([`markdown`]).

mod application;
mod batch;
mod business_unit;
mod cooperative;
mod linkage;
mod markdown;
mod officer;
mod partnership;
mod placement;
mod program;

use async_graphql::InputType;
use sea_orm::{ActiveEnum, Iterable};

pub use self::{
    application::APPLICATION, batch::BATCH, business_unit::BUSINESS_UNIT, cooperative::COOPERATIVE,
    linkage::LINKAGE, markdown::markdown, officer::OFFICER, partnership::PARTNERSHIP, placement::PLACEMENT,
    program::PROGRAM,
};

/// The state machine of a noun whose status is an `S`.
///
/// A verb that leads from one state to several chooses by the row: a placement that is confirmed waits if its batch is
/// full.
#[derive(Debug)]
pub struct Machine<S: 'static> {
    /// GraphQL name of the noun.
    pub noun: &'static str,
    /// The verbs that make a row, and the state that it then has.
    pub starts: &'static [(&'static str, S)],
    /// What callers do: from, verb, to.
    pub verbs: &'static [(S, &'static str, S)],
    /// What the clock or a counter does, logged with the actor `system`: from, verb, to.
    pub system: &'static [(S, &'static str, S)],
}

impl<S: Copy + PartialEq + 'static> Machine<S> {
    /// The states that a caller's verb may lead to; none where it is not possible.
    pub fn after(&self, from: S, verb: &str) -> impl Iterator<Item = S> {
        self.verbs.iter().filter(move |arrow| arrow.0 == from && arrow.1 == verb).map(|arrow| arrow.2)
    }

    /// The verbs that are possible for callers in a state, each once, in the order of their declaration.
    #[must_use]
    pub fn possible(&self, from: S) -> Vec<&'static str> {
        let mut possible = Vec::new();
        for (_, verb, _) in self.verbs.iter().filter(|arrow| arrow.0 == from) {
            if !possible.contains(verb) {
                possible.push(*verb);
            }
        }
        possible
    }
}

/// A state machine with its states as the API writes them.
#[derive(Clone, Debug)]
pub struct Diagram {
    /// GraphQL name of the noun.
    pub noun: &'static str,
    /// GraphQL name of the vocabulary.
    pub vocabulary: String,
    /// Every word of the vocabulary.
    pub states: Vec<String>,
    pub arrows: Vec<Arrow>,
}

/// One way for a state to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Nothing where the verb makes the row.
    pub from: Option<String>,
    pub verb: &'static str,
    pub to: String,
    /// Whether the clock or a counter does it, and no caller.
    pub by_system: bool,
}

impl<S> From<&Machine<S>> for Diagram
where
    S: ActiveEnum<Value = String> + Iterable + InputType + 'static,
{
    fn from(machine: &Machine<S>) -> Self {
        let arrow = |by_system| {
            move |(from, verb, to): &(S, &'static str, S)| Arrow {
                from: Some(word(from)),
                verb,
                to: word(to),
                by_system,
            }
        };
        let start =
            |(verb, to): &(&'static str, S)| Arrow { from: None, verb, to: word(to), by_system: false };
        Self {
            noun: machine.noun,
            vocabulary: S::type_name().into_owned(),
            states: S::iter().map(|state| word(&state)).collect(),
            arrows: machine
                .starts
                .iter()
                .map(start)
                .chain(machine.verbs.iter().map(arrow(false)))
                .chain(machine.system.iter().map(arrow(true)))
                .collect(),
        }
    }
}

/// A state as the API and the database write it.
fn word<S: ActiveEnum<Value = String>>(state: &S) -> String {
    state.to_value()
}

/// Every state machine.
#[must_use]
pub fn all() -> Vec<Diagram> {
    vec![
        (&COOPERATIVE).into(),
        (&OFFICER).into(),
        (&BUSINESS_UNIT).into(),
        (&PARTNERSHIP).into(),
        (&PROGRAM).into(),
        (&BATCH).into(),
        (&PLACEMENT).into(),
        (&APPLICATION).into(),
        (&LINKAGE).into(),
    ]
}
