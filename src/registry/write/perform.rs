//! Executes a verb: in a task of its own, so that a caller who disconnects does not undo it, and again if writes collide.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{Context, Value};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Refusal, UserError, UserErrorCode, VERBS, Verb, Write, log, rules, user_error::Message};
use crate::{
    access::{Caller, Grant, Identity, Scope, Viewer},
    document::sha256,
    graph::{Error, Result, label::Language, load::Graph},
    store::{
        Credentials, WriteError, Writer, credential,
        writer::{Authorship, Claim, Claimed},
    },
};

/// How often a write is tried that collides with others.
const ATTEMPTS: u32 = 3;

/// After which time no further verb of a document is begun.
const LONGEST: Duration = Duration::from_secs(20);

/// The length of the longest idempotency key.
const MAX_KEY: usize = 128;

/// What a request needs to write.
#[derive(Clone, Debug)]
pub struct Writes {
    /// When the execution of the request began.
    pub began: Instant,
    /// None where the registry can only be read.
    pub writer: Option<Writer>,
    /// The credentials by which the node knows callers.
    pub credentials: Option<Credentials>,
    pub request_id: String,
    /// The language of messages.
    pub language: Language,
}

impl Writes {
    pub(in crate::registry) fn language(&self) -> Language {
        self.language
    }

    /// The credentials by which the node of a request knows callers.
    pub(in crate::registry) fn credentials(ctx: &Context<'_>) -> Option<Credentials> {
        ctx.data::<Self>().ok()?.credentials.clone()
    }
}

/// A verb with its input.
pub(in crate::registry) trait Act: Send + Sync + 'static {
    /// The noun whose row it leaves.
    const NOUN: &'static str;

    /// The tables from which it erases data. They are cleaned again when it is replayed, in case that failed before.
    const ERASED: &'static [&'static str] = &[];

    /// The name of the verb.
    fn verb(&self) -> &'static str;

    /// What follows on this node once the change is committed.
    fn committed(&self) {}

    /// Changes rows, and returns the key of the row of the payload.
    fn apply(&self, write: &mut Write) -> impl Future<Output = Result<Uuid, Refusal>> + Send;
}

/// The outcome of a verb.
#[derive(Clone, Debug, Default)]
pub(in crate::registry) struct Performed {
    /// The row that it left, or the current one for a conflict.
    pub(in crate::registry) key: Option<Uuid>,
    pub(in crate::registry) errors: Vec<UserError>,
    /// Whether the same request was executed before.
    pub(in crate::registry) replayed: bool,
    /// The grant that allowed it.
    pub(super) by: Option<Grant>,
}

impl Performed {
    /// The codes of its errors.
    pub(super) fn codes(&self) -> Vec<String> {
        self.errors.iter().map(UserError::word).collect()
    }
}

/// Executes a verb for the caller of a request.
pub(in crate::registry) async fn perform<A: Act>(
    ctx: &Context<'_>,
    act: A,
    idempotency_key: &str,
) -> Result<Performed> {
    let graph = Graph::of(ctx)?;
    let Viewer::Known(identity) = graph.reader().viewer() else { return Err(Error::Unauthenticated) };
    let verb = VERBS.iter().find(|verb| verb.name == act.verb());
    let verb = verb.ok_or_else(|| Error::Internal(format!("{} is no verb", act.verb())))?;
    let writes = ctx.data::<Writes>().map_err(|_| Error::Internal("the request cannot write".into()))?;
    let Some(writer) = writes.writer.clone() else { return Err(Error::ReadOnly) };
    if writes.began.elapsed() > LONGEST {
        return Err(Error::Unavailable);
    }
    if let Some(error) = wrong_key(idempotency_key) {
        return Ok(Performed { errors: vec![error], ..Performed::default() });
    }
    // As it was sent: a field that is absent is not the same as null.
    let sent = ctx.field().arguments().map_err(|error| Error::Internal(error.message))?;
    let input = sent.into_iter().find(|(name, _)| name == "input").map(|(_, input)| input);
    let claim = Claim {
        actor: identity.subject.clone(),
        key: idempotency_key.to_owned(),
        request: hash(verb.name, input.unwrap_or_default()),
    };
    let identity = Arc::clone(identity);
    let request_id = Some(writes.request_id.clone()).filter(|id| !id.is_empty());
    let scope = graph.reader().viewer().scope().into();
    let attempt =
        Attempt { writer: writer.clone(), claim, verb, identity, scope, request_id: request_id.clone() };
    let performed = {
        // A write has limits of its own, and may wait for others.
        let _paused = graph.reader().paused();
        writer.execute(async move { attempt.until_done(&act).await }).await
    };
    let performed =
        performed.map_err(|error| Error::Internal(format!("{} did not end: {error}", verb.name)))?;
    log::verb::<A>(verb, &performed, request_id.as_deref());
    // Rows that were loaded before are as they were before the write.
    graph.forget();
    performed
}

