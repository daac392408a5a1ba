//! Violations of constraints, the last line behind the rules, by the column that they are about.

use sea_orm::{DbErr, RuntimeErr, SqlxError, sqlx::error::ErrorKind};

use super::WriteError;

/// The kind of a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    Unique,
    Reference,
    NotNull,
    Check,
}

/// A constraint that refused a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub constraint: Constraint,
    /// The column that it is about, or a word for several.
    pub column: Option<String>,
}

/// The error of a statement that wrote a row of this table.
pub(super) fn refused(error: DbErr, table: &str) -> WriteError {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = &error
    else {
        return error.into();
    };
    let SqlxError::Database(told) = &**cause else { return error.into() };
    let constraint = match told.kind() {
        ErrorKind::UniqueViolation => Constraint::Unique,
        ErrorKind::ForeignKeyViolation => Constraint::Reference,
        ErrorKind::NotNullViolation => Constraint::NotNull,
        ErrorKind::CheckViolation => Constraint::Check,
        _ => return error.into(),
    };
    // PostgreSQL names the constraint. SQLite names it, or the columns, at the end of its message.
    let name = told.constraint().or_else(|| told.message().rsplit_once(": ").map(|(_, name)| name));
    let column = name.and_then(|name| column(name, table));
    WriteError::Constraint(Violation { constraint, column })
}

/// The column in the name of a constraint, such as `annual_value` in `linkage_annual_value_check`.
fn column(name: &str, table: &str) -> Option<String> {
    let rest = name.strip_prefix(table)?.strip_prefix(['_', '.'])?;
    let column =
        ["_key", "_check", "_fk", "_pk"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let first = column.split(", ").next()?;
    Some(first.to_owned())
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
            ("other_code_key", None),
        ] {
            assert_eq!(column(name, "offer").as_deref(), expected, "{name}");
        }
    }
}
