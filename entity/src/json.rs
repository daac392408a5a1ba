//! Deserializes flags, which are booleans in PostgreSQL's JSON and 0 or 1 in SQLite's.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};

/// Reads a flag written as a boolean or as 0 or 1.
///
/// # Errors
/// For any other value, including null.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    deserializer.deserialize_any(Flag)
}

/// Reads a flag as [`flag`] does, or null.
///
/// # Errors
/// For any other value.
pub fn flag_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    deserializer.deserialize_option(FlagOption)
}

struct Flag;

impl Visitor<'_> for Flag {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a boolean, 0 or 1")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        match value {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        match value {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(E::invalid_value(Unexpected::Signed(value), &self)),
        }
    }
}

struct FlagOption;

impl<'de> Visitor<'de> for FlagOption {
    type Value = Option<bool>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a boolean, 0, 1 or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<bool>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<bool>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<bool>, D::Error> {
        flag(deserializer).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use crate::business_unit::{Column, Model};
    use crate::vocabulary::{BusinessUnitKind, BusinessUnitStatus, Ownership, Source};

    const POSTGRESQL: &str = r#"["01977420-dc00-7abc-8def-0123456789ab", "01977420-dc00-7abc-8def-0123456789ac",
        "COLD_STORAGE", "OPEN", "2026-03-01", "VILLAGE_ASSET", true, null, 100,
        1, 1793000000000000, 1793000000000001, "SYNTHETIC", null, "2026-06-30"]"#;
    const SQLITE: &str = r#"["01977420DC007ABC8DEF0123456789AB", "01977420DC007ABC8DEF0123456789AC",
        "COLD_STORAGE", "OPEN", "2026-03-01", "VILLAGE_ASSET", 1, null, 100,
        1, 1793000000000000, 1793000000000001, "SYNTHETIC", null, "2026-06-30"]"#;

    #[test]
    fn a_row_reads_the_same_from_both_engines() {
        let row: Model = serde_json::from_str(POSTGRESQL).unwrap();
        assert_eq!(row, serde_json::from_str::<Model>(SQLITE).unwrap());
        assert_eq!(row.kind, BusinessUnitKind::ColdStorage);
        assert_eq!(row.status, BusinessUnitStatus::Open);
        assert_eq!(row.ownership, Some(Ownership::VillageAsset));
        assert_eq!((row.has_power, row.has_internet), (Some(true), None));
        assert_eq!(row.source, Source::Synthetic);
        assert_eq!(Column::iter().count(), 15);
    }

    #[test]
    fn a_flag_is_zero_or_one() {
        assert!(serde_json::from_str::<Model>(&SQLITE.replace(" 1, null, 100", " 2, null, 100")).is_err());
    }
}
