//! Adds to the search indexes what ranks entries of equal names, and what a search for a property lists: the size of an
//! entry, its kind, its community and its program. Postal codes get an index.
//!
//! Earlier releases can still read: they find more columns.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
    m20261125_000010_search::{CHANGE, Search},
    m20261125_000015_search_lists::{PARTNERSHIPS, REGIONS},
};

pub(crate) struct Ranks;

/// What the entries of a source get, as expressions of its columns; and these columns.
struct Rank {
    size: &'static str,
    kind: Option<&'static str>,
    community_base: Option<&'static str>,
    program: Option<&'static str>,
    columns: &'static str,
}

const RANK: Rank = Rank { size: "0", kind: None, community_base: None, program: None, columns: "" };

/// What was published is better known than what is merely large.
const COOPERATIVE: &str =
    "CASE WHEN source IN ('ARTICLE', 'PUBLIC') THEN 1000000000 ELSE 0 END + coalesce(member_count, 0)";
const INSTITUTION: &str = "CASE WHEN source IN ('ARTICLE', 'PUBLIC') THEN 1000000000 ELSE 0 END";
const PROGRAM: &str =
    "CASE WHEN source IN ('ARTICLE', 'PUBLIC') THEN 1000000000 ELSE 0 END + participant_count";

/// The indexes, with the ranks of their sources in the order of these.
const INDEXES: [(&Search, &[Rank]); 3] = [
    (
        &CHANGE,
        &[
            Rank {
                size: COOPERATIVE,
                kind: Some("cooperative_type"),
                community_base: Some("CASE WHEN community_base <> 'GENERAL' THEN community_base END"),
                program: Some("CASE WHEN program <> 'GENERAL' THEN program END"),
                columns: ", source, member_count, cooperative_type, community_base, program",
            },
            Rank { size: INSTITUTION, kind: Some("kind"), columns: ", source, kind", ..RANK },
            Rank { size: PROGRAM, kind: Some("kind"), columns: ", source, participant_count, kind", ..RANK },
            Rank { size: "2000000000", kind: Some("category"), columns: ", category", ..RANK },
        ],
    ),
    (&REGIONS, &[Rank { kind: Some("kind"), columns: ", kind", ..RANK }]),
    (&PARTNERSHIPS, &[Rank { kind: Some("kind"), columns: ", kind", ..RANK }]),
];

const MORE: &str = ", size, kind, community_base, program";

const COLUMNS: [&str; 4] =
    ["size {big} NOT NULL DEFAULT 0", "kind {text}", "community_base {text}", "program {text}"];

const INDEX: &str = "
DROP INDEX search_entry_region_code_name_id_idx;
CREATE INDEX search_entry_region_code_size_idx ON search_entry (region_code, size);
CREATE INDEX search_entry_noun_size_idx ON search_entry (noun, size);
CREATE INDEX search_entry_kind_size_idx ON search_entry (kind, size);
CREATE INDEX search_entry_community_base_size_idx ON search_entry (community_base, size);
CREATE INDEX search_entry_program_size_idx ON search_entry (program, size);
CREATE INDEX region_postal_code_code_idx ON region (postal_code, code)";

/// Without statistics of the new indexes, engines choose the wrong ones until the next load.
const ANALYZE: &str = "
ANALYZE search_entry;
ANALYZE search_region_entry;
ANALYZE search_partnership_entry;
ANALYZE region";

const NARROW_INDEX: &str = "
DROP INDEX region_postal_code_code_idx;
DROP INDEX search_entry_program_size_idx;
DROP INDEX search_entry_community_base_size_idx;
DROP INDEX search_entry_kind_size_idx;
DROP INDEX search_entry_noun_size_idx;
DROP INDEX search_entry_region_code_size_idx;
CREATE INDEX search_entry_region_code_name_id_idx ON search_entry (region_code, name, id)";

impl Rank {
    /// The further columns in the view.
    fn selected(&self, dialect: Dialect) -> String {
        let none = match dialect {
            Dialect::PostgreSql => "CAST(NULL AS text)",
            Dialect::Sqlite => "NULL",
        };
        let [kind, base, program] =
            [self.kind, self.community_base, self.program].map(|text| text.unwrap_or(none));
        format!(", {} AS size, {kind} AS kind, {base} AS community_base, {program} AS program", self.size)
    }

    /// Fills the further columns of existing entries.
    fn fill(&self, dialect: Dialect, index: &str, (table, key): (&str, &str)) -> String {
        format!(
            "UPDATE {index}_entry SET (size, kind, community_base, program) = \
             (SELECT s.size, s.kind, s.community_base, s.program FROM (SELECT {key}{} FROM {table}) s \
             WHERE s.{key} = {index}_entry.{key}) WHERE noun = '{table}'",
            self.selected(dialect)
        )
    }
}

impl MigrationName for Ranks {
    fn name(&self) -> &'static str {
        "m20261129_000060_search"
    }
}

impl Step for Ranks {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for Ranks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (dialect, database) = (Dialect::of(manager.get_database_backend())?, manager.get_connection());
        for (search, ranks) in INDEXES {
            let index = search.index;
            for source in search.sources {
                database.execute_unprepared(&search.drop_triggers(dialect, source)).await?;
            }
            for column in COLUMNS {
                let add = dialect.render(&format!("ALTER TABLE {index}_entry ADD COLUMN {column}"))?;
                database.execute_unprepared(&add).await?;
            }
            let more: Vec<String> = ranks.iter().map(|rank| rank.selected(dialect)).collect();
            database.execute_unprepared(&format!("DROP VIEW {index}_source")).await?;
            database.execute_unprepared(&search.view(dialect, &more)).await?;
            for (source, rank) in search.sources.iter().zip(ranks) {
                let fill = rank.fill(dialect, index, (source.table, source.key));
                database.execute_unprepared(&fill).await?;
                let triggers = search.triggers(dialect, source, MORE, rank.columns);
                database.execute_unprepared(&triggers).await?;
            }
        }
        database.execute_unprepared(INDEX).await?;
        database.execute_unprepared(ANALYZE).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (dialect, database) = (Dialect::of(manager.get_database_backend())?, manager.get_connection());
        database.execute_unprepared(NARROW_INDEX).await?;
        for (search, _) in INDEXES {
            let index = search.index;
            for source in search.sources {
                database.execute_unprepared(&search.drop_triggers(dialect, source)).await?;
            }
            database.execute_unprepared(&format!("DROP VIEW {index}_source")).await?;
            database.execute_unprepared(&search.view(dialect, &[])).await?;
            for column in ["program", "community_base", "kind", "size"] {
                let drop = format!("ALTER TABLE {index}_entry DROP COLUMN {column}");
                database.execute_unprepared(&drop).await?;
            }
            for source in search.sources {
                database.execute_unprepared(&search.triggers(dialect, source, "", "")).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
