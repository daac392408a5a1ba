//! One connection that speaks graphql-transport-ws.

use std::{collections::HashMap, convert::Infallible, io::ErrorKind, sync::Arc, time::Duration};

use axum::body::Bytes;
use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::{
    task::{AbortHandle, Id, JoinError, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval, sleep_until, timeout},
};
use tokio_tungstenite::tungstenite::{
    Error, Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::{
    FRAME_BYTES, Socket,
    message::{Close, Said, Say, told},
};
use crate::http::{
    door::{Ask, Asker},
    node::Node,
    refusal::Refusal,
    serve::Open,
};

/// How long the other side may take to say that it is closed.
const LAST_WORD: Duration = Duration::from_secs(1);

/// An operation's id, and its messages: the tree of an answer takes ten times the room of its text.
type Done = (String, serde_json::Result<Vec<String>>);

pub(super) struct Connection {
    node: Node,
    asker: Asker,
    socket: Socket,
    /// The connection beneath it.
    open: Option<Arc<Open>>,
    /// Whether it introduced itself.
    known: bool,
    running: HashMap<String, AbortHandle>,
    tasks: JoinSet<Done>,
    /// Whether anything came since the last ping.
    heard: bool,
}

impl Connection {
    pub(super) fn new(node: Node, asker: Asker, socket: Socket, open: Option<Arc<Open>>) -> Self {
        let (running, tasks) = (HashMap::new(), JoinSet::new());
        Self { node, asker, socket, open, known: false, running, tasks, heard: true }
    }

    /// Talks until somebody ends it.
    pub(super) async fn talk(mut self) {
        let displaced = self.open.clone();
        let displaced = async move {
            match displaced {
                Some(open) => open.closed().await,
                None => std::future::pending().await,
            }
        };
        let close = tokio::select! {
            Err(close) = self.converse() => close,
            () = displaced => Close::Displaced,
        };
        self.tasks.abort_all();
        if let Some(frame) = close.frame() {
            let last = self.socket.send(Message::Close(Some(frame)));
            if close == Close::Displaced {
                // The room is another's already.
                let _ = last.now_or_never();
                return;
            }
            // Who is told to go may be gone.
            let _ = last.await;
        }
        // Each side waits for the other's last word, and some never say it.
        let _ = timeout(LAST_WORD, async { while let Some(Ok(_)) = self.socket.next().await {} }).await;
    }

    async fn converse(&mut self) -> Result<Infallible, Close> {
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
                message = self.socket.next() => {
                    self.heard = true;
                    match message {
                        Some(Ok(message)) => self.hear(message).await?,
                        Some(Err(error)) => return Err(lost(&error)),
                        None => return Err(Close::Lost),
                    }
                }
                // After what came while an answer went out slowly, such as the last pong.
                _ = pings.tick() => {
                    if !std::mem::take(&mut self.heard) {
                        return Err(Close::Lost);
                    }
                    self.send(Message::Ping("".into())).await?;
                }
                Some(done) = self.tasks.join_next_with_id() => self.finish(done).await?,
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
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        let said = serde_json::from_str(&text)
            .map_err(|error| Close::Invalid(format!("Invalid message received: {error}")))?;
        match said {
            Said::ConnectionInit { .. } if self.known => Err(Close::TooManyInits),
            Said::ConnectionInit { .. } => {
                self.known = true;
                self.say(Say::ConnectionAck.text()).await
            }
            Said::Ping { payload } => self.say(Say::Pong { payload }.text()).await,
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
            let refused = told(&id, &Err(Refusal::unavailable(full)));
            return self.tell(refused).await;
        }
        // What was taken back takes room until it has ended.
        while self.tasks.len() >= 2 * most {
            if let Some(done) = self.tasks.join_next_with_id().await {
                self.finish(done).await?;
            }
        }
        let (node, asker, name) = (self.node.clone(), self.asker.clone(), id.clone());
        let under_way = self.open.as_ref().map(Open::under_way);
        let task = self.tasks.spawn(async move {
            let _under_way = under_way;
            let answer = match node.enter(asker.caller).await {
                Ok(_place) => Ok(node.door().answer(ask, &asker).await),
                Err(refusal) => Err(refusal),
            };
            let told = told(&name, &answer);
            (name, told)
        });
        self.running.insert(id, task);
        Ok(())
    }

    /// What was taken back while it ended is not told any more, least of all to another operation of the same id.
    async fn finish(&mut self, done: Result<(Id, Done), JoinError>) -> Result<(), Close> {
        // What was cancelled has nothing to say.
        let Ok((task, (id, told))) = done else { return Ok(()) };
        if self.running.get(&id).is_none_or(|running| running.id() != task) {
            return Ok(());
        }
        self.running.remove(&id);
        self.tell(told).await
    }

    async fn tell(&mut self, told: serde_json::Result<Vec<String>>) -> Result<(), Close> {
        for text in told.map_err(|_| Close::Lost)? {
            self.say(Ok(text)).await?;
        }
        Ok(())
    }

    /// Sends a message in frames of bounded size, so that no more than one of them is held twice.
    async fn say(&mut self, text: serde_json::Result<String>) -> Result<(), Close> {
        let mut rest = Bytes::from(text.map_err(|_| Close::Lost)?);
        let mut kind = Data::Text;
        while !rest.is_empty() {
            let part = rest.split_to(rest.len().min(FRAME_BYTES));
            let frame = Frame::message(part, OpCode::Data(kind), rest.is_empty());
            self.send(Message::Frame(frame)).await?;
            kind = Data::Continue;
        }
        Ok(())
    }

    /// Returns once all of it went out: nothing more is read meanwhile.
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

fn lost(error: &Error) -> Close {
    match error {
        Error::Capacity(_) => Close::TooLarge,
        Error::Io(error) if error.kind() == ErrorKind::TimedOut => Close::TooSlow,
        _ => Close::Lost,
    }
}
