//! Credentials of a WebSocket: in the handshake or in `connection_init`, until they expire.

use serde_json::{Value, json};
use simpul::store::{Credentials, clock};

use super::{
    Node,
    websocket::{PROTOCOL, Socket, closed, heard, opened, say, subscribe},
};
use crate::support::{
    database,
    tokens::{ISSUER, Signer, issuer},
};

const WHO: &str = "{ viewer { subject } }";

async fn init(node: &Node, headers: &[(&'static str, &str)], payload: Value) -> Socket {
    let mut socket = opened(node, &[&[PROTOCOL], headers].concat()).await.unwrap();
    say(&mut socket, json!({ "type": "connection_init", "payload": payload })).await;
    socket
}

/// The subject of a socket.
async fn subject(socket: &mut Socket) -> Value {
    assert_eq!(heard(socket).await, json!({ "type": "connection_ack" }));
    say(socket, subscribe("1", WHO)).await;
    let next = heard(socket).await;
    assert_eq!(heard(socket).await["type"], "complete");
    next["payload"]["data"]["viewer"]["subject"].clone()
}

#[tokio::test]
async fn a_socket_has_the_viewer_of_its_credential_until_that_expires() {
    let folder = tempfile::tempdir().unwrap();
    let signer = Signer::ed();
    let trusted = issuer(&folder.path().join("keys.json"), &[signer.public("ed")]);
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let credentials = Credentials::new(fresh.connection.clone());
        let key = credentials.create_key("someone", None, None).await.unwrap().1;
        let key = format!("Bearer {}", key.text());
        let flags =
            ["--jwt-issuer", ISSUER, "--jwks", &trusted.keys, "--jwt-audience", "a,simpul", "--pages", "off"];
        let node = Node::start_with(&fresh.url(), &flags, &[]);
        for name in ["authorization", "Authorization"] {
            assert_eq!(subject(&mut init(&node, &[], json!({ name: key })).await).await, "someone");
        }
        let mut by_header = init(&node, &[("authorization", &key)], json!({})).await;
        assert_eq!(subject(&mut by_header).await, "someone");
        assert_eq!(subject(&mut init(&node, &[], json!({ "authorization": null })).await).await, Value::Null);
        for wrong in [json!("Bearer simpul_x"), json!(key[7..]), json!(""), json!(7)] {
            let mut socket = init(&node, &[], json!({ "authorization": wrong })).await;
            assert_eq!(closed(&mut socket).await.0, 4403, "{wrong}");
        }
        let refused = opened(&node, &[PROTOCOL, ("authorization", "Bearer simpul_x")]).await;
        assert!(refused.unwrap_err().to_string().contains("401"));

        // It is accepted for five seconds more, with the leeway.
        let token = signer.token("ed", json!({ "exp": clock::now().timestamp() - 25 }), json!({}));
        let mut socket = init(&node, &[], json!({ "authorization": format!("Bearer {token}") })).await;
        assert_eq!(subject(&mut socket).await, format!("{ISSUER}#f81d"));
        let (code, reason) = closed(&mut socket).await;
        assert!(code == 4403 && reason.starts_with("Forbidden"), "{code} {reason}");
        drop(node);
        fresh.discard().await;
    }
}
