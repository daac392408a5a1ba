//! What is asked for, by whatever way it came.

use async_graphql::Request;
use serde_json::Value;

use super::Parameters;

/// A request for the door.
#[derive(Debug)]
pub struct Ask {
    pub(super) request: Request,
    /// Whether a document came with it; else it names one.
    pub(super) document_sent: bool,
    pub(super) document_id: Option<String>,
    /// What Apollo's clients say of a persisted document.
    pub(super) persisted: Option<Value>,
    pub(super) only_cost: bool,
    pub(super) only_queries: bool,
}

impl Ask {
    /// Whether it neither brings a document nor names one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.document_sent && self.document_id.is_none() && self.persisted.is_none()
    }

    /// Bytes of the document that it brings.
    pub(super) fn letters(&self) -> u64 {
        self.request.query.len() as u64
    }

    /// Asks what it costs, and for nothing else.
    #[must_use]
    pub fn for_cost_only(mut self, only_cost: bool) -> Self {
        self.only_cost = only_cost;
        self
    }

    /// Asks in a way that may change nothing.
    #[must_use]
    pub fn for_reading(mut self) -> Self {
        self.only_queries = true;
        self
    }
}

impl From<Parameters> for Ask {
    fn from(parameters: Parameters) -> Self {
        let Parameters { query, operation_name, variables, persisted, document_id, id, doc_id } = parameters;
        let document_id = document_id.or(id).or(doc_id);
        let document_sent = query.is_some();
        let mut request = Request::new(query.unwrap_or_default()).variables(variables);
        request.operation_name = operation_name;
        Self { request, document_sent, document_id, persisted, only_cost: false, only_queries: false }
    }
}

impl From<Request> for Ask {
    fn from(request: Request) -> Self {
        Self {
            request,
            document_sent: true,
            document_id: None,
            persisted: None,
            only_cost: false,
            only_queries: false,
        }
    }
}
