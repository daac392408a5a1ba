//! Permissions for personal data: who may use which attribute in which way.

use entity::vocabulary::Role;

use super::Viewer;

/// A way to use an attribute in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Select it as a field.
    Read,
    /// Filter by it in a condition.
    Filter,
    /// Filter by it the rows that figures are computed of.
    Narrow,
    /// Use it as a dimension or a measure of figures, or in conditions on them.
    Group,
    /// Sort by it.
    Order,
    /// Look a row up by it.
    LookUp,
}

impl Use {
    /// All uses.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Filter, Self::Narrow, Self::Group, Self::Order, Self::LookUp];

    /// Its name in the record of accesses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Filter => "filter",
            Self::Narrow => "narrow",
            Self::Group => "group",
            Self::Order => "order",
            Self::LookUp => "look up",
        }
    }

    /// The message for a viewer who is not allowed it.
    #[must_use]
    pub fn refusal(self) -> &'static str {
        match self {
            Self::Read => "personal data is not public",
            Self::Filter | Self::Narrow => "personal data is not public and cannot be filtered by",
            Self::Group => "personal data is not public and cannot be aggregated",
            Self::Order => "personal data is not public and cannot be sorted by",
            Self::LookUp => "personal data is not public and cannot be looked up by",
        }
    }
}

/// How a caller belongs to the record of a person. The ministry belongs to every record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A party where the person holds or held an office, or that sent the person to a batch.
    Sender,
    /// A party where the person holds an office at present.
    Employer,
    /// The office of the region of such a party.
    Office,
    /// The organiser or host of a program or batch that the person takes part in.
    Host,
}

/// The viewers that are allowed a use of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Everyone,
    Nobody,
    Ministry,
    /// Analysts, each by an agreement, and the ministry; every question is recorded.
    Analysts,
    /// The ministry, and for each row those who have one of these relations to it.
    Related(&'static [Relation]),
}

impl Audience {
    /// Whether a viewer is admitted, whichever the row.
    fn admits(self, viewer: &Viewer) -> bool {
        match self {
            Self::Everyone => true,
            Self::Nobody => false,
            Self::Ministry | Self::Related(_) => viewer.is_ministry(),
            Self::Analysts => viewer.is_ministry() || viewer.has_role(Role::Analyst),
        }
    }

    /// The relations that admit a viewer to a row.
    #[must_use]
    pub fn relations(self) -> &'static [Relation] {
        match self {
            Self::Related(relations) => relations,
            _ => &[],
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

/// Allowed to the ministry, and not offered in the schema.
pub const MINISTRY: Permission = Permission { who: Audience::Ministry, at: &[] };

/// Allowed to analysts and the ministry, and not offered in the schema.
pub const ANALYSTS: Permission = Permission { who: Audience::Analysts, at: &[] };

/// Allowed to everybody, offered nowhere in the schema.
pub const EVERYONE: Permission = Permission { who: Audience::Everyone, at: &[] };

impl Permission {
    /// Allowed to the ministry, and to those who have one of these relations to the row.
    #[must_use]
    pub const fn related(relations: &'static [Relation]) -> Self {
        Self { who: Audience::Related(relations), at: &[] }
    }

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
    pub narrow: Permission,
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
            narrow: NOBODY,
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
            Use::Narrow => self.narrow,
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
