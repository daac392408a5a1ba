//! What can be searched: a line for each thing, kept true by triggers, and its letters in groups of three.
//!
//! The view says what is searched and how it is written; table, triggers and the fill after a load all read it. SQLite
//! keeps the trigrams in a table of FTS5, PostgreSQL in an index of `pg_trgm`.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::dialect::Dialect;

pub(crate) struct Search;

pub(crate) const CHANGE: Search = Search;

const TABLE: &str = "
CREATE TABLE search_entry (
    number      {serial} NOT NULL,
    noun        {text}   NOT NULL,
    id          {id},
    code        {text},
    name        {text}   NOT NULL,
    other_name  {text},
    words       {text}   NOT NULL,
    region_code {text},
    CONSTRAINT search_entry_pk PRIMARY KEY (number),
    CONSTRAINT search_entry_id_key UNIQUE (id),
    CONSTRAINT search_entry_code_key UNIQUE (code),
    CONSTRAINT search_entry_noun_check CHECK (noun IN ('cooperative', 'institution', 'internship_program', 'commodity')),
    CONSTRAINT search_entry_key_check CHECK ((id IS NULL) <> (code IS NULL))
){strict};

CREATE INDEX search_entry_region_code_name_id_idx ON search_entry (region_code, name, id);
CREATE INDEX search_entry_words_idx ON search_entry (words);
";

const FILL: &str = "
INSERT INTO search_entry (noun, id, code, name, other_name, words, region_code)
SELECT noun, id, code, name, other_name, words, region_code FROM search_source";

/// A table that is searched.
#[derive(Clone, Copy)]
struct Source {
    table: &'static str,
    key: &'static str,
    /// Its names, as expressions.
    name: &'static str,
    other: Option<&'static str>,
    place: Option<&'static str>,
    /// The columns that these are made of.
    columns: &'static str,
}

const SOURCES: [Source; 4] = [
    Source { table: "cooperative", ..PARTY },
    Source { table: "institution", ..PARTY },
    // Several programs may have one name: their codes say where.
    Source {
        table: "internship_program",
        other: Some("lower(code)"),
        place: None,
        columns: "name_fold, code",
        ..PARTY
    },
    Source {
        table: "commodity",
        key: "code",
        other: Some("lower(name_en)"),
        place: None,
        columns: "name_fold, name_en",
        ..PARTY
    },
];

const PARTY: Source = Source {
    table: "",
    key: "id",
    name: "name_fold",
    other: Some("short_name_fold"),
    place: Some("region_code"),
    columns: "name_fold, short_name_fold, region_code",
};

/// What stands between words, and what stands within one.
const BETWEEN: &[char] = &['-', '/', '.', ',', '(', ')', '&', ':', '"'];
const WITHIN: &[char] = &['\'', '’', '`'];

/// What most names begin with tells nothing apart, and would only make the index large.
const COMMON: [&str; 3] = ["koperasi desa merah putih", "koperasi kelurahan merah putih", "koperasi"];

impl MigrationName for Search {
    fn name(&self) -> &'static str {
        "m20261125_000010_search"
    }
}

