//! Documents of pages: their requests, their answers, and where a page's content comes from.

use std::{fmt::Write, ops::Deref, sync::Arc};

use async_graphql::{Request, Variables};
use chrono::{DateTime, Utc};
use graphql_client::GraphQLQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::http::{Answer, Computed, Node, document_id};

/// What is not escaped in a query of an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The answer to a document of a page.
#[derive(Debug)]
pub(super) struct Asked<T> {
    pub(super) data: T,
    pub(super) origin: Origin,
}

/// The answer to a document, executed for its reader or kept for all.
#[derive(Debug)]
pub(super) enum Given<T> {
    Own(Asked<T>),
    Kept(Arc<Computed<Asked<T>>>),
}

impl<T> Given<T> {
    /// When a kept answer was computed.
    pub(super) fn computed_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Own(_) => None,
            Self::Kept(computed) => Some(computed.at),
        }
    }
}

impl<T> Deref for Given<T> {
    type Target = Asked<T>;

    fn deref(&self) -> &Asked<T> {
        match self {
            Self::Own(asked) => asked,
            Self::Kept(computed) => &computed.value,
        }
    }
}

/// Where the content of a page comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) document: &'static str,
    pub(super) variables: Value,
    /// Codes and messages of fields that failed.
    pub(super) errors: Vec<(String, String)>,
    /// For how many seconds the answer may be stored; none where it may not be.
    pub(super) max_age: Option<i32>,
    /// Whether only its reader may store it.
    pub(super) private: bool,
    pub(super) synthetic: bool,
}

impl<T: DeserializeOwned> Asked<T> {
    /// The answer to a document; `None` where a field that cannot be null failed.
    pub(super) fn of(answer: &Answer, document: &'static str, variables: Value) -> Option<Self> {
        let errors = answer.errors().map(|error| (error.code.to_owned(), error.message.to_owned())).collect();
        let (max_age, synthetic) = (answer.max_age(), answer.is_synthetic());
        let private = answer.cache_control().is_some_and(|cache| cache.starts_with("private"));
        let data = read(answer)?;
        Some(Self { data, origin: Origin { document, variables, errors, max_age, private, synthetic } })
    }
}

impl Origin {
    /// The name of the document's operation.
    pub(super) fn name(&self) -> &'static str {
        let names = self.document.strip_prefix("query ").unwrap_or_default();
        names.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default()
    }

    /// The words of vocabularies among its variables, which tell it from another execution of its document.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let values = self.variables.as_object().into_iter().flat_map(serde_json::Map::values);
        let is_word = |text: &&str| {
            text.contains('_') && text.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'_')
        };
        values.filter_map(Value::as_str).filter(is_word)
    }

    /// The address of the query editor with this document.
    pub(super) fn in_editor(&self) -> String {
        self.address("/graphql")
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
            document_id(self.document),
            escaped(&self.variables.to_string())
        )
    }
}

/// A text for a query of an address.
pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
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
pub(super) fn request<Q: GraphQLQuery>(variables: Q::Variables) -> (Request, &'static str, Value) {
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
