//! One connection that speaks graphql-transport-ws.

use std::{collections::HashMap, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use serde_json::json;
use tokio::{
    task::{AbortHandle, Id, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval, sleep_until, timeout},
};

use super::message::{Close, Said, Say};
use crate::http::{
    door::{Answer, Ask, Asker},
    node::Node,
    refusal::Refusal,
};

/// How long the other side may take to say that it is closed.
const LAST_WORD: Duration = Duration::from_secs(1);

pub(super) struct Connection {
    node: Node,
    asker: Asker,
    socket: WebSocket,
    /// Whether it introduced itself.
    known: bool,
    running: HashMap<String, AbortHandle>,
    tasks: JoinSet<(String, Result<Answer, Refusal>)>,
    /// Whether anything came since the last ping.
    heard: bool,
}

impl Connection {
    pub(super) fn new(node: Node, asker: Asker, socket: WebSocket) -> Self {
        let (running, tasks) = (HashMap::new(), JoinSet::new());
        Self { node, asker, socket, known: false, running, tasks, heard: true }
    }

    /// Talks until somebody ends it.
    pub(super) async fn talk(mut self) {
        let close = match self.converse().await {
            Ok(never) => match never {},
            Err(close) => close,
        };
        self.tasks.abort_all();
        if let Some(frame) = close.frame() {
            // Who is told to go may be gone.
            let _ = self.socket.send(Message::Close(Some(frame))).await;
        }
        // Each side waits for the other's last word, and some never say it.
        let _ = timeout(LAST_WORD, async { while let Some(Ok(_)) = self.socket.recv().await {} }).await;
    }

    async fn converse(&mut self) -> Result<std::convert::Infallible, Close> {
        let limits = self.node.settings().sockets;
        let introduced_by = Instant::now() + limits.init;
        let mut pings = pings(limits.ping);
        let draining = self.node.draining();
        tokio::pin!(draining);
        let mut leaving = false;
        loop {
            tokio::select! {
                // What a client takes back is heard before it is answered.
                biased;
                () = &mut draining, if !leaving => leaving = true,
                () = sleep_until(introduced_by), if !self.known => return Err(Close::InitTimeout),
                _ = pings.tick() => {
                    if !std::mem::take(&mut self.heard) {
                        return Err(Close::Lost);
                    }
                    self.send(Message::Ping("".into())).await?;
                }
                message = self.socket.recv() => {
                    self.heard = true;
                    match message {
                        Some(Ok(message)) => self.hear(message).await?,
                        Some(Err(error)) => return Err(lost(&error)),
                        None => return Err(Close::Lost),
                    }
                }
                Some(done) = self.tasks.join_next_with_id() => {
                    // What was cancelled has nothing to say.
                    if let Ok((task, (id, answer))) = done {
                        self.finish(task, &id, answer).await?;
                    }
                }
            }
            if leaving && self.running.is_empty() {
                return Err(Close::Leaving);
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), Close> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Close::Invalid("Invalid message received".to_owned())),
            Message::Close(_) => return Err(Close::Lost),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
        };
        let said = serde_json::from_str(&text)
            .map_err(|error| Close::Invalid(format!("Invalid message received: {error}")))?;
        match said {
            Said::ConnectionInit { .. } if self.known => Err(Close::TooManyInits),
            Said::ConnectionInit { .. } => {
                self.known = true;
                self.say(&Say::ConnectionAck).await
            }
            Said::Ping { payload } => self.say(&Say::Pong { payload }).await,
            Said::Pong { .. } => Ok(()),
            Said::Subscribe { .. } if !self.known => Err(Close::Unauthorized),
            Said::Subscribe { id, .. } if id.is_empty() => {
                Err(Close::Invalid("Invalid message received: the id is empty".to_owned()))
            }
            Said::Subscribe { id, .. } if self.running.contains_key(&id) => Err(Close::Taken(id)),
            Said::Subscribe { id, payload } => {
                let ask = Ask::from(*payload);
                if ask.is_empty() {
                    return Err(Close::Invalid("Invalid message received: no query".to_owned()));
                }
                self.subscribe(id, ask).await
            }
            Said::Complete { id } => {
                if let Some(task) = self.running.remove(&id) {
                    task.abort();
                }
                Ok(())
            }
        }
    }

    async fn subscribe(&mut self, id: String, ask: Ask) -> Result<(), Close> {
        let most = self.node.settings().sockets.operations;
        if self.running.len() >= most {
            let full = format!("this connection has {most} operations under way; wait for one of them");
            return self.tell(&id, Err(Refusal::unavailable(full))).await;
        }
        let (node, asker, name) = (self.node.clone(), self.asker.clone(), id.clone());
        let task = self.tasks.spawn(async move {
            let answer = match node.enter().await {
                Ok(_place) => Ok(node.door().answer(ask, &asker).await),
                Err(refusal) => Err(refusal),
            };
            (name, answer)
        });
        self.running.insert(id, task);
        Ok(())
    }

    /// What was taken back while it ended is not told any more, least of all to another operation of the same id.
    async fn finish(&mut self, task: Id, id: &str, answer: Result<Answer, Refusal>) -> Result<(), Close> {
        if self.running.get(id).is_none_or(|running| running.id() != task) {
            return Ok(());
        }
        self.running.remove(id);
        self.tell(id, answer).await
    }

    async fn tell(&mut self, id: &str, answer: Result<Answer, Refusal>) -> Result<(), Close> {
        match answer {
            Ok(answer) if answer.refusal_code().is_none() => {
                self.say(&Say::Next { id, payload: &answer }).await?;
                self.say(&Say::Complete { id }).await
            }
            Ok(answer) => {
                let payload = json!(answer.response.errors);
                self.say(&Say::Error { id, payload }).await
            }
            Err(refusal) => self.say(&Say::Error { id, payload: refusal.errors() }).await,
        }
    }

    async fn say(&mut self, message: &Say<'_>) -> Result<(), Close> {
        let text = serde_json::to_string(message).map_err(|_| Close::Lost)?;
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Close> {
        self.socket.send(message).await.map_err(|_| Close::Lost)
    }
}

fn pings(every: Duration) -> Interval {
    let mut pings = interval(every);
    pings.reset();
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}

/// axum tells why only in words.
fn lost(error: &axum::Error) -> Close {
    if error.to_string().contains("too long") || error.to_string().contains("too large") {
        return Close::TooLarge;
    }
    Close::Lost
}