#[async_trait]
impl MigrationTrait for Search {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager.get_database_backend())?;
        let database = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            demand_trigrams(manager).await?;
        }
        let trigrams = match dialect {
            Dialect::PostgreSql => POSTGRESQL,
            Dialect::Sqlite => SQLITE,
        };
        for part in [dialect.render(TABLE)?, view(dialect), FILL.to_owned(), trigrams.to_owned()] {
            database.execute_unprepared(&part).await?;
        }
        for source in SOURCES {
            database.execute_unprepared(&triggers(dialect, source)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        for Source { table, .. } in SOURCES {
            let drop = if sqlite {
                ["inserted", "updated", "deleted"]
                    .map(|what| format!("DROP TRIGGER search_{table}_{what}"))
                    .join("; ")
            } else {
                format!("DROP TRIGGER search_{table} ON {table}; DROP FUNCTION search_{table}()")
            };
            database.execute_unprepared(&drop).await?;
        }
        if sqlite {
            database.execute_unprepared("DROP TABLE search_trigram").await?;
        }
        database.execute_unprepared("DROP VIEW search_source; DROP TABLE search_entry").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The extension comes with Debian's package of the server; elsewhere it may be one of its own.
async fn demand_trigrams(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let known = Statement::from_string(
        DbBackend::Postgres,
        "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'",
    );
    if manager.get_connection().query_one_raw(known).await?.is_none() {
        return Err(DbErr::Migration(
            "this PostgreSQL lacks the extension pg_trgm, which search needs; install its contrib package \
             (postgresql-contrib) and run this again"
                .to_owned(),
        ));
    }
    let create = "CREATE EXTENSION IF NOT EXISTS pg_trgm";
    manager.get_connection().execute_unprepared(create).await.map_err(|cause| {
        DbErr::Migration(format!(
            "cannot create the extension pg_trgm, which search needs; have an owner of the database run \
             `{create}`: {cause}"
        ))
    })?;
    Ok(())
}

/// One row for each thing that is searched, the same on both engines.
fn view(dialect: Dialect) -> String {
    let (id, code) = match dialect {
        Dialect::PostgreSql => ("CAST(NULL AS uuid)", "CAST(NULL AS text)"),
        Dialect::Sqlite => ("NULL", "NULL"),
    };
    let select = |Source { table, key, name, other, place, .. }: Source| {
        let key =
            if key == "id" { format!("id, {code} AS code") } else { format!("{id} AS id, {key} AS code") };
        let words = match other {
            Some(other) => format!("{} || coalesce({}, '')", words(name), words(other)),
            None => words(name),
        };
        let (other, place) = (other.unwrap_or(code), place.unwrap_or(code));
        format!(
            "SELECT '{table}' AS noun, {key}, {name} AS name, {other} AS other_name, {words} AS words, \
             {place} AS region_code FROM {table}"
        )
    };
    let selects: Vec<String> = SOURCES.into_iter().map(select).collect();
    format!("CREATE VIEW search_source AS {}", selects.join(" UNION ALL "))
}

/// A folded name as words with a blank on either side, without what most names begin with.
fn words(name: &str) -> String {
    let replace = |text: String, what: &str, with: &str| format!("replace({text}, '{what}', '{with}')");
    let quoted = |sign: &char| sign.to_string().replace('\'', "''");
    let text = WITHIN.iter().fold(name.to_owned(), |text, sign| replace(text, &quoted(sign), ""));
    let text = BETWEEN.iter().fold(text, |text, sign| replace(text, &quoted(sign), " "));
    COMMON
        .iter()
        .fold(format!("' ' || {text} || ' '"), |text, common| replace(text, &format!(" {common} "), " "))
}

const POSTGRESQL: &str = "
CREATE INDEX search_entry_trigram_idx ON search_entry USING gin (words gin_trgm_ops) WITH (fastupdate = off);
";

const SQLITE: &str = "
CREATE VIRTUAL TABLE search_trigram USING fts5(
    words, content = 'search_entry', content_rowid = 'number', tokenize = 'trigram case_sensitive 1',
    detail = 'none', columnsize = 0);

INSERT INTO search_trigram (search_trigram) VALUES ('rebuild');

CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_trigram (rowid, words) VALUES (NEW.number, NEW.words);
END;

CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_trigram (search_trigram, rowid, words) VALUES ('delete', OLD.number, OLD.words);
END;
";

/// A thing that changes gets a new line; one that goes takes its line along.
fn triggers(dialect: Dialect, Source { table, key, columns, .. }: Source) -> String {
    let (forget, add) = (
        format!("DELETE FROM search_entry WHERE {key} = OLD.{key};"),
        format!("{FILL} WHERE noun = '{table}' AND {key} = NEW.{key};"),
    );
    match dialect {
        Dialect::Sqlite => format!(
            "
CREATE TRIGGER search_{table}_inserted AFTER INSERT ON {table} BEGIN {add}
END;
CREATE TRIGGER search_{table}_updated AFTER UPDATE OF {key}, {columns} ON {table} BEGIN {forget} {add}
END;
CREATE TRIGGER search_{table}_deleted AFTER DELETE ON {table} BEGIN {forget}
END;"
        ),
        Dialect::PostgreSql => format!(
            "
CREATE FUNCTION search_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN {forget}
    END IF;
    IF TG_OP <> 'DELETE' THEN {add}
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER search_{table} AFTER INSERT OR DELETE OR UPDATE OF {key}, {columns} ON {table}
    FOR EACH ROW EXECUTE FUNCTION search_{table}();"
        ),
    }
}
