//! Triggers that tell what belongs to a program whether that is visible: when it changes, and when a row is added.

use crate::dialect::Dialect;

/// Whether a program is visible, of the row that the name in braces stands for.
const VISIBLE: &str =
    "({p}.status NOT IN ('DRAFT', 'CANCELLED') OR ({p}.status = 'CANCELLED' AND {p}.announced))";

const POSTGRESQL: &str = "
CREATE FUNCTION internship_program_visible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE internship_batch SET program_visible = {new} WHERE program_id = NEW.id AND program_visible <> {new};
    RETURN NULL;
END $$;
CREATE TRIGGER internship_program_visible AFTER UPDATE OF status, announced ON internship_program
    FOR EACH ROW EXECUTE FUNCTION internship_program_visible();

CREATE FUNCTION internship_batch_visible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.program_visible := coalesce(
        (SELECT {p} FROM internship_program p WHERE p.id = NEW.program_id), NEW.program_visible);
    RETURN NEW;
END $$;
CREATE TRIGGER internship_batch_visible BEFORE INSERT OR UPDATE OF program_id ON internship_batch
    FOR EACH ROW EXECUTE FUNCTION internship_batch_visible();

CREATE FUNCTION internship_batch_beneath() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE training_session SET program_visible = NEW.program_visible WHERE batch_id = NEW.id;
    UPDATE placement SET program_visible = NEW.program_visible WHERE batch_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER internship_batch_beneath AFTER UPDATE OF program_visible, program_id ON internship_batch
    FOR EACH ROW EXECUTE FUNCTION internship_batch_beneath();

CREATE FUNCTION of_batch_visible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.program_visible := coalesce(
        (SELECT b.program_visible FROM internship_batch b WHERE b.id = NEW.batch_id), NEW.program_visible);
    RETURN NEW;
END $$;
CREATE TRIGGER training_session_visible BEFORE INSERT OR UPDATE OF batch_id ON training_session
    FOR EACH ROW EXECUTE FUNCTION of_batch_visible();
CREATE TRIGGER placement_visible BEFORE INSERT OR UPDATE OF batch_id ON placement
    FOR EACH ROW EXECUTE FUNCTION of_batch_visible();
";

const POSTGRESQL_DROP: &str = "
DROP TRIGGER internship_program_visible ON internship_program;
DROP TRIGGER internship_batch_visible ON internship_batch;
DROP TRIGGER internship_batch_beneath ON internship_batch;
DROP TRIGGER training_session_visible ON training_session;
DROP TRIGGER placement_visible ON placement;
DROP FUNCTION internship_program_visible();
DROP FUNCTION internship_batch_visible();
DROP FUNCTION internship_batch_beneath();
DROP FUNCTION of_batch_visible()";

const SQLITE: &str = "
CREATE TRIGGER internship_program_visible AFTER UPDATE OF status, announced ON internship_program BEGIN
    UPDATE internship_batch SET program_visible = {new} WHERE program_id = NEW.id AND program_visible <> {new};
END;
CREATE TRIGGER internship_batch_beneath AFTER UPDATE OF program_visible ON internship_batch BEGIN
    UPDATE training_session SET program_visible = NEW.program_visible WHERE batch_id = NEW.id;
    UPDATE placement SET program_visible = NEW.program_visible WHERE batch_id = NEW.id;
END;
";

/// Written for the insertion and for the move of a row: `event`, `table`, `of` that says whether its program is visible.
const SQLITE_ROW: &str = "
CREATE TRIGGER {table}_visible_{name} AFTER {event} ON {table} WHEN NEW.program_visible <> ({of}) BEGIN
    UPDATE {table} SET program_visible = NOT NEW.program_visible WHERE id = NEW.id;
END;
";

/// The tables whose rows are told, with what tells them and the column that leads there.
const TOLD: [(&str, &str, &str); 3] = [
    ("internship_batch", "SELECT {p} FROM internship_program p WHERE p.id = NEW.program_id", "program_id"),
    (
        "training_session",
        "SELECT b.program_visible FROM internship_batch b WHERE b.id = NEW.batch_id",
        "batch_id",
    ),
    ("placement", "SELECT b.program_visible FROM internship_batch b WHERE b.id = NEW.batch_id", "batch_id"),
];

/// The statements that make the triggers.
pub(super) fn create(dialect: Dialect) -> String {
    let of = |row: &str| VISIBLE.replace("{p}", row);
    let written = |sql: &str| sql.replace("{new}", &of("NEW")).replace("{p}", &of("p"));
    match dialect {
        Dialect::PostgreSql => written(POSTGRESQL),
        Dialect::Sqlite => {
            let mut sql = written(SQLITE);
            for (table, told, column) in TOLD {
                for (name, event) in
                    [("inserted", "INSERT".to_owned()), ("moved", format!("UPDATE OF {column}"))]
                {
                    let row = SQLITE_ROW.replace("{table}", table).replace("{name}", name);
                    sql.push_str(&row.replace("{event}", &event).replace("{of}", &written(told)));
                }
            }
            sql
        }
    }
}

/// The statements that take them away.
pub(super) fn drop(dialect: Dialect) -> String {
    match dialect {
        Dialect::PostgreSql => POSTGRESQL_DROP.to_owned(),
        Dialect::Sqlite => {
            let told = TOLD.iter().flat_map(|(table, ..)| {
                ["inserted", "moved"].map(|name| format!("DROP TRIGGER {table}_visible_{name}; "))
            });
            let whole = ["internship_program_visible", "internship_batch_beneath"];
            told.chain(whole.map(|name| format!("DROP TRIGGER {name}; "))).collect()
        }
    }
}
