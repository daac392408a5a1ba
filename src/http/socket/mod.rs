//! `/graphql/ws`: GraphQL over a WebSocket, by the protocol graphql-transport-ws.
//!
//! The library's own server of this protocol deviates from it for malformed messages, early subscriptions and duplicate
//! ids, and sends no `error`; so the protocol is implemented here.

mod connection;
mod frames;
mod message;
mod queue;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error,
        error::ProtocolError,
        handshake::server::create_response_with_body,
        protocol::{Role, WebSocketConfig},
    },
};

use self::{connection::Connection, frames::Frames};
use super::{
    authority::Identified,
    node::{Node, Settings},
    origin::Origins,
    refusal::Refusal,
    serve::ConnectionHandle,
};

const PROTOCOL: &str = "graphql-transport-ws";

/// A WebSocket, on its stream.
type Socket = WebSocketStream<Frames<TokioIo<Upgraded>>>;

pub(super) async fn open(State(node): State<Node>, mut request: Request) -> Response {
    let mut response = match create_response_with_body(&request, Body::empty) {
        Ok(response) => response,
        Err(Error::Protocol(ProtocolError::WrongHttpMethod)) => {
            return Refusal::method("GET", "a WebSocket must be opened by GET").into_response();
        }
        Err(_) => return refused(StatusCode::BAD_REQUEST, "this route requires a WebSocket handshake"),
    };
    if request.extensions().get::<OnUpgrade>().is_none() {
        return refused(StatusCode::UPGRADE_REQUIRED, "this connection cannot be upgraded to a WebSocket");
    }
    let headers = request.headers();
    if !has_protocol(headers) {
        return refused(StatusCode::BAD_REQUEST, "the subprotocol must be graphql-transport-ws");
    }
    if !is_allowed(headers, &node.settings().origins) {
        return Refusal::new(StatusCode::FORBIDDEN, "FORBIDDEN", "pages of this origin are not allowed")
            .into_response();
    }
    if node.is_draining() {
        return Refusal::unavailable("this node is shutting down").into_response();
    }
    let context = node.caller_context(headers, request.extensions());
    let sender = node.sender(headers, request.extensions());
    let identified = request.extensions().get::<Identified>().cloned();
    let handle = request.extensions().get::<ConnectionHandle>().cloned();
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        // The client disconnected before the upgrade.
        let Ok(upgraded) = upgrade.await else { return };
        let counted = node.door().metrics().socket();
        let stream = Frames::new(TokioIo::new(upgraded), node.settings().body.time);
        let config = Some(limits(node.settings()));
        let socket = WebSocketStream::from_raw_socket(stream, Role::Server, config).await;
        let connection = Connection::new(node, context, socket, handle);
        connection.from(sender, identified).serve().await;
        drop(counted);
    });
    response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    response
}

/// The size of the read buffer.
const READ_BYTES: usize = 16 * 1024;

/// The greatest size of a frame; a longer message is sent in several.
const FRAME_BYTES: usize = 64 * 1024;

/// The limits of buffers and messages.
fn limits(settings: &Settings) -> WebSocketConfig {
    let bytes = settings.body.bytes;
    WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .max_message_size(Some(bytes))
        .max_frame_size(Some(bytes))
        .write_buffer_size(0)
        // A frame, and the pongs for all pings that were read at once. Nothing is read while these wait.
        .max_write_buffer_size(2 * FRAME_BYTES)
}

fn has_protocol(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|name| name.trim() == PROTOCOL)
}

/// Whether the origin may open a WebSocket. Browsers let every page do so, and only send its origin.
fn is_allowed(headers: &HeaderMap, origins: &Origins) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let own = origin.to_str().ok().and_then(|origin| Some(origin.split_once("://")?.1));
    origins.allow(origin) || (own.is_some() && own == host)
}

fn refused(status: StatusCode, message: &str) -> Response {
    Refusal::new(status, "BAD_USER_INPUT", message).into_response()
}
