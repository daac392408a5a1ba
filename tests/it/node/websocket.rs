//! The WebSocket protocol `graphql-transport-ws`.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, protocol::CloseFrame},
};

use super::{Node, each_node, test_node::LONG};
use crate::support::doubled;

pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub(super) async fn opened(node: &Node, headers: &[(&'static str, &str)]) -> Result<Socket, Error> {
    let mut request = format!("ws://{}/graphql/ws", node.address).into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

pub(super) const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

async fn open(node: &Node) -> Socket {
    opened(node, &[PROTOCOL]).await.unwrap()
}

/// A socket that has introduced itself.
pub(super) async fn known(node: &Node) -> Socket {
    let mut socket = open(node).await;
    say(&mut socket, json!({ "type": "connection_init", "payload": { "any": 1 } })).await;
    assert_eq!(heard(&mut socket).await, json!({ "type": "connection_ack" }));
    socket
}

pub(super) async fn say(socket: &mut Socket, message: Value) {
    socket.send(Message::text(message.to_string())).await.unwrap();
}

/// Says several things in one breath.
async fn say_at_once(socket: &mut Socket, messages: &[Value]) {
    for message in messages {
        socket.feed(Message::text(message.to_string())).await.unwrap();
    }
    socket.flush().await.unwrap();
}

async fn next(socket: &mut Socket) -> Message {
    loop {
        let message = timeout(Duration::from_secs(20), socket.next()).await.expect("nothing came");
        match message.unwrap().unwrap() {
            Message::Ping(_) | Message::Pong(_) => {}
            message => return message,
        }
    }
}

pub(super) async fn heard(socket: &mut Socket) -> Value {
    match next(socket).await {
        Message::Text(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

pub(super) async fn closed(socket: &mut Socket) -> (u16, String) {
    match next(socket).await {
        Message::Close(Some(CloseFrame { code, reason })) => (code.into(), reason.to_string()),
        other => panic!("{other:?}"),
    }
}

pub(super) fn subscribe(id: &str, query: &str) -> Value {
    json!({ "type": "subscribe", "id": id, "payload": { "query": query } })
}

#[tokio::test]
async fn a_query_is_answered_by_next_and_complete() {
    each_node(&[], async |node| {
        let mut socket = known(node).await;
        say(&mut socket, subscribe("1", "{ __typename }")).await;
        let next = heard(&mut socket).await;
        assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("1")));
        assert_eq!(next["payload"]["data"], json!({ "__typename": "Query" }));
        assert!(next["payload"]["extensions"]["cost"]["requested"].is_u64());
        assert_eq!(heard(&mut socket).await, json!({ "type": "complete", "id": "1" }));
        // An id may be used again once its operation is over; an error in a field is data beside it.
        say(&mut socket, subscribe("1", "{ node(id: \"x\") { id } }")).await;
        let next = heard(&mut socket).await;
        assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        assert_eq!(next["payload"]["data"], json!({ "node": null }));
        assert_eq!(heard(&mut socket).await["type"], "complete");
    })
    .await;
}

#[tokio::test]
async fn an_invalid_operation_gets_error_without_complete() {
    each_node(&[], async |node| {
        let mut socket = known(node).await;
        let bomb = doubled(40, "{...F0}");
        for (query, code) in [
            ("{", "GRAPHQL_PARSE_FAILED"),
            ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
            (bomb.as_str(), "COST_LIMIT_EXCEEDED"),
        ] {
            say(&mut socket, subscribe("x", query)).await;
            let error = heard(&mut socket).await;
            assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("x")), "{error}");
            assert_eq!(error["payload"][0]["extensions"]["code"], code);
        }
        say(&mut socket, subscribe("y", "{ __typename }")).await;
        assert_eq!(heard(&mut socket).await["type"], "next", "no complete came in between");
        node.answers_the_profile().await;
    })
    .await;
}

#[tokio::test]
async fn a_protocol_violation_closes_the_socket_with_its_code() {
    each_node(&["--socket-init-timeout-ms", "300"], async |node| {
        let many = format!(
            "{{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{{\"query\":\"{{__typename}}\",\"variables\":{{\"a\":[0{}]}}}}}}",
            ",0".repeat(20_000)
        );
        for wrong in [
            &many,
            "{\"type\":\"pong\",\"payload\":[]}",
            "{\"type\":\"complete\"}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":null}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":null}}",
            "",
            "{",
            "3",
            "{\"type\":\"unknown\"}",
            "{\"type\":\"subscribe\",\"id\":\"1\"}",
            "{\"id\":\"1\"}",
            "{\"type\":\"subscribe\",\"id\":1,\"payload\":{\"query\":\"{__typename}\"}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":1}}",
            "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{__typename}\"}}",
        ] {
            let mut socket = known(node).await;
            socket.send(Message::text(wrong)).await.unwrap();
            assert_eq!(closed(&mut socket).await.0, 4400, "{wrong}");
        }
        let mut binary = known(node).await;
        binary.send(Message::binary(b"{\"type\":\"ping\"}".to_vec())).await.unwrap();
        assert_eq!(closed(&mut binary).await.0, 4400);

        let mut early = open(node).await;
        say(&mut early, subscribe("1", "{ __typename }")).await;
        assert_eq!(closed(&mut early).await, (4401, "Unauthorized".into()));
        let mut silent = open(node).await;
        assert_eq!(closed(&mut silent).await, (4408, "Connection initialisation timeout".into()));
        let mut twice = known(node).await;
        say(&mut twice, json!({ "type": "connection_init" })).await;
        assert_eq!(closed(&mut twice).await, (4429, "Too many initialisation requests".into()));
        let mut doubled = known(node).await;
        say_at_once(&mut doubled, &[subscribe("same", LONG), subscribe("same", "{ __typename }")]).await;
        assert_eq!(closed(&mut doubled).await, (4409, "Subscriber for same already exists".into()));
        let mut large = known(node).await;
        let sent = large.send(Message::text("x".repeat(600_000))).await;
        assert!(sent.is_err() || closed(&mut large).await.0 == 1009);
        node.answers_the_profile().await;
    })
    .await;
}

