//! The few words of DDL in which SQLite and PostgreSQL differ.

use sea_orm_migration::sea_orm::{DbBackend, DbErr};

/// How one engine spells what stands in braces in a [`Change`](crate::change::Change).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Dialect {
    PostgreSql,
    Sqlite,
}

impl Dialect {
    /// # Errors
    /// For an engine that the registry does not run on.
    pub(crate) fn of(backend: DbBackend) -> Result<Self, DbErr> {
        match backend {
            DbBackend::Postgres => Ok(Self::PostgreSql),
            DbBackend::Sqlite => Ok(Self::Sqlite),
            other => Err(DbErr::Migration(format!("unsupported database {other:?}"))),
        }
    }

    /// The statements of `ddl` as this engine reads them.
    ///
    /// # Errors
    /// For a word in braces that is not in the list below.
    pub(crate) fn render(self, ddl: &str) -> Result<String, DbErr> {
        let mut pieces = ddl.split('{');
        let mut sql = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (word, rest) = piece
                .split_once('}')
                .ok_or_else(|| DbErr::Migration(format!("unclosed brace before {piece:?}")))?;
            sql.push_str(&self.word(word)?);
            sql.push_str(rest);
        }
        Ok(sql)
    }

    fn word(self, word: &str) -> Result<String, DbErr> {
        let (name, column) = word.split_once(' ').unwrap_or((word, ""));
        let (postgresql, sqlite) = match name {
            "id" => ("uuid", "BLOB"),
            // Text is compared by bytes, or the same page would differ between servers.
            "text" => (r#"TEXT COLLATE "C""#, "TEXT"),
            "int" => ("INTEGER", "INTEGER"),
            "big" => ("BIGINT", "INTEGER"),
            "flag" => ("BOOLEAN", "INTEGER CHECK ({} IN (0, 1))"),
            "date" => ("DATE", "TEXT"),
            "json" => ("JSONB", "TEXT CHECK (json_valid({}))"),
            "day" => ("EXTRACT(DAY FROM {})", "CAST(substr({}, 9, 2) AS INTEGER)"),
            // An index of SQLite has no place for nulls: they are the smallest, hence last where it descends.
            "nulls_last" => (" NULLS LAST", ""),
            "strict" => ("", " STRICT"),
            "junction" => ("", " STRICT, WITHOUT ROWID"),
            _ => return Err(DbErr::Migration(format!("unknown word {word:?}"))),
        };
        let spelling = match self {
            Self::PostgreSql => postgresql,
            Self::Sqlite => sqlite,
        };
        Ok(spelling.replace("{}", column))
    }
}
