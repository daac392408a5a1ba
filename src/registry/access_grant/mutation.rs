//! The verbs of access grants: added, and revoked.

mod act;

use async_graphql::{Context, ID, InputObject, Object};
use entity::vocabulary::Role;

use self::act::{Add, Revoke};
use super::{AccessGrant, BY_ID};
use crate::{
    graph::{Result, inline::Inline, scalar::DateTime},
    registry::{
        viewer::demand_admin,
        write::{Writes, payload},
    },
};

/// A new access grant [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AddAccessGrantInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    idempotency_key: String,
    /// Who gets the role: the subject of an API key, or issuer and subject of a token, joined by `#`; 1 to 400 characters
    /// [subjek].
    subject: String,
    /// The role [peran].
    role: Role,
    /// Global id of the region of a `REGISTRAR`, with all regions inside it; null for other roles [wilayah].
    region: Option<ID>,
    /// Global id of the cooperative of a `COOPERATIVE`; null for other roles [koperasi].
    cooperative: Option<ID>,
    /// Global id of the institution of a `PARTNER`; null for other roles [lembaga].
    institution: Option<ID>,
    /// The agreement by which an `ANALYST` may ask for personal figures, in up to 400 characters; null for other roles. The
    /// log of accesses names it [perjanjian].
    agreement: Option<String>,
    /// Time at which the grant expires; by default never.
    expires_at: Option<DateTime>,
}

/// An access grant, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RevokeAccessGrantInput {
    /// Key of this request, chosen by the caller; see `AddAccessGrantInput`.
    idempotency_key: String,
    /// Global id of the access grant.
    id: ID,
}

payload! {
    /// Outcome of a verb on an access grant [hasil].
    AccessGrantPayload {
        /// The access grant as it is now; null when nothing was changed [pemberian peran].
        access_grant: AccessGrant = BY_ID, demand_admin
    }
}

/// Verbs of access grants.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccessGrantMutation;

#[Object]
impl AccessGrantMutation {
    /// Gives a role to a subject, at once on this node and within a minute on others. `MINISTRY`, `ADMIN` and `ANALYST` are
    /// for the whole registry. `TAKEN` when the subject has the grant already; `LIMIT_REACHED` beyond 100 grants of a subject.
    /// Grants are not in the log of changes: `createdBy` and `revokedBy` tell who acted [beri peran].
    async fn add_access_grant(
        &self,
        ctx: &Context<'_>,
        input: AddAccessGrantInput,
    ) -> Option<Result<Inline<AccessGrantPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Add { input, of: Writes::credentials(ctx) }, &key).await
    }

    /// Revokes an access grant, at once on this node and within a minute on others. An administrator may revoke the own role
    /// [cabut peran].
    async fn revoke_access_grant(
        &self,
        ctx: &Context<'_>,
        input: RevokeAccessGrantInput,
    ) -> Option<Result<Inline<AccessGrantPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Revoke { input, of: Writes::credentials(ctx) }, &key).await
    }
}
