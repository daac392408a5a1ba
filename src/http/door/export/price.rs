//! The price of an export: that of its count, of each page, and of each row, by the price list of all requests.

use std::{sync::Arc, time::Instant};

use async_graphql::{Request, Value, Variables, value};

use super::{
    super::{RateLimitStatus, RateLimiter, admission::points},
    Answer, one,
};
use crate::{
    access::Caller,
    document::{
        DocumentError,
        cost::{EstimateCache, Prices},
        export::Export,
        grouped,
    },
    graph::page::MAX_PAGE,
    store::Timer,
};

/// The price of an export.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    /// Of counting its rows.
    pub(super) count: u64,
    /// Of a page, without its rows.
    pub(super) flat: u64,
    /// Of a row.
    pub(super) per_row: u64,
    /// Rows of a page.
    size: u64,
}

/// Estimates the documents that an export executes.
///
/// # Errors
/// When one of them exceeds a limit.
pub(super) fn of(export: &Export, prices: &Prices, variables: &Variables) -> Result<Price, DocumentError> {
    let price = |document| {
        let request = Request::new(String::new()).variables(variables.clone());
        let cost = prices.estimate(&document, &EstimateCache::default(), &request, u32::MAX)?;
        match cost {
            Some(cost) => cost.error.map_or(Ok(cost.requested), Err),
            None => Ok(0),
        }
    };
    let page = |first| price(export.page(first, None));
    let (none, full) = (page(0)?, page(MAX_PAGE)?);
    Ok(Price {
        count: export.count().map_or(Ok(0), price)?,
        flat: none,
        per_row: full.saturating_sub(none).div_ceil(MAX_PAGE.into()),
        size: export.page_size().into(),
    })
}

impl Price {
    /// The price of this many rows.
    pub(super) fn of_rows(self, rows: u64) -> u64 {
        let pages = rows.div_ceil(self.size).max(1);
        let rows = rows.saturating_mul(self.per_row);
        self.count.saturating_add(pages.saturating_mul(self.flat)).saturating_add(rows)
    }

    /// The most of `rows`, which cost more than `limit`, that do not.
    fn most_rows(self, limit: u64, rows: u64) -> u64 {
        let (mut fit, mut beyond) = (0, rows);
        while fit + 1 < beyond {
            let between = u64::midpoint(fit, beyond);
            if self.of_rows(between) <= limit { fit = between } else { beyond = between }
        }
        fit
    }

    /// The price of the least that an export executes: its count and one page.
    pub(super) fn least(self) -> u64 {
        self.of_rows(0)
    }

    /// The answer to an export that costs too much before its rows are counted.
    pub(super) fn refusal_of_count(self, limit: u32) -> Answer {
        let message = format!(
            "this export costs {} of {} allowed before its first row: {} for counting its rows, and {} for each page; \
             simplify `where` and `orderBy`",
            grouped(self.least()),
            grouped(limit.into()),
            grouped(self.count),
            grouped(self.flat),
        );
        let mut answer = one(message, "COST_LIMIT_EXCEEDED");
        answer.response.extensions.insert("cost".to_owned(), extension(self.least(), 0, limit, None));
        answer
    }

    /// The answer to an export that costs too much.
    pub(super) fn refusal(self, rows: u64, requested: u64, limit: u32) -> Answer {
        let (flat, per_row) = (grouped(self.flat), grouped(self.per_row));
        let message = format!(
            "this export costs {} of {} allowed: {per_row} for each of its {} rows, and {flat} for each page of {} rows; \
             select fewer columns, narrow `where`, or give `first: {}`",
            grouped(requested),
            grouped(limit.into()),
            grouped(rows),
            grouped(self.size),
            self.most_rows(limit.into(), rows),
        );
        let mut answer = one(message, "COST_LIMIT_EXCEEDED");
        let cost = extension(requested, 0, limit, Some(rows));
        answer.response.extensions.insert("cost".to_owned(), cost);
        answer
    }
}

/// `extensions.cost` of an export.
pub(super) fn extension(requested: u64, actual: u64, limit: u32, rows: Option<u64>) -> Value {
    value!({ "requested": requested, "actual": actual, "limit": limit, "rows": rows })
}

/// What an export is charged. It is charged for what it has read, also when it fails or is given up.
#[derive(Debug)]
pub(super) struct Charge<'a> {
    payer: Option<(&'a Arc<RateLimiter>, Caller)>,
    timer: Timer,
    spent: u32,
    so_far: u64,
    /// Whether it was executed to its end; else its time is charged, if that is more.
    ended: bool,
}

impl<'a> Charge<'a> {
    /// The charge of an export that has executed nothing.
    pub(super) fn new(payer: Option<(&'a Arc<RateLimiter>, Caller)>, timer: Timer) -> Self {
        Self { payer, timer, spent: 0, so_far: 0, ended: false }
    }

    /// Spends a price in advance; of what was spent already, only the rest.
    ///
    /// # Errors
    /// When the caller has not enough points left.
    pub(super) fn spend(&mut self, requested: u64) -> Result<(), RateLimitStatus> {
        if let Some((limiter, caller)) = self.payer {
            let more = points(requested).saturating_sub(self.spent);
            limiter.spend(caller, more, Instant::now())?;
            self.spent += more;
        }
        Ok(())
    }

    pub(super) fn add(&mut self, price: u64) {
        self.so_far = self.so_far.saturating_add(price);
    }

    pub(super) fn so_far(&self) -> u64 {
        self.so_far
    }

    /// Charges what was executed so far.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// Charges nothing, because what was executed is executed again.
    pub(super) fn forgive(&mut self) {
        (self.so_far, self.ended) = (0, true);
    }
}

impl Drop for Charge<'_> {
    fn drop(&mut self) {
        if let Some((limiter, caller)) = self.payer {
            let time = if self.ended { 0 } else { self.timer.points(self.timer.used()) };
            limiter.settle(caller, self.spent, points(self.so_far.max(time)), Instant::now());
        }
    }
}
