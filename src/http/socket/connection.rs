//! One WebSocket connection by graphql-transport-ws.

use std::{collections::HashMap, convert::Infallible, io::ErrorKind, mem::take, time::Duration};

use axum::body::Bytes;
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::value::RawValue;
use tokio::{
    task::{AbortHandle, Id, JoinError, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval, sleep, sleep_until, timeout},
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
    message::{ClientMessage, Close, ServerMessage, messages_of, token},
    queue::{Queue, Queued},
};
use crate::{
    access::Caller,
    http::{
        authority::{Identified, Token},
        door::{CallerContext, GraphqlRequest, Parameters},
        node::{Accepted, Node, Settings, SocketLimits, known},
        refusal::Refusal,
        serve::{ConnectionHandle, UnreadGuard},
    },
    store::clock,
};

/// How long the peer may take to confirm the close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// A completed operation.
struct Completed {
    id: String,
    /// Its messages as text: the tree of an answer takes ten times the memory.
    messages: Result<Vec<String>, Close>,
    unread: Option<UnreadGuard>,
    /// Held until the messages are sent.
    accepted: Accepted,
}

pub(super) struct Connection {
    node: Node,
    context: CallerContext,
    /// The address that it came from.
    sender: Option<Caller>,
    /// Its credential, which is checked again for each operation.
    identified: Option<Identified>,
    socket: Socket,
    /// The TCP connection.
    handle: Option<ConnectionHandle>,
    /// Whether `connection_init` arrived.
    initialized: bool,
    running: HashMap<String, AbortHandle>,
    tasks: JoinSet<Completed>,
    queue: Queue,
    /// Whether anything arrived since the last ping.
    active: bool,
}

impl Connection {
    pub(super) fn new(
        node: Node,
        context: CallerContext,
        socket: Socket,
        handle: Option<ConnectionHandle>,
    ) -> Self {
        let (running, tasks) = (HashMap::new(), JoinSet::new());
        let Settings { sockets, body, .. } = node.settings();
        let queue = Queue::new(sockets.waiting, body.bytes);
        let (sender, identified) = (None, None);
        Self {
            node,
            context,
            sender,
            identified,
            socket,
            handle,
            initialized: false,
            running,
            tasks,
            queue,
            active: true,
        }
    }

    /// The same connection, with where it came from and the credential of its handshake.
    pub(super) fn from(self, sender: Option<Caller>, identified: Option<Identified>) -> Self {
        Self { sender, identified, ..self }
    }

