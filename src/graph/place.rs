//! Places on the map, and how far they are from each other, in whole numbers, so that both engines agree.
//!
//! Near enough for a country, the earth is flat: a degree is 111.195 km from south to north, and from west to east
//! that times the cosine of the latitude (the equirectangular projection around the place that is measured from).

use async_graphql::InputObject;

use super::{Error, Result};

/// Kilometres a degree of the meridian, for the mean radius of 6,371.0088 km.
const KM_PER_DEGREE: f64 = 111.195_08;

/// Units a degree.
const SCALE: f64 = 1e4;

/// Units of the squared cosine.
const COSINE_SCALE: f64 = 1e5;

/// A place on the map [titik koordinat].
#[derive(Clone, Copy, Debug, PartialEq, InputObject)]
pub struct GeoPointInput {
    /// Degrees north, −90 to 90 [lintang].
    latitude: f64,
    /// Degrees east, −180 to 180 [bujur].
    longitude: f64,
}

/// A box on the map.
#[derive(Clone, Copy, Debug, PartialEq, InputObject)]
pub struct GeoBoxInput {
    /// Its lower left corner.
    south_west: GeoPointInput,
    /// Its upper right corner.
    north_east: GeoPointInput,
}

/// A place that distances are measured from: ten-thousandths of a degree, and the squared cosine of its latitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub latitude: i64,
    pub longitude: i64,
    /// In hundred-thousandths.
    pub cosine_squared: i64,
}

/// A box in parts of a degree, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub south: i64,
    pub north: i64,
    pub west: i64,
    pub east: i64,
}

impl GeoPointInput {
    /// The place that it names.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` off the globe.
    pub fn place(self) -> Result<Place> {
        let on_globe = self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0;
        if !on_globe {
            return Err(Error::bad_input(
                "a latitude lies between -90 and 90, a longitude between -180 and 180",
            ));
        }
        let cosine = self.latitude.to_radians().cos();
        Ok(Place {
            latitude: whole(self.latitude * SCALE),
            longitude: whole(self.longitude * SCALE),
            cosine_squared: whole(cosine * cosine * COSINE_SCALE),
        })
    }
}

impl GeoBoxInput {
    /// The points that lie in it, its edges included, in so many parts of a degree.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` off the globe, or when a corner is on the wrong side of the other.
    pub fn bounds(self, parts: i32) -> Result<Bounds> {
        let parts = f64::from(parts);
        let (low, high) = (self.south_west, self.north_east);
        low.place()?;
        high.place()?;
        if low.latitude > high.latitude || low.longitude > high.longitude {
            return Err(Error::bad_input("`southWest` of a box lies south and west of its `northEast`"));
        }
        Ok(Bounds {
            south: whole((low.latitude * parts).ceil()),
            north: whole((high.latitude * parts).floor()),
            west: whole((low.longitude * parts).ceil()),
            east: whole((high.longitude * parts).floor()),
        })
    }
}

impl Place {
    /// The squared distance to a point in thousandths of a degree, as the statements compute it too.
    #[must_use]
    pub fn measure(&self, latitude_e3: i32, longitude_e3: i32) -> i64 {
        let north = i64::from(latitude_e3) * 10 - self.latitude;
        let east = i64::from(longitude_e3) * 10 - self.longitude;
        north * north * 100_000 + east * east * self.cosine_squared
    }

    /// A measure in kilometres, to a tenth.
    #[must_use]
    pub fn kilometres(measure: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far more than the tenth of a kilometre that is kept")]
        let degrees = (measure as f64 / COSINE_SCALE).sqrt() / SCALE;
        (degrees * KM_PER_DEGREE * 10.0).round() / 10.0
    }

    /// The largest measure within so many kilometres.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for less than none, or more than there are round the earth.
    pub fn within(kilometres: f64) -> Result<i64> {
        if !(0.0..=20_037.6).contains(&kilometres) {
            return Err(Error::bad_input("`withinKm` lies between 0 and 20037"));
        }
        let units = kilometres / KM_PER_DEGREE * SCALE;
        Ok(whole((units * units * COSINE_SCALE).floor()))
    }

    /// A box round everything within so many kilometres, for the index, in so many parts of a degree.
    #[must_use]
    pub fn around(&self, kilometres: f64, parts: i32) -> Bounds {
        let units = kilometres / KM_PER_DEGREE * f64::from(parts);
        #[expect(clippy::cast_precision_loss, reason = "at most 1e5")]
        let cosine = (self.cosine_squared as f64 / COSINE_SCALE).sqrt();
        // Near the poles every longitude is close.
        let (north, east) =
            (whole(units.ceil()), whole((units / cosine.max(1e-3)).ceil().min(360.0 * f64::from(parts))));
        let parts = i64::from(parts);
        let (latitude, longitude) = (self.latitude * parts / 10_000, self.longitude * parts / 10_000);
        Bounds {
            south: latitude - north - parts / 1000,
            north: latitude + north + parts / 1000,
            west: longitude - east - parts / 1000,
            east: longitude + east + parts / 1000,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "callers stay far within 64 bits")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64) -> GeoPointInput {
        GeoPointInput { latitude, longitude }
    }

    #[test]
    fn bandung_is_some_hundred_and_twenty_kilometres_from_jakarta() {
        let jakarta = point(-6.2, 106.816).place().unwrap();
        let distance = Place::kilometres(jakarta.measure(-6_914, 107_609));
        assert!((117.0..120.0).contains(&distance), "{distance}");
        assert!(jakarta.measure(-6_914, 107_609) <= Place::within(distance + 0.1).unwrap());
        assert!(jakarta.measure(-6_914, 107_609) > Place::within(distance - 0.1).unwrap());
    }

    #[test]
    fn what_is_near_lies_in_the_box_around() {
        for (latitude, longitude) in [(-6.2, 106.816), (0.0, 0.0), (89.9, 179.9), (-90.0, -180.0)] {
            let place = point(latitude, longitude).place().unwrap();
            let (bounds, within) = (place.around(50.0, 1000), Place::within(50.0).unwrap());
            for north in -500..500 {
                let at = i32::try_from(place.latitude / 10 + north).unwrap();
                let on_meridian = i32::try_from(place.longitude / 10).unwrap();
                let near = place.measure(at, on_meridian) <= within;
                assert!(!near || (bounds.south..=bounds.north).contains(&i64::from(at)));
            }
        }
    }

    #[test]
    fn nothing_overflows_however_far_apart() {
        let corner = point(90.0, 180.0).place().unwrap();
        assert!(corner.measure(-90_000, -180_000) > 0);
        let equator = point(0.0, 180.0).place().unwrap();
        assert!(equator.measure(-90_000, -180_000) > 0);
    }

    #[test]
    fn what_is_off_the_globe_or_inside_out_is_refused() {
        assert!(point(90.1, 0.0).place().is_err());
        assert!(point(0.0, f64::NAN).place().is_err());
        let inside_out = GeoBoxInput { south_west: point(1.0, 0.0), north_east: point(0.0, 1.0) };
        assert!(inside_out.bounds(1000).is_err());
        assert!(Place::within(-1.0).is_err());
    }
}
