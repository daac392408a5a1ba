//! Personal data in questions: a use that the viewer may not make is refused before any statement is written.

use crate::{
    access::{Personal, Use, Viewer},
    graph::{
        Error, Result,
        aggregate::Linked,
        filter::{Clause, Condition, Expression},
    },
};

/// What a condition, an order or a figure is about, where that is personal.
#[derive(Clone, Copy, Debug)]
pub struct Guarded<S> {
    personal: &'static Personal,
    subject: S,
}

/// The subject of a condition, an order or a figure, with the permissions for it.
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

/// What a figure is about: plain, or with the permissions for it.
#[derive(Clone, Debug)]
pub struct Subject<S> {
    pub(in crate::graph) of: S,
    pub(in crate::graph) personal: Option<&'static Personal>,
}

impl<S: Into<Expression>> From<S> for Subject<Expression> {
    fn from(subject: S) -> Self {
        Self { of: subject.into(), personal: None }
    }
}

impl<S: Into<Expression>> From<Guarded<S>> for Subject<Expression> {
    fn from(Guarded { personal, subject }: Guarded<S>) -> Self {
        Self { of: subject.into(), personal: Some(personal) }
    }
}

impl From<Linked> for Subject<Linked> {
    fn from(subject: Linked) -> Self {
        Self { of: subject, personal: None }
    }
}

impl From<Guarded<Linked>> for Subject<Linked> {
    fn from(Guarded { personal, subject }: Guarded<Linked>) -> Self {
        Self { of: subject, personal: Some(personal) }
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
