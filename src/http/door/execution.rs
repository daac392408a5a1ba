//! Executes an admitted request, and charges what its answer cost.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{Request, futures_util::FutureExt, parser::types::OperationType};

use super::{
    Allowance, Answer, CallerContext, Door, DoorState, GraphqlRequest, OperationRecord, Progress, access,
    admission::{Admitted, Retry, cost_extension},
    bill::Outcome,
    errors,
};
use crate::{
    access::Permit,
    document::{ParsedDocument, operation},
    graph::{
        Error,
        inline::Forms,
        load::{Graph, Planner},
        personal_data::Asker,
        scheduling::Scheduler,
        size,
    },
    registry::write::Writes,
    store::Reader,
};

/// The extension of an answer that has data of rows from the generator, which describe nothing that exists.
pub(super) const SYNTHETIC: &str = "synthetic";

/// When a verb may be sent again that waited too long for other writes.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// The most restarts of a request: one to open a snapshot, and one when that is lost.
const RESTARTS: u32 = 2;

impl Door {
    /// Admits, executes and charges a request.
    pub(super) async fn process(
        &self,
        request: GraphqlRequest,
        context: &CallerContext,
        allowance: &mut Allowance,
        progress: &mut Progress,
    ) -> Answer {
        let (dry_run, queries_only) = (request.dry_run, request.queries_only);
        let admitted = match self.admit(request, context, allowance, progress).await {
            Ok(admitted) => admitted,
            Err(rejected) => return rejected,
        };
        let record = &mut progress.record;
        let Admitted { request, retry, document, parse_permit, cost, register_as, bill } = admitted;
        // Before the request reads, so that its answer is not of an earlier state.
        let sequence = self.newest_sequence();
        let text = register_as.map(|hash| (hash, request.query.clone()));
        let (mut answer, outcome) =
            self.execute(request, &retry, (&document, parse_permit), context, allowance, record).await;
        let writes = is_mutation(&document, &retry);
        answer.sequence = if writes { self.read_newest_sequence().await } else { sequence };
        if writes || !context.is_public() {
            // No shared cache may hand it to others.
            answer.response.cache_control.max_age = -1;
        }
        if answer.executed
            && let Some((hash, text)) = text
        {
            self.0.documents.register(&hash, &text);
        }
        let actual = match &cost {
            Some(cost) if answer.executed && !dry_run => {
                bill.actual(cost, &answer.response.data, &outcome, answer.statements > 0)
            }
            _ => 0,
        };
        let mut rate_limit = bill.settle(actual, answer.executed);
        if let Some(cost) = cost {
            record.actual = Some(actual);
            if queries_only && answer.max_age().is_some() {
                // A shared cache may store it, and send it to others.
                rate_limit = None;
            }
            answer.response.extensions.insert("cost".to_owned(), cost_extension(&cost, actual, rate_limit));
        }
        answer.rate_limit = rate_limit;
        if dry_run { answer.without_data() } else { answer }
    }