    /// Serves the connection until it is closed.
    pub(super) async fn serve(mut self) {
        let handle = self.handle.clone();
        let displaced = async move {
            match handle {
                Some(handle) => handle.closed().await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(displaced);
        let close = tokio::select! {
            Err(close) = self.run() => close,
            () = &mut displaced => Close::Displaced,
        };
        // Operations in flight are aborted, and their answers dropped.
        drop(take(&mut self.tasks));
        if close == Close::Displaced {
            // Its slot has been taken already.
            let _ = self.send_close(&close).now_or_never();
            return;
        }
        tokio::select! {
            () = self.send_close(&close) => {}
            () = displaced => {}
        }
    }

    async fn send_close(&mut self, close: &Close) {
        if let Some(frame) = close.frame() {
            // The peer may have disconnected.
            let _ = self.socket.send(Message::Close(Some(frame))).await;
        }
        // Each side waits for the other's close frame, which some never send.
        let _ = timeout(CLOSE_TIMEOUT, async { while let Some(Ok(_)) = self.socket.next().await {} }).await;
    }

    async fn run(&mut self) -> Result<Infallible, Close> {
        let limits = self.node.settings().sockets;
        let init_deadline = Instant::now() + limits.init;
        let mut pings = pings(limits.ping);
        let draining = self.node.draining();
        tokio::pin!(draining);
        let mut leaving = false;
        loop {
            tokio::select! {
                // A cancellation is received before the answer is sent.
                biased;
                () = &mut draining, if !leaving => leaving = true,
                () = sleep_until(init_deadline), if !self.initialized => return Err(Close::InitTimeout),
                () = expired(self.identified.as_ref()) => return Err(Close::Forbidden),
                message = self.socket.next() => {
                    self.active = true;
                    match message {
                        Some(Ok(message)) => self.receive(message).await?,
                        Some(Err(error)) => return Err(lost(&error)),
                        None => return Err(Close::Lost),
                    }
                }
                // After what arrived while an answer was sent slowly, such as the last pong.
                _ = pings.tick() => {
                    if !std::mem::take(&mut self.active) {
                        return Err(Close::Lost);
                    }
                    self.send(Message::Ping("".into())).await?;
                }
                Some(done) = self.tasks.join_next_with_id() => self.finish(done).await?,
            }
            if leaving && self.running.is_empty() && self.queue.is_empty() {
                return Err(Close::Leaving);
            }
        }
    }

    async fn receive(&mut self, message: Message) -> Result<(), Close> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Close::Invalid("Invalid message received".to_owned())),
            Message::Close(_) => return Err(Close::Lost),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        match ClientMessage::parse(&text)? {
            ClientMessage::ConnectionInit { .. } if self.initialized => Err(Close::TooManyInits),
            ClientMessage::ConnectionInit { payload } => {
                if let Some(token) = token(payload)? {
                    self.identify(token).await?;
                }
                self.initialized = true;
                self.send_text(ServerMessage::ConnectionAck.text()).await
            }
            ClientMessage::Ping { payload } => {
                let pong = ServerMessage::Pong { payload }.text()?;
                let _waiting = self.hold(pong.len());
                self.send_text(Ok(pong)).await
            }
            ClientMessage::Pong => Ok(()),
            ClientMessage::Subscribe { .. } if !self.initialized => Err(Close::Unauthorized),
            ClientMessage::Subscribe { id, .. } if id.is_empty() => Err(Close::invalid("the id is empty")),
            ClientMessage::Subscribe { id, .. }
                if self.running.contains_key(&id) || self.queue.holds(&id) =>
            {
                Err(Close::Taken(id))
            }
            ClientMessage::Subscribe { id, payload } => {
                if let Some(Identified { token, .. }) = &self.identified {
                    // It may have been revoked, or have other grants.
                    self.identify(token.clone()).await?;
                }
                self.subscribe(id, payload).await
            }
            ClientMessage::Complete { id } => {
                self.queue.remove(&id);
                if let Some(task) = self.running.remove(&id) {
                    task.abort();
                }
                self.start_queued();
                Ok(())
            }
        }
    }

    /// Makes the owner of a credential the viewer of later operations.
    async fn identify(&mut self, token: Token) -> Result<(), Close> {
        let identified = self.node.identified_from(token, self.sender).await.map_err(|refusal| {
            if refusal.code() == "UNAUTHENTICATED" { Close::Forbidden } else { Close::TryAgain }
        })?;
        (self.context.viewer, self.context.caller) = known(&identified.identity);
        self.context.scope = self.context.viewer.scope().into();
        self.identified = Some(identified);
        Ok(())
    }

    /// Starts an operation, or queues it until another has ended. Messages are received meanwhile.
    async fn subscribe(&mut self, id: String, payload: &RawValue) -> Result<(), Close> {
        let name = id.clone();
        let accepted = match self.node.accept() {
            Ok(accepted) => accepted,
            Err(refusal) => return self.send_all(messages_of(&name, &Err(refusal))).await,
        };
        if self.queue.push(Queued { id, payload: payload.to_owned(), accepted }) {
            self.start_queued();
            return Ok(());
        }
        let SocketLimits { operations, waiting, .. } = self.node.settings().sockets;
        let full = format!(
            "this connection has {operations} operations running and {waiting} waiting; no more are accepted"
        );
        self.send_all(messages_of(&name, &Err(Refusal::unavailable(full)))).await
    }

