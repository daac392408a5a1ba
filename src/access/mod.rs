//! Who may, and how much: the viewer, the permissions for personal data, limits, and what callers share. Roles join
//! them with tokens.

mod caller;
mod policy;
mod scope;
mod shares;

pub use caller::Caller;
pub use policy::{Audience, EVERYONE, NOBODY, Permission, Personal, Use};
pub use scope::{AsOf, RegionCode, Scope, Shape, ViewerScope};
pub use shares::{Full, Permit, Shares};

/// Who is asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Anyone; sees what the law makes public.
    #[default]
    Anonymous,
}

/// What one request may cost, by who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostLimits {
    pub anonymous: u32,
}

impl CostLimits {
    #[must_use]
    pub fn of(self, viewer: Viewer) -> u32 {
        match viewer {
            Viewer::Anonymous => self.anonymous,
        }
    }
}
