//! What may pass, and what it pays.

use std::{sync::Arc, time::Instant};

use async_graphql::{
    Name, Request, ServerError, Value, Variables,
    parser::types::{ExecutableDocument, OperationType},
};

use super::{
    Allowance, Answer, Ask, Asker, Door, House, Known, Memory, Note, Question, READ_FOR_A_POINT, Record,
    Standing, bill::Bill, dress, dry::leave_out_everything,
};
use crate::{
    access::Permit,
    graph::{
        cost::{Cost, chosen},
        pace::aside,
        specification::Specification,
    },
    http::documents::{Found, Missing},
};

/// A request that may be executed.
pub(super) struct Admitted {
    pub(super) request: Request,
    /// How the request is made once more, where it has to begin anew.
    pub(super) again: Again,
    pub(super) known: Arc<Known>,
    /// The right to read a document that was not read before, until it is validated.
    pub(super) reading: Option<Permit>,
    pub(super) cost: Option<Cost>,
    pub(super) keep_as: Option<String>,
    pub(super) bill: Bill,
}

/// What of a request is not in its document.
#[derive(Debug)]
pub(super) struct Again {
    operation_name: Option<String>,
    variables: Variables,
}

impl Again {
    /// The request, as it was before it was executed.
    pub(super) fn request(&self, known: &Known) -> Request {
        let mut document = known.document.clone();
        Specification::decide(&mut document, &self.variables);
        let mut request = Request::new(String::new()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(document);
        request
    }
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
        let House { prices, specification, documents, memory, fairness, readings, .. } = &*self.0;
        let sent = document_sent.then_some(request.query.as_str());
        let keep_as = match documents.find(sent, document_id.as_deref(), persisted.as_ref()) {
            Ok(Found::Sent { keep_as }) => keep_as,
            Ok(Found::Named(text)) => {
                (*text).clone_into(&mut request.query);
                None
            }
            Err(missing) => return Err(refused(missing)),
        };
        record.origin = documents.origin(&request.query, !document_sent);
        let refused = |refusal| Answer::refused(vec![dress::refusal(refusal)]);
        let (known, reading) = if let Some(known) = memory.find(&request.query) {
            (known, None)
        } else {
            let question = Question::of(&request, only_queries, only_cost);
            if let Some(note) = memory.refused(&question) {
                return Err(repeated(&note, allowance, record));
            }
            record.unread = Some(question);
            let reading = {
                let _waiting = allowance.timer.waiting();
                readings.acquire(asker.caller).await.ok()
            };
            // Somebody else may have read it meanwhile.
            if let Some(note) = memory.refused(&question) {
                return Err(repeated(&note, allowance, record));
            }
            if let Some(known) = memory.find(&request.query) {
                (known, None)
            } else {
                let known = aside(|| Memory::read(&request.query, specification))
                    .map_err(|error| Answer::refused(vec![*error]))?;
                (known, reading)
            }
        };
        record.document.clone_from(&known.sha256);
        let mut document = known.document.clone();
        record.operation = operation_name(&document, request.operation_name.as_deref());
        let chosen = chosen(&document, request.operation_name.as_deref());
        if only_queries && chosen.is_some_and(|operation| operation.ty != OperationType::Query) {
            let mut error =
                ServerError::new("only queries are allowed by GET; use POST for other operations", None);
            dress::set_code(&mut error, "METHOD_NOT_ALLOWED");
            return Err(Answer::refused(vec![error]));
        }
        let mut cost = prices.weigh(&document, &known.weight, &request, allowance.points).map_err(refused)?;
        if let Some(Cost { requested, refusal, .. }) = &mut cost {
            record.requested = Some(*requested);
            if let Some(refusal) = refusal.take() {
                return Err(priced(refused(refusal), cost.as_ref()));
            }
        }
        let held = if known.is_valid() { Ok(()) } else { aside(|| specification.hold(&document)) };
        held.and_then(|()| specification.coerce(&mut document, &mut request)).map_err(|mut errors| {
            dress::dress(&mut errors);
            priced(Answer::refused(errors), cost.as_ref())
        })?;
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
            leave_out_everything(&mut document);
        }
        let (operation_name, variables) = (request.operation_name.clone(), request.variables.clone());
        let again = Again { operation_name, variables };
        request.set_parsed_query(document);
        Ok(Admitted { request, again, known, reading, cost, keep_as, bill })
    }
}

/// The name of the operation that is meant, if the document has it.
fn operation_name(document: &ExecutableDocument, asked: Option<&str>) -> Option<String> {
    let mut named = document.operations.iter().filter_map(|(name, _)| name);
    let name = match asked {
        Some(asked) => named.find(|name| *name == asked),
        None => named.next().filter(|_| named.next().is_none()),
    };
    name.map(Name::to_string)
}

/// The answer to a question that was refused before, with what the caller has left now.
fn repeated(note: &Note, allowance: &Allowance, record: &mut Record) -> Answer {
    record.document.clone_from(&note.document);
    record.operation.clone_from(&note.operation);
    record.requested = note.requested;
    let mut answer = Answer::refused(note.errors.clone());
    if let Some(mut cost) = note.cost.clone() {
        if let Value::Object(cost) = &mut cost {
            cost.insert(Name::new("limit"), allowance.points.into());
        }
        answer.response.extensions.insert("cost".to_owned(), cost);
    }
    answer
}

/// What is worth remembering of a refusal: what the document and its variables say, and nothing of when it was asked.
pub(super) fn note(answer: &Answer, record: &Record) -> Option<Note> {
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
    Some(Note {
        errors: answer.response.errors.clone(),
        cost,
        operation: record.operation.clone(),
        document: record.document.clone(),
        requested: record.requested,
    })
}

fn refused(missing: Missing) -> Answer {
    let mut error = ServerError::new(missing.message(), None);
    dress::set_code(&mut error, missing.code());
    Answer::refused(vec![error])
}

pub(super) fn limited(standing: Standing, requested: u32, cost: Option<&Cost>) -> Answer {
    let wait = standing.until(requested);
    let message = format!(
        "this request costs {requested} points, and {} points are left; try again in {} s",
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
    let mut shown = cost.reported(actual);
    if let (Value::Object(shown), Some(standing)) = (&mut shown, standing) {
        shown.insert(Name::new("throttleStatus"), standing.shown());
    }
    shown
}

/// A price as buckets and allowances count it.
pub(super) fn points(cost: u64) -> u32 {
    u32::try_from(cost).unwrap_or(u32::MAX)
}
