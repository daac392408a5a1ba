//! Executes an export: counts its rows, charges its price, and reads its rows page by page.

use std::{sync::Arc, time::Instant};

use async_graphql::Value;

use super::{
    super::{
        access,
        admission::{points, rate_limited},
    },
    AdmittedExport, Answer, CallerContext, Caveats, Door, DoorState, ExportError, Exported, Exports,
    pages::Reading,
    price::{self, Charge},
    refused,
};
use crate::store::{Reader, Timer};

impl Door {
    /// Executes an export: counts its rows, charges its price, and gives its rows to `sink`, page by page. With `dry_run` it
    /// is only counted and priced. `check` refuses a number of rows.
    ///
    /// # Errors
    /// The answer with the errors of the first page that has any, or the error of the sink.
    pub(in crate::http) async fn export<E>(
        &self,
        admitted: &mut AdmittedExport<'_>,
        context: &CallerContext,
        dry_run: bool,
        check: impl FnOnce(u64) -> Result<(), E>,
        mut sink: impl FnMut(&[Vec<Value>]) -> Result<(), E>,
    ) -> Result<Exported, ExportError<E>> {
        let AdmittedExport { export, query, variables, report, .. } = admitted;
        let DoorState { exports, specification, recorder, prices, .. } = &*self.0;
        let Exports { database, bound, connection_permits, cost_limit, rate_limiter, .. } = exports;
        let payer = rate_limiter.as_ref().zip(context.caller);
        if let Some((limiter, caller)) = payer {
            let status = limiter.status(caller, Instant::now());
            if status.available == 0 {
                return Err(rate_limited(status, 1, None).into());
            }
        }
        let share = Some((Arc::clone(connection_permits), context.caller));
        let timer = Timer::from(*bound);
        let mut charge = Charge::new(payer, timer.clone());
        let reader = Reader::sharing(database, context.viewer.clone(), timer, share);
        let reader =
            reader.in_scope(context.scope.clone()).recorded_by(recorder.clone()).consistent(true, true);
        let mut reading = Reading::new(self, export, variables, reader);
        let priced = price::of(export, prices, variables);
        let run = async {
            let price = priced.map_err(refused)?;
            // The count is work already.
            if price.least() > u64::from(*cost_limit) {
                return Err(price.refusal_of_count(*cost_limit).into());
            }
            charge.spend(price.count).map_err(|status| rate_limited(status, points(price.count), None))?;
            charge.add(price.count);
            let counted = reading.count(specification.types()).await?;
            let rows = counted.map(|counted| export.first().map_or(counted, |first| first.min(counted)));
            // Between cursors there may be fewer: what is read counts.
            let (bounded, limit) = (export.has_cursors(), u64::from(*cost_limit));
            let most = price.of_rows(rows.unwrap_or(0));
            let requested = if bounded { most.min(limit) } else { most };
            if requested > limit {
                return Err(price.refusal(rows.unwrap_or(0), requested, *cost_limit).into());
            }
            if let Some(rows) = rows.filter(|_| !bounded) {
                check(rows).map_err(ExportError::File)?;
            }
            let mut exported = Exported {
                rows: rows.unwrap_or(0),
                cost: price::extension(requested, 0, *cost_limit, rows),
                requested,
                actual: 0,
                max_age: None,
                caveats: Caveats::default(),
            };
            if dry_run {
                return Ok::<_, ExportError<E>>(exported);
            }
            charge.spend(requested).map_err(|status| rate_limited(status, points(requested), None))?;
            let (mut left, mut written, mut after) = (rows, 0, export.after().map(str::to_owned));
            loop {
                let at_most = left.unwrap_or(u64::MAX);
                if at_most == 0 {
                    break;
                }
                let page = reading.page(at_most, after.as_deref(), (&mut charge, price.flat)).await?;
                charge.add(price.per_row.saturating_mul(page.read as u64));
                if charge.so_far() > limit {
                    let price_of_all = most.max(charge.so_far());
                    return Err(price.refusal(rows.unwrap_or(written), price_of_all, *cost_limit).into());
                }
                written += page.rows.len() as u64;
                sink(&page.rows).map_err(ExportError::File)?;
                left = left.map(|left| left.saturating_sub(page.read as u64));
                match page.next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
            exported.rows = written;
            exported.actual = charge.so_far();
            exported.cost = price::extension(requested, exported.actual, *cost_limit, rows);
            exported.max_age = reading.max_age.filter(|age| *age > 0 && context.is_public());
            exported.caveats = reading.caveats();
            Ok(exported)
        };
        let outcome = run.await;
        let record = &mut report.progress.record;
        record.effort.add(reading.reader.effort());
        if outcome.is_ok() {
            charge.end();
        }
        if outcome.is_err() && reading.reader.must_restart() {
            charge.forgive();
            return Err(ExportError::Restart);
        }
        // A refusal, too, may tell how many rows meet conditions on personal data.
        if !self.record_access(&reading.asker, query, context, record).await {
            return Err(Answer::rejected(vec![access::unrecorded()]).into());
        }
        let exported = outcome?;
        record.requested = Some(exported.requested);
        record.actual = Some(exported.actual);
        Ok(exported)
    }
}
