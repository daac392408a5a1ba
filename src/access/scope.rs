//! Scope: which rows a request may see, and as of when. Every statement is written for one scope.

use std::sync::Arc;

use uuid::Uuid;

/// Which rows a request may see: those that the viewer's scope opens, as of a point in time.
///
/// A statement's text depends on the [`ScopeShape`] of the scope only; codes of regions and keys of parties are bound
/// as lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    pub viewer: ViewerScope,
    pub as_of: AsOf,
}

/// Which rows a viewer may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ViewerScope {
    /// What the law makes public.
    #[default]
    Public,
    /// What is public, and what belongs to some regions and parties.
    Granted(Arc<Granted>),
    /// Every row, drafts included: the ministry's scope.
    Ministry,
}

/// The regions and parties that all grants of a viewer open together, each sorted and without duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Granted {
    regions: Vec<RegionCode>,
    parties: Vec<Uuid>,
}

impl Granted {
    /// The scope of these regions and parties; the public's where there are none.
    #[must_use]
    pub fn scope(mut regions: Vec<RegionCode>, mut parties: Vec<Uuid>) -> ViewerScope {
        if regions.is_empty() && parties.is_empty() {
            return ViewerScope::Public;
        }
        regions.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
        regions.dedup();
        parties.sort_unstable();
        parties.dedup();
        ViewerScope::Granted(Arc::new(Self { regions, parties }))
    }

    /// Codes of regions whose offices the viewer acts for.
    #[must_use]
    pub fn regions(&self) -> &[RegionCode] {
        &self.regions
    }

    /// Keys of cooperatives and institutions that the viewer acts for.
    #[must_use]
    pub fn parties(&self) -> &[Uuid] {
        &self.parties
    }
}

/// The point in time whose rows are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AsOf {
    /// The rows as they are now.
    #[default]
    Now,
}

/// The part of a scope that decides the text of statements. Data that is cached across requests is cached for each shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeShape {
    Public,
    /// Of regions only.
    Regions,
    /// Of parties only.
    Parties,
    RegionsAndParties,
    Ministry,
}

impl ScopeShape {
    /// Every shape, in the order of [`ScopeShape::index`].
    pub const ALL: [Self; 5] =
        [Self::Public, Self::Regions, Self::Parties, Self::RegionsAndParties, Self::Ministry];

    /// Its place in [`ScopeShape::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// A scope of this shape.
    #[must_use]
    pub fn example(self) -> Scope {
        let granted = |regions: usize, parties: usize| {
            Granted::scope(vec![RegionCode::default(); regions], vec![Uuid::nil(); parties])
        };
        let viewer = match self {
            Self::Public => ViewerScope::Public,
            Self::Regions => granted(1, 0),
            Self::Parties => granted(0, 1),
            Self::RegionsAndParties => granted(1, 1),
            Self::Ministry => ViewerScope::Ministry,
        };
        Scope { viewer, as_of: AsOf::Now }
    }
}

impl Scope {
    /// The shape of this scope.
    #[must_use]
    pub fn shape(&self) -> ScopeShape {
        let Self { viewer, as_of: AsOf::Now } = self;
        match viewer {
            ViewerScope::Public => ScopeShape::Public,
            ViewerScope::Ministry => ScopeShape::Ministry,
            ViewerScope::Granted(granted) => match (granted.regions.is_empty(), granted.parties.is_empty()) {
                (true, true) => ScopeShape::Public,
                (false, true) => ScopeShape::Regions,
                (true, false) => ScopeShape::Parties,
                (false, false) => ScopeShape::RegionsAndParties,
            },
        }
    }

    /// Whether it shows what everybody may see.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.shape() == ScopeShape::Public
    }

    /// Whether scopes of this shape differ by values, which statements bind again for each request.
    #[must_use]
    pub fn has_values(&self) -> bool {
        matches!(self.viewer, ViewerScope::Granted(_))
    }

    /// Whether rows are read as they are now, so that reference data in memory may answer.
    #[must_use]
    pub fn is_now(&self) -> bool {
        self.as_of == AsOf::Now
    }
}

impl From<ViewerScope> for Scope {
    fn from(viewer: ViewerScope) -> Self {
        Self { viewer, as_of: AsOf::Now }
    }
}

/// The code of a region, such as `32` or `32.04`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RegionCode {
    bytes: [u8; RegionCode::LONGEST],
    length: u8,
}

impl RegionCode {
    /// The length of a village's code, the longest there is.
    const LONGEST: usize = 13;

    /// A code of digits and dots; none for any other text.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let well_formed = code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let length = u8::try_from(code.len()).ok().filter(|_| well_formed && code.len() <= Self::LONGEST)?;
        let mut bytes = [0; Self::LONGEST];
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        Some(Self { bytes, length })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length.into()]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Granted, RegionCode, ScopeShape, ViewerScope};

    #[test]
    fn each_shape_has_an_example_of_its_own() {
        for (index, shape) in ScopeShape::ALL.into_iter().enumerate() {
            assert_eq!((shape.index(), shape.example().shape()), (index, shape));
        }
    }

    #[test]
    fn the_order_and_number_of_grants_do_not_matter() {
        let codes = |codes: &[&str]| codes.iter().map(|code| RegionCode::new(code).unwrap()).collect();
        let [one, other] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let scope = Granted::scope(codes(&["32", "33.01", "32"]), vec![other, one, other]);
        assert_eq!(scope, Granted::scope(codes(&["33.01", "32"]), vec![one, other]));
        assert_eq!(Granted::scope(Vec::new(), Vec::new()), ViewerScope::Public);
    }

    #[test]
    fn a_region_code_holds_digits_and_dots() {
        assert_eq!(RegionCode::new("32.04.05.2001").unwrap().as_str(), "32.04.05.2001");
        for wrong in ["32.04.05.20011", "3a", "32/"] {
            assert_eq!(RegionCode::new(wrong), None, "{wrong}");
        }
    }
}