    pub(super) async fn execute(
        &self,
        request: Request,
        retry: &Retry,
        (document, mut parse_permit): (&Arc<ParsedDocument>, Option<Permit>),
        context: &CallerContext,
        allowance: &mut Allowance,
        record: &mut OperationRecord,
    ) -> (Answer, Outcome) {
        let DoorState {
            schema,
            schema_for_valid,
            cache,
            planner,
            cost_limits,
            answer_limit,
            record_counts,
            exports,
            writer,
            credentials,
            ..
        } = &*self.0;
        let writes = is_mutation(document, retry);
        let asker = Asker::new(context.viewer.clone());
        // What may have to be recorded.
        let text = context.viewer.grants().first().map(|_| request.query.clone());
        let mut request = Some(request);
        let (mut restarts, began) = (0, Instant::now());
        let mut several = *planner == Planner::Off || document.selection.needs_several();
        let (executed, scheduler, forms, synthetic) = loop {
            // A snapshot that is lost once more is an error.
            let reader = self.reader(context, allowance);
            // A verb is not executed again; after it, its payload is read as it is now.
            let reader = if writes { reader } else { reader.consistent(several, restarts < RESTARTS) };
            let reader = Arc::new(reader);
            let scheduler = Arc::new(Scheduler::within(allowance.bytes));
            let forms = Arc::new(Forms::at(Arc::clone(&scheduler)));
            let (reference_data, selection) =
                (Arc::clone(&self.0.reference_data), Arc::clone(&document.selection));
            let graph = Graph::new(Arc::clone(&reader), reference_data, *planner, selection);
            let synthetic = graph.synthetic_rows();
            let request = request.take().unwrap_or_else(|| retry.request(document));
            let request = request.data(graph.at(Arc::clone(&scheduler))).data(Arc::clone(&forms));
            let request = request.data(*cost_limits).data(*answer_limit).data(Arc::clone(record_counts));
            let request = request.data(exports.limits()).data(Writes {
                began,
                writer: writer.clone(),
                credentials: credentials.clone(),
                request_id: context.request_id.clone(),
                language: context.language,
            });
            // It was validated by the first attempt.
            let valid = restarts > 0 || document.is_valid();
            let schema = if valid { schema_for_valid } else { schema };
            let executed = asker.execute(scheduler.run(schema.execute(request), parse_permit.take())).await;
            record.effort.add(reader.effort());
            if !reader.must_restart() {
                break (executed, scheduler, forms, synthetic);
            }
            document.selection.note_several();
            restarts += 1;
            several = true;
        };
        let statements = record.effort.statements.len();
        let mut bytes = 0;
        let widest = match &executed {
            Ok(response) => {
                bytes = size::of(&response.data);
                let fits = bytes <= allowance.bytes;
                allowance.bytes = allowance.bytes.saturating_sub(bytes);
                (!fits).then(|| size::widest(&response.data))
            }
            Err(_) => Some(forms.widest()),
        };
        let (mut answer, outcome) = match (executed, widest) {
            (Ok(mut response), None) => {
                let outcome = Outcome::of(&response.errors);
                response.errors = errors::prepare(std::mem::take(&mut response.errors));
                if synthetic.any() {
                    response.extensions.insert(SYNTHETIC.to_owned(), true.into());
                }
                (Answer { bytes, ..Answer::executed(response, statements) }, outcome)
            }
            (_, widest) => {
                let error = errors::answer_too_large(answer_limit.0, &widest.unwrap_or_default());
                (Answer::too_large(error, statements), Outcome::too_large())
            }
        };
        if !self.record_access(&asker, text.as_deref().unwrap_or_default(), context, record).await {
            answer = Answer::withheld(access::unrecorded(), statements);
        }
        if answer.codes().contains_key(Error::Unavailable.code()) {
            answer.retry_after = Some(TRY_AGAIN);
        }
        answer.longest_turn = scheduler.longest_turn();
        if answer.executed {
            cache.insert(document);
        }
        (answer, outcome)
    }
}

/// Whether a request executes verbs.
fn is_mutation(document: &ParsedDocument, retry: &Retry) -> bool {
    let operation = operation(&document.document, retry.operation_name.as_deref());
    operation.is_some_and(|operation| operation.ty == OperationType::Mutation)
}

impl Door {
    /// The reader of a request, on behalf of its caller.
    fn reader(&self, context: &CallerContext, allowance: &Allowance) -> Reader {
        let DoorState { database, connection_permits, recorder, .. } = &*self.0;
        let share = Some((Arc::clone(connection_permits), context.caller));
        let reader = Reader::sharing(database, context.viewer.clone(), allowance.timer.clone(), share);
        reader.in_scope(context.scope.clone()).recorded_by(recorder.clone())
    }
}

/// The answer, or an internal error if its resolver panics.
pub(super) async fn catch_panic(answer: impl Future<Output = Answer>) -> Answer {
    let answer = AssertUnwindSafe(answer).catch_unwind().await;
    answer.unwrap_or_else(|panic| Answer::panicked(&*panic))
}

#[cfg(test)]
mod tests {
    use super::catch_panic;

    #[tokio::test]
    async fn a_panic_becomes_an_internal_error_with_an_id() {
        let answer = catch_panic(async { panic!("the password is {}", "secret") }).await;
        let told = serde_json::to_value(&answer).unwrap();
        assert_eq!(answer.rejection_code(), Some("INTERNAL"));
        assert_eq!(told["errors"][0]["message"], "internal error");
        assert_eq!(told["errors"][0]["extensions"]["errorId"].as_str().map(str::len), Some(36));
        assert!(!told.to_string().contains("secret"), "{told}");
    }
}
