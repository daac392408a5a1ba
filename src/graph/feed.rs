//! A page of a change log: which rows changed, and whether the request's scope shows them.
//!
//! One statement reads the page, the bounds of the log, and for each change whether its row is visible now or was just
//! before the change. A change whose row is neither is not told.

use std::fmt::Write;

use sea_orm::Value as SqlValue;
use uuid::Uuid;

use super::{
    Error, Result,
    filter::Condition,
    load::{Table, VisibleRows},
};
use crate::{
    access::Scope,
    store::{Engine, Reader, epoch},
};

/// The most writes that a page looks through, so that a filter which matches little does not read the whole log.
pub const MOST_WRITES: i64 = 2_000;

/// The tables of a log: its changes, and the row with the last sequence that was removed.
#[derive(Clone, Copy, Debug)]
pub struct Log {
    pub changes: &'static Table,
    pub horizon: &'static Table,
}

/// A noun whose changes are told: its rows, its earlier states, and the condition of rows in a region.
#[derive(Clone, Copy, Debug)]
pub struct Followed {
    pub rows: &'static Table,
    pub states: &'static Table,
    pub within: fn(&str) -> Condition,
}

/// A position in a log: a write, and a change of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub sequence: i64,
    pub change: i64,
}

impl Position {
    /// The position after all changes of a write.
    #[must_use]
    pub fn after(sequence: i64) -> Self {
        Self { sequence, change: i32::MAX.into() }
    }
}

/// A change as the log has it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub position: Position,
    pub at: i64,
    pub operation: String,
    pub verb: String,
    pub noun: String,
    pub key: Uuid,
    pub version: i32,
    /// Whether the row is visible now; if not, it was just before the change.
    pub visible: bool,
}

/// What a page of a log needs: the nouns, the region, where it begins, and its length.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub followed: &'a [&'a Followed],
    pub within: Option<&'a str>,
    /// None for the beginning of what is kept.
    pub after: Option<Position>,
    pub length: u32,
}

/// A page of a log.
#[derive(Clone, Debug)]
pub struct Page {
    /// The newest sequence of the log; 0 where it is empty.
    pub head: i64,
    /// The last sequence that was removed.
    pub horizon: i64,
    pub epoch: i64,
    /// Whether the database is a standby, which may lag behind.
    pub standby: bool,
    pub entries: Vec<Entry>,
    /// Whether the log goes on after [`Page::end`].
    pub more: bool,
    /// The position up to which the log was read.
    pub end: Position,
}

type Cells = (i64, i64, i64, String, String, String, String, i32, i32);

/// Reads a page in the state that all statements of the request see.
///
/// # Errors
/// The error of the database, or `TIMEOUT`.
pub async fn page(reader: &Reader, log: Log, wanted: Wanted<'_>) -> Result<Page> {
    let (sql, values) = statement(reader.engine(), reader.scope(), log, wanted);
    let row = reader.row(&sql, values).await?;
    let row = row.ok_or_else(|| Error::Internal("a log answered without a row".into()))?;
    let text: String = row.try_get_by_index(0)?;
    let unread = |error| Error::Internal(format!("a page of a log: {error}"));
    let (head, horizon, epoch, standby, cells): (Option<i64>, i64, i64, i32, Option<Vec<Cells>>) =
        serde_json::from_str(&text).map_err(unread)?;
    let head = head.unwrap_or(horizon);
    let entries = cells.unwrap_or_default().into_iter();
    let mut entries = entries.map(entry).collect::<Result<Vec<_>>>()?;
    let length = wanted.length as usize;
    let cut = entries.len() > length;
    entries.truncate(length);
    let after = wanted.after.unwrap_or(Position::after(horizon));
    let looked = after.sequence.saturating_add(MOST_WRITES);
    let end = match entries.last() {
        Some(last) if cut => last.position,
        _ if cut => after,
        _ => after.max(Position::after(head.min(looked))),
    };
    let more = cut || head > looked;
    Ok(Page { head, horizon, epoch, standby: standby != 0, entries, more, end })
}

