//! `/graphql/ws`: GraphQL over a WebSocket, by the protocol graphql-transport-ws.
//!
//! The library's own server of this protocol answers malformed messages, early subscriptions and doubled ids
//! otherwise than the protocol says, and knows no `error`; so the conversation is ours, and only the door is shared.

mod connection;
mod message;

use axum::{
    extract::{Request, State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use self::connection::Connection;
use super::{node::Node, refusal::Refusal};

const PROTOCOL: &str = "graphql-transport-ws";

pub(super) async fn open(
    State(node): State<Node>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([PROTOCOL]),
        Err(rejection) => return refused(rejection.status(), "here one speaks over a WebSocket"),
    };
    let headers = request.headers();
    if upgrade.selected_protocol().is_none() {
        return refused(StatusCode::BAD_REQUEST, "the protocol spoken here is graphql-transport-ws");
    }
    if !is_welcome(headers, &node.settings().origins) {
        return Refusal::new(StatusCode::FORBIDDEN, "FORBIDDEN", "pages of this origin may not ask")
            .into_response();
    }
    if node.is_draining() {
        return Refusal::unavailable("this node is about to end").into_response();
    }
    let asker = node.asker(headers, request.extensions());
    let bytes = node.settings().body.bytes;
    upgrade.max_message_size(bytes).max_frame_size(bytes).on_upgrade(async move |socket| {
        let counted = node.door().metrics().socket();
        Connection::new(node.clone(), asker, socket).talk().await;
        drop(counted);
    })
}

/// A browser lets every page open a WebSocket to anywhere, and says only whose page it is.
fn is_welcome(headers: &HeaderMap, origins: &[HeaderValue]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let own = origin.to_str().ok().and_then(|origin| Some(origin.split_once("://")?.1));
    origins.contains(origin) || (own.is_some() && own == host)
}

fn refused(status: StatusCode, message: &str) -> Response {
    Refusal::new(status, "BAD_USER_INPUT", message).into_response()
}
