//! Privacy: personal data is refused, and rows that are not public are hidden.

mod access_log;
mod callers;
pub(crate) mod hidden_rows;
mod noninterference;
mod permissions;
mod personal_columns;
mod roles;
mod uses;
