//! The messages of graphql-transport-ws.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::frames::LATE;
use crate::http::{
    door::{Answer, Parameters},
    refusal::Refusal,
};

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Said {
    ConnectionInit {
        #[serde(rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Ping {
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Box<Parameters>,
    },
    Complete {
        id: String,
    },
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Say<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: &'a Answer,
    },
    Error {
        id: &'a str,
        payload: Value,
    },
    Complete {
        id: &'a str,
    },
}

impl Say<'_> {
    /// The message as it is sent.
    pub(super) fn text(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// The messages that tell what became of an operation.
pub(super) fn told(id: &str, answer: &Result<Answer, Refusal>) -> serde_json::Result<Vec<String>> {
    let errors = match answer {
        Ok(answer) if answer.refusal_code().is_none() => {
            return Ok(vec![Say::Next { id, payload: answer }.text()?, Say::Complete { id }.text()?]);
        }
        Ok(answer) => json!(answer.response.errors),
        Err(refusal) => refusal.errors(),
    };
    Ok(vec![Say::Error { id, payload: errors }.text()?])
}

/// Why a connection is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The client went, or what it sends cannot be read.
    Lost,
    Invalid(String),
    Unauthorized,
    InitTimeout,
    Taken(String),
    TooManyInits,
    TooLarge,
    TooSlow,
    /// It makes room for another connection.
    Displaced,
    Leaving,
}

impl Close {
    /// The frame that says so, with the words of the protocol's reference implementation where it has any.
    pub(super) fn frame(&self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Lost => return None,
            Self::Leaving => (1001, "this node is about to end".to_owned()),
            Self::Displaced => (1013, "this node has too many connections".to_owned()),
            Self::TooSlow => (1008, LATE.to_owned()),
            Self::TooLarge => (1009, "the message is too large".to_owned()),
            // A control frame has room for 123 bytes.
            Self::Invalid(why) => (4400, why.chars().take(100).filter(char::is_ascii).collect()),
            Self::Unauthorized => (4401, "Unauthorized".to_owned()),
            Self::InitTimeout => (4408, "Connection initialisation timeout".to_owned()),
            Self::Taken(id) => {
                let id: String = id.chars().take(60).filter(char::is_ascii).collect();
                (4409, format!("Subscriber for {id} already exists"))
            }
            Self::TooManyInits => (4429, "Too many initialisation requests".to_owned()),
        };
        Some(CloseFrame { code: code.into(), reason: reason.into() })
    }
}
