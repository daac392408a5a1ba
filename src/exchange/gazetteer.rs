//! All regions of the country, with their coordinates where these are known.

use std::collections::HashMap;

use entity::vocabulary::{LocationPrecision, RegionKind, RegionLevel};
use sea_orm::ActiveEnum;

use super::{
    ExchangeError,
    draw::{float, whole},
    identity::rank,
};

const REGIONS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/regions.csv.zst"));

/// A geographic point, in units of 0.00001 degrees: about a metre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) latitude_e5: i32,
    pub(super) longitude_e5: i32,
}

#[derive(Debug)]
pub(super) struct GazetteerRegion {
    pub(super) code: Box<str>,
    pub(super) level: RegionLevel,
    pub(super) kind: RegionKind,
    pub(super) name: Box<str>,
    pub(super) point: Option<Point>,
    /// The level whose point it is: a village may have that of its district.
    pub(super) precision: Option<LocationPrecision>,
    pub(super) postal_code: Option<Box<str>>,
}

impl GazetteerRegion {
    /// The region code without dots.
    pub(super) fn digits(&self) -> String {
        self.code.replace('.', "")
    }

    /// The first `level` characters of the code, that is, the code of a region that contains it: 2, 5 or 8.
    pub(super) fn within(&self, level: usize) -> &str {
        self.code.get(..level).unwrap_or(&self.code)
    }
}

/// All regions, sorted by code, so that each comes after the region that contains it.
#[derive(Debug)]
pub(super) struct Gazetteer {
    regions: Vec<GazetteerRegion>,
    /// The mean of the known points inside a regency or city that has no point of its own.
    middles: HashMap<Box<str>, Point>,
}

impl Gazetteer {
    pub(super) fn open() -> Result<Self, ExchangeError> {
        let text = zstd::Decoder::new(REGIONS).map_err(damaged)?;
        let mut regions = Vec::with_capacity(91_599);
        for line in csv::Reader::from_reader(text).records() {
            let line = line.map_err(damaged)?;
            regions.push(region(&line).ok_or_else(|| damaged(format!("region {line:?}")))?);
        }
        let points: HashMap<Box<str>, Point> =
            regions.iter().filter_map(|region| Some((region.code.clone(), region.point?))).collect();
        for region in &mut regions {
            region.precision = region.point.map(|point| match region.level {
                RegionLevel::Province => LocationPrecision::Province,
                RegionLevel::RegencyCity => LocationPrecision::Regency,
                RegionLevel::Village if points.get(region.within(8)) != Some(&point) => {
                    LocationPrecision::Village
                }
                RegionLevel::District | RegionLevel::Village => LocationPrecision::District,
            });
        }
        let middles = middles(&regions);
        Ok(Self { regions, middles })
    }

    pub(super) fn regions(&self) -> &[GazetteerRegion] {
        &self.regions
    }

    /// The villages and urban wards, sorted by code.
    pub(super) fn villages(&self) -> impl Iterator<Item = &GazetteerRegion> {
        self.regions.iter().filter(|region| region.level == RegionLevel::Village)
    }

    pub(super) fn region(&self, code: &str) -> Option<&GazetteerRegion> {
        let position = self.regions.binary_search_by(|region| (*region.code).cmp(code)).ok()?;
        self.regions.get(position)
    }

    /// A point near the nearest known point of the regions that contain `code`, in thousandths of a degree, and the level
    /// whose point that is. It is shifted in a direction that depends on `key`, by a distance that grows with the
    /// region.
    pub(super) fn near(&self, code: &str, key: &str) -> Option<(i32, i32, LocationPrecision)> {
        use LocationPrecision::{District, Province, Regency, Village};
        let (point, reach, level, code) =
            [(13, 300, Village), (8, 2_000, District), (5, 6_000, Regency), (2, 30_000, Province)]
                .into_iter()
                .filter_map(|(length, reach, level)| Some((code.get(..length)?, reach, level)))
                .find_map(|(code, reach, level)| Some((self.point(code)?, reach, level, code)))?;
        let precision = self.region(code).and_then(|region| region.precision).unwrap_or(level);
        let bits = rank(&["point", key]);
        let shift = |bits: u64| {
            let span = u64::try_from(2 * reach + 1).unwrap_or(1);
            i32::try_from(bits % span).unwrap_or_default() - reach
        };
        let latitude = point.latitude_e5 + shift(bits >> 32);
        let longitude = point.longitude_e5 + shift(bits & u64::from(u32::MAX));
        Some(((latitude + 50).div_euclid(100), (longitude + 50).div_euclid(100), precision))
    }

    fn point(&self, code: &str) -> Option<Point> {
        self.region(code)?.point.or_else(|| self.middles.get(code).copied())
    }
}

fn region(line: &csv::StringRecord) -> Option<GazetteerRegion> {
    let field = |column| line.get(column).filter(|text: &&str| !text.is_empty());
    let degrees = |column| -> Option<i32> {
        let degrees: f64 = field(column)?.parse().ok()?;
        i32::try_from(whole(degrees * 100_000.0)).ok()
    };
    Some(GazetteerRegion {
        code: field(0)?.into(),
        level: RegionLevel::try_from_value(&field(2)?.to_owned()).ok()?,
        kind: RegionKind::try_from_value(&field(3)?.to_owned()).ok()?,
        name: field(4)?.into(),
        point: degrees(5)
            .zip(degrees(6))
            .map(|(latitude_e5, longitude_e5)| Point { latitude_e5, longitude_e5 }),
        precision: None,
        postal_code: field(7).map(Into::into),
    })
}

fn middles(regions: &[GazetteerRegion]) -> HashMap<Box<str>, Point> {
    let mut sums: HashMap<&str, (i64, i64, usize)> = HashMap::new();
    for (region, point) in regions.iter().filter_map(|region| Some((region, region.point?))) {
        if region.code.len() > 5 {
            let sum = sums.entry(region.within(5)).or_default();
            *sum = (sum.0 + i64::from(point.latitude_e5), sum.1 + i64::from(point.longitude_e5), sum.2 + 1);
        }
    }
    let mean = |sum: i64, count: usize| {
        let sum = f64::from(i32::try_from(sum / 1_000).unwrap_or_default()) * 1_000.0;
        i32::try_from(whole(sum / float(count))).unwrap_or_default()
    };
    let middle = |(latitude, longitude, count)| Point {
        latitude_e5: mean(latitude, count),
        longitude_e5: mean(longitude, count),
    };
    sums.into_iter().map(|(code, sum)| (code.into(), middle(sum))).collect()
}

pub(super) fn damaged(cause: impl std::fmt::Display) -> ExchangeError {
    ExchangeError::Data(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_without_a_point_lies_near_its_regency() {
        let gazetteer = Gazetteer::open().unwrap();
        assert_eq!(gazetteer.regions().len(), 91_599);
        let (latitude, longitude, precision) = gazetteer.near("32.04.39.2002", "3204392002").unwrap();
        assert!((-6_990..=-6_860).contains(&latitude) && (107_540..=107_670).contains(&longitude));
        assert_eq!(gazetteer.near("32.04.39.2002", "3204392002"), Some((latitude, longitude, precision)));
        assert_eq!(precision, LocationPrecision::Regency);
    }

    #[test]
    fn every_village_can_be_placed() {
        let gazetteer = Gazetteer::open().unwrap();
        assert!(gazetteer.villages().all(|village| gazetteer.near(&village.code, &village.code).is_some()));
    }
}
