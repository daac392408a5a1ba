//! Access control for personal data in conditions, orders and figures: a use that the viewer is not allowed is refused before a
//! statement is written.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::task_local;

use crate::{
    access::{Audience, Personal, Use, Viewer},
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

/// Who asks a request, and which personal data it uses beyond what is public and beyond single rows.
#[derive(Clone, Debug, Default)]
pub struct Asker(Arc<Asking>);

#[derive(Debug, Default)]
struct Asking {
    viewer: Viewer,
    used: Mutex<BTreeSet<PersonalUse>>,
}

/// An attribute, and how it was used.
pub type PersonalUse = (&'static str, Use);

task_local! {
    /// Who asks the request that this task executes. Arguments become conditions without the request's context.
    static ASKER: Asker;
    /// Set while the conditions of figures are converted.
    static IN_FIGURES: ();
}

impl Asker {
    #[must_use]
    pub fn new(viewer: Viewer) -> Self {
        Self(Arc::new(Asking { viewer, used: Mutex::default() }))
    }

    /// Executes a request on behalf of the asker. Whatever is executed outside is asked by the public.
    pub async fn execute<T>(&self, execution: impl Future<Output = T>) -> T {
        ASKER.scope(self.clone(), execution).await
    }

    /// The uses of personal data so far that are not open to everyone.
    #[must_use]
    pub fn used(&self) -> Vec<PersonalUse> {
        self.0.used.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    fn permit(&self, personal: &'static Personal, usage: Use) -> Result<()> {
        personal.check(usage, &self.0.viewer).map_err(Error::Forbidden)?;
        if personal.permission(usage).who != Audience::Everyone {
            let mut used = self.0.used.lock().unwrap_or_else(PoisonError::into_inner);
            used.insert((personal.attribute, usage));
        }
        Ok(())
    }
}

/// Converts arguments as those of the public.
pub(in crate::graph) fn as_public<T>(convert: impl FnOnce() -> T) -> T {
    ASKER.sync_scope(Asker::default(), convert)
}

/// Converts the conditions on the rows that figures are computed of.
pub(in crate::graph) fn in_figures<T>(convert: impl FnOnce() -> T) -> T {
    IN_FIGURES.sync_scope((), convert)
}

/// Checks that the asker of the request is allowed this use of an attribute, and notes it.
///
/// # Errors
/// `FORBIDDEN` when it is not allowed.
pub fn permit(personal: &'static Personal, usage: Use) -> Result<()> {
    let asker = ASKER.try_with(Asker::clone).unwrap_or_default();
    let narrows = usage == Use::Filter && IN_FIGURES.try_with(|()| ()).is_ok();
    if narrows && asker.permit(personal, Use::Narrow).is_ok() {
        return Ok(());
    }
    asker.permit(personal, usage)
}
