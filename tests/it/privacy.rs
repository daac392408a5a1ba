//! Privacy: personal data is refused, and rows that are not public are hidden.

pub(crate) mod hidden_rows;
mod noninterference;
mod permissions;
mod personal_columns;
