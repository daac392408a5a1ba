//! Admits a request: finds, parses, prices and validates its document, and charges its price.

use std::{sync::Arc, time::Instant};

use async_graphql::{Name, Request, ServerError, Value, Variables, parser::types::OperationType};

use super::{
    Allowance, Answer, BYTES_PARSED_FOR_A_POINT, CallerContext, Door, DoorState, GraphqlRequest,
    OperationRecord, Progress, RateLimitStatus, bill::Bill, errors,
};
use crate::{
    access::Permit,
    document::{
        DocumentError, ParsedDocument, RejectedRequest, RequestKey, cost::Cost, dry_run, named::Found,
        operation, operation_name, specification::Specification,
    },
    graph::scheduling::blocking,
};

/// A request that may be executed.
pub(super) struct Admitted {
    pub(super) request: Request,
    /// To execute it again after a restart.
    pub(super) retry: Retry,
    pub(super) document: Arc<ParsedDocument>,
    /// The permit to parse a document that was not cached, held until it is validated.
    pub(super) parse_permit: Option<Permit>,
    pub(super) cost: Option<Cost>,
    /// The hash under which the document is to be registered.
    pub(super) register_as: Option<String>,
    pub(super) bill: Bill,
}

impl Door {
    /// Admits a request, or answers why not.
    pub(super) async fn admit(
        &self,
        request: GraphqlRequest,
        context: &CallerContext,
        allowance: &mut Allowance,
        progress: &mut Progress,
    ) -> Result<Admitted, Answer> {
        let document_bytes = request.document_bytes();
        let GraphqlRequest { mut request, has_document, document_id, persisted_query, dry_run, queries_only } =
            request;
        let DoorState { prices, specification, documents, cache, rate_limiter, parse_permits, .. } = &*self.0;
        let Progress { record, uncached } = progress;
        let sent = has_document.then_some(request.query.as_str());
        let register_as = match documents.find(sent, document_id.as_deref(), persisted_query.as_ref()) {
            Ok(Found::Sent { register_as }) => register_as,
            Ok(Found::Named(text)) => {
                (*text).clone_into(&mut request.query);
                None
            }
            Err(error) => return Err(rejected(error)),
        };
        record.origin = documents.origin(&request.query, !has_document);
        let (parsed, parse_permit) = if let Some(parsed) = cache.get(&request.query) {
            (parsed, None)
        } else {
            let key = RequestKey::of(&request, queries_only, dry_run);
            if let Some(rejected) = cache.rejected(&key) {
                return Err(rejected_before(&rejected, allowance, record));
            }
            *uncached = Some(key);
            let permit = {
                let _waiting = allowance.timer.waiting();
                parse_permits.acquire(context.caller).await.ok()
            };
            // Another request may have parsed it meanwhile.
            if let Some(rejected) = cache.rejected(&key) {
                return Err(rejected_before(&rejected, allowance, record));
            }
            if let Some(parsed) = cache.get(&request.query) {
                (parsed, None)
            } else {
                let parsed =
                    blocking(|| ParsedDocument::parse(&request.query, specification)).map_err(rejected)?;
                (Arc::new(parsed), permit)
            }
        };
        record.document.clone_from(&parsed.sha256);
        let mut document = parsed.document.clone();
        record.name = operation_name(&document, request.operation_name.as_deref());
        let selected = operation(&document, request.operation_name.as_deref());
        if queries_only && selected.is_some_and(|operation| operation.ty != OperationType::Query) {
            let mut error =
                ServerError::new("only queries are allowed by GET; use POST for other operations", None);
            errors::set_code(&mut error, "METHOD_NOT_ALLOWED");
            return Err(Answer::rejected(vec![error]));
        }
        let mut cost =
            prices.estimate(&document, &parsed.cost, &request, allowance.points).map_err(rejected)?;
        if let Some(Cost { requested, error, .. }) = &mut cost {
            record.requested = Some(*requested);
            if let Some(error) = error.take() {
                return Err(with_cost(rejected(error), cost.as_ref()));
            }
        }
        let valid = if parsed.is_valid() { Ok(()) } else { blocking(|| specification.validate(&document)) };
        valid
            .and_then(|()| specification.coerce(&mut document, &mut request))
            .map_err(|errors| with_cost(Answer::rejected(errors::of_document(errors)), cost.as_ref()))?;
        let requested = cost.as_ref().map_or(0, |cost| points(cost.requested));
        allowance.points = allowance.points.saturating_sub(requested);
        let payer = match (rate_limiter, context.caller) {
            (Some(limiter), Some(caller)) if !dry_run => {
                let spent = limiter.spend(caller, requested, Instant::now());
                spent.map_err(|status| rate_limited(status, requested, cost.as_ref()))?;
                Some((Arc::clone(limiter), caller))
            }
            _ => None,
        };
        let parsing = if parse_permit.is_some() { document_bytes / BYTES_PARSED_FOR_A_POINT } else { 0 };
        let bill = Bill::new(payer, cost.as_ref(), parsing, allowance.timer.clone());
        allowance.timer.grant(requested.into());
        if dry_run {
            dry_run::skip_everything(&mut document);
        }
        let (operation_name, variables) = (request.operation_name.clone(), request.variables.clone());
        let retry = Retry { operation_name, variables };
        request.set_parsed_query(document);
        Ok(Admitted { request, retry, document: parsed, parse_permit, cost, register_as, bill })
    }
}

