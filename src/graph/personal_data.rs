//! Access control for personal data in conditions, orders and figures: a use that the viewer is not allowed is refused before a
//! statement is written.

use crate::{
    access::{Personal, Use, Viewer},
    graph::{
        Error, Result,
        aggregate::Linked,
        filter::{Clause, Condition, Expression},
    },
};

/// A personal attribute as the subject of a condition, an order or a figure.
#[derive(Clone, Copy, Debug)]
pub struct Guarded<S> {
    personal: &'static Personal,
    subject: S,
}

/// Wraps the subject of a condition, an order or a figure with its permissions.
#[must_use]
pub fn guarded<S>(personal: &'static Personal, subject: S) -> Guarded<S> {
    Guarded { personal, subject }
}

impl<S: Into<Expression>> Guarded<S> {
    /// The expressions to sort by.
    ///
    /// # Errors
    /// `FORBIDDEN` when the viewer is not allowed to sort by it.
    pub fn order(self) -> Result<Vec<Expression>> {
        permit(self.personal, Use::Order)?;
        Ok(vec![self.subject.into()])
    }
}

/// The subject of a figure: public, or with permissions.
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

/// Checks that this use of an attribute is allowed. Every viewer is anonymous so far.
///
/// # Errors
/// `FORBIDDEN` when it is not allowed.
pub fn permit(personal: &Personal, usage: Use) -> Result<()> {
    personal.check(usage, &Viewer::Anonymous).map_err(Error::Forbidden)
}
