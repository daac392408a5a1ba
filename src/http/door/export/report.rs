//! Reports an export when it ends: to the log, the metrics and the traces.

use std::{collections::BTreeMap, time::Instant};

use super::super::{CallerContext, Door, Progress};

/// The code of an export that its caller gave up.
const ABANDONED: &str = "ABANDONED";

/// What is reported of an export. If nobody says how it ended, its caller has disconnected, or it panicked.
#[derive(Debug)]
pub(in crate::http) struct Report<'a> {
    door: &'a Door,
    context: &'a CallerContext,
    pub(super) progress: Progress,
    began: Instant,
    is_made: bool,
}

impl<'a> Report<'a> {
    /// The report of an export that begins now.
    pub(super) fn new(door: &'a Door, context: &'a CallerContext) -> Self {
        Self { door, context, progress: Progress::default(), began: Instant::now(), is_made: false }
    }

    /// Reports an export that was answered, with the codes of its errors and how often each occurs.
    pub(in crate::http) fn end(mut self, codes: BTreeMap<&str, u64>) {
        self.make(codes);
    }

    fn make(&mut self, codes: BTreeMap<&str, u64>) {
        self.is_made = true;
        let mut record = std::mem::take(&mut self.progress.record);
        record.errors = codes.into_iter().map(|(code, times)| (code.to_owned(), times)).collect();
        record.request_id.clone_from(&self.context.request_id);
        record.trace.clone_from(&self.context.trace);
        record.duration = self.began.elapsed();
        self.door.report(&record);
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        if !self.is_made {
            let code = if std::thread::panicking() { "INTERNAL" } else { ABANDONED };
            self.make([(code, 1)].into());
        }
    }
}
