//! Who may make which use of personal data.

use super::Viewer;

/// A use of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// As a field.
    Read,
    /// In a condition.
    Filter,
    /// As a dimension or a measure of figures, and in conditions on them.
    Group,
    /// To sort by.
    Order,
    /// As the key of a lookup.
    LookUp,
}

impl Use {
    /// Every use.
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

/// Those who may make a use of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Everyone,
    Nobody,
}

impl Audience {
    fn admits(self, viewer: Viewer) -> bool {
        match (self, viewer) {
            (Self::Everyone, Viewer::Anonymous) => true,
            (Self::Nobody, Viewer::Anonymous) => false,
        }
    }
}

/// Who may make one use of an attribute, and where the schema offers it: `Type.field` or `Enum.VALUE`.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    pub who: Audience,
    pub at: &'static [&'static str],
}

/// A use that nobody may make, offered nowhere.
pub const NOBODY: Permission = Permission { who: Audience::Nobody, at: &[] };

/// A use that everybody may make, offered nowhere.
pub const EVERYONE: Permission = Permission { who: Audience::Everyone, at: &[] };

impl Permission {
    /// The same, offered at these places of the schema.
    #[must_use]
    pub const fn at(self, at: &'static [&'static str]) -> Self {
        Self { at, ..self }
    }
}

/// An attribute of a single natural person, with its permissions.
#[derive(Clone, Copy, Debug)]
pub struct Personal {
    /// What it is, in words.
    pub attribute: &'static str,
    /// The columns, as `table.column`, that hold it for uses that not everybody may make: the public reads none.
    pub columns: &'static [&'static str],
    pub read: Permission,
    pub filter: Permission,
    pub group: Permission,
    pub order: Permission,
    pub look_up: Permission,
}

impl Personal {
    /// An attribute that nobody may use in any way.
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

    /// Whether the viewer may make this use of it.
    ///
    /// # Errors
    /// What to tell a viewer who may not.
    pub fn check(&self, usage: Use, viewer: Viewer) -> Result<(), &'static str> {
        if self.permission(usage).who.admits(viewer) { Ok(()) } else { Err(usage.refusal()) }
    }
}
