//! The verbs of API keys: created, and revoked.

mod act;

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};

use self::act::{Create, Revoke};
use super::{ApiKey, BY_ID};
use crate::{
    graph::{
        Result,
        inline::{Inline, Items, inline_object},
        scalar::DateTime,
    },
    registry::{
        viewer::demand_admin,
        write::{Performed, UserError, Writes, payload, perform},
    },
    store::credential::SecretKey,
};

/// A new API key [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct CreateApiKeyInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    idempotency_key: String,
    /// Whom the key identifies, as access grants name it: 1 to 400 characters [subjek].
    subject: String,
    /// What the key is for, in up to 160 characters [kegunaan].
    name: Option<String>,
    /// Time at which the key expires; by default never.
    expires_at: Option<DateTime>,
}

/// An API key, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RevokeApiKeyInput {
    /// Key of this request, chosen by the caller; see `CreateApiKeyInput`.
    idempotency_key: String,
    /// Global id of the API key.
    id: ID,
}

payload! {
    /// Outcome of a verb on an API key [hasil].
    ApiKeyPayload {
        /// The API key as it is now; null when nothing was changed [kunci API].
        api_key: ApiKey = BY_ID, demand_admin
    }
}

/// Outcome of creating an API key [hasil].
#[derive(Clone, Debug)]
pub(in crate::registry) struct CreateApiKeyPayload {
    performed: Performed,
    secret: Option<Arc<SecretKey>>,
}

/// Outcome of creating an API key [hasil].
#[Object]
impl CreateApiKeyPayload {
    /// The API key; null when nothing was changed [kunci API].
    async fn api_key(&self, ctx: &Context<'_>) -> Option<Result<Inline<ApiKey>>> {
        let key = self.performed.key?;
        if let Err(error) = demand_admin(ctx) {
            return Some(Err(error));
        }
        BY_ID.ask().object(ctx, key).await
    }

    /// The key itself, which a request sends as `Authorization: Bearer <key>`. It is shown this once: null when the same
    /// request was executed before. If that answer was lost, revoke the key and create another.
    async fn secret(&self) -> Option<&str> {
        self.secret.as_ref().map(|key| key.text())
    }

    /// Errors that the caller can mend; nothing was changed if there are any [kesalahan masukan].
    async fn user_errors(&self) -> Items<UserError> {
        Items(self.performed.errors.clone())
    }

    /// Whether the same request was executed before, with this idempotency key: the record is shown as it is now.
    async fn replayed(&self) -> bool {
        self.performed.replayed
    }
}

inline_object! { CreateApiKeyPayload }

/// Verbs of API keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiKeyMutation;

#[Object]
impl ApiKeyMutation {
    /// Creates an API key for a subject and returns it once; what the subject may do is given by `addAccessGrant`. Keys are
    /// not in the log of changes [buat kunci API].
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        input: CreateApiKeyInput,
    ) -> Option<Result<Inline<CreateApiKeyPayload>>> {
        Some(create(ctx, input).await.map(Inline))
    }

    /// Revokes an API key: this node refuses it at once, other nodes within a minute, and no node lets it write. A request that
    /// was sent with the key itself cannot be sent again with it [cabut kunci API].
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        input: RevokeApiKeyInput,
    ) -> Option<Result<Inline<ApiKeyPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Revoke { input, of: Writes::credentials(ctx) }, &key).await
    }
}

async fn create(ctx: &Context<'_>, input: CreateApiKeyInput) -> Result<CreateApiKeyPayload> {
    let idempotency_key = input.idempotency_key.clone();
    let act = Create::new(input)?;
    let (id, secret) = (act.id(), act.secret());
    let performed = perform(ctx, act, &idempotency_key).await?;
    // An attempt whose answer the database lost may have created it.
    let secret = (performed.key == Some(id)).then_some(secret);
    Ok(CreateApiKeyPayload { performed, secret })
}
