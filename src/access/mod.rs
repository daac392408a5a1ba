//! Access control and limits: the viewer, permissions for personal data, cost limits, and fair sharing among callers.

mod caller;
mod fair_semaphore;
mod policy;
mod scope;
mod viewer;

use std::time::Duration;

pub use caller::Caller;
pub use fair_semaphore::{FairSemaphore, Full, Permit};
pub use policy::{ANALYSTS, Audience, EVERYONE, MINISTRY, NOBODY, Permission, Personal, Relation, Use};
pub use scope::{AsOf, Granted, RegionCode, Scope, ScopeShape, ViewerScope};
pub use viewer::{Credential, Grant, GrantScope, Identity, MOST_GRANTS, Viewer};

/// The cost limit of one request, by viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostLimits {
    pub anonymous: u32,
}

/// The limits of one export, and of the exports of one caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportLimits {
    /// Points of one export.
    pub cost: u32,
    pub time: Duration,
    /// Bytes of the files that a caller makes and downloads.
    pub bytes: u64,
    /// Exports of a caller in progress.
    pub at_once: usize,
}

impl CostLimits {
    #[must_use]
    pub fn of(self, viewer: &Viewer) -> u32 {
        match viewer {
            Viewer::Anonymous | Viewer::Known(_) => self.anonymous,
        }
    }
}
