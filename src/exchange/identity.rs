//! Ids, times and origin of rows that the registry makes itself. They are the same on every run and engine.

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use entity::vocabulary::Source;
use sea_orm::prelude::Uuid;
use sha2::{Digest, Sha256};

/// The reference date of all generated rows. Only planned things are later.
pub(super) const ANCHOR: NaiveDate = day(2026, 11, 1);

/// A date that is checked at compile time.
pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("no such day"),
    }
}

/// A hash that depends only on `parts`.
pub(super) fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

/// A number that depends only on `parts`, for ranking.
pub(super) fn rank(parts: &[&str]) -> u64 {
    digest(parts).first_chunk().map_or(0, |bits| u64::from_be_bytes(*bits))
}

/// The id of a row: a UUIDv7 with the time of the anchor day, whose random bits are a hash of the natural key.
pub(super) fn id(noun: &str, key: &str, seed: u64) -> Uuid {
    let millis = u64::try_from(midnight(ANCHOR).timestamp_millis()).unwrap_or_default();
    let hash = digest(&[noun, key, &seed.to_string()]);
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&hash[..10]);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    Uuid::from_bytes(bytes)
}

fn midnight(day: NaiveDate) -> DateTime<chrono::Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The origin of a row, and its times.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
    pub(super) source: Source,
    pub(super) reference: Option<String>,
    pub(super) as_of: Option<NaiveDate>,
}

impl Origin {
    /// The origin of a fact from the article, as of the opening date.
    pub(super) fn article(url: &str, as_of: NaiveDate) -> Self {
        Self { as_of: Some(as_of), ..Self::published(Source::Article, url) }
    }

    /// The origin of a published fact; `reference` names the publication.
    pub(super) fn public(reference: &str) -> Self {
        Self::published(Source::Public, reference)
    }

    fn published(source: Source, reference: &str) -> Self {
        let at = midnight(ANCHOR).timestamp_micros();
        Self { created_at: at, updated_at: at, source, reference: Some(reference.to_owned()), as_of: None }
    }

    /// The origin of a synthetic row. Times are spread over the year before the anchor day, so that sorting by them
    /// is meaningful.
    pub(super) fn synthetic(id: Uuid) -> Self {
        const YEAR: u64 = 365 * 24 * 60 * 60 * 1_000_000;
        let bits = id.as_u128();
        let [created, updated] = [bits >> 20, bits].map(|bits| {
            let micros = u64::try_from(bits & u128::from(u32::MAX)).unwrap_or_default() * (YEAR >> 32);
            midnight(ANCHOR).timestamp_micros() - i64::try_from(micros).unwrap_or_default()
        });
        Self {
            created_at: created.min(updated),
            updated_at: created.max(updated),
            source: Source::Synthetic,
            reference: None,
            as_of: ANCHOR.checked_sub_days(Days::new(1)),
        }
    }
}

/// Makes a row of `noun` with its origin: the six fields at the end of every record.
macro_rules! record {
    ($origin:expr, $noun:ident { $($fields:tt)* }) => {{
        let origin: $crate::exchange::identity::Origin = $origin;
        entity::$noun::Model {
            version: 1,
            created_at: origin.created_at,
            updated_at: origin.updated_at,
            source: origin.source,
            source_reference: origin.reference,
            as_of: origin.as_of,
            $($fields)*
        }
    }};
}
pub(super) use record;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_7_and_depends_on_all_it_is_made_of() {
        let id = id("cooperative", "3204392002", 1);
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
        assert_eq!(id, super::id("cooperative", "3204392002", 1));
        assert_ne!(id, super::id("cooperative", "3204392002", 2));
        assert_ne!(id, super::id("institution", "3204392002", 1));
    }

    #[test]
    fn no_synthetic_row_is_newer_than_the_anchor() {
        for key in 0..200 {
            let origin = Origin::synthetic(id("linkage", &key.to_string(), 7));
            assert!(origin.created_at <= origin.updated_at);
            assert!(origin.updated_at <= midnight(ANCHOR).timestamp_micros());
        }
    }
}
