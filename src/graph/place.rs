//! Geographic points, distances between them, and bounding boxes.
//!
//! The earth is a sphere of the mean radius (decision 0040). Degrees are whole billionths as soon as they are read, and
//! positions are whole billionths of the radius, so that both engines compute the same number.

mod bounds;
mod vector;

use async_graphql::InputObject;

pub use self::{
    bounds::Bounds,
    vector::{FARTHEST, OPPOSITE, UnitVector},
};
use super::{Error, Result};

/// The mean radius of the earth in km, R₁ of the International Union of Geodesy and Geophysics.
const RADIUS_KM: f64 = 6_371.008_8;

/// Units of a degree.
const DEGREE: i64 = 1_000_000_000;

/// The largest `withinKm`: half of the equator, rounded up. The farthest point is 20,015 km away.
const FARTHEST_KM: f64 = 20_038.0;

/// A geographic point [titik koordinat].
#[derive(Clone, Copy, Debug, PartialEq, InputObject)]
pub struct GeoPointInput {
    /// Latitude in degrees, −90 to 90, rounded to nine decimals [lintang].
    latitude: f64,
    /// Longitude in degrees, −180 to 180, rounded to nine decimals [bujur].
    longitude: f64,
}

/// A bounding box of latitudes and longitudes. A box whose west is greater than its east crosses the 180° meridian.
#[derive(Clone, Copy, Debug, PartialEq, InputObject)]
pub struct GeoBoxInput {
    /// The south-west corner.
    south_west: GeoPointInput,
    /// The north-east corner.
    north_east: GeoPointInput,
}

/// A point that distances are measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// In billionths of a degree.
    latitude: i64,
    /// In billionths of a degree.
    longitude: i64,
    pub vector: UnitVector,
}

impl GeoPointInput {
    /// Converts it to whole numbers.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when a coordinate is out of range.
    pub fn place(self) -> Result<Place> {
        let on_globe = self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0;
        if !on_globe {
            return Err(Error::bad_input("latitude must be from -90 to 90, and longitude from -180 to 180"));
        }
        let [latitude, longitude] = [self.latitude, self.longitude].map(|degrees| whole(degrees * 1e9));
        Ok(Place { latitude, longitude, vector: UnitVector::of(latitude, longitude) })
    }
}

impl GeoPointInput {
    /// Latitude and longitude in thousandths of a degree; none when a coordinate is out of range.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most 180,000")]
    pub fn thousandths(self) -> Option<[i32; 2]> {
        self.place().ok()?;
        Some([self.latitude, self.longitude].map(|degrees| (degrees * 1e3).round() as i32))
    }
}

impl GeoBoxInput {
    /// Converts it to bounds, edges included.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when a coordinate is out of range, or when its south is north of its north.
    pub fn bounds(self) -> Result<Bounds> {
        let (low, high) = (self.south_west.place()?, self.north_east.place()?);
        if low.latitude > high.latitude {
            return Err(Error::bad_input("`southWest` of a box must not be north of its `northEast`"));
        }
        Ok(Bounds::new([low.latitude, high.latitude], [low.longitude, high.longitude]))
    }
}

impl Place {
    /// Converts a measure to kilometres, to one decimal.
    #[must_use]
    pub fn kilometres(measure: i64) -> f64 {
        Self::rounded_kilometres(measure, 1)
    }

    /// Converts a measure to kilometres, rounded to a multiple of so many tenths.
    #[must_use]
    pub fn rounded_kilometres(measure: i64, tenths: u32) -> f64 {
        let tenths = f64::from(tenths);
        (vector::angle(measure) * RADIUS_KM * 10.0 / tenths).round() * tenths / 10.0
    }

    /// The largest measure within this many kilometres.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a negative distance, or one beyond half of the equator.
    pub fn within(kilometres: f64) -> Result<i64> {
        if !(0.0..=FARTHEST_KM).contains(&kilometres) {
            return Err(Error::bad_input(format!("`withinKm` must be from 0 to {FARTHEST_KM}")));
        }
        Ok(vector::largest_measure(kilometres / RADIUS_KM))
    }

    /// A bounding box of all points within this many kilometres.
    #[must_use]
    pub fn around(&self, kilometres: f64) -> Bounds {
        Bounds::around(self.latitude, self.longitude, kilometres / RADIUS_KM)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "callers stay far within 64 bits")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// Converts billionths of a degree to radians.
#[expect(clippy::cast_precision_loss, reason = "at most 1.8e11")]
fn radians(billionths: i64) -> f64 {
    (billionths as f64 / 1e9).to_radians()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64) -> GeoPointInput {
        GeoPointInput { latitude, longitude }
    }

    #[test]
    fn bandung_is_a_hundred_and_eighteen_kilometres_from_jakarta() {
        let jakarta = point(-6.2, 106.816).place().unwrap().vector;
        let measure = jakarta.measure(UnitVector::of_parts(-6_914, 107_609, 1_000));
        let distance = Place::kilometres(measure);
        assert!((distance - 118.2).abs() < 0.15, "{distance}");
        assert!(measure <= Place::within(distance + 0.1).unwrap());
        assert!(measure > Place::within(distance - 0.1).unwrap());
    }

    #[test]
    fn invalid_coordinates_and_boxes_are_refused() {
        assert!(point(90.1, 0.0).place().is_err());
        assert!(point(0.0, f64::NAN).place().is_err());
        let upside_down = GeoBoxInput { south_west: point(1.0, 0.0), north_east: point(0.0, 1.0) };
        assert!(upside_down.bounds().is_err());
        for kilometres in [-1.0, -0.001, 20_038.1, f64::INFINITY, f64::NAN] {
            assert!(Place::within(kilometres).is_err(), "{kilometres}");
        }
        assert!([0.0, -0.0, 20_038.0].into_iter().all(|kilometres| Place::within(kilometres).is_ok()));
    }
}
