//! Reads the GraphQL request, or the batch of them, from an HTTP request.

use std::{borrow::Cow, fmt::Display};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, StatusCode, Uri, header},
};
use http_body_util::{BodyExt, Limited};
use mediatype::{MediaType, ReadParams, names};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use crate::http::{
    door::{GraphqlRequest, ParameterError, Parameters, persisted_query, variables},
    node::BodyLimits,
    refusal::Refusal,
};

/// How many requests a batch may hold.
const MAX_BATCH: usize = 10;

/// One request, or a batch.
#[derive(Debug)]
pub(in crate::http) enum Requests {
    One(Box<GraphqlRequest>),
    /// Requests in JSON, each parsed when it is its turn.
    Batch(Vec<Box<RawValue>>),
}

/// The parameters in a URL.
pub(in crate::http) fn from_url(uri: &Uri) -> Result<Requests, Refusal> {
    let mut parameters = Parameters::default();
    for pair in uri.query().unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name)?, decoded(value)?);
        match &*name {
            "query" => parameters.query = Some(value),
            "operationName" => parameters.operation_name = Some(value).filter(|name| !name.is_empty()),
            "documentId" => parameters.document_id = Some(value),
            "variables" => parameters.variables = object("variables", &value, variables)?,
            "extensions" => parameters.persisted_query = object("extensions", &value, persisted_query)?,
            _ => {}
        }
    }
    Ok(Requests::One(Box::new(parameters.into())))
}

/// Decodes a part of a URL.
pub(in crate::http) fn decoded(text: &str) -> Result<String, Refusal> {
    let spaced: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| Refusal::bad_input("the URL is not UTF-8"))
}

fn object<T: Default>(
    name: &str,
    text: &str,
    read: impl Fn(&str) -> Result<T, ParameterError>,
) -> Result<T, Refusal> {
    if text.is_empty() {
        return Ok(T::default());
    }
    read(text).map_err(|error| match error {
        ParameterError::TooManyValues => too_many(&error),
        error @ ParameterError::Malformed(_) => {
            Refusal::bad_input(format!("`{name}` is not an object in JSON: {error}"))
        }
    })
}

/// The parameters in a body of JSON.
pub(in crate::http) fn from_body(bytes: &[u8]) -> Result<Requests, Refusal> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'[') {
        return one(str::from_utf8(bytes).map_err(|error| no_request(&error))?)
            .map(|request| Requests::One(Box::new(request)));
    }
    // Counted before they are parsed.
    match json::<Vec<IgnoredAny>>(bytes)?.len() {
        0 => Err(Refusal::bad_input("the batch is empty")),
        1..=MAX_BATCH => {
            let all: Vec<&RawValue> = json(bytes)?;
            // An invalid request refuses the batch before anything is executed.
            for each in &all {
                one(each.get())?;
            }
            Ok(Requests::Batch(all.into_iter().map(ToOwned::to_owned).collect()))
        }
        more => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "BATCH_TOO_LARGE",
            format!("the batch has {more} requests; at most {MAX_BATCH}"),
        )),
    }
}

/// One request in JSON.
pub(super) fn one(text: &str) -> Result<GraphqlRequest, Refusal> {
    Parameters::parse(text).map(GraphqlRequest::from).map_err(|error| match error {
        ParameterError::TooManyValues => too_many(&error),
        error @ ParameterError::Malformed(_) => no_request(&error),
    })
}

fn too_many(error: &ParameterError) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "DOCUMENT_LIMIT_EXCEEDED", error.to_string())
}

fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| no_request(&error))
}

fn no_request(error: &dyn Display) -> Refusal {
    Refusal::bad_input(format!("the body is not a GraphQL request in JSON: {error}"))
}

/// Accepts only the content type that browsers send to other origins after a preflight request.
fn expect_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let refuse = || Refusal::media("the body of a POST must be application/json in UTF-8");
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = MediaType::parse(given.ok_or_else(refuse)?).map_err(|_| refuse())?;
    let utf_8 =
        media.get_param(names::CHARSET).is_none_or(|set| set.unquoted_str().eq_ignore_ascii_case("utf-8"));
    if media.ty != names::APPLICATION || media.subty != names::JSON || media.suffix.is_some() || !utf_8 {
        return Err(refuse());
    }
    let plain = |value: &axum::http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if !plain(encoding) => {
            Err(Refusal::media("the body of a POST must not be compressed"))
        }
        _ => Ok(()),
    }
}

/// The bytes of a body that may be a request in JSON.
pub(in crate::http) async fn body(
    headers: &HeaderMap,
    body: Body,
    limits: BodyLimits,
) -> Result<Bytes, Refusal> {
    expect_json(headers)?;
    let stated =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if stated.is_some_and(|stated| stated > limits.bytes as u64) {
        return Err(Refusal::too_large(limits.bytes));
    }
    let read = tokio::time::timeout(limits.time, Limited::new(body, limits.bytes).collect());
    match read.await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            Err(Refusal::too_large(limits.bytes))
        }
        Ok(Err(_)) => Err(Refusal::bad_input("the body ended too early")),
        Err(_) => {
            let refusal =
                Refusal::new(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", "the body took too long to arrive");
            Err(refusal.with(header::CONNECTION, axum::http::HeaderValue::from_static("close")))
        }
    }
}

/// Whether a request reads its parameters from its URL.
pub(super) fn is_in_url(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}
