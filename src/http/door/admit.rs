//! What may pass, and what it pays.

use std::{sync::Arc, time::Instant};

use async_graphql::{Name, Request, ServerError, Value, parser::types::OperationType};

use super::{
    Allowance, Answer, Ask, Asker, Door, House, READ_FOR_A_POINT, Record, Standing, bill::Bill, dress,
};
use crate::{
    access::Permit,
    document::{
        DocumentError, ParsedDocument, RejectedRequest, RequestKey, cost::Cost, dry_run, named::Found,
        operation, operation_name,
    },
    graph::pace::aside,
};

/// A request that may be executed.
pub(super) struct Admitted {
    pub(super) request: Request,
    pub(super) document: Arc<ParsedDocument>,
    /// The right to read a document that was not read before, until it is validated.
    pub(super) reading: Option<Permit>,
    pub(super) cost: Option<Cost>,
    pub(super) register_as: Option<String>,
    pub(super) bill: Bill,
}

impl Door {
    /// Finds, scans, parses and weighs; what is refused has its answer here.
    pub(super) async fn admit(
        &self,
        ask: Ask,
        asker: &Asker,
        allowance: &mut Allowance,
        record: &mut Record,
    ) -> Result<Admitted, Answer> {
        let letters = ask.letters();
        let Ask { mut request, document_sent, document_id, persisted, only_cost, only_queries } = ask;
        let House { prices, specification, documents, cache, fairness, readings, .. } = &*self.0;
        let sent = document_sent.then_some(request.query.as_str());
        let register_as = match documents.find(sent, document_id.as_deref(), persisted.as_ref()) {
            Ok(Found::Sent { register_as }) => register_as,
            Ok(Found::Named(text)) => {
                (*text).clone_into(&mut request.query);
                None
            }
            Err(error) => return Err(refused(error)),
        };
        record.origin = documents.origin(&request.query, !document_sent);
        let (parsed, reading) = if let Some(parsed) = cache.get(&request.query) {
            (parsed, None)
        } else {
            let key = RequestKey::of(&request, only_queries, only_cost);
            if let Some(rejected) = cache.rejected(&key) {
                return Err(repeated(&rejected, allowance, record));
            }
            record.uncached = Some(key);
            let reading = {
                let _waiting = allowance.timer.waiting();
                readings.acquire(asker.caller).await.ok()
            };
            // Somebody else may have read it meanwhile.
            if let Some(rejected) = cache.rejected(&key) {
                return Err(repeated(&rejected, allowance, record));
            }
            if let Some(parsed) = cache.get(&request.query) {
                (parsed, None)
            } else {
                let parsed =
                    aside(|| ParsedDocument::parse(&request.query, specification)).map_err(refused)?;
                (Arc::new(parsed), reading)
            }
        };
        record.document.clone_from(&parsed.sha256);
        let mut document = parsed.document.clone();
        record.operation = operation_name(&document, request.operation_name.as_deref());
        let selected = operation(&document, request.operation_name.as_deref());
        if only_queries && selected.is_some_and(|operation| operation.ty != OperationType::Query) {
            let mut error = ServerError::new("only queries may be sent by GET; post this", None);
            dress::set_code(&mut error, "METHOD_NOT_ALLOWED");
            return Err(Answer::refused(vec![error]));
        }
        let mut cost =
            prices.estimate(&document, &parsed.cost, &request, allowance.points).map_err(refused)?;
        if let Some(Cost { requested, error, .. }) = &mut cost {
            record.requested = Some(*requested);
            if let Some(error) = error.take() {
                return Err(priced(refused(error), cost.as_ref()));
            }
        }
        let valid = if parsed.is_valid() { Ok(()) } else { aside(|| specification.validate(&document)) };
        valid
            .and_then(|()| specification.coerce(&mut document, &mut request))
            .map_err(|errors| priced(Answer::refused(dress::of_document(errors)), cost.as_ref()))?;
        let requested = cost.as_ref().map_or(0, |cost| points(cost.requested));
        allowance.points = allowance.points.saturating_sub(requested);
        let payer = match (fairness, asker.caller) {
            (Some(fairness), Some(caller)) if !only_cost => {
                let spent = fairness.spend(caller, requested, Instant::now());
                spent.map_err(|standing| limited(standing, requested, cost.as_ref()))?;
                Some((Arc::clone(fairness), caller))
            }
            _ => None,
        };
        let read = if reading.is_some() { letters / READ_FOR_A_POINT } else { 0 };
        let bill = Bill::new(payer, cost.as_ref(), read, allowance.timer.clone());
        allowance.timer.grant(requested.into());
        if only_cost {
            dry_run::skip_everything(&mut document);
        }
        request.set_parsed_query(document);
        Ok(Admitted { request, document: parsed, reading, cost, register_as, bill })
    }
}