#[tokio::test]
async fn a_ping_is_answered_with_its_payload() {
    each_node(&[], async |node| {
        let mut socket = open(node).await;
        say(&mut socket, json!({ "type": "ping", "payload": { "n": [1] } })).await;
        assert_eq!(heard(&mut socket).await, json!({ "type": "pong", "payload": { "n": [1] } }));
        say(&mut socket, json!({ "type": "ping" })).await;
        assert_eq!(heard(&mut socket).await, json!({ "type": "pong" }));
        say(&mut socket, json!({ "type": "pong" })).await;
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_operation_sends_nothing_more_and_others_continue() {
    each_node(&[], async |node| {
        let mut socket = known(node).await;
        let completed = |id: &str| json!({ "type": "complete", "id": id });
        let taken_back = [subscribe("long", LONG), completed("long"), completed("never-there")];
        say_at_once(&mut socket, &taken_back).await;
        say(&mut socket, subscribe("short", "{ __typename }")).await;
        assert_eq!(heard(&mut socket).await["id"], "short");
        assert_eq!(heard(&mut socket).await, json!({ "type": "complete", "id": "short" }));
    })
    .await;
}

#[tokio::test]
async fn operations_on_a_socket_are_limited_and_queued() {
    each_node(&[], async |node| {
        let mut socket = known(node).await;
        let mut many: Vec<Value> = (0..10).map(|number| subscribe(&format!("long {number}"), LONG)).collect();
        many.extend((0..100).map(|number| subscribe(&number.to_string(), "{ __typename }")));
        many.push(subscribe("no room", "{ __typename }"));
        many.push(json!({ "type": "complete", "id": "7" }));
        many.push(json!({ "type": "ping" }));
        say_at_once(&mut socket, &many).await;
        let refused = heard(&mut socket).await;
        assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("no room")), "{refused}");
        assert_eq!(refused["payload"][0]["extensions"]["code"], "UNAVAILABLE", "{refused}");
        assert_eq!(heard(&mut socket).await, json!({ "type": "pong" }), "what comes meanwhile is heard");
        let mut answered = Vec::new();
        while answered.len() < 109 {
            let told = heard(&mut socket).await;
            assert!(told["type"] != "error", "{told}");
            if told["type"] == "complete" {
                answered.push(told["id"].as_str().unwrap().to_owned());
            }
        }
        answered.sort();
        answered.dedup();
        assert!(answered.len() == 109 && !answered.contains(&"7".to_owned()), "{answered:?}");
        say(&mut socket, subscribe("7", "{ __typename }")).await;
        assert_eq!(heard(&mut socket).await["id"], "7");
    })
    .await;
}

/// A queued operation counts as in flight: its id is reserved, and it is answered at shutdown.
#[tokio::test]
async fn a_queued_operation_reserves_its_id_and_is_answered_at_shutdown() {
    each_node(&["--drain-timeout-ms", "30000"], async |node| {
        let mut twice = known(node).await;
        let mut many: Vec<Value> = (0..10).map(|number| subscribe(&format!("long {number}"), LONG)).collect();
        many.push(subscribe("waits", "{ __typename }"));
        let mut once = known(node).await;
        say_at_once(&mut once, &many).await;
        many.push(subscribe("waits", "{ __typename }"));
        say_at_once(&mut twice, &many).await;
        assert_eq!(closed(&mut twice).await, (4409, "Subscriber for waits already exists".into()));
        let first = heard(&mut once).await;
        assert_eq!(first["type"], "next", "{first}");
        node.signal("TERM");
        let mut answered = 0;
        while answered < 11 {
            let told = heard(&mut once).await;
            answered += usize::from(told["type"] == "complete");
        }
        assert_eq!(closed(&mut once).await.0, 1001);
    })
    .await;
}

#[tokio::test]
async fn an_upgrade_needs_the_protocol_and_an_allowed_origin() {
    each_node(&["--allowed-origins", "https://dashboard.example"], async |node| {
        let status = async |headers: &[(&'static str, &str)]| match opened(node, headers).await {
            Ok(_) => 101,
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(error) => panic!("{error}"),
        };
        let own = format!("http://{}", node.address);
        assert_eq!(status(&[PROTOCOL]).await, 101);
        assert_eq!(status(&[PROTOCOL, ("origin", "https://dashboard.example")]).await, 101);
        assert_eq!(status(&[PROTOCOL, ("origin", &own)]).await, 101);
        assert_eq!(status(&[PROTOCOL, ("origin", "https://evil.example")]).await, 403);
        assert_eq!(status(&[]).await, 400);
        assert_eq!(status(&[("sec-websocket-protocol", "graphql-ws")]).await, 400);
        let plain = node.client.get(node.url("/graphql/ws")).send().await.unwrap();
        assert_eq!(plain.status(), 400);
    })
    .await;
}

#[tokio::test]
async fn sockets_are_closed_with_a_code_at_shutdown() {
    each_node(&[], async |node| {
        let mut socket = known(node).await;
        node.signal("TERM");
        assert_eq!(closed(&mut socket).await.0, 1001);
        assert_eq!(node.ended().0.code(), Some(0));
    })
    .await;
}