    /// Starts queued operations while there is room. A cancelled one takes room until it has ended.
    fn start_queued(&mut self) {
        let most = self.node.settings().sockets.operations;
        while self.running.len() < most && self.tasks.len() < 2 * most {
            let Some(Queued { id, payload, accepted }) = self.queue.pop() else { return };
            let (node, context) = (self.node.clone(), self.context.clone());
            let (handle, name) = (self.handle.clone(), id.clone());
            let in_flight = self.handle.as_ref().map(ConnectionHandle::in_flight);
            let task = self.tasks.spawn(async move {
                let _in_flight = in_flight;
                let messages = messages(&node, &accepted, &context, &name, payload).await;
                let bytes = messages.as_ref().map_or(0, |texts| texts.iter().map(String::capacity).sum());
                Completed { id: name, messages, unread: handle.map(|handle| handle.hold(bytes)), accepted }
            });
            self.running.insert(id, task);
        }
    }

    /// Sends the messages of a completed operation, unless it was cancelled: another may have its id.
    async fn finish(&mut self, done: Result<(Id, Completed), JoinError>) -> Result<(), Close> {
        // An aborted task has no result.
        let (messages, _held) = match done {
            Ok((task, Completed { id, messages, unread, accepted }))
                if self.running.get(&id).is_some_and(|running| running.id() == task) =>
            {
                self.running.remove(&id);
                (messages, Some((unread, accepted)))
            }
            _ => (Ok(Vec::new()), None),
        };
        self.start_queued();
        self.send_all(messages).await
    }

    async fn send_all(&mut self, messages: Result<Vec<String>, Close>) -> Result<(), Close> {
        for text in messages? {
            self.send_text(Ok(text)).await?;
        }
        Ok(())
    }

    fn hold(&self, bytes: usize) -> Option<UnreadGuard> {
        self.handle.as_ref().map(|handle| handle.hold(bytes))
    }

    /// Sends a message in frames of bounded size, so that at most one frame is copied.
    async fn send_text(&mut self, text: Result<String, Close>) -> Result<(), Close> {
        let mut rest = Bytes::from(text?);
        let mut kind = Data::Text;
        while !rest.is_empty() {
            let part = rest.split_to(rest.len().min(FRAME_BYTES));
            let frame = Frame::message(part, OpCode::Data(kind), rest.is_empty());
            self.send(Message::Frame(frame)).await?;
            kind = Data::Continue;
        }
        Ok(())
    }

    /// Returns once all of it was written; nothing is read meanwhile.
    async fn send(&mut self, message: Message) -> Result<(), Close> {
        self.socket.send(message).await.map_err(|_| Close::Lost)
    }
}

/// The messages that answer a request, which is parsed once it has a permit.
async fn messages(
    node: &Node,
    accepted: &Accepted,
    context: &CallerContext,
    id: &str,
    payload: Box<RawValue>,
) -> Result<Vec<String>, Close> {
    let permit = match node.acquire_accepted(context.caller, accepted).await {
        Ok(permit) => permit,
        Err(refusal) => return messages_of(id, &Err(refusal)),
    };
    let request = GraphqlRequest::from(Parameters::parse(payload.get()).map_err(Close::invalid)?);
    drop(payload);
    if request.is_empty() {
        return Err(Close::invalid("no query"));
    }
    let messages = messages_of(id, &Ok(node.door().answer(request, context).await));
    drop(permit);
    messages
}

/// Returns when a credential expires.
async fn expired(identified: Option<&Identified>) {
    let end = identified.and_then(|Identified { identity, .. }| identity.expires_at);
    let Some(end) = end else { return std::future::pending().await };
    let left = u64::try_from(end.saturating_sub(clock::now_micros())).unwrap_or(0);
    sleep(Duration::from_micros(left)).await;
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
