//! The feed of changes: which records verbs created, changed and deleted, in the order of commits.

mod place;

pub(super) use self::place::within;

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{change_horizon, vocabulary::ChangeOperation};
use sea_orm::ActiveEnum;

use super::{
    edges,
    history::{self, HistoryEntry},
    region::Region,
};
use crate::{
    graph::{
        Error, Result,
        cursor::{self, Fingerprint},
        feed::{self, Entry, Followed, Log, Page, Position, Wanted},
        id,
        inline::{Inline, Items, inline_object},
        load::{Graph, Noun, One, Table},
        page::{MAX_PAGE, PageInfo, Window},
        scalar::{DateTime, RegionCode},
        value::Value,
    },
    store::Reader,
};

/// The row with the horizon of the log.
#[derive(Debug)]
struct Horizon;

impl Noun for Horizon {
    type Entity = change_horizon::Entity;

    const NAME: &'static str = "ChangeHorizon";

    fn table() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(Table::of::<Horizon>);
        &TABLE
    }

    fn from_row(_: Arc<change_horizon::Model>) -> Self {
        Self
    }
}

edges! {
    REGION: One<Region> = One::root("region of changes");
}

/// The nouns whose changes are told: those with a history.
static FOLLOWED: LazyLock<Vec<Followed>> = LazyLock::new(|| {
    let followed = history::tables()
        .into_iter()
        .filter_map(|[rows, states]| Some(Followed { rows, states, within: place::within(rows.noun)? }));
    followed.collect()
});

/// A change of one record by one write [perubahan].
#[derive(Clone, Debug, SimpleObject)]
pub struct Change {
    /// Number of the write in the change log, without gaps and in the order of commits [nomor urut].
    sequence: i64,
    /// Time of the write [waktu].
    at: DateTime,
    /// What happened to the record. DELETED also stands for a record that the caller may not see any more, or that left
    /// the region [tindakan].
    operation: ChangeOperation,
    /// Name of the verb, such as `amendLinkage`; null for a record that the caller may not see [tindakan].
    verb: Option<String>,
    /// Type of the record, such as `BusinessLinkage` [jenis catatan].
    noun: String,
    /// Global id of the record.
    id: ID,
    /// Version of the record after the change; null for a record that the caller may not see [versi].
    version: Option<i32>,
}

/// Some changes, in the order of the log.
#[derive(Debug)]
pub struct ChangeConnection {
    page: Page,
    begun: bool,
}

inline_object! { Change, ChangeConnection }

/// Some changes, in the order of the log.
#[Object]
impl ChangeConnection {
    /// The changes. There may be fewer than `first`, or none, although `hasNextPage`: a page looks through at most 2,000
    /// writes.
    async fn nodes(&self) -> Result<Items<Change>> {
        self.page.entries.iter().map(Change::of).collect::<Result<_>>().map(Items)
    }

    /// Position of this page in the log. `endCursor` is never null: it is where to go on, also when there are no changes.
    async fn page_info(&self) -> Inline<PageInfo> {
        let start = self.page.entries.first().map_or(self.page.end, |first| first.position);
        let [start, end] = [start, self.page.end].map(|at| Some(encoded(self.page.epoch, at)));
        Inline(PageInfo::known(self.begun, self.page.more, [start, end]))
    }
}

impl Change {
    fn of(entry: &Entry) -> Result<Self> {
        let Entry { position, at, operation, verb, noun, key, version, visible } = entry;
        let operation =
            if *visible { ChangeOperation::try_from_value(operation)? } else { ChangeOperation::Deleted };
        Ok(Self {
            sequence: position.sequence,
            at: DateTime::from_micros(*at),
            operation,
            verb: visible.then(|| verb.clone()),
            id: id::encode(noun, &(*key).into()),
            noun: noun.clone(),
            version: visible.then_some(*version),
        })
    }
}