/// The newest sequence of a log; 0 where it is empty.
///
/// # Errors
/// The error of the database, or `TIMEOUT`.
pub async fn newest(reader: &Reader, changes: &'static Table) -> Result<i64> {
    let all = Condition::always();
    let log = VisibleRows::of(reader.engine(), reader.scope(), (changes, "h"), &all, &mut Vec::new());
    let row = reader.row(&format!("SELECT max(h.sequence) FROM {}", log.source), Vec::new()).await?;
    let newest = row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?;
    Ok(newest.flatten().unwrap_or_default())
}

fn entry((sequence, change, at, operation, verb, noun, key, version, visible): Cells) -> Result<Entry> {
    let key = key.parse().map_err(|_| Error::Internal("a change has no key".into()))?;
    let position = Position { sequence, change };
    Ok(Entry { position, at, operation, verb, noun, key, version, visible: visible != 0 })
}

/// Writes the statement, which returns `[head, horizon, epoch, standby, [change, …]]`.
fn statement(engine: Engine, scope: &Scope, log: Log, wanted: Wanted<'_>) -> (String, Vec<SqlValue>) {
    let (array, list, json, key) = match engine {
        Engine::Sqlite => ("json_array", "json_group_array", "json", "hex(s.key)"),
        Engine::Postgres => ("json_build_array", "json_agg", "", "s.key"),
    };
    let mut values: Vec<SqlValue> = Vec::new();
    let all = Condition::always();
    let changes = |alias, values: &mut Vec<SqlValue>| {
        VisibleRows::of(engine, scope, (log.changes, alias), &all, values).source
    };
    let (newest, all_changes) = (changes("h", &mut values), changes("c", &mut values));
    let horizon = VisibleRows::of(engine, scope, (log.horizon, "z"), &all, &mut values).source;
    let horizon = format!("(SELECT z.sequence FROM {horizon})");
    let (sequence, change) = match wanted.after {
        Some(Position { sequence, change }) => {
            values.extend([sequence.into(), change.into()]);
            (format!("${}", values.len() - 1), format!("${}", values.len()))
        }
        None => (horizon.clone(), i32::MAX.to_string()),
    };
    let visible = visible(engine, scope, wanted, &mut values);
    values.push((i64::from(wanted.length) + 1).into());
    let limit = values.len();
    let mut sql = format!(
        "SELECT CAST({array}((SELECT max(h.sequence) FROM {newest}), {horizon}, {epoch}, {standby}, \
         {json}((SELECT {list}({array}(s.sequence, s.position, s.at, s.operation, s.verb, s.noun, {key}, s.version, \
         s.visible)) FROM (SELECT q.* FROM (SELECT c.sequence, c.position, c.at, c.operation, c.verb, c.noun, c.key, \
         c.version, {visible} AS visible FROM {all_changes} WHERE (c.sequence, c.position) > ({sequence}, {change}) \
         AND c.sequence <= {sequence} + {MOST_WRITES}",
        epoch = epoch::epoch(engine),
        standby = epoch::is_standby(engine),
    );
    let _ = write!(
        sql,
        ") q WHERE q.visible IS NOT NULL ORDER BY q.sequence, q.position LIMIT ${limit}) s))) AS TEXT)"
    );
    (sql, values)
}

/// Writes whether the row of the change `c` is visible: 1 if it is now, 0 if it was just before the change, else null.
fn visible(engine: Engine, scope: &Scope, wanted: Wanted<'_>, values: &mut Vec<SqlValue>) -> String {
    if wanted.followed.is_empty() {
        return "CAST(NULL AS INTEGER)".to_owned();
    }
    let mut sql = "CASE c.noun".to_owned();
    for followed in wanted.followed {
        let fits = wanted.within.map_or_else(Condition::always, followed.within);
        let mut exists = |table: &'static Table, when: &str| {
            let key = table.key.first().map_or("id", |key| key.name);
            let VisibleRows { source, condition } =
                VisibleRows::of(engine, scope, (table, "x"), &fits, values);
            let condition = condition.map(|condition| format!(" AND ({condition})")).unwrap_or_default();
            format!("EXISTS (SELECT 1 FROM {source} WHERE x.{key} = c.key{when}{condition})")
        };
        let now = exists(followed.rows, "");
        let before = exists(followed.states, " AND x.to_sequence = c.sequence");
        let _ = write!(
            sql,
            " WHEN '{}' THEN CASE WHEN {now} THEN 1 WHEN {before} THEN 0 END",
            followed.rows.noun
        );
    }
    sql.push_str(" END");
    sql
}
