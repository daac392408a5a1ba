//! What the verbs of API keys change.

use std::sync::Arc;

use uuid::Uuid;

use super::{ApiKey, CreateApiKeyInput, RevokeApiKeyInput};
use crate::{
    graph::{Error, Result as Outcome, load::Noun},
    registry::write::{Act, Belonging, Faults, Refusal, UserErrorCode, Write},
    store::{
        Credentials, WriteError, clock,
        credential::{self, NewKey},
    },
};

/// The longest name of a key.
const NAME: usize = 160;

/// The verb `createApiKey`.
#[derive(Clone, Debug)]
pub(super) struct Create {
    input: CreateApiKeyInput,
    /// Made before the write, so that each attempt creates the same key.
    id: Uuid,
    key: Arc<credential::SecretKey>,
}

impl Create {
    pub(super) fn new(input: CreateApiKeyInput) -> Outcome<Self> {
        let key = credential::SecretKey::random();
        let key = key.ok_or_else(|| Error::Internal("the system has no random numbers for a key".into()))?;
        Ok(Self { input, id: clock::new_id(), key: Arc::new(key) })
    }

    pub(super) fn id(&self) -> Uuid {
        self.id
    }

    pub(super) fn secret(&self) -> Arc<credential::SecretKey> {
        Arc::clone(&self.key)
    }
}

impl Act for Create {
    const NOUN: &'static str = ApiKey::NAME;

    fn verb(&self) -> &'static str {
        "createApiKey"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self { input, id, key } = self;
        write.demand(&Belonging::default())?;
        let mut faults = Faults::default();
        faults.subject("subject", &input.subject);
        let name = input.name.as_deref().and_then(|name| faults.line("name", name, NAME));
        let expires_at = faults.expiry("expiresAt", input.expires_at.as_ref());
        faults.none()?;
        let new = NewKey {
            id: *id,
            key,
            subject: &input.subject,
            name: name.as_deref(),
            created_by: write.actor(),
            expires_at,
        };
        credential::create_key(write.connection(), &new).await.map_err(WriteError::from)?;
        Ok(*id)
    }
}

/// The verb `revokeApiKey`.
#[derive(Clone, Debug)]
pub(super) struct Revoke {
    pub(super) input: RevokeApiKeyInput,
    pub(super) of: Option<Credentials>,
}

impl Act for Revoke {
    const NOUN: &'static str = ApiKey::NAME;

    fn verb(&self) -> &'static str {
        "revokeApiKey"
    }

    fn committed(&self) {
        self.of.iter().for_each(Credentials::forget);
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        write.demand(&Belonging::default())?;
        let key = write.existing::<ApiKey>(&self.input.id, "id").await?;
        let by = write.actor();
        let revoked =
            credential::revoke_key(write.connection(), key.id, by).await.map_err(WriteError::from)?;
        if revoked {
            return Ok(key.id);
        }
        let (en, id) = ("the key was revoked before", "kunci ini sudah dicabut");
        Err(Refusal::of(UserErrorCode::IllegalTransition, "id", en, id))
    }
}
