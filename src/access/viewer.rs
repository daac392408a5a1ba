//! The viewer: who a request is executed for, with the roles that grants give.

use std::sync::Arc;

use entity::vocabulary::Role;
use uuid::Uuid;

use super::{Granted, RegionCode, ViewerScope};

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name by which an issuer or a key knows the caller.
    pub subject: String,
    /// The grants in force when the credential was checked.
    pub grants: Vec<Grant>,
    /// When the credential expires, in microseconds since 1970 UTC.
    pub expires_at: Option<i64>,
    /// What identified the caller, which a write looks up again; none for a caller that the program names itself.
    pub credential: Option<Credential>,
}

/// A credential that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An API key, by its id.
    Key(Uuid),
    /// A token, with what its issuer grants.
    Token(Vec<Grant>),
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

    /// Which rows the grants open together: every row for the ministry; for offices what belongs to their regions, and
    /// for cooperatives and institutions what belongs to them.
    #[must_use]
    pub fn scope(&self) -> ViewerScope {
        let (mut regions, mut parties) = (Vec::new(), Vec::new());
        for grant in self.grants() {
            match (grant.role, grant.scope) {
                (Role::Ministry, GrantScope::Everything) => return ViewerScope::Ministry,
                (Role::Registrar, GrantScope::WithinRegion(region)) => regions.push(region),
                (_, GrantScope::Party(party)) => parties.push(party),
                _ => {}
            }
        }
        Granted::scope(regions, parties)
    }

    /// Whether a grant opens the whole registry as the ministry's.
    #[must_use]
    pub fn is_ministry(&self) -> bool {
        let ministry = Grant { role: Role::Ministry, scope: GrantScope::Everything };
        self.grants().contains(&ministry)
    }

    /// Whether a grant gives this role.
    #[must_use]
    pub fn has_role(&self, role: Role) -> bool {
        self.grants().iter().any(|grant| grant.role == role)
    }
}