/// The root field of the feed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// Changes of records by verbs, oldest first, without content: what a record is now is asked by its id. A record that
    /// the caller could see before a change and cannot see now is told as DELETED. Records that were loaded in bulk have no
    /// changes [perubahan].
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only changes after this cursor, or after the write with this number: the \
                          `registry { sequence }` of an earlier answer. When absent, from the oldest change that is kept.")]
        after: Option<String>,
        nouns: Option<Vec<String>>,
        within: Option<RegionCode>,
        #[graphql(desc = "Greatest number of changes: 20 by default, at most 100.")] first: Option<i32>,
    ) -> Result<Inline<ChangeConnection>> {
        let length = Window { first, ..Window::default() }.length(MAX_PAGE)?;
        let after = after.as_deref().map(decoded).transpose()?;
        let followed = followed(nouns.as_deref())?;
        let within = within.map(|RegionCode(code)| code);
        if let Some(code) = &within
            && REGION.ask().row(ctx, code.as_str()).await?.is_none()
        {
            return Err(Error::bad_input(format!("there is no region with the code {code}")));
        }
        let log = Log { changes: HistoryEntry::table(), horizon: Horizon::table() };
        let position = after.map(|(_, position)| position);
        let wanted = Wanted { followed: &followed, within: within.as_deref(), after: position, length };
        let page = feed::page(Graph::of(ctx)?.reader(), log, wanted).await?;
        if let Some((epoch, position)) = after {
            check(&page, epoch, position)?;
        }
        Ok(Inline(ChangeConnection { begun: position.is_some_and(|at| at.sequence > page.horizon), page }))
    }
}

/// The number of the newest write, outside of any document.
///
/// # Errors
/// The error of the database, or `TIMEOUT`.
pub async fn newest(reader: &Reader) -> Result<i64> {
    feed::newest(reader, HistoryEntry::table()).await
}

/// The nouns with these names, or all.
fn followed(names: Option<&[String]>) -> Result<Vec<&'static Followed>> {
    let Some(names) = names else { return Ok(FOLLOWED.iter().collect()) };
    if let Some(unknown) = names.iter().find(|name| FOLLOWED.iter().all(|known| known.rows.noun != **name)) {
        let known: Vec<_> = FOLLOWED.iter().map(|known| known.rows.noun).collect();
        let known = known.join(", ");
        return Err(Error::bad_input(format!("changes are told of {known}; not of {unknown:?}")));
    }
    Ok(FOLLOWED.iter().filter(|known| names.iter().any(|name| known.rows.noun == name)).collect())
}

/// Refuses a position whose following changes are not all in the log.
fn check(page: &Page, epoch: Option<i64>, position: Position) -> Result<()> {
    if epoch.is_some_and(|epoch| epoch != page.epoch) {
        return Err(Error::CursorExpired("the cursor is of a log that was replaced by a copy of it"));
    }
    if position < Position::after(page.horizon) {
        return Err(Error::CursorExpired("changes after this cursor are no longer kept"));
    }
    // A standby may not have them yet.
    if position.sequence > page.head && !page.standby {
        return Err(Error::CursorExpired("the log ends before this cursor: it was restored from a copy"));
    }
    Ok(())
}

/// Cursors are positions in the log, whatever the arguments.
fn fingerprint() -> Fingerprint {
    Fingerprint::of_text("changes")
}

fn encoded(epoch: i64, at: Position) -> String {
    cursor::encode(fingerprint(), &[epoch.into(), at.sequence.into(), at.change.into()])
}

/// The greatest sequence that a cursor may name: the statement counts on from it.
const FURTHEST: i64 = i64::MAX / 2;

/// The epoch and the position of a cursor; a plain number is a write of the current epoch.
fn decoded(text: &str) -> Result<(Option<i64>, Position)> {
    if !text.is_empty() && text.len() < 19 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let sequence = text.parse().map_err(|_| Error::CursorInvalid("the number is too large"))?;
        return Ok((None, Position::after(sequence)));
    }
    match cursor::decode(text, fingerprint(), 3)?.as_slice() {
        [Value::Int(epoch), Value::Int(sequence), Value::Int(change)]
            if (0..=FURTHEST).contains(sequence) =>
        {
            Ok((Some(*epoch), Position { sequence: *sequence, change: *change }))
        }
        _ => Err(Error::CursorInvalid("the cursor does not fit this list")),
    }
}
