//! Personal data in questions: a use that the viewer may not make is refused before any statement is written.

use crate::{
    access::{Personal, Use, Viewer},
    graph::{
        Error, Result,
        filter::{Clause, Condition, Expression},
    },
};

/// What a condition or an order is about, where that is personal.
#[derive(Clone, Copy, Debug)]
pub struct Guarded<S> {
    personal: &'static Personal,
    subject: S,
}

/// The subject of a condition or an order, with the permissions for it.
#[must_use]
pub fn guarded<S>(personal: &'static Personal, subject: S) -> Guarded<S> {
    Guarded { personal, subject }
}

impl<S: Into<Expression>> Guarded<S> {
    /// What is sorted by it.
    ///
    /// # Errors
    /// `FORBIDDEN` where the viewer may not sort by it.
    pub fn order(self) -> Result<Vec<Expression>> {
        permit(self.personal, Use::Order)?;
        Ok(vec![self.subject.into()])
    }
}

impl<S, T: Clause<S>> Clause<Guarded<S>> for T {
    fn on(&self, guarded: Guarded<S>) -> Result<Condition> {
        permit(guarded.personal, Use::Filter)?;
        self.on(guarded.subject)
    }
}

/// Whether this use may be made of an attribute. Every viewer is anonymous so far.
///
/// # Errors
/// `FORBIDDEN` where it may not.
pub fn permit(personal: &Personal, usage: Use) -> Result<()> {
    personal.check(usage, Viewer::Anonymous).map_err(Error::Forbidden)
}
