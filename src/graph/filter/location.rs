//! Conditions on a place on the map.

use async_graphql::{InputObject, MaybeUndefined};

use super::{Clause, Condition, Expression, Operator, operand};
use crate::graph::{
    Error, Result,
    load::Column,
    place::{Bounds, GeoBoxInput, GeoPointInput, Place},
};

/// Conditions on a place on the map; all must hold.
#[derive(Clone, Debug, InputObject)]
pub struct LocationFilter {
    /// Measure from here; the order DISTANCE does too.
    near: MaybeUndefined<GeoPointInput>,
    /// At most so many km from `near`.
    within_km: MaybeUndefined<f64>,
    /// Inside this box, its edges included.
    r#box: MaybeUndefined<GeoBoxInput>,
    /// Has no place, or has one.
    is_null: MaybeUndefined<bool>,
}

/// Where a row keeps its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    pub(in crate::graph) latitude: Column,
    pub(in crate::graph) longitude: Column,
    /// In how many parts of a degree.
    pub(in crate::graph) parts: i32,
}

impl Location {
    /// In thousandths of a degree, as the public sees them.
    #[must_use]
    pub fn rounded(latitude: impl Into<Column>, longitude: impl Into<Column>) -> Self {
        Self { latitude: latitude.into(), longitude: longitude.into(), parts: 1_000 }
    }

    /// In hundred-thousandths of a degree.
    #[must_use]
    pub fn fine(latitude: impl Into<Column>, longitude: impl Into<Column>) -> Self {
        Self { latitude: latitude.into(), longitude: longitude.into(), parts: 100_000 }
    }

    fn inside(self, bounds: Bounds) -> Condition {
        let latitude = Condition::between(self.latitude, bounds.south, bounds.north);
        latitude.and(Condition::between(self.longitude, bounds.west, bounds.east))
    }
}

impl LocationFilter {
    /// Where distances are measured from.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for null, or off the globe.
    pub fn near(&self) -> Result<Option<Place>> {
        operand("near", &self.near)?.map(|point| point.place()).transpose()
    }
}

impl Clause<Location> for LocationFilter {
    fn on(&self, location: Location) -> Result<Condition> {
        let mut all = Condition::always();
        let near = self.near()?;
        if let Some(kilometres) = operand("withinKm", &self.within_km)? {
            let near = near.ok_or_else(|| Error::bad_input("`withinKm` needs a `near` to measure from"))?;
            let within = Place::within(*kilometres)?;
            // The box is for the index, the measure for the truth.
            all = all.and(location.inside(near.around(*kilometres, location.parts))).and(Condition::Compare(
                Expression::Distance { to: location, from: near },
                Operator::LessOrEqual,
                within.into(),
            ));
        }
        if let Some(corners) = operand("box", &self.r#box)? {
            all = all.and(location.inside(corners.bounds(location.parts)?));
        }
        match operand("isNull", &self.is_null)? {
            Some(true) => Ok(all.and(Condition::IsNull(location.latitude.into()))),
            Some(false) => Ok(all.and(Condition::IsNull(location.latitude.into()).negated())),
            None => Ok(all),
        }
    }
}
