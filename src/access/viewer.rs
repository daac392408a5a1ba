//! The viewer: who a request is executed for, with the roles that grants give.

use std::sync::Arc;

use entity::vocabulary::Role;
use uuid::Uuid;

use super::{RegionCode, ViewerScope};

/// Who a request is executed for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// Anyone; sees public data only.
    #[default]
    Anonymous,
    /// The subject of a valid credential.
    Known(Arc<Identity>),
}

/// The subject of a credential, with its grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name by which an issuer or a key knows the caller.
    pub subject: String,
    /// The grants in force when the credential was checked.
    pub grants: Vec<Grant>,
    /// When the credential expires, in microseconds since 1970 UTC.
    pub expires_at: Option<i64>,
}

/// The most grants of a subject.
pub const MOST_GRANTS: usize = 100;

/// A role within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub scope: GrantScope,
}

/// What a grant is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantScope {
    /// The whole registry.
    Everything,
    /// A region and all regions inside it.
    WithinRegion(RegionCode),
    /// One cooperative or institution, by its key.
    Party(Uuid),
}

impl Viewer {
    /// The grants of the viewer.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Anonymous => &[],
            Self::Known(identity) => &identity.grants,
        }
    }

    /// Which rows the grants open: every row for the ministry, for an office what is drafted in its region. Of several regions
    /// the first is opened.
    #[must_use]
    pub fn scope(&self) -> ViewerScope {
        let opened = |grant: &Grant| match (grant.role, grant.scope) {
            (Role::Ministry, GrantScope::Everything) => Some(ViewerScope::Ministry),
            (Role::Registrar, GrantScope::WithinRegion(region)) => Some(ViewerScope::Regional(region)),
            _ => None,
        };
        let mut opened = self.grants().iter().filter_map(opened);
        let first = opened.next().unwrap_or_default();
        if opened.any(|scope| scope == ViewerScope::Ministry) { ViewerScope::Ministry } else { first }
    }
}
