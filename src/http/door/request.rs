//! A GraphQL request, and the context of its caller, independent of the transport.

use async_graphql::Request;
use serde_json::Value;

use super::Parameters;
use crate::{
    access::{Caller, Scope, Viewer},
    graph::label::Language,
    http::trace::Trace,
};

/// A GraphQL request: a document or its id, with variables and options.
#[derive(Debug)]
pub struct GraphqlRequest {
    pub(super) request: Request,
    /// Whether it has a document; else it names one.
    pub(super) has_document: bool,
    pub(super) document_id: Option<String>,
    /// `extensions.persistedQuery` of Apollo's protocol.
    pub(super) persisted_query: Option<Value>,
    /// Whether it is priced and not executed.
    pub(super) dry_run: bool,
    /// Whether mutations are refused.
    pub(super) queries_only: bool,
}

/// Who sent a request, and how it is traced.
#[derive(Clone, Debug, Default)]
pub struct CallerContext {
    pub viewer: Viewer,
    /// Which rows the request may see.
    pub scope: Scope,
    /// Whose rate limit is charged; none where the caller is unknown.
    pub caller: Option<Caller>,
    pub request_id: String,
    /// The language of messages for people.
    pub language: Language,
    pub trace: Trace,
}

impl CallerContext {
    /// Whether its answers are the same for everybody.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.viewer == Viewer::Anonymous && self.scope.is_public()
    }
}

impl GraphqlRequest {
    /// Whether it has neither a document nor an id of one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.has_document && self.document_id.is_none() && self.persisted_query.is_none()
    }

    /// Bytes of the document that it has.
    pub(super) fn document_bytes(&self) -> u64 {
        self.request.query.len() as u64
    }

    /// The same, priced and not executed if `dry_run`.
    #[must_use]
    pub fn with_dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }

    /// The same, with mutations refused.
    #[must_use]
    pub fn queries_only(mut self) -> Self {
        self.queries_only = true;
        self
    }
}

impl From<Parameters> for GraphqlRequest {
    fn from(parameters: Parameters) -> Self {
        let Parameters { query, operation_name, variables, persisted_query, document_id, id, doc_id } =
            parameters;
        let document_id = document_id.or(id).or(doc_id);
        let has_document = query.is_some();
        let mut request = Request::new(query.unwrap_or_default()).variables(variables);
        request.operation_name = operation_name;
        Self { request, has_document, document_id, persisted_query, dry_run: false, queries_only: false }
    }
}

impl From<Request> for GraphqlRequest {
    fn from(request: Request) -> Self {
        Self {
            request,
            has_document: true,
            document_id: None,
            persisted_query: None,
            dry_run: false,
            queries_only: false,
        }
    }
}
