//! The epoch of a change log: which copy of the log a sequence belongs to.
//!
//! A standby that was promoted without the last writes gives their numbers to other writes. Its timeline differs.

use super::Engine;

/// SQL for the epoch, an integer. `SQLite` has no standbys, so it has one epoch.
#[must_use]
pub fn epoch(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "1",
        Engine::Postgres => {
            "CASE WHEN pg_is_in_recovery() \
             THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver), (SELECT timeline_id FROM pg_control_checkpoint())) \
             ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer END"
        }
    }
}

/// SQL for whether the database is a standby, which may lag behind: 0 or 1.
#[must_use]
pub fn is_standby(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "0",
        Engine::Postgres => "CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END",
    }
}
