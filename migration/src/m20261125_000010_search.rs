//! Creates the search index: an entry for each searched row, maintained by triggers, and its trigrams.
//!
//! The view defines the entries; the table, the triggers and the fill after a load all read it. SQLite stores the
//! trigrams in an FTS5 table, PostgreSQL in a `pg_trgm` index.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::change::{Effect, Step};
use crate::dialect::Dialect;

/// A search index of tables that are searched together.
pub(crate) struct Search {
    pub(crate) name: &'static str,
    /// Prefix of the names of its tables, its view and its triggers.
    pub(crate) index: &'static str,
    pub(crate) sources: &'static [Source],
}

pub(crate) const CHANGE: Search =
    Search { name: "m20261125_000010_search", index: "search", sources: &SOURCES };

/// A searched table.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    pub(crate) table: &'static str,
    pub(crate) key: &'static str,
    /// Its names, as expressions.
    pub(crate) name: &'static str,
    pub(crate) other: Option<&'static str>,
    pub(crate) place: Option<&'static str>,
    /// The columns used in these expressions.
    pub(crate) columns: &'static str,
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

const TABLE: &str = "
CREATE TABLE {index}_entry (
    number      {serial} NOT NULL,
    noun        {text}   NOT NULL,
    id          {id},
    code        {text},
    name        {text}   NOT NULL,
    other_name  {text},
    words       {text}   NOT NULL,
    region_code {text},
    CONSTRAINT {index}_entry_pk PRIMARY KEY (number),
    CONSTRAINT {index}_entry_id_key UNIQUE (id),
    CONSTRAINT {index}_entry_code_key UNIQUE (code),
    CONSTRAINT {index}_entry_noun_check CHECK (noun IN ({nouns})),
    CONSTRAINT {index}_entry_key_check CHECK ((id IS NULL) <> (code IS NULL))
){strict};

CREATE INDEX {index}_entry_region_code_name_id_idx ON {index}_entry (region_code, name, id);
CREATE INDEX {index}_entry_words_idx ON {index}_entry (words);
";

const FILL: &str = "
INSERT INTO {index}_entry ({columns})
SELECT {columns} FROM {index}_source";

/// The columns of an entry that its view fills.
const COLUMNS: &str = "noun, id, code, name, other_name, words, region_code";

/// Characters that separate words, and characters within a word.
const BETWEEN: &[char] = &['-', '/', '.', ',', '(', ')', '&', ':', '"'];
const WITHIN: &[char] = &['\'', '’', '`'];

/// Frequent prefixes of names, which are left out: they distinguish nothing and would make the index large.
const COMMON: [&str; 3] = ["koperasi desa merah putih", "koperasi kelurahan merah putih", "koperasi"];

