//! The messages of graphql-transport-ws.

use std::fmt::Display;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::frames::LATE;
use crate::http::{
    authority::Token,
    door::{Answer, is_object},
    refusal::Refusal,
};

/// A message of the client; payloads are not parsed yet.
#[derive(Debug)]
pub(super) enum ClientMessage<'a> {
    ConnectionInit { payload: Option<&'a RawValue> },
    Ping { payload: Option<&'a RawValue> },
    Pong,
    Subscribe { id: String, payload: &'a RawValue },
    Complete { id: String },
}

#[derive(Deserialize)]
struct Message<'a> {
    r#type: Type,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    payload: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Type {
    ConnectionInit,
    Ping,
    Pong,
    Subscribe,
    Complete,
}

impl<'a> ClientMessage<'a> {
    /// Parses a message.
    ///
    /// # Errors
    /// The reason to close the connection, for an invalid message.
    pub(super) fn parse(text: &'a str) -> Result<Self, Close> {
        if !is_object(text) {
            return Err(Close::invalid("it is not an object"));
        }
        let Message { r#type, id, payload } = serde_json::from_str(text).map_err(Close::invalid)?;
        let id = || {
            let id = id.ok_or_else(|| Close::invalid("it has no id"))?;
            serde_json::from_str::<String>(id.get()).map_err(Close::invalid)
        };
        if payload.is_some_and(|payload| !is_object(payload.get())) {
            return Err(Close::invalid("the payload is not an object"));
        }
        Ok(match r#type {
            Type::ConnectionInit => Self::ConnectionInit { payload },
            Type::Ping => Self::Ping { payload },
            Type::Pong => Self::Pong,
            Type::Subscribe => {
                let payload = payload.ok_or_else(|| Close::invalid("it has no payload"))?;
                Self::Subscribe { id: id()?, payload }
            }
            Type::Complete => Self::Complete { id: id()? },
        })
    }
}

/// What the server reads of the payload of `connection_init`.
#[derive(Deserialize)]
struct InitPayload {
    #[serde(alias = "Authorization")]
    authorization: Option<Value>,
}

/// The credential in the payload of `connection_init`, if it has one.
///
/// # Errors
/// The reason to close the connection, for one that is no bearer token.
pub(super) fn token(payload: Option<&RawValue>) -> Result<Option<Token>, Close> {
    let Some(payload) = payload else { return Ok(None) };
    let InitPayload { authorization } = serde_json::from_str(payload.get()).map_err(Close::invalid)?;
    let Some(sent) = authorization else { return Ok(None) };
    sent.as_str().and_then(Token::bearer).map(Some).ok_or(Close::Forbidden)
}

/// A message of the server.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ServerMessage<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<&'a RawValue>,
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

impl ServerMessage<'_> {
    /// The message in JSON.
    pub(super) fn text(&self) -> Result<String, Close> {
        serde_json::to_string(self).map_err(|_| Close::Lost)
    }
}

/// The messages that answer an operation.
pub(super) fn messages_of(id: &str, answer: &Result<Answer, Refusal>) -> Result<Vec<String>, Close> {
    let errors = match answer {
        Ok(answer) if answer.rejection_code().is_none() => {
            return Ok(vec![
                ServerMessage::Next { id, payload: answer }.text()?,
                ServerMessage::Complete { id }.text()?,
            ]);
        }
        Ok(answer) => json!(answer.response.errors),
        Err(refusal) => refusal.errors(),
    };
    Ok(vec![ServerMessage::Error { id, payload: errors }.text()?])
}

/// The reason to close a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The client disconnected, or its frames are invalid.
    Lost,
    Invalid(String),
    Unauthorized,
    /// The credential is not valid, or no longer.
    Forbidden,
    /// The credential cannot be checked now.
    TryAgain,
    InitTimeout,
    Taken(String),
    TooManyInits,
    TooLarge,
    TooSlow,
    /// It is closed to make room for another connection.
    Displaced,
    Leaving,
}

impl Close {
    /// An invalid message.
    pub(super) fn invalid(why: impl Display) -> Self {
        Self::Invalid(format!("Invalid message received: {why}"))
    }

    /// The close frame, with the reasons of the protocol's reference implementation where it has one.
    pub(super) fn frame(&self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Lost => return None,
            Self::Leaving => (1001, "this node is shutting down".to_owned()),
            Self::Displaced => (1013, "this node has too many connections".to_owned()),
            Self::TooSlow => (1008, LATE.to_owned()),
            Self::TooLarge => (1009, "the message is too large".to_owned()),
            // A control frame has room for 123 bytes.
            Self::Invalid(why) => (4400, why.chars().take(100).filter(char::is_ascii).collect()),
            Self::Unauthorized => (4401, "Unauthorized".to_owned()),
            // Clients connect again after this code, with a new credential.
            Self::Forbidden => {
                (4403, "Forbidden: the credential is malformed, unknown, expired or revoked".to_owned())
            }
            Self::TryAgain => (1013, "the credential cannot be checked at present".to_owned()),
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