/// What has to be kept of a request to execute it once more.
#[derive(Debug)]
pub(super) struct Retry {
    pub(super) operation_name: Option<String>,
    pub(super) variables: Variables,
}

impl Retry {
    /// The request, as it was before it was executed.
    pub(super) fn request(&self, parsed: &ParsedDocument) -> Request {
        let mut document = parsed.document.clone();
        Specification::decide(&mut document, &self.variables);
        let mut request = Request::new(String::new()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(document);
        request
    }
}

/// The answer to a request that was rejected before, with the caller's allowance as it is now.
fn rejected_before(
    rejected: &RejectedRequest,
    allowance: &Allowance,
    record: &mut OperationRecord,
) -> Answer {
    record.document.clone_from(&rejected.document);
    record.name.clone_from(&rejected.operation);
    record.requested = rejected.requested;
    let mut answer = Answer::rejected(rejected.errors.clone());
    if let Some(mut cost) = rejected.cost.clone() {
        if let Value::Object(cost) = &mut cost {
            cost.insert(Name::new("limit"), allowance.points.into());
        }
        answer.response.extensions.insert("cost".to_owned(), cost);
    }
    answer
}

/// The rejection to cache, if it depends only on the document and its variables.
pub(super) fn rejection(answer: &Answer, record: &OperationRecord) -> Option<RejectedRequest> {
    const LASTING: [&str; 3] = ["BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"];
    let lasting = answer.codes().keys().all(|code| LASTING.contains(code));
    if answer.response.errors.is_empty() || !lasting {
        return None;
    }
    let mut cost = answer.response.extensions.get("cost").cloned();
    if let Some(Value::Object(cost)) = &mut cost {
        // In a batch the limit, too, depends on the earlier requests.
        for of_the_caller in ["throttleStatus", "limit"] {
            cost.shift_remove(of_the_caller);
        }
    }
    Some(RejectedRequest {
        errors: answer.response.errors.clone(),
        cost,
        operation: record.name.clone(),
        document: record.document.clone(),
        requested: record.requested,
    })
}

fn rejected(error: impl Into<DocumentError>) -> Answer {
    Answer::rejected(errors::of_document(vec![error.into()]))
}

/// The answer to a request that exceeds the caller's rate limit.
pub(super) fn rate_limited(status: RateLimitStatus, requested: u32, cost: Option<&Cost>) -> Answer {
    let wait = status.wait_for(requested);
    let message = format!(
        "this request costs {requested} points, and {} points are left; try again in {} s",
        status.available,
        wait.as_secs()
    );
    let mut error = ServerError::new(message, None);
    errors::set_code(&mut error, "RATE_LIMITED");
    let mut answer = Answer::rejected(vec![error]);
    if let Some(cost) = cost {
        answer.response.extensions.insert("cost".to_owned(), cost_extension(cost, 0, Some(status)));
    }
    Answer { rate_limit: Some(status), retry_after: Some(wait), ..answer }
}

fn with_cost(mut answer: Answer, cost: Option<&Cost>) -> Answer {
    if let Some(cost) = cost {
        answer.response.extensions.insert("cost".to_owned(), cost_extension(cost, 0, None));
    }
    answer
}

/// `extensions.cost`, with the caller's `throttleStatus` where there is a rate limit.
pub(super) fn cost_extension(cost: &Cost, actual: u64, rate_limit: Option<RateLimitStatus>) -> Value {
    let mut extension = cost.extension(actual);
    if let (Value::Object(extension), Some(status)) = (&mut extension, rate_limit) {
        extension.insert(Name::new("throttleStatus"), status.extension());
    }
    extension
}

/// A cost as the rate limiter counts it.
pub(super) fn points(cost: u64) -> u32 {
    u32::try_from(cost).unwrap_or(u32::MAX)
}
