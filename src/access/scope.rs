//! Scope: which rows a request may see, and as of when. Every statement is written for one scope.

/// Which rows a request may see: those that the viewer's scope opens, as of a point in time.
///
/// A statement's text depends on the [`ScopeShape`] of the scope only; codes of regions and ids of parties are bound values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    pub viewer: ViewerScope,
    pub as_of: AsOf,
}

/// Which rows a viewer may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ViewerScope {
    /// What the law makes public.
    #[default]
    Public,
    /// What is public, and the drafts of agreements and programs in one region.
    Regional(RegionCode),
    /// Every row, drafts included: the ministry's scope.
    Ministry,
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
    Regional,
    Ministry,
}

impl ScopeShape {
    /// Every shape, in the order of [`ScopeShape::index`].
    pub const ALL: [Self; 3] = [Self::Public, Self::Regional, Self::Ministry];

    /// Its place in [`ScopeShape::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// A scope of this shape.
    #[must_use]
    pub fn example(self) -> Scope {
        let viewer = match self {
            Self::Public => ViewerScope::Public,
            Self::Regional => ViewerScope::Regional(RegionCode::default()),
            Self::Ministry => ViewerScope::Ministry,
        };
        Scope { viewer, as_of: AsOf::Now }
    }
}

impl Scope {
    /// The shape of this scope.
    #[must_use]
    pub fn shape(&self) -> ScopeShape {
        match (self.viewer, self.as_of) {
            (ViewerScope::Public, AsOf::Now) => ScopeShape::Public,
            (ViewerScope::Regional(_), AsOf::Now) => ScopeShape::Regional,
            (ViewerScope::Ministry, AsOf::Now) => ScopeShape::Ministry,
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
        matches!(self.viewer, ViewerScope::Regional(_))
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
    use super::{RegionCode, ScopeShape};

    #[test]
    fn each_shape_has_an_example_of_its_own() {
        for (index, shape) in ScopeShape::ALL.into_iter().enumerate() {
            assert_eq!((shape.index(), shape.example().shape()), (index, shape));
        }
    }

    #[test]
    fn a_region_code_holds_digits_and_dots() {
        assert_eq!(RegionCode::new("32.04.05.2001").unwrap().as_str(), "32.04.05.2001");
        for wrong in ["32.04.05.20011", "3a", "32/"] {
            assert_eq!(RegionCode::new(wrong), None, "{wrong}");
        }
    }
}
