//! The triggers for SQLite, which has one writer at a time.
//!
//! A row that `REPLACE` overwrites counts as inserted, while the rows that belong to it already exist: insertions are
//! propagated to them like updates.

use super::written;

/// A trigger: its name, the event, the table, the condition on the new row, and the action.
struct Trigger {
    name: String,
    event: String,
    table: &'static str,
    when: String,
    body: String,
}

impl Trigger {
    fn create(&self) -> String {
        let Self { name, event, table, when, body } = self;
        written(&format!(
            "CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW WHEN {when} BEGIN\n{body}\nEND;\n"
        ))
    }
}

/// Triggers after an insertion and after an update of these columns.
fn on(table: &'static str, word: &str, columns: &str, when: &str, body: &str) -> [Trigger; 2] {
    [("inserted", "INSERT".to_owned()), ("updated", format!("UPDATE OF {columns}"))].map(|(when_, event)| {
        Trigger {
            name: format!("{table}_{word}_{when_}"),
            event,
            table,
            when: when.to_owned(),
            body: body.to_owned(),
        }
    })
}

/// Copies a column from the parent row.
fn told(table: &'static str, column: &str, parent: &str) -> [Trigger; 2] {
    let body = format!("UPDATE {table} SET program_visible = NOT NEW.program_visible WHERE id = NEW.id;");
    on(
        table,
        "visible",
        &format!("{column}, program_visible"),
        &format!("NEW.program_visible <> ({parent})"),
        &body,
    )
}

fn all() -> Vec<Trigger> {
    let of_batch = "SELECT b.program_visible FROM internship_batch b WHERE b.id = NEW.batch_id";
    // Read from the table: another trigger may have changed the row meanwhile.
    let own = "(SELECT b.program_visible FROM internship_batch b WHERE b.id = NEW.id)";
    let beneath =
        |table: &str| format!("UPDATE {table} SET program_visible = {own} WHERE batch_id = NEW.id;");
    [
        on(
            "internship_program",
            "announced",
            "status, announced",
            "NEW.announced <> {announced NEW}",
            "UPDATE internship_program SET announced = NOT NEW.announced WHERE id = NEW.id;",
        ),
        on(
            "internship_program",
            "visible",
            "status, announced",
            "TRUE",
            "UPDATE internship_batch SET program_visible = {visible NEW} \
             WHERE program_id = NEW.id AND program_visible <> {visible NEW};",
        ),
        told(
            "internship_batch",
            "program_id",
            "SELECT {visible p} FROM internship_program p WHERE p.id = NEW.program_id",
        ),
        on(
            "internship_batch",
            "beneath",
            "program_visible",
            "TRUE",
            &format!("{}\n{}", beneath("training_session"), beneath("placement")),
        ),
        told("training_session", "batch_id", of_batch),
        told("placement", "batch_id", of_batch),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The statements that create the triggers.
pub(super) fn create() -> String {
    all().iter().map(Trigger::create).collect()
}

/// The statements that drop the triggers.
pub(super) fn drop() -> String {
    let drops: Vec<String> = all().iter().map(|trigger| format!("DROP TRIGGER {};", trigger.name)).collect();
    drops.join(" ")
}
