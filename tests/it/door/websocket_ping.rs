//! A WebSocket that does not answer pings is closed.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use simpul::http::{Listening, Node, Settings, SocketLimits, serve};
use tokio::{sync::oneshot, time::timeout};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::support::{Registry, each_engine};

/// Serves the registry, and pings its sockets this often.
async fn pinging(registry: &Registry, ping: Duration) -> SocketAddr {
    let sockets = SocketLimits { ping, ..Settings::default().sockets };
    let node = Node::new(registry.door().clone(), Settings { sockets, ..Settings::default() });
    let (tell, told) = oneshot::channel();
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    tokio::spawn(serve(anywhere, node, None, Listening::default(), |address| tell.send(address).unwrap()));
    told.await.unwrap()
}

#[tokio::test]
async fn a_socket_that_answers_no_ping_is_closed_and_one_that_does_is_not() {
    each_engine(async |registry| {
        let address = pinging(registry, Duration::from_millis(200)).await;
        for answers in [true, false] {
            let mut request = format!("ws://{address}/graphql/ws").into_client_request().unwrap();
            request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
            let (mut socket, _) = connect_async(request).await.unwrap();
            socket.send(Message::text("{\"type\":\"connection_init\"}")).await.unwrap();
            let ack = socket.next().await.unwrap().unwrap();
            assert_eq!(ack.to_text().unwrap(), "{\"type\":\"connection_ack\"}");
            // A client answers pings only while it reads.
            if answers {
                let listening = timeout(Duration::from_secs(2), async {
                    while let Some(Ok(message)) = socket.next().await {
                        assert!(message.is_ping(), "{message:?}");
                    }
                });
                assert!(listening.await.is_err(), "it was closed");
            } else {
                tokio::time::sleep(Duration::from_secs(2)).await;
                let ended =
                    timeout(Duration::from_secs(5), async { while let Some(Ok(_)) = socket.next().await {} });
                assert!(ended.await.is_ok(), "it is still open");
            }
        }
    })
    .await;
}
