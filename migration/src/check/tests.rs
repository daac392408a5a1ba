//! Tests that a changed CHECK keeps everything around its table, on both engines.

use std::{env, fs, process};

use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::{CheckChange, changed};
use crate::change::{Change, Effect};
use crate::m20261128_000017_compatibility as compatibility;
use crate::{Error, History};

/// A table that others refer to, that refers to itself and to others, and that stands beneath a view, triggers, indexes
/// and a search index.
const SHELF: Change = Change {
    name: "m20270101_000001_shelf",
    effect: Effect::Additive,
    tables: &["branch", "shelf", "book"],
    indexes: &[],
    ddl: "
CREATE TABLE branch (id {int} NOT NULL, shelves {int} NOT NULL DEFAULT 0, CONSTRAINT branch_pk PRIMARY KEY (id)){strict};
CREATE TABLE shelf (
    number {serial} NOT NULL, kind {text} NOT NULL, branch_id {int} NOT NULL, beside {big}, label {text} NOT NULL DEFAULT 'none',
    CONSTRAINT shelf_pk PRIMARY KEY (number),
    CONSTRAINT shelf_branch_id_fk FOREIGN KEY (branch_id) REFERENCES branch (id),
    CONSTRAINT shelf_beside_fk FOREIGN KEY (beside) REFERENCES shelf (number) ON DELETE CASCADE,
    CONSTRAINT shelf_kind_check CHECK (kind IN ('OPEN', 'it''s closed (yet)')),
    CONSTRAINT shelf_label_check CHECK (length(label) > 0)
){strict};
ALTER TABLE shelf ADD COLUMN tall {flag tall} NOT NULL DEFAULT TRUE;
CREATE TABLE book (id {int} NOT NULL, shelf {big} NOT NULL,
    CONSTRAINT book_shelf_fk FOREIGN KEY (shelf) REFERENCES shelf (number) ON DELETE CASCADE){strict};
CREATE UNIQUE INDEX shelf_label_branch_id_key ON shelf (label, branch_id) WHERE tall;
CREATE VIEW open_shelf AS SELECT s.number, b.id AS book FROM shelf s JOIN book b ON b.shelf = s.number WHERE s.kind = 'OPEN';
INSERT INTO branch (id) VALUES (1);
",
};

const TRIGGER_OF_SQLITE: &str = "
CREATE VIRTUAL TABLE shelf_words USING fts5(label, content = 'shelf', content_rowid = 'number');
CREATE TRIGGER shelf_inserted AFTER INSERT ON shelf BEGIN
    UPDATE branch SET shelves = shelves + 1 WHERE id = NEW.branch_id;
    INSERT INTO shelf_words (rowid, label) VALUES (NEW.number, NEW.label);
END;
CREATE TRIGGER book_deleted AFTER DELETE ON book BEGIN UPDATE shelf SET label = 'empty' WHERE number = OLD.shelf; END;";

const TRIGGER_OF_POSTGRESQL: &str = "
CREATE FUNCTION shelf_inserted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE branch SET shelves = shelves + 1 WHERE id = NEW.branch_id; RETURN NULL;
END $$;
CREATE TRIGGER shelf_inserted AFTER INSERT ON shelf FOR EACH ROW EXECUTE FUNCTION shelf_inserted();";

const ROWS: &str = "
INSERT INTO shelf (number, kind, branch_id, beside, label) VALUES
    (7, 'OPEN', 1, NULL, 'first'), (9, 'it''s closed (yet)', 1, 7, 'second'), (4, 'OPEN', 1, 9, 'third');
INSERT INTO book (id, shelf) VALUES (1, 7), (2, 7), (3, 4);";

const KINDS: CheckChange = CheckChange {
    name: "m20270102_000001_kinds",
    effect: Effect::Breaking,
    table: "shelf",
    constraint: "shelf_kind_check",
    before: "kind IN ('OPEN', 'it''s closed (yet)')",
    after: "kind IN ('OPEN', 'it''s closed (yet)', 'MOBILE') AND (tall OR NOT tall)",
};

/// As above, but rows break it.
const FEWER: CheckChange = CheckChange { after: "kind IN ('OPEN', 'MOBILE')", ..KINDS };

const FIRST: History = History(|| vec![Box::new(compatibility::CHANGE), Box::new(SHELF)]);
const CHANGED: History = History(|| vec![Box::new(compatibility::CHANGE), Box::new(SHELF), Box::new(KINDS)]);
const BROKEN: History = History(|| vec![Box::new(compatibility::CHANGE), Box::new(SHELF), Box::new(FEWER)]);
/// Deletes a shelf that books refer to, with its CHECK changed in the same transaction.
const LOST: History = History(|| {
    let lost = Change { name: "m20270103_000001_lost", ddl: "DELETE FROM branch", tables: &[], ..SHELF };
    vec![Box::new(compatibility::CHANGE), Box::new(SHELF), Box::new(KINDS), Box::new(lost)]
});

/// An empty database of each engine that is tested.
async fn databases() -> Vec<DatabaseConnection> {
    let engines = env::var("SIMPUL_TEST_ENGINES").unwrap_or_default();
    let mut databases = Vec::new();
    let name = format!("simpul_check_{}", process::id());
    if engines != "postgres" {
        let file = env::temp_dir().join(&name);
        let url = format!("sqlite://{}?mode=rwc", file.display());
        databases.push(Box::pin(Database::connect(url)).await.unwrap());
    }
    if engines != "sqlite" {
        let server = env::var("SIMPUL_TEST_POSTGRES").expect("scripts/test starts a PostgreSQL");
        let one = Box::pin(Database::connect(&server)).await.unwrap();
        one.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let (host, _) = server.rsplit_once('/').unwrap();
        databases.push(Box::pin(Database::connect(format!("{host}/{name}"))).await.unwrap());
    }
    databases
}

