//! Violations of constraints, the last line behind the rules, by the column that they are about.

use sea_orm::{DbErr, EntityTrait, IdenStatic, Iterable, RuntimeErr, SqlxError, sqlx::error::ErrorKind};

use super::WriteError;

/// The kind of a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    Unique,
    Reference,
    NotNull,
    Check,
    /// A day is outside of the years of records.
    Day,
}

/// A constraint that refused a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub constraint: Constraint,
    /// The column that it is about, or a word for several.
    pub column: Option<String>,
    /// The name that the engine gives to it: of the constraint, or, of a unique one on SQLite, its columns.
    pub name: String,
}

/// The code of PostgreSQL for a number that is too large for its column, or for a sum in a constraint.
const OUT_OF_RANGE: &str = "22003";

/// The error of a statement that wrote a row of `E`.
pub(super) fn refused<E: EntityTrait>(error: DbErr) -> WriteError {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = &error
    else {
        return error.into();
    };
    let SqlxError::Database(told) = &**cause else { return error.into() };
    let constraint = match told.kind() {
        ErrorKind::UniqueViolation => Constraint::Unique,
        // SQLite does not say which.
        ErrorKind::ForeignKeyViolation => {
            return WriteError::Constraint(Violation {
                constraint: Constraint::Reference,
                column: None,
                name: String::new(),
            });
        }
        ErrorKind::NotNullViolation => Constraint::NotNull,
        ErrorKind::CheckViolation => Constraint::Check,
        _ if told.code().is_some_and(|code| code == OUT_OF_RANGE) => Constraint::Check,
        _ => return error.into(),
    };
    // PostgreSQL names the constraint. SQLite names it, or the columns, at the end of its message.
    let name = told.constraint().or_else(|| told.message().rsplit_once(": ").map(|(_, name)| name));
    let columns: Vec<&str> = E::Column::iter().map(|column| column.as_str()).collect();
    let column = name.and_then(|name| column(name, E::default().table_name(), &columns));
    let name = name.unwrap_or_default().to_owned();
    WriteError::Constraint(Violation { constraint, column, name })
}

/// The first column in the name of a constraint, such as `annual_value` in `linkage_annual_value_check`.
fn column(name: &str, table: &str, columns: &[&str]) -> Option<String> {
    let rest = name.strip_prefix(table)?.strip_prefix(['_', '.'])?;
    if rest == "pk" {
        return columns.iter().find(|column| **column == "id").map(|id| (*id).to_owned());
    }
    let after = |column: &&&str| {
        rest.strip_prefix(**column).is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', ',']))
    };
    columns.iter().filter(after).max_by_key(|column| column.len()).map(|column| (*column).to_owned())
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn a_constraint_is_about_the_column_in_its_name() {
        for (name, expected) in [
            ("offer_annual_value_check", Some("annual_value")),
            ("offer_code_key", Some("code")),
            ("offer.code", Some("code")),
            ("offer.code, offer.month", Some("code")),
            ("offer_code_month_key", Some("code")),
            ("offer_pk", Some("id")),
            ("offer_dates_check", None),
            ("other_code_key", None),
        ] {
            let columns = ["id", "code", "month", "annual_value"];
            assert_eq!(column(name, "offer", &columns).as_deref(), expected, "{name}");
        }
    }
}
