//! One connection that speaks graphql-transport-ws.

use std::{collections::HashMap, convert::Infallible, io::ErrorKind, mem::take, time::Duration};

use axum::body::Bytes;
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::value::RawValue;
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
    queue::{Queue, Queued},
};
use crate::http::{
    door::{CallerContext, GraphqlRequest, Parameters},
    node::{Accepted, Node, Settings, SocketLimits},
    refusal::Refusal,
    serve::{Connected, Waiting},
};

/// How long the other side may take to say that it is closed.
const LAST_WORD: Duration = Duration::from_secs(1);

/// What became of an operation.
struct Done {
    id: String,
    /// Its messages: the tree of an answer takes ten times the room of its text.
    told: Result<Vec<String>, Close>,
    waiting: Option<Waiting>,
    /// Until it is told.
    accepted: Accepted,
}

pub(super) struct Connection {
    node: Node,
    context: CallerContext,
    socket: Socket,
    /// The connection beneath it.
    connected: Option<Connected>,
    /// Whether it introduced itself.
    known: bool,
    running: HashMap<String, AbortHandle>,
    tasks: JoinSet<Done>,
    queue: Queue,
    /// Whether anything came since the last ping.
    heard: bool,
}

impl Connection {
    pub(super) fn new(
        node: Node,
        context: CallerContext,
        socket: Socket,
        connected: Option<Connected>,
    ) -> Self {
        let (running, tasks) = (HashMap::new(), JoinSet::new());
        let Settings { sockets, body, .. } = node.settings();
        let queue = Queue::new(sockets.waiting, body.bytes);
        Self { node, context, socket, connected, known: false, running, tasks, queue, heard: true }
    }

    /// Talks until somebody ends it.
    pub(super) async fn talk(mut self) {
        let connected = self.connected.clone();
        let displaced = async move {
            match connected {
                Some(connected) => connected.closed().await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(displaced);
        let close = tokio::select! {
            Err(close) = self.converse() => close,
            () = &mut displaced => Close::Displaced,
        };
        // What is under way ends, and what waits to be told is dropped.
        drop(take(&mut self.tasks));
        if close == Close::Displaced {
            // The room is another's already.
            let _ = self.last_words(&close).now_or_never();
            return;
        }
        tokio::select! {
            () = self.last_words(&close) => {}
            () = displaced => {}
        }
    }

    async fn last_words(&mut self, close: &Close) {
        if let Some(frame) = close.frame() {
            // Who is told to go may be gone.
            let _ = self.socket.send(Message::Close(Some(frame))).await;
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
            if leaving && self.running.is_empty() && self.queue.is_empty() {
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
        match Said::read(&text)? {
            Said::ConnectionInit if self.known => Err(Close::TooManyInits),
            Said::ConnectionInit => {
                self.known = true;
                self.say(Say::ConnectionAck.text()).await
            }
            Said::Ping { payload } => {
                let pong = Say::Pong { payload }.text()?;
                let _waiting = self.hold(pong.len());
                self.say(Ok(pong)).await
            }
            Said::Pong => Ok(()),
            Said::Subscribe { .. } if !self.known => Err(Close::Unauthorized),
            Said::Subscribe { id, .. } if id.is_empty() => Err(Close::invalid("the id is empty")),
            Said::Subscribe { id, .. } if self.running.contains_key(&id) || self.queue.holds(&id) => {
                Err(Close::Taken(id))
            }
            Said::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Said::Complete { id } => {
                self.queue.forget(&id);
                if let Some(task) = self.running.remove(&id) {
                    task.abort();
                }
                self.begin();
                Ok(())
            }
        }
    }

    /// Begins an operation, or has it wait until another has ended: whatever is sent meanwhile is heard.
    async fn subscribe(&mut self, id: String, payload: &RawValue) -> Result<(), Close> {
        let name = id.clone();
        let accepted = match self.node.accept() {
            Ok(accepted) => accepted,
            Err(refusal) => return self.tell(told(&name, &Err(refusal))).await,
        };
        if self.queue.push(Queued { id, payload: payload.to_owned(), accepted }) {
            self.begin();
            return Ok(());
        }
        let SocketLimits { operations, waiting, .. } = self.node.settings().sockets;
        let full = format!(
            "this connection has {operations} operations under way, and no room for more than {waiting} that wait"
        );
        self.tell(told(&name, &Err(Refusal::unavailable(full)))).await
    }

    /// Begins what waits while there is room. What was taken back takes room until it has ended.
    fn begin(&mut self) {
        let most = self.node.settings().sockets.operations;
        while self.running.len() < most && self.tasks.len() < 2 * most {
            let Some(Queued { id, payload, accepted }) = self.queue.pop() else { return };
            let (node, context) = (self.node.clone(), self.context.clone());
            let (connected, name) = (self.connected.clone(), id.clone());
            let under_way = self.connected.as_ref().map(Connected::under_way);
            let task = self.tasks.spawn(async move {
                let _under_way = under_way;
                let told = answered(&node, &accepted, &context, &name, payload).await;
                let bytes = told.as_ref().map_or(0, |texts| texts.iter().map(String::capacity).sum());
                Done { id: name, told, waiting: connected.map(|connected| connected.hold(bytes)), accepted }
            });
            self.running.insert(id, task);
        }
    }

    /// What was taken back while it ended is not told any more, least of all to another operation of the same id.
    async fn finish(&mut self, done: Result<(Id, Done), JoinError>) -> Result<(), Close> {
        // What was cancelled has nothing to say.
        let (told, _held) = match done {
            Ok((task, Done { id, told, waiting, accepted }))
                if self.running.get(&id).is_some_and(|running| running.id() == task) =>
            {
                self.running.remove(&id);
                (told, Some((waiting, accepted)))
            }
            _ => (Ok(Vec::new()), None),
        };
        self.begin();
        self.tell(told).await
    }

    async fn tell(&mut self, told: Result<Vec<String>, Close>) -> Result<(), Close> {
        for text in told? {
            self.say(Ok(text)).await?;
        }
        Ok(())
    }

    fn hold(&self, bytes: usize) -> Option<Waiting> {
        self.connected.as_ref().map(|connected| connected.hold(bytes))
    }

    /// Sends a message in frames of bounded size, so that no more than one of them is held twice.
    async fn say(&mut self, text: Result<String, Close>) -> Result<(), Close> {
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

    /// Returns once all of it went out: nothing more is read meanwhile.
    async fn send(&mut self, message: Message) -> Result<(), Close> {
        self.socket.send(message).await.map_err(|_| Close::Lost)
    }
}

/// What the answer to a request says. What waits for a place is its text.
async fn answered(
    node: &Node,
    accepted: &Accepted,
    context: &CallerContext,
    id: &str,
    payload: Box<RawValue>,
) -> Result<Vec<String>, Close> {
    let place = match node.enter_accepted(context.caller, accepted).await {
        Ok(place) => place,
        Err(refusal) => return told(id, &Err(refusal)),
    };
    let request = GraphqlRequest::from(Parameters::parse(payload.get()).map_err(Close::invalid)?);
    drop(payload);
    if request.is_empty() {
        return Err(Close::invalid("no query"));
    }
    let told = told(id, &Ok(node.door().answer(request, context).await));
    drop(place);
    told
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
