//! Permissions for personal data: who may use which attribute in which way.

use super::Viewer;

/// A way to use an attribute in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Select it as a field.
    Read,
    /// Filter by it in a condition.
    Filter,
    /// Use it as a dimension or a measure of figures, or in conditions on them.
    Group,
    /// Sort by it.
    Order,
    /// Look a row up by it.
    LookUp,
}

impl Use {
    /// All uses.
    pub const ALL: [Self; 5] = [Self::Read, Self::Filter, Self::Group, Self::Order, Self::LookUp];

    fn refusal(self) -> &'static str {
        match self {
            Self::Read => "personal data is not public",
            Self::Filter => "personal data is not public and cannot be filtered by",
            Self::Group => "personal data is not public and cannot be aggregated",
            Self::Order => "personal data is not public and cannot be sorted by",
            Self::LookUp => "personal data is not public and cannot be looked up by",
        }
    }
}

/// The viewers that are allowed a use of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Everyone,
    Nobody,
}

impl Audience {
    fn admits(self, _: &Viewer) -> bool {
        match self {
            Self::Everyone => true,
            Self::Nobody => false,
        }
    }
}

/// The permission for one use of an attribute, and the places of the schema that offer the use: `Type.field` or
/// `Enum.VALUE`.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    pub who: Audience,
    pub at: &'static [&'static str],
}

/// Allowed to no one, and not offered in the schema.
pub const NOBODY: Permission = Permission { who: Audience::Nobody, at: &[] };

/// Allowed to everybody, offered nowhere in the schema.
pub const EVERYONE: Permission = Permission { who: Audience::Everyone, at: &[] };

impl Permission {
    /// The same permission, for a use that is offered at these places of the schema.
    #[must_use]
    pub const fn at(self, at: &'static [&'static str]) -> Self {
        Self { at, ..self }
    }
}

/// An attribute of a single natural person, with its permissions.
#[derive(Clone, Copy, Debug)]
pub struct Personal {
    /// Name of the attribute.
    pub attribute: &'static str,
    /// The columns, as `table.column`, that hold it. The public reads none of them, unless a use is allowed to
    /// everybody.
    pub columns: &'static [&'static str],
    pub read: Permission,
    pub filter: Permission,
    pub group: Permission,
    pub order: Permission,
    pub look_up: Permission,
}

impl Personal {
    /// An attribute without any permission, until permissions are added.
    #[must_use]
    pub const fn hidden(attribute: &'static str, columns: &'static [&'static str]) -> Self {
        Self {
            attribute,
            columns,
            read: NOBODY,
            filter: NOBODY,
            group: NOBODY,
            order: NOBODY,
            look_up: NOBODY,
        }
    }

    /// The permission for one use.
    #[must_use]
    pub fn permission(&self, usage: Use) -> Permission {
        match usage {
            Use::Read => self.read,
            Use::Filter => self.filter,
            Use::Group => self.group,
            Use::Order => self.order,
            Use::LookUp => self.look_up,
        }
    }

    /// Checks whether the viewer is allowed this use.
    ///
    /// # Errors
    /// The message for a viewer who is not allowed it.
    pub fn check(&self, usage: Use, viewer: &Viewer) -> Result<(), &'static str> {
        if self.permission(usage).who.admits(viewer) { Ok(()) } else { Err(usage.refusal()) }
    }
}
