//! Conditions on a location.

use async_graphql::MaybeUndefined;
use entity::vocabulary::LocationPrecision;

use super::{Clause, Condition, EnumFilter, Expression, Operator, operand};
use crate::graph::{
    Error, Result,
    load::Column,
    place::{Bounds, GeoBoxInput, GeoPointInput, Place},
};

crate::input_object! {
    /// Conditions on a location; all must hold.
    pub struct LocationFilter = "LocationFilter" => {
        /// Point from which `withinKm` and the sort field `DISTANCE` measure.
        near: MaybeUndefined<GeoPointInput>,
        /// Maximum distance from `near` in km, 0 to 20,038, compared before `distanceKm` is rounded; 0 matches the point
        /// itself. Requires `near`.
        within_km: MaybeUndefined<f64>,
        /// Inside this box, including its edges.
        r#box: MaybeUndefined<GeoBoxInput>,
        /// How exact the location is.
        precision: MaybeUndefined<EnumFilter<LocationPrecision>>,
        /// Has no location (`true`) or has one (`false`).
        is_null: MaybeUndefined<bool>,
    }
}

/// The columns of a row's location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    pub(in crate::graph) latitude: Column,
    pub(in crate::graph) longitude: Column,
    /// Units per degree.
    parts: i64,
    /// The columns of its [`UnitVector`](crate::graph::place::UnitVector): x, y, z.
    pub(in crate::graph) vector: [Column; 3],
    /// The column that says how exact it is.
    precision: Column,
}

impl Location {
    /// A location in thousandths of a degree, the precision that the public sees.
    #[must_use]
    pub fn rounded<C: Into<Column>>(latitude: C, longitude: C, vector: [C; 3], precision: C) -> Self {
        Self::new(latitude, longitude, 1_000, vector, precision)
    }

    /// A location in hundred-thousandths of a degree.
    #[must_use]
    pub fn fine<C: Into<Column>>(latitude: C, longitude: C, vector: [C; 3], precision: C) -> Self {
        Self::new(latitude, longitude, 100_000, vector, precision)
    }

    fn new<C: Into<Column>>(latitude: C, longitude: C, parts: i64, vector: [C; 3], precision: C) -> Self {
        let [latitude, longitude, precision] = [latitude, longitude, precision].map(Into::into);
        Self { latitude, longitude, parts, vector: vector.map(Into::into), precision }
    }

    fn inside(self, bounds: Bounds) -> Condition {
        let Bounds { south, north, west, east, spans_antimeridian } = bounds.in_parts(self.parts);
        let longitude = if spans_antimeridian {
            let bound = |operator, end: i64| Condition::Compare(self.longitude.into(), operator, end.into());
            Condition::Any(vec![bound(Operator::GreaterOrEqual, west), bound(Operator::LessOrEqual, east)])
        } else {
            Condition::between(self.longitude, west, east)
        };
        Condition::between(self.latitude, south, north).and(longitude)
    }
}

impl LocationFilter {
    /// The point from which distances are measured.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for null, or a coordinate out of range.
    pub fn near(&self) -> Result<Option<Place>> {
        operand("near", &self.near)?.map(|point| point.place()).transpose()
    }
}

impl Clause<Location> for LocationFilter {
    fn on(&self, location: Location) -> Result<Condition> {
        let mut all = Condition::always();
        let near = self.near()?;
        if let Some(kilometres) = operand("withinKm", &self.within_km)? {
            let near = near.ok_or_else(|| Error::bad_input("`withinKm` requires `near`"))?;
            let within = Place::within(*kilometres)?;
            // The box is for the index and holds more than the circle; the measure decides.
            all = all.and(location.inside(near.around(*kilometres))).and(Condition::Compare(
                Expression::Distance { to: location, from: near.vector },
                Operator::LessOrEqual,
                within.into(),
            ));
        }
        if let Some(corners) = operand("box", &self.r#box)? {
            all = all.and(location.inside(corners.bounds()?));
        }
        if let Some(precision) = operand("precision", &self.precision)? {
            all = all.and(precision.on(Expression::from(location.precision))?);
        }
        match operand("isNull", &self.is_null)? {
            Some(true) => Ok(all.and(Condition::IsNull(location.latitude.into()))),
            Some(false) => Ok(all.and(Condition::IsNull(location.latitude.into()).negated())),
            None => Ok(all),
        }
    }
}
