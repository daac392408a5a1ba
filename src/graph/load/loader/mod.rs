//! The loader of a request, which batches the questions that resolvers ask in one turn into one statement.

mod pending;
mod required;

use std::{
    collections::HashMap,
    fmt, mem,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::Context;
use dataloader::{
    BatchFn,
    cached::{Cache, Loader},
};
use rustc_hash::FxHashMap;
use tokio::task::spawn_blocking;

use self::pending::Pending;
use super::{
    Noun, ReferenceData, ReferenceTable, Table,
    answer::Loaded,
    decode, description,
    planning::{Planner, Situation},
    question::{Edge, Group, Key, Planned},
    selection::DocumentSelection,
    statement,
};
use crate::{
    access::Scope,
    graph::{
        Error, Result,
        scheduling::Scheduler,
        search::{Lexicon, Search, Searches},
        value::Value,
    },
    store::Reader,
};

/// The number of turns to wait for other questions before a batch is sent. Resolvers one level down are polled in the
/// same turn.
const TURNS: usize = 3;

/// The maximum number of groups in one statement. Larger batches are split.
const MAX_GROUPS: usize = 60;

/// The size up to which a result is decoded on the current thread, which takes a millisecond or two.
const LONG_BYTES: usize = 256 << 10;

/// The answers of this request, shared by the resolvers and the loader.
#[derive(Clone, Default)]
struct Answers {
    known: Arc<Mutex<FxHashMap<Key, Loaded>>>,
    /// The answer that was last looked up, because the library's cache returns references.
    last: Option<Loaded>,
}

impl Answers {
    fn find(&self, key: &Key) -> Option<Loaded> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn extend(&self, answers: impl IntoIterator<Item = (Key, Loaded)>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
    }
}

impl Cache for Answers {
    type Key = Key;
    type Val = Loaded;

    fn get(&mut self, key: &Key) -> Option<&Loaded> {
        self.last = self.find(key);
        self.last.as_ref()
    }

    fn insert(&mut self, key: Key, answer: Loaded) {
        self.extend([(key, answer)]);
    }

    fn remove(&mut self, key: &Key) -> Option<Loaded> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(key)
    }

    fn clear(&mut self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Sends a batch of questions as one statement.
struct Batch {
    reader: Arc<Reader>,
    selection: Arc<DocumentSelection>,
    answers: Answers,
}

impl BatchFn<Key, Loaded> for Batch {
    async fn load(&mut self, keys: &[Key]) -> HashMap<Key, Loaded> {
        self.reader.note_batch(keys.len());
        let mut left = Group::gather(keys);
        if left.len() > MAX_GROUPS {
            self.reader.expect_several();
        }
        while !left.is_empty() {
            let rest = left.split_off(left.len().min(MAX_GROUPS));
            let groups: Arc<[Group]> = mem::replace(&mut left, rest).into();
            if let Err(error) = self.answer(&groups).await {
                let failed =
                    groups.iter().flat_map(Group::keys).map(|key| (key, Loaded::Failed(error.clone())));
                self.answers.extend(failed);
            }
        }
        // All answers are in `answers` already, including those of the levels below.
        HashMap::new()
    }
}

impl Batch {
    /// Adds the answers of these groups to the request's answers, including those of the levels below.
    async fn answer(&self, groups: &Arc<[Group]>) -> Result<()> {
        let (sql, values) =
            statement::write(self.reader.engine(), self.reader.scope(), groups, &self.selection);
        if let Some(recorder) = self.reader.recorder() {
            let plan = description::of(groups, self.reader.scope(), &self.selection);
            recorder.describe(&sql, plan);
        }
        let row = self.reader.row(&sql, values).await?;
        let row = row.ok_or_else(|| Error::Internal("a statement answered without a row".into()))?;
        let texts = (0..groups.len()).map(|column| row.try_get_by_index(column));
        let texts: Vec<Option<String>> = texts.collect::<Result<_, _>>()?;
        drop(row);
        let (groups, selection) = (Arc::clone(groups), Arc::clone(&self.selection));
        let long = texts.iter().flatten().map(String::len).sum::<usize>() > LONG_BYTES;
        let scope = self.reader.scope().clone();
        let decode = move || decoded(&groups, (&scope, &selection), &texts);
        let answers = if long {
            // Decoded on another thread, so that other requests do not wait.
            let decoded = spawn_blocking(decode).await;
            decoded.map_err(|error| Error::Internal(format!("an answer was not decoded: {error}")))?
        } else {
            decode()
        };
        self.answers.extend(answers?);
        Ok(())
    }
}

/// Decodes the result of a statement, which has a column for each group.
fn decoded(
    groups: &[Group],
    document: (&Scope, &DocumentSelection),
    texts: &[Option<String>],
) -> Result<Vec<(Key, Loaded)>> {
    let mut answers = Vec::new();
    for (group, text) in groups.iter().zip(texts) {
        decode::group(group, document, text.as_deref(), &mut answers)
            .map_err(|error| Error::Internal(format!("{}: {error}", group.edge().name)))?;
    }
    Ok(answers)
}

/// Whether resolvers of a request were given rows from the generator, which describe nothing that exists.
#[derive(Clone, Debug, Default)]
pub struct SyntheticRows(Arc<AtomicBool>);

impl SyntheticRows {
    /// Whether there was one so far.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Loads the data of one request for its resolvers.
pub struct Graph {
    reader: Arc<Reader>,
    loader: Loader<Key, Loaded, Batch, Answers>,
    pending: Pending,
    scheduler: Arc<Scheduler>,
    answers: Answers,
    reference_data: Arc<ReferenceData>,
    selection: Arc<DocumentSelection>,
    planner: Planner,
    searches: Searches,
    /// How many rows of the list at the root are read at once, where an export reads it.
    export_page: Option<u32>,
    synthetic: SyntheticRows,
}

impl Graph {
    /// Creates the graph of a request. Every request needs a new one, because answers must not be shared between
    /// callers.
    #[must_use]
    pub fn new(
        reader: Arc<Reader>,
        reference_data: Arc<ReferenceData>,
        planner: Planner,
        selection: Arc<DocumentSelection>,
    ) -> Self {
        let selection = match planner {
            Planner::On => selection,
            Planner::Off => Arc::default(),
        };
        // Reference data in memory is current, so it is not used for a scope of another time.
        let reference_data = if reader.scope().is_now() { reference_data } else { Arc::default() };
        let answers = Answers::default();
        let batch = Batch {
            reader: Arc::clone(&reader),
            selection: Arc::clone(&selection),
            answers: answers.clone(),
        };
        // Its callers have already waited for other questions, in turns instead of polls.
        let loader =
            Loader::with_cache(batch, answers.clone()).with_max_batch_size(usize::MAX).with_yield_count(0);
        let (pending, scheduler, searches) = (Pending::default(), Arc::default(), Searches::default());
        let synthetic = SyntheticRows::default();
        Self {
            reader,
            loader,
            pending,
            scheduler,
            answers,
            reference_data,
            selection,
            planner,
            searches,
            export_page: None,
            synthetic,
        }
    }

    /// Makes the page of the list at the root this long, whatever the document asks for, and its count exact. An export
    /// reads its rows in such pages.
    #[must_use]
    pub fn exporting(self, rows: u32) -> Self {
        Self { export_page: Some(rows), ..self }
    }

    /// How many rows of the list at the root an export reads at once.
    pub(super) fn export_page(&self) -> Option<u32> {
        self.export_page
    }

    /// Sets the scheduler of the execution.
    #[must_use]
    pub fn at(self, scheduler: Arc<Scheduler>) -> Self {
        Self { scheduler, ..self }
    }

    /// The graph of the request.
    ///
    /// # Errors
    /// `INTERNAL` when the request was executed without one.
    pub fn of<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        ctx.data::<Self>().map_err(|_| Error::Internal("the request has no graph".into()))
    }

    /// The reader of the request, which counts its statements.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Whether resolvers were given rows from the generator; it may be asked after the execution.
    #[must_use]
    pub fn synthetic_rows(&self) -> SyntheticRows {
        self.synthetic.clone()
    }

    /// Notes whether rows that a resolver is given come from the generator.
    pub(super) fn note_source(&self, synthetic: bool) {
        if synthetic {
            self.synthetic.0.store(true, Ordering::Relaxed);
        }
    }

    /// Forgets all answers so far: rows may have changed.
    pub fn forget(&self) {
        self.answers.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The searches of the request.
    pub(in crate::graph) fn searches(&self) -> &Searches {
        &self.searches
    }

    /// The lexicon of search.
    ///
    /// # Errors
    /// The database error, when it has to be read first.
    pub async fn lexicon(&self, search: &Search) -> Result<Arc<Lexicon>> {
        self.reference_data.lexicon(search, &self.reader).await
    }

    /// The circumstances that plans depend on besides the document.
    pub(super) fn situation(&self) -> Situation<'_> {
        Situation {
            planner: self.planner,
            reader: &self.reader,
            reference_data: &self.reference_data,
            selection: &self.selection,
        }
    }

    /// Whether all rows of the table are in memory.
    #[must_use]
    pub fn holds(&self, table: &Table) -> bool {
        self.reference_data.holds(table)
    }

    /// The rows that an edge leads to, if they are in memory.
    pub(super) fn reference_table(&self, edge: &Edge) -> Option<&ReferenceTable> {
        match edge.tables {
            [table] => self.reference_data.table(table()),
            _ => None,
        }
    }

    /// A row of a table that is in memory.
    ///
    /// # Errors
    /// `INTERNAL` when the table holds rows of another noun.
    pub fn in_memory<N: Noun>(&self, key: &Value) -> Result<Option<N>> {
        let found = self.reference_data.table(N::table()).and_then(|rows| rows.get(key));
        found.map(|row| row.downcast().map(N::from_row)).transpose()
    }

    pub(super) async fn load(&self, key: Key, plan: impl FnOnce() -> Arc<Planned>) -> Result<Loaded> {
        if let Some(answer) = self.answers.find(&key) {
            return Ok(answer);
        }
        let plan = plan();
        self.ask_along(&plan.plan);
        let key = Key { plan: Some(plan), ..key };
        loop {
            self.pending.idle().await;
            if let Some(answer) = self.answers.find(&key) {
                return Ok(answer);
            }
            self.pending.add(key.clone());
            self.scheduler.wait_turns(TURNS).await;
            self.pending.idle().await;
            if let Some(answer) = self.answers.find(&key) {
                return Ok(answer);
            }
            // There is nothing to send if the task that took our key was cancelled while it was loading. Then we ask
            // again.
            let Some((_sent, keys)) = self.pending.send() else { continue };
            let ours = keys.contains(&key);
            // Its answers, if there are any, are in `answers`.
            let _ = self.loader.try_load_many(keys).await;
            match self.answers.find(&key) {
                Some(answer) => return Ok(answer),
                None if ours => {
                    return Err(Error::Internal("a batch ended without an answer".into()));
                }
                None => {}
            }
        }
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("planner", &self.planner).finish_non_exhaustive()
    }
}
