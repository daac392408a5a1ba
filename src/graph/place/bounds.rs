//! Bounding boxes of latitudes and longitudes, in whole numbers.

use std::f64::consts::FRAC_PI_2;

use super::{DEGREE, radians};

/// The margin by which a bounding box exceeds its circle, in radians: 13 cm. It exceeds the error of the measure
/// (7·10⁻⁹) plus that of the arithmetic below.
const MARGIN: f64 = 2e-8;

/// A circle this close to a pole, in radians, is treated as one that reaches it: its longitudes could not be computed
/// precisely.
const POLAR: f64 = 1e-7;

/// The antimeridian.
const HALF_TURN: i64 = 180 * DEGREE;

/// A box of latitudes and longitudes, all ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub south: i64,
    pub north: i64,
    pub west: i64,
    pub east: i64,
    /// Whether it crosses the 180° meridian, from `west` east to 180° and from −180° to `east`.
    pub spans_antimeridian: bool,
}

impl Bounds {
    /// The box between two latitudes, and from one longitude eastward to the other, in billionths of a degree.
    ///
    /// A longitude of 180° equals −180°.
    pub(super) fn new([south, north]: [i64; 2], [west, east]: [i64; 2]) -> Self {
        let (west, east) = match (west, east) {
            (west, HALF_TURN) if west > -HALF_TURN => (west, -HALF_TURN),
            (west, east) if west == -HALF_TURN && east < HALF_TURN => (HALF_TURN, east),
            ends => ends,
        };
        Self { south, north, west, east, spans_antimeridian: west > east }
    }

    /// A bounding box of everything within an angle of a point; `angle` in radians, the point in billionths of a
    /// degree.
    pub(super) fn around(latitude: i64, longitude: i64, angle: f64) -> Self {
        let angle = angle + MARGIN;
        let reach = outward(angle);
        let latitudes = [latitude - reach, latitude + reach];
        let to_pole = FRAC_PI_2 - radians(latitude.abs());
        if angle >= to_pole - POLAR {
            return Self::new(latitudes, [-HALF_TURN, HALF_TURN]);
        }
        // The tangent from the pole to the circle: a right-angled spherical triangle.
        let reach = outward(libm::asin(libm::sin(angle) / libm::sin(to_pole)) + MARGIN);
        let around = |longitude: i64| match longitude {
            beyond if beyond < -HALF_TURN => beyond + 2 * HALF_TURN,
            beyond if beyond > HALF_TURN => beyond - 2 * HALF_TURN,
            within => within,
        };
        Self::new(latitudes, [around(longitude - reach), around(longitude + reach)])
    }

    /// The box in units of 1/`parts` of a degree. It contains the same points that have coordinates in such units.
    #[must_use]
    pub fn in_parts(self, parts: i64) -> Self {
        let unit = DEGREE / parts;
        let [south, west] = [self.south, self.west].map(|low| -(-low).div_euclid(unit));
        let [north, east] = [self.north, self.east].map(|high| high.div_euclid(unit));
        Self { south, north, west, east, ..self }
    }
}

/// An angle in billionths of a degree, rounded up.
#[expect(clippy::cast_possible_truncation, reason = "at most two half turns")]
fn outward(angle: f64) -> i64 {
    (angle.to_degrees() * 1e9).ceil() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_kept_and_narrow_boxes_stay_empty() {
        let bounds = Bounds::new([-5_148_610_000, -5_148_610_000], [119_431_940_000, 119_431_940_000]);
        let parts = bounds.in_parts(100_000);
        assert_eq!(
            [parts.south, parts.north, parts.west, parts.east],
            [-514_861, -514_861, 11_943_194, 11_943_194]
        );
        let narrow = Bounds::new([0, 0], [100_000, 900_000]).in_parts(1_000);
        assert!(!narrow.spans_antimeridian && narrow.west > narrow.east);
    }

    #[test]
    fn both_sides_of_the_antimeridian_are_one() {
        let spans =
            |west: i64, east: i64| Bounds::new([0, 0], [west * DEGREE, east * DEGREE]).spans_antimeridian;
        assert!(spans(170, 180) && spans(-180, -170) && spans(170, -170) && spans(180, -180));
        assert!(!spans(-180, 180) && !spans(-179, 179) && !spans(-170, 170));
    }
}
