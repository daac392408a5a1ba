//! The records of a walk: a few of each state, and those that its verbs make.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TryGetable};
use simpul::graph::id;
use uuid::Uuid;

/// The nouns that verbs change, with their tables.
pub(in crate::writing) const NOUNS: [(&str, &str); 16] = [
    ("InternshipBatch", "internship_batch"),
    ("Placement", "placement"),
    ("BusinessLinkage", "linkage"),
    ("Partnership", "partnership"),
    ("InternshipProgram", "internship_program"),
    ("PartnershipApplication", "partnership_application"),
    ("Cooperative", "cooperative"),
    ("Officer", "officer"),
    ("BusinessUnit", "business_unit"),
    ("TrainingSession", "training_session"),
    ("LinkageMonth", "linkage_month"),
    ("AnnualReport", "annual_report"),
    ("CooperativeCommodity", "cooperative_commodity"),
    ("PartnerInstitution", "institution"),
    ("Official", "official"),
    ("Person", "person"),
];

/// The table of a noun.
pub(in crate::writing) fn table(noun: &str) -> &'static str {
    NOUNS.iter().find(|(name, _)| *name == noun).unwrap_or_else(|| panic!("{noun} has no table")).1
}

/// Whether the rows of a table have a status.
pub(super) fn has_status(table: &str) -> bool {
    NOUNS[..9].iter().any(|(_, name)| *name == table)
}

/// The rows of a walk.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    /// Keys by noun; the latest last.
    rows: BTreeMap<&'static str, Vec<Uuid>>,
    /// Global ids of what verbs only refer to.
    others: BTreeMap<&'static str, Vec<String>>,
}

async fn column<T: TryGetable>(database: &DatabaseConnection, sql: &str) -> Vec<T> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{error} in {sql}"));
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

impl Pool {
    pub(super) async fn of(database: &DatabaseConnection) -> Self {
        let mut pool = Self::default();
        let cooperatives = "SELECT id, row_number() OVER (PARTITION BY status ORDER BY CASE WHEN region_code LIKE '32%' THEN 0 ELSE 1 END, id) AS place FROM cooperative";
        let few = format!("SELECT id FROM ({cooperatives}) c WHERE place <= 3");
        for (noun, table) in NOUNS {
            let (of, places) = match noun {
                "Officer" => (format!("{table} WHERE cooperative_id IN ({few})"), 8),
                "Person" => (
                    format!(
                        "{table} WHERE id IN (SELECT person_id FROM officer WHERE cooperative_id IN ({few}))"
                    ),
                    4,
                ),
                "Cooperative" => (format!("{table} WHERE id IN ({few})"), 3),
                "BusinessUnit" => (format!("{table} WHERE cooperative_id IN ({few})"), 3),
                _ => (table.to_owned(), 2),
            };
            let (by, places) =
                if has_status(table) { ("PARTITION BY status", places) } else { ("", places.max(4)) };
            let sql = format!(
                "SELECT id FROM (SELECT id, row_number() OVER ({by} ORDER BY id) AS place FROM {of}) x WHERE place <= {places} ORDER BY place DESC, id"
            );
            pool.rows.insert(noun, column::<Uuid>(database, &sql).await);
        }
        for (noun, sql) in [
            ("Commodity", "SELECT code FROM commodity ORDER BY code LIMIT 3"),
            ("BusinessClass", "SELECT code FROM business_class ORDER BY code LIMIT 3"),
            (
                "Region",
                "SELECT code FROM (SELECT code FROM region WHERE kind = 'DESA' AND code LIKE '32.%' AND code NOT IN (SELECT region_code FROM cooperative) ORDER BY code LIMIT 6) v
                 UNION ALL SELECT '32' UNION ALL SELECT '33' UNION ALL SELECT '32.04'",
            ),
        ] {
            let codes = column::<String>(database, sql).await;
            let ids = codes.iter().map(|code| id::encode(noun, &code.as_str().into()).to_string());
            pool.others.insert(noun, ids.collect());
        }
        pool
    }

    /// Adds a row that a verb made.
    pub(super) fn add(&mut self, noun: &str, key: Uuid) {
        let rows = self
            .rows
            .iter_mut()
            .find(|(name, _)| **name == noun)
            .unwrap_or_else(|| panic!("{noun} is unknown"))
            .1;
        if !rows.contains(&key) {
            rows.push(key);
        }
    }

    /// The row of a noun that a number names: small ones name the latest.
    pub(super) fn row(&self, noun: &str, number: usize) -> Uuid {
        let rows = &self.rows[noun];
        rows[rows.len() - 1 - number % rows.len()]
    }

    /// The same, as a global id, also of what verbs only refer to.
    pub(super) fn id(&self, noun: &str, number: usize) -> String {
        match self.others.get(noun) {
            Some(ids) => ids[number % ids.len()].clone(),
            None => id::encode(noun, &self.row(noun, number).into()).to_string(),
        }
    }
}