/// The answer to a question that was refused before, with what the caller has left now.
fn repeated(rejected: &RejectedRequest, allowance: &Allowance, record: &mut Record) -> Answer {
    record.document.clone_from(&rejected.document);
    record.operation.clone_from(&rejected.operation);
    record.requested = rejected.requested;
    let mut answer = Answer::refused(rejected.errors.clone());
    if let Some(mut cost) = rejected.cost.clone() {
        if let Value::Object(cost) = &mut cost {
            cost.insert(Name::new("limit"), allowance.points.into());
        }
        answer.response.extensions.insert("cost".to_owned(), cost);
    }
    answer
}

/// What is worth remembering of a refusal: what the document and its variables say, and nothing of when it was asked.
pub(super) fn rejected(answer: &Answer, record: &Record) -> Option<RejectedRequest> {
    const LASTING: [&str; 3] = ["BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"];
    let lasting = answer.codes().keys().all(|code| LASTING.contains(code));
    if answer.response.errors.is_empty() || !lasting {
        return None;
    }
    let mut cost = answer.response.extensions.get("cost").cloned();
    if let Some(Value::Object(cost)) = &mut cost {
        // In a batch even the limit is what earlier members left.
        for of_the_caller in ["throttleStatus", "limit"] {
            cost.shift_remove(of_the_caller);
        }
    }
    Some(RejectedRequest {
        errors: answer.response.errors.clone(),
        cost,
        operation: record.operation.clone(),
        document: record.document.clone(),
        requested: record.requested,
    })
}

fn refused(error: impl Into<DocumentError>) -> Answer {
    Answer::refused(dress::of_document(vec![error.into()]))
}

pub(super) fn limited(standing: Standing, requested: u32, cost: Option<&Cost>) -> Answer {
    let wait = standing.until(requested);
    let message = format!(
        "this request costs {requested}, and {} are left; try again in {} s",
        standing.left,
        wait.as_secs()
    );
    let mut error = ServerError::new(message, None);
    dress::set_code(&mut error, "RATE_LIMITED");
    let mut answer = Answer::refused(vec![error]);
    if let Some(cost) = cost {
        answer.response.extensions.insert("cost".to_owned(), shown(cost, 0, Some(standing)));
    }
    Answer { standing: Some(standing), retry_after: Some(wait), ..answer }
}

fn priced(mut answer: Answer, cost: Option<&Cost>) -> Answer {
    if let Some(cost) = cost {
        answer.response.extensions.insert("cost".to_owned(), shown(cost, 0, None));
    }
    answer
}

pub(super) fn shown(cost: &Cost, actual: u64, standing: Option<Standing>) -> Value {
    let mut shown = cost.extension(actual);
    if let (Value::Object(shown), Some(standing)) = (&mut shown, standing) {
        shown.insert(Name::new("throttleStatus"), standing.shown());
    }
    shown
}

/// A price as buckets and allowances count it.
pub(super) fn points(cost: u64) -> u32 {
    u32::try_from(cost).unwrap_or(u32::MAX)
}
