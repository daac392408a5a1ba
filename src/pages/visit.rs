//! A reader's request for a page: its language, its address, and the documents that are executed for it.

use std::{convert::Infallible, fmt::Write, sync::Arc};

use async_graphql::{Request, Variables};
use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, StatusCode, Uri, header, request::Parts},
    response::Response,
};
use graphql_client::GraphQLQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    language::Language,
    layout::{self, Page},
    refused::Failure,
    vocabulary::{Vocabularies, Word},
};
use crate::http::{Answer, Computed, Content, Kept, Node, Refused};

/// What is not escaped in a query of an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A reader's request for a page.
#[derive(Debug)]
pub(super) struct Visit {
    node: Node,
    headers: HeaderMap,
    extensions: Extensions,
    pub(super) uri: Uri,
    pub(super) language: Language,
    pub(super) labels: &'static Vocabularies,
}

/// The answer to a document of a page.
#[derive(Debug)]
pub(super) struct Asked<T> {
    pub(super) data: T,
    pub(super) origin: Origin,
}

/// Where the content of a page comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    document: &'static str,
    variables: Value,
    /// Codes and messages of fields that failed.
    pub(super) errors: Vec<(String, String)>,
    pub(super) cache: Option<String>,
    pub(super) synthetic: bool,
}

impl<T: DeserializeOwned> Asked<T> {
    /// The answer to a document; `None` where a field that cannot be null failed.
    fn of(answer: &Answer, document: &'static str, variables: Value) -> Option<Self> {
        let errors = answer.errors().map(|error| (error.code.to_owned(), error.message.to_owned())).collect();
        let (cache, synthetic) = (answer.cache_control(), answer.is_synthetic());
        let data = read(answer)?;
        Some(Self { data, origin: Origin { document, variables, errors, cache, synthetic } })
    }
}

impl Origin {
    /// The address of the query editor with this document.
    pub(super) fn in_editor(&self) -> String {
        self.address("/graphql")
    }

    /// The address of the same answer as a file.
    pub(super) fn as_file(&self, format: &str) -> String {
        self.address(&format!("/export/{format}"))
    }

    fn address(&self, path: &str) -> String {
        let mut address = format!("{path}?query={}", escaped(self.document));
        if self.variables.as_object().is_some_and(|variables| !variables.is_empty()) {
            let _ = write!(address, "&variables={}", escaped(&self.variables.to_string()));
        }
        address
    }

    /// The address of the answer in JSON, by the id of the document.
    pub(super) fn in_json(&self) -> String {
        format!(
            "/graphql?documentId={}&variables={}",
            crate::http::document_id(self.document),
            escaped(&self.variables.to_string())
        )
    }
}

/// A text for a query of an address.
pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

impl FromRequestParts<Node> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, node: &Node) -> Result<Self, Infallible> {
        let language = Language::asked(&parts.uri).unwrap_or_else(|| Language::accepted(&parts.headers));
        Ok(Self {
            labels: Vocabularies::of(node, language).await,
            node: node.clone(),
            headers: parts.headers.clone(),
            extensions: parts.extensions.clone(),
            uri: parts.uri.clone(),
            language,
        })
    }
}

impl Visit {
    /// Executes the document of a page for its reader.
    pub(super) async fn ask<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Result<Asked<Q::ResponseData>, Failure> {
        let (request, document, variables) = request::<Q>(variables);
        let answer = self.node.ask(request.into(), &self.headers, &self.extensions).await?;
        Asked::of(&answer, document, variables).ok_or_else(|| Failure::of(&answer))
    }

    /// The answer that the node keeps for all readers; they do not pay for it.
    pub(super) async fn kept<Q: GraphQLQuery>(
        &self,
        kept: &Kept<Asked<Q::ResponseData>>,
        variables: Q::Variables,
    ) -> Result<Arc<Computed<Asked<Q::ResponseData>>>, Failure>
    where
        Q::Variables: Send + 'static,
        Q::ResponseData: Send + Sync + 'static,
    {
        let node = self.node.clone();
        let make = async move {
            let (request, document, variables) = request::<Q>(variables);
            Asked::of(&node.ask_for_itself(request.into()).await, document, variables)
        };
        let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT");
        let failed = || Failure::Refused(Refused { status, code, message: String::new() }, Some(1));
        kept.get(make).await.ok_or_else(failed)
    }

    /// Executes a document whose answer is kept for all readers; this one does not pay for it.
    pub(super) async fn for_the_node<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Option<Q::ResponseData> {
        execute_for_the_node::<Q>(&self.node, variables).await
    }

    /// The address of another page, in the language that this address asks for.
    pub(super) fn link(&self, path: &str) -> String {
        match Language::asked(&self.uri) {
            Some(language) if path.contains('?') => format!("{path}&lang={}", language.code()),
            Some(language) => format!("{path}?lang={}", language.code()),
            None => path.to_owned(),
        }
    }

    /// The host that the reader's browser asked, where its name has no unusual letters.
    pub(super) fn host(&self) -> Option<&str> {
        let host = self.headers.get(header::HOST)?.to_str().ok()?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || ".:-[]".contains(letter);
        host.chars().all(plain).then_some(host)
    }

    /// What a word of a vocabulary is called.
    pub(super) fn label<'a, W: Word>(&'a self, word: &'a W) -> &'a str {
        self.labels.label(word)
    }

    /// The response with this page, or with why there is none.
    pub(super) fn respond(&self, page: Result<Page, Failure>) -> Response {
        let content: Content = match page {
            Ok(page) => layout::content(self.language, &self.uri, page),
            Err(failure) => return failure.response(self.language, &self.uri, &self.headers),
        };
        content.response(&self.headers)
    }
}

/// Executes a document for the node itself; nobody pays for it.
pub(super) async fn execute_for_the_node<Q: GraphQLQuery>(
    node: &Node,
    variables: Q::Variables,
) -> Option<Q::ResponseData> {
    let (request, ..) = request::<Q>(variables);
    read(&node.ask_for_itself(request.into()).await)
}

/// The request of a page's document, with its text and its variables.
fn request<Q: GraphQLQuery>(variables: Q::Variables) -> (Request, &'static str, Value) {
    let body = Q::build_query(variables);
    let variables =
        serde_json::to_value(&body.variables).ok().filter(Value::is_object).unwrap_or_else(|| json!({}));
    let given = Variables::from_json(variables.clone());
    (Request::new(body.query).variables(given).operation_name(body.operation_name), body.query, variables)
}

/// The data of an answer; `None` where a field that cannot be null failed.
fn read<T: DeserializeOwned>(answer: &Answer) -> Option<T> {
    async_graphql_value::from_value(answer.data().clone()).ok()
}
