//! Creates the view `linked_state`: the rows that belong to a record, such as the parties of an agreement, with the writes
//! between which they were current.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

pub(crate) struct LinkedState;

/// A table of linked rows: the key of the record, the name of its list, what the row leads to (a key or a code), and in which
/// role.
struct Linked {
    table: &'static str,
    record: &'static str,
    list: &'static str,
    key: &'static str,
    code: &'static str,
    role: &'static str,
    /// Its place in the list.
    position: &'static str,
}

const LINKED: [Linked; 5] = [
    Linked {
        table: "partnership_party",
        record: "partnership_id",
        list: "parties",
        key: "party_id",
        code: "''",
        role: "role",
        position: "position",
    },
    Linked {
        table: "program_partnership",
        record: "program_id",
        list: "partnerships",
        key: "partnership_id",
        code: "''",
        role: "''",
        position: "0",
    },
    Linked {
        table: "program_supporter",
        record: "program_id",
        list: "supporters",
        key: "institution_id",
        code: "''",
        role: "role",
        position: "0",
    },
    Linked {
        table: "cooperative_business_class",
        record: "cooperative_id",
        list: "businessClasses",
        key: "cooperative_id",
        code: "business_class_id",
        role: "CASE WHEN is_primary THEN 'PRIMARY' ELSE '' END",
        position: "CASE WHEN is_primary THEN 0 ELSE 1 END",
    },
    Linked {
        table: "batch_province",
        record: "batch_id",
        list: "provinces",
        key: "batch_id",
        code: "region_code",
        role: "''",
        position: "0",
    },
];

fn view() -> String {
    let rows = LINKED.iter().flat_map(|linked| {
        let Linked { table, record, list, key, code, role, position } = linked;
        let states = [(String::new(), "CAST(NULL AS {big})"), ("_history".to_owned(), "to_sequence")];
        states.map(|(history, until)| {
            // SQLite reads one record of the view by the keys of the tables only where a column has one affinity in all parts.
            format!(
                "SELECT {record} AS record_id, {{textual '{list}'}} AS list, {key} AS target_id,
                    {{textual {code}}} AS target_code, {{textual {role}}} AS role,
                    CAST({position} AS {{int}}) AS position, since_sequence, {until} AS to_sequence FROM {table}{history}"
            )
        })
    });
    format!("CREATE VIEW linked_state AS {}", rows.collect::<Vec<_>>().join(" UNION ALL "))
}

impl MigrationName for LinkedState {
    fn name(&self) -> &'static str {
        "m20261130_000084_linked_state"
    }
}

impl Step for LinkedState {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for LinkedState {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ddl = Dialect::of(manager.get_database_backend())?.render(&view())?;
        manager.get_connection().execute_unprepared(&ddl).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP VIEW linked_state").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
