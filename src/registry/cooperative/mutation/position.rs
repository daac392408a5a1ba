//! Where a cooperative is: its point, how exact it is, and the position on the unit sphere that follows.

use entity::{
    cooperative::{ActiveModel, Model},
    vocabulary::LocationPrecision,
};
use sea_orm::Set;

use crate::{
    graph::place::{GeoPointInput, UnitVector},
    registry::write::{Faults, UserErrorCode},
};

/// A location, in thousandths of a degree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    latitude: i32,
    longitude: i32,
    precision: LocationPrecision,
}

impl Position {
    /// The location in an input: that of the office, unless it says otherwise.
    pub(super) fn read(
        faults: &mut Faults,
        point: GeoPointInput,
        precision: Option<LocationPrecision>,
    ) -> Option<Self> {
        let Some([latitude, longitude]) = point.thousandths() else {
            let (en, id) = (
                "latitude is -90 to 90, longitude -180 to 180",
                "lintang -90 sampai 90, bujur -180 sampai 180",
            );
            faults.add(UserErrorCode::OutOfRange, "location", en, id);
            return None;
        };
        Some(Self { latitude, longitude, precision: precision.unwrap_or(LocationPrecision::Office) })
    }

    /// The location of a row.
    pub(super) fn of(row: &Model) -> Option<Self> {
        let (latitude, longitude) = (row.latitude_e3?, row.longitude_e3?);
        Some(Self { latitude, longitude, precision: row.location_precision? })
    }

    /// The same location, of another precision.
    pub(super) fn with(self, precision: LocationPrecision) -> Self {
        Self { precision, ..self }
    }

    /// Whether it is that of the office, and not of the region.
    pub(super) fn is_exact(self) -> bool {
        self.precision == LocationPrecision::Office
    }
}

/// Sets the location of a row with all columns that follow from it.
pub(super) fn set(row: &mut ActiveModel, position: Option<Position>) {
    let sphere = position.map(|at| UnitVector::of_parts(at.latitude, at.longitude, 1_000));
    row.latitude_e3 = Set(position.map(|at| at.latitude));
    row.longitude_e3 = Set(position.map(|at| at.longitude));
    row.location_precision = Set(position.map(|at| at.precision));
    row.location_approximate = Set(position.map(|at| !at.is_exact()));
    row.sphere_x_e9 = Set(sphere.map(|at| at.x));
    row.sphere_y_e9 = Set(sphere.map(|at| at.y));
    row.sphere_z_e9 = Set(sphere.map(|at| at.z));
}