async fn discard(database: DatabaseConnection) {
    let name = format!("simpul_check_{}", process::id());
    let backend = database.get_database_backend();
    database.close().await.unwrap();
    if backend == DbBackend::Sqlite {
        fs::remove_file(env::temp_dir().join(name)).unwrap();
    } else {
        let one = Box::pin(Database::connect(env::var("SIMPUL_TEST_POSTGRES").unwrap())).await.unwrap();
        one.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    }
}

async fn texts(database: &DatabaseConnection, query: &str) -> Vec<String> {
    let statement = Statement::from_string(database.get_database_backend(), query);
    let rows = database.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{error} in {query}"));
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// All rows, and on SQLite the whole schema but for the changed table.
async fn state(database: &DatabaseConnection) -> Vec<String> {
    let mut state = Vec::new();
    for query in [
        "SELECT CAST(number AS text) || kind || coalesce(CAST(beside AS text), '') || label FROM shelf ORDER BY number",
        "SELECT CAST(id AS text) || CAST(shelf AS text) FROM book ORDER BY id",
        "SELECT CAST(number AS text) || CAST(book AS text) FROM open_shelf ORDER BY book",
        "SELECT CAST(shelves AS text) FROM branch",
    ] {
        state.extend(texts(database, query).await);
    }
    if database.get_database_backend() == DbBackend::Sqlite {
        let schema = "SELECT type || ' ' || name || ': ' || sql FROM sqlite_schema \
                      WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite_%' AND name <> 'shelf' ORDER BY name";
        state.extend(texts(database, schema).await);
        state.extend(texts(database, "SELECT CAST(rowid AS text) FROM shelf_words('second')").await);
    }
    state
}

#[tokio::test]
async fn a_changed_check_keeps_rows_references_views_triggers_and_indexes() {
    for database in databases().await {
        let sqlite = database.get_database_backend() == DbBackend::Sqlite;
        FIRST.bring(&database).await.unwrap();
        let trigger = if sqlite { TRIGGER_OF_SQLITE } else { TRIGGER_OF_POSTGRESQL };
        for part in [trigger, ROWS] {
            database.execute_unprepared(part).await.unwrap();
        }
        let before = state(&database).await;
        assert!(before.contains(&"9it's closed (yet)7second".to_owned()), "{before:?}");
        let execute = async |sql: &str| database.execute_unprepared(sql).await;
        let mobile = "INSERT INTO shelf (number, kind, branch_id, label) VALUES (11, 'MOBILE', 1, 'fourth')";
        assert!(execute(mobile).await.is_err());

        let Err(Error::Database(refused)) = BROKEN.bring(&database).await else { panic!("rows break it") };
        assert!(refused.to_string().contains("1 rows of shelf break the new shelf_kind_check"), "{refused}");
        assert_eq!(state(&database).await, before);
        assert!(LOST.bring(&database).await.is_err(), "shelves refer to the branch");
        assert_eq!(state(&database).await, before);
        assert!(execute(mobile).await.is_err());

        CHANGED.bring(&database).await.unwrap();
        assert_eq!(state(&database).await, before);
        for refused in [
            "INSERT INTO shelf (number, kind, branch_id, label) VALUES (12, 'ROUND', 1, 'fifth')",
            "INSERT INTO shelf (number, kind, branch_id, label) VALUES (12, 'MOBILE', 1, '')",
            "INSERT INTO shelf (number, kind, branch_id, label) VALUES (12, 'MOBILE', 1, 'first')",
            "INSERT INTO shelf (number, kind, branch_id, label) VALUES (12, 'MOBILE', 2, 'fifth')",
            "INSERT INTO book (id, shelf) VALUES (4, 5)",
        ] {
            assert!(execute(refused).await.is_err(), "{refused}");
        }
        execute(mobile).await.unwrap();
        assert_eq!(texts(&database, "SELECT CAST(shelves AS text) FROM branch").await, ["4"], "the trigger");

        assert!(CHANGED.revert(&database, 1).await.is_err(), "there is a mobile one");
        execute("DELETE FROM shelf WHERE number = 11").await.unwrap();
        CHANGED.revert(&database, 1).await.unwrap();
        assert!(execute(mobile).await.is_err());
        execute("DELETE FROM shelf WHERE number = 7").await.unwrap();
        assert_eq!(texts(&database, "SELECT CAST(id AS text) FROM book").await, [""; 0], "all are beside it");
        discard(database).await;
    }
}

#[test]
fn only_the_named_check_of_a_definition_changes() {
    let definition = "(a TEXT CONSTRAINT one_check CHECK (a <> ')' AND (a > '')), CONSTRAINT two CHECK (a))";
    let other = changed(definition, "one_check", "b").unwrap();
    assert_eq!(other, "(a TEXT CONSTRAINT one_check CHECK (b), CONSTRAINT two CHECK (a))");
    assert!(changed(definition, "three", "b").unwrap_err().to_string().contains("there is no three"));
    assert!(changed("(CONSTRAINT one CHECK (a", "one", "b").is_err());
}
