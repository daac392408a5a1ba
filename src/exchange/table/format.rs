//! The formats of files, and who they are written for.

use std::{fmt, str::FromStr};

use super::TableError;
use crate::exchange::grouped;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// A JSON object in each line.
    Ndjson,
    /// A workbook of Office Open XML, for spreadsheets.
    Xlsx,
    /// Apache Parquet: typed and compressed columns.
    Parquet,
}

/// For which program a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// For any program: exact values, as in the API.
    #[default]
    Plain,
    /// For spreadsheets in Indonesian: a byte order mark, semicolons, decimal commas, and no text that a spreadsheet
    /// would run or convert.
    ExcelId,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Csv, Self::Ndjson, Self::Xlsx, Self::Parquet];

    /// The name in addresses, and the extension of a file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// The value of the header `Content-Type`.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The most rows that a file may have, where there is a limit.
    #[must_use]
    pub fn most_rows(self) -> Option<u64> {
        // A sheet has 2^20 rows, the header among them.
        (self == Self::Xlsx).then_some((1 << 20) - 1)
    }

    /// Checks that a file can hold `rows` rows.
    ///
    /// # Errors
    /// When it cannot, with both numbers.
    pub fn check_rows(self, rows: u64) -> Result<(), TableError> {
        match self.most_rows() {
            Some(most) if rows > most => Err(TableError::Refused(format!(
                "a sheet of {self} holds at most {} rows, and these are {}: narrow the list, or take csv, ndjson or \
                 parquet",
                grouped(most),
                grouped(rows)
            ))),
            _ => Ok(()),
        }
    }
}

impl Profile {
    pub const ALL: [Self; 2] = [Self::Plain, Self::ExcelId];

    /// The name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::ExcelId => "excel-id",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.extension())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = TableError;

    fn from_str(name: &str) -> Result<Self, TableError> {
        Self::ALL.into_iter().find(|format| format.extension() == name).ok_or_else(|| {
            TableError::Refused(format!(
                "no format is called {name:?}; there are csv, ndjson, xlsx and parquet"
            ))
        })
    }
}

impl FromStr for Profile {
    type Err = TableError;

    fn from_str(name: &str) -> Result<Self, TableError> {
        Self::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| {
            TableError::Refused(format!("no profile is called {name:?}; there are plain and excel-id"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        for format in Format::ALL {
            assert_eq!(format.extension().parse::<Format>().unwrap(), format);
        }
        for profile in Profile::ALL {
            assert_eq!(profile.name().parse::<Profile>().unwrap(), profile);
        }
        let refusal = "cvs".parse::<Format>().unwrap_err().to_string();
        assert_eq!(refusal, "no format is called \"cvs\"; there are csv, ndjson, xlsx and parquet");
        let refusal = "excel".parse::<Profile>().unwrap_err().to_string();
        assert_eq!(refusal, "no profile is called \"excel\"; there are plain and excel-id");
    }

    #[test]
    fn too_many_rows_for_a_sheet_are_refused_with_their_number() {
        assert!(Format::Xlsx.check_rows(1_048_575).is_ok());
        let refusal = Format::Xlsx.check_rows(1_048_576).unwrap_err().to_string();
        assert!(refusal.contains("at most 1,048,575 rows, and these are 1,048,576"), "{refusal}");
        assert!(Format::Csv.check_rows(u64::MAX).is_ok());
    }
}
