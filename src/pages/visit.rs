//! A reader's request for a page: its language, its address, and the documents that are executed for it.

use std::{convert::Infallible, sync::Arc};

use async_graphql::Request;
use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, StatusCode, Uri, request::Parts},
};
use graphql_client::GraphQLQuery;

use super::{
    document::{Asked, Given, execute_for_the_node, request},
    failure::Failure,
    language::Language,
    vocabulary::{Vocabularies, Word},
};
use crate::http::{Computed, Kept, Node, Refused};

/// A reader's request for a page.
#[derive(Debug)]
pub(super) struct Visit {
    node: Node,
    pub(super) headers: HeaderMap,
    extensions: Extensions,
    pub(super) uri: Uri,
    pub(super) language: Language,
    pub(super) labels: &'static Vocabularies,
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

    /// Executes a document without variables for its reader, who pays for it.
    ///
    /// # Errors
    /// When it is refused or fails.
    pub(super) async fn probe(&self, document: &'static str) -> Result<(), Failure> {
        let answer = self.node.ask(Request::new(document).into(), &self.headers, &self.extensions).await?;
        let failed = answer.errors().next().is_some();
        if failed { Err(Failure::of(&answer)) } else { Ok(()) }
    }

    /// The answer that the node keeps for all readers; they do not pay for it. For a reader with a credential it is executed.
    pub(super) async fn kept<Q: GraphQLQuery>(
        &self,
        kept: &Kept<Asked<Q::ResponseData>>,
        variables: Q::Variables,
    ) -> Result<Arc<Computed<Asked<Q::ResponseData>>>, Failure>
    where
        Q::Variables: Send + 'static,
        Q::ResponseData: Send + Sync + 'static,
    {
        if !self.is_public() {
            return Ok(Arc::new(Computed::now(self.ask::<Q>(variables).await?)));
        }
        let (node, (request, document, variables)) = (self.node.clone(), request::<Q>(variables));
        // An answer that lacks fields does not take the place of the last whole one.
        let make = async move {
            let answer = node.ask_for_itself(request.into()).await;
            Asked::of(&answer, document, variables).filter(|asked| asked.origin.errors.is_empty())
        };
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let refused = move || Refused { status, code: "TIMEOUT".into(), message: String::new() };
        let failed = || Failure::Refused(refused(), Some(1));
        kept.get(make).await.ok_or_else(failed)
    }

    /// The answer that the node keeps for all readers, where it keeps one; else the document is executed for this reader.
    pub(super) async fn given<Q: GraphQLQuery>(
        &self,
        kept: Option<Kept<Asked<Q::ResponseData>>>,
        variables: Q::Variables,
    ) -> Result<Given<Q::ResponseData>, Failure>
    where
        Q::Variables: Send + 'static,
        Q::ResponseData: Send + Sync + 'static,
    {
        match kept.filter(|_| self.is_public()) {
            Some(kept) => Ok(Given::Kept(self.kept::<Q>(&kept, variables).await?)),
            None => Ok(Given::Own(self.ask::<Q>(variables).await?)),
        }
    }

    /// Whether the reader has no credential.
    pub(super) fn is_public(&self) -> bool {
        self.node.is_public(&self.extensions)
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

    /// The scheme and the host that the reader's browser asked; those of a demo where it names no usual host.
    pub(super) fn site(&self) -> String {
        let site = self.node.site(&self.headers, &self.extensions);
        site.unwrap_or_else(|| "http://localhost:8000".to_owned())
    }

    /// Whether the node exports the rows of any document, so that tables have files.
    pub(super) fn has_exports(&self) -> bool {
        self.node.takes_any_document()
    }

    /// What a word of a vocabulary is called.
    pub(super) fn label<'a, W: Word>(&'a self, word: &'a W) -> &'a str {
        self.labels.label(word)
    }
}
