//! Pages for people: what they use of HTTP, and refusals that a browser gets as pages.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use headers_accept::Accept;
use mediatype::{MediaType, names};
use tokio::sync::Semaphore;

use super::{
    authority::Identified,
    door::{Answer, CallerContext, GraphqlRequest},
    entity_tag,
    node::Node,
    refusal::Refusal,
    refused::Refused,
};
use crate::document::sha256;

/// The pages that a node serves beside the API.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub routes: Router<Node>,
    /// Shows refusals as pages.
    pub refused: Option<RefusalPage>,
    /// The query editor, for a browser that opens the API's address.
    pub editor: Option<EditorPage>,
}

/// Makes a page of a refusal, with its status, for a request with these headers and this address.
pub type RefusalPage = fn(&Refused, &HeaderMap, &Uri) -> Content;

/// Makes the query editor for a request with these headers and this address.
pub type EditorPage = fn(&HeaderMap, &Uri) -> Content;

/// A page in HTML.
#[derive(Debug)]
pub struct Content {
    pub status: StatusCode,
    pub html: String,
    /// `Cache-Control`; without it the page is not stored.
    pub cache: Option<String>,
    /// `Content-Security-Policy`.
    pub policy: &'static str,
    /// `Link`: other representations of the page.
    pub links: Option<String>,
}

impl Content {
    /// The response to a request with these headers: 304 where the browser has the page already.
    #[must_use]
    pub fn response(self, request: &HeaderMap) -> Response {
        let Self { status, html, cache, policy, links } = self;
        let mut headers = HeaderMap::new();
        headers.insert(header::VARY, HeaderValue::from_static("accept-language, accept"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        let stored = cache.and_then(|cache| HeaderValue::from_str(&cache).ok());
        let tag = (status == StatusCode::OK && stored.is_some()).then(|| entity_tag::of(&html));
        headers.insert(header::CACHE_CONTROL, stored.unwrap_or(HeaderValue::from_static("no-store")));
        if let Some(links) = links.and_then(|links| HeaderValue::from_str(&links).ok()) {
            headers.insert(header::LINK, links);
        }
        if let Some(value) = tag.as_deref().and_then(|tag| HeaderValue::from_str(tag).ok()) {
            headers.insert(header::ETAG, value);
        }
        if tag.is_some_and(|tag| entity_tag::is_known(request, &tag)) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        (status, headers, html).into_response()
    }
}

/// Turns of the documents that a node executes for itself.
static OWN: Semaphore = Semaphore::const_new(2);

impl Node {
    /// Executes the document of a page as a request of its reader, with the limits of any other.
    ///
    /// # Errors
    /// When the node is full, or about to end.
    pub async fn ask(
        &self,
        request: GraphqlRequest,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<Answer, Refusal> {
        let context = self.caller_context(headers, extensions);
        let permit = self.acquire(context.caller).await?;
        let answer = Box::pin(self.door().answer(request.queries_only(), &context)).await;
        drop(permit);
        Ok(answer)
    }

    /// Whether a request has no credential, so that its answer may be one that is kept for all.
    #[must_use]
    pub fn is_public(&self, extensions: &Extensions) -> bool {
        extensions.get::<Identified>().is_none()
    }

    /// The scheme and the host that a request was sent to: `https` where a trusted proxy says so. `None` where the host's
    /// name is missing or has unusual letters.
    #[must_use]
    pub fn site(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<String> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || b".:-[]".contains(&letter);
        if host.is_empty() || !host.bytes().all(is_plain) {
            return None;
        }
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let is_secure = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes() == b"https");
        let is_secure = is_secure && peer.is_some_and(|peer| self.is_proxy(peer));
        Some(format!("{}://{host}", if is_secure { "https" } else { "http" }))
    }

    /// Whether the node executes documents that it does not know.
    #[must_use]
    pub fn takes_any_document(&self) -> bool {
        !self.door().refuses_untrusted_documents()
    }

    /// Executes a document for the node itself; no caller pays for it. Few are executed at a time.
    pub async fn ask_for_itself(&self, request: GraphqlRequest) -> Answer {
        let turn = OWN.acquire().await;
        let answer = Box::pin(self.door().answer(request.queries_only(), &CallerContext::default())).await;
        drop(turn);
        answer
    }
}

/// The id by which requests name a document that the node trusts.
#[must_use]
pub fn document_id(document: &str) -> String {
    sha256(document)
}

/// Middleware of the API's address: the query editor for a browser's request that names no stored document.
pub(super) async fn editor_for_browsers(
    State(shown): State<Option<EditorPage>>,
    request: Request,
    next: Next,
) -> Response {
    let (headers, uri) = (request.headers(), request.uri());
    let mut names = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split('=').next());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_named = names.any(|name| name == "documentId" || name == "extensions");
    match shown.filter(|_| is_read && !is_named && prefers_html(headers)) {
        Some(editor) => editor(headers, uri).response(headers),
        None => next.run(request).await,
    }
}

/// Whether a request prefers HTML to JSON, as that of a browser does.
pub(super) fn prefers_html(headers: &HeaderMap) -> bool {
    static OFFERED: [MediaType<'_>; 2] =
        [MediaType::new(names::APPLICATION, names::JSON), MediaType::new(names::TEXT, names::HTML)];
    let accepted = accepted(headers);
    // `*/*` alone is what programs send.
    accepted.contains("text/html")
        && accepted
            .parse::<Accept>()
            .is_ok_and(|accept| accept.negotiate(OFFERED.iter()).is_some_and(|best| best.ty == names::TEXT))
}

/// The media types that a request accepts, in lower case.
fn accepted(headers: &HeaderMap) -> String {
    let lines: Vec<&str> =
        headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
    lines.join(",").to_ascii_lowercase()
}

/// Middleware: answers a browser's request that was refused with a page, also that of a form, which accepts no JSON.
pub(super) async fn refusals_as_pages(
    State(shown): State<Option<RefusalPage>>,
    request: Request,
    next: Next,
) -> Response {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let by_form = |headers: &HeaderMap| prefers_html(headers) && !accepted(headers).contains("json");
    let shown =
        shown.filter(|_| if read { prefers_html(request.headers()) } else { by_form(request.headers()) });
    let Some(refused) = shown else { return next.run(request).await };
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let mut response = next.run(request).await;
    let Some(refusal) = response.extensions_mut().remove::<Refused>() else { return response };
    let mut page = refused(&refusal, &headers, &uri).response(&headers);
    for kept in [header::RETRY_AFTER, header::ALLOW, header::CONNECTION, header::WWW_AUTHENTICATE] {
        if let Some(value) = response.headers().get(&kept) {
            page.headers_mut().insert(kept, value.clone());
        }
    }
    page.headers_mut().append(header::VARY, HeaderValue::from_static("authorization"));
    page
}