impl MigrationName for Search {
    fn name(&self) -> &str {
        self.name
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
        let table = dialect.render(&self.named(TABLE))?;
        for part in [table, self.view(dialect, &[]), self.fill(""), self.named(trigrams)] {
            database.execute_unprepared(&part).await?;
        }
        for source in self.sources {
            database.execute_unprepared(&self.triggers(dialect, source, "", "")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let index = self.index;
        let dialect = Dialect::of(manager.get_database_backend())?;
        for source in self.sources {
            database.execute_unprepared(&self.drop_triggers(dialect, source)).await?;
        }
        if sqlite {
            database.execute_unprepared(&format!("DROP TABLE {index}_trigram")).await?;
        }
        database.execute_unprepared(&format!("DROP VIEW {index}_source; DROP TABLE {index}_entry")).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

impl Step for Search {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

/// Requires the extension `pg_trgm`, which is part of Debian's server package and a separate package elsewhere.
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

impl Search {
    /// Fills the names of this index into a DDL text.
    fn named(&self, ddl: &str) -> String {
        let nouns: Vec<String> = self.sources.iter().map(|source| format!("'{}'", source.table)).collect();
        ddl.replace("{index}", self.index).replace("{nouns}", &nouns.join(", "))
    }

    /// The statement that fills the entries, with further columns.
    fn fill(&self, more: &str) -> String {
        self.named(FILL).replace("{columns}", &format!("{COLUMNS}{more}"))
    }

    /// The view: one row for each searched row, the same on both engines. `more` are further columns of each source.
    pub(crate) fn view(&self, dialect: Dialect, more: &[String]) -> String {
        let (id, code) = match dialect {
            Dialect::PostgreSql => ("CAST(NULL AS uuid)", "CAST(NULL AS text)"),
            Dialect::Sqlite => ("NULL", "NULL"),
        };
        let select = |(at, Source { table, key, name, other, place, .. }): (usize, &Source)| {
            let more = more.get(at).map_or("", String::as_str);
            let key = if *key == "id" {
                format!("id, {code} AS code")
            } else {
                format!("{id} AS id, {key} AS code")
            };
            let words = match other {
                Some(other) => format!("{} || coalesce({}, '')", words(name), words(other)),
                None => words(name),
            };
            let (other, place) = (other.unwrap_or(code), place.unwrap_or(code));
            format!(
                "SELECT '{table}' AS noun, {key}, {name} AS name, {other} AS other_name, {words} AS words, \
                 {place} AS region_code{more} FROM {table}"
            )
        };
        let selects: Vec<String> = self.sources.iter().enumerate().map(select).collect();
        format!("CREATE VIEW {}_source AS {}", self.index, selects.join(" UNION ALL "))
    }

    /// The statements that drop the triggers of a source.
    pub(crate) fn drop_triggers(&self, dialect: Dialect, Source { table, .. }: &Source) -> String {
        let index = self.index;
        match dialect {
            Dialect::Sqlite => {
                let triggers = ["inserted", "updated", "deleted"];
                triggers.map(|what| format!("DROP TRIGGER {index}_{table}_{what}")).join("; ")
            }
            Dialect::PostgreSql => {
                format!("DROP TRIGGER {index}_{table} ON {table}; DROP FUNCTION {index}_{table}()")
            }
        }
    }

    /// The triggers: a changed row gets a new entry, a deleted row loses its entry. `more` are further columns of the
    /// entry, `read` the columns of the table that they are made from.
    pub(crate) fn triggers(&self, dialect: Dialect, source: &Source, more: &str, read: &str) -> String {
        let Source { table, key, columns, .. } = source;
        let (index, fill, columns) = (self.index, self.fill(more), format!("{columns}{read}"));
        let (forget, add) = (
            format!("DELETE FROM {index}_entry WHERE {key} = OLD.{key};"),
            format!("{fill} WHERE noun = '{table}' AND {key} = NEW.{key};"),
        );
        match dialect {
            Dialect::Sqlite => format!(
                "
CREATE TRIGGER {index}_{table}_inserted AFTER INSERT ON {table} BEGIN {add}
END;
CREATE TRIGGER {index}_{table}_updated AFTER UPDATE OF {key}, {columns} ON {table} BEGIN {forget} {add}
END;
CREATE TRIGGER {index}_{table}_deleted AFTER DELETE ON {table} BEGIN {forget}
END;"
            ),
            Dialect::PostgreSql => format!(
                "
CREATE FUNCTION {index}_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN {forget}
    END IF;
    IF TG_OP <> 'DELETE' THEN {add}
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER {index}_{table} AFTER INSERT OR DELETE OR UPDATE OF {key}, {columns} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {index}_{table}();"
            ),
        }
    }
}

/// A folded name as words, with a blank on either side and without frequent prefixes.
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
CREATE INDEX {index}_entry_trigram_idx ON {index}_entry USING gin (words gin_trgm_ops) WITH (fastupdate = off);
";

const SQLITE: &str = "
CREATE VIRTUAL TABLE {index}_trigram USING fts5(
    words, content = '{index}_entry', content_rowid = 'number', tokenize = 'trigram case_sensitive 1',
    detail = 'none', columnsize = 0);

INSERT INTO {index}_trigram ({index}_trigram) VALUES ('rebuild');

CREATE TRIGGER {index}_entry_inserted AFTER INSERT ON {index}_entry BEGIN
    INSERT INTO {index}_trigram (rowid, words) VALUES (NEW.number, NEW.words);
END;

CREATE TRIGGER {index}_entry_deleted AFTER DELETE ON {index}_entry BEGIN
    INSERT INTO {index}_trigram ({index}_trigram, rowid, words) VALUES ('delete', OLD.number, OLD.words);
END;
";
