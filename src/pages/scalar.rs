//! The scalars of the schema, as pages read them from answers.

/// A day: `2025-11-16`.
pub(super) type Date = String;
/// A time in UTC.
pub(super) type DateTime = String;
/// A decimal number.
pub(super) type Decimal = String;
/// A code of a region: `32.04.39.2001`.
pub(super) type RegionCode = String;
/// A whole amount in rupiah.
pub(super) type Rupiah = String;