/// The grants of a caller that allow a verb, as the write sees them: what was revoked since the request came is gone.
async fn allowing(
    connection: &impl ConnectionTrait,
    identity: &Identity,
    verb: &Verb,
) -> Result<Vec<Grant>, Refusal> {
    let held = match &identity.credential {
        None => identity.grants.clone(),
        Some(credential) => {
            let held = credential::held(connection, &identity.subject, credential).await;
            held.map_err(WriteError::from)?.ok_or(Refusal::Failed(Error::Unauthenticated))?
        }
    };
    Ok(held.into_iter().filter(|grant| verb.roles.contains(&grant.role)).collect())
}

fn wrong_key(key: &str) -> Option<UserError> {
    let printable = key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if printable && (1..=MAX_KEY).contains(&key.len()) {
        return None;
    }
    let message = Message::new(
        format!("an idempotency key has 1 to {MAX_KEY} printable ASCII characters"),
        format!("kunci idempotensi terdiri atas 1 sampai {MAX_KEY} karakter ASCII yang dapat dicetak"),
    );
    Some(UserError::new(UserErrorCode::Invalid, &["idempotencyKey"], message))
}

/// A hash of a verb and its input without the key.
fn hash(verb: &str, mut input: Value) -> String {
    if let Value::Object(fields) = &mut input {
        fields.shift_remove("idempotencyKey");
        fields.sort_keys();
    }
    sha256(&format!("{verb} {input}"))
}

/// A write that may have to be tried several times.
struct Attempt {
    writer: Writer,
    claim: Claim,
    verb: &'static Verb,
    identity: Arc<Identity>,
    scope: Scope,
    request_id: Option<String>,
}

impl Attempt {
    async fn until_done<A: Act>(&self, act: &A) -> Result<Performed> {
        // Held until the last attempt, so that one who collides does not queue again behind others.
        let Ok(_turn) = self.writer.turn(Caller::of_subject(&self.claim.actor)).await else {
            return Err(Error::Unavailable);
        };
        for _ in 0..ATTEMPTS {
            match self.once(act).await {
                Ok(performed) => return Ok(performed),
                Err(Refusal::Errors(errors)) => {
                    let key = errors.iter().find_map(|error| error.current);
                    return Ok(Performed { key, errors, ..Performed::default() });
                }
                Err(Refusal::Failed(error)) => return Err(error),
                Err(Refusal::Write(WriteError::Busy)) => {}
                Err(Refusal::Write(WriteError::ReadOnly)) => return Err(Error::ReadOnly),
                Err(Refusal::Write(error)) => return Err(Error::Internal(error.to_string())),
            }
        }
        Err(Error::Unavailable)
    }

    async fn once<A: Act>(&self, act: &A) -> Result<Performed, Refusal> {
        let Self { writer, claim, verb, identity, scope, request_id } = self;
        let transaction = writer.begin().await?;
        match transaction.claimed(claim).await? {
            Claimed::New => {}
            Claimed::Done(key) => {
                transaction.roll_back().await?;
                writer.clean(A::ERASED).await;
                // The attempt that committed may not have known it.
                act.committed();
                return Ok(Performed { key: Some(key), replayed: true, ..Performed::default() });
            }
            Claimed::Other => return Err(Refusal::Failed(Error::IdempotencyKeyReused)),
        }
        let grants = allowing(transaction.connection(), identity, verb).await?;
        if grants.is_empty() {
            return Err(Refusal::Failed(Error::Forbidden("none of your roles allows this verb")));
        }
        let (scope, actor) = (scope.clone(), claim.actor.clone());
        let mut write = Write { transaction, verb, actor, grants, scope, by: None };
        let key = act.apply(&mut write).await?;
        let Write { transaction, by, .. } = write;
        let Some(by) = by else {
            return Err(Refusal::Failed(Error::Internal(format!("{} demands no grant", verb.name))));
        };
        rules::check(&transaction).await?;
        transaction.keep_claim(claim, verb.name, (A::NOUN, key)).await?;
        let authorship = Authorship {
            actor: claim.actor.clone(),
            role: Some(by.role),
            verb: verb.name,
            request_id: request_id.clone(),
        };
        transaction.commit(&authorship).await?;
        act.committed();
        Ok(Performed { key: Some(key), by: Some(by), ..Performed::default() })
    }
}
