//! Programs, batches, sessions and placements that tests insert by SQL: copies of generated rows, with numbered keys.

use entity::{internship_batch, internship_program, placement, training_session};
use sea_orm::{EntityTrait, IdenStatic, Iterable};
use simpul::store::Engine;

/// How many rows say otherwise than their programs.
pub(super) const WRONG: &str = "
    SELECT (SELECT count(*) FROM internship_program
            WHERE (status = 'DRAFT' AND announced) OR (status NOT IN ('DRAFT', 'CANCELLED') AND NOT announced))
         + (SELECT count(*) FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
            WHERE b.program_visible <> (p.status <> 'DRAFT' AND p.announced))
         + (SELECT count(*) FROM training_session t JOIN internship_batch b ON b.id = t.batch_id
            WHERE t.program_visible <> b.program_visible)
         + (SELECT count(*) FROM placement s JOIN internship_batch b ON b.id = s.batch_id
            WHERE s.program_visible <> b.program_visible)";

/// The stages of a program.
pub(super) const STATUSES: [&str; 7] =
    ["DRAFT", "PUBLISHED", "OPEN", "RUNNING", "COMPLETED", "EVALUATED", "CANCELLED"];

/// A number as a key that comes after all others.
pub(super) fn key(engine: Engine, number: usize) -> String {
    match engine {
        Engine::Sqlite => format!("X'ffffffff{number:024x}'"),
        Engine::Postgres => format!("CAST('ffffffff{number:024x}' AS UUID)"),
    }
}

/// The insertion of a copy of the row at a place among all, with some columns otherwise, by a writer who does not know
/// the `unknown` one.
fn copied<E: EntityTrait>(place: usize, otherwise: &[(&str, String)], unknown: Option<&str>) -> String {
    let table = E::default();
    let table = table.table_name();
    let columns: Vec<&str> =
        E::Column::iter().map(|column| column.as_str()).filter(|column| Some(*column) != unknown).collect();
    let value = |column: &&str| {
        let changed = otherwise.iter().find(|(name, _)| name == column);
        changed.map_or_else(|| (*column).to_owned(), |(_, value)| value.clone())
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table}
         WHERE id = (SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET {place})",
        columns.join(", "),
        values.join(", "),
    )
}

/// A row beneath a program, with or without a value of its visibility column.
fn below<E: EntityTrait>(place: usize, mut otherwise: Vec<(&str, String)>, visible: Option<&str>) -> String {
    let unknown = if visible.is_some() { None } else { Some("program_visible") };
    otherwise.extend(visible.map(|visible| ("program_visible", visible.to_owned())));
    copied::<E>(place, &otherwise, unknown)
}

/// A program with this status, inserted without the column for whether it was announced.
pub(super) fn program(engine: Engine, number: usize, status: &str) -> String {
    let otherwise = [
        ("id", key(engine, number)),
        ("code", format!("'TEST-{number}'")),
        ("status", format!("'{status}'")),
    ];
    copied::<internship_program::Entity>(0, &otherwise, Some("announced"))
}

/// A batch of a program.
pub(super) fn batch(engine: Engine, number: usize, program: usize, visible: Option<&str>) -> String {
    let otherwise = vec![
        ("id", key(engine, number)),
        ("program_id", key(engine, program)),
        ("number", (1_000 + number).to_string()),
    ];
    below::<internship_batch::Entity>(0, otherwise, visible)
}

/// A lesson of a batch.
pub(super) fn session(engine: Engine, number: usize, batch: usize, visible: Option<&str>) -> String {
    let otherwise = vec![("id", key(engine, number)), ("batch_id", key(engine, batch))];
    below::<training_session::Entity>(0, otherwise, visible)
}

/// A seat in a batch, of the `number`th participant.
pub(super) fn seat(engine: Engine, number: usize, batch: usize, visible: Option<&str>) -> String {
    let otherwise = vec![
        ("id", key(engine, number)),
        ("batch_id", key(engine, batch)),
        ("status", "'CONFIRMED'".to_owned()),
        ("certificate_number", "NULL".to_owned()),
    ];
    below::<placement::Entity>(number, otherwise, visible)
}
