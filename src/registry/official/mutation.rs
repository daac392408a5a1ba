//! The verbs of officials: appointed, amended, ended, and erased.

mod act;
mod erase;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};

pub(in crate::registry) use self::erase::erase_name;
use self::{
    act::{Amend, Appoint, End},
    erase::Erase,
};
use super::{BY_ID, Official};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

/// An official, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct OfficialInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    idempotency_key: String,
    /// Global id of the official.
    id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    expected_version: i32,
}

/// A new official [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AppointOfficialInput {
    /// Key of this request, chosen by the caller; see `OfficialInput`.
    idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    id: Option<ID>,
    /// Global id of the institution [lembaga].
    institution: ID,
    /// Name of the office holder, which is public [nama].
    name: String,
    /// Office held, as the institution calls it [jabatan].
    position: String,
}

/// Changes to an official: absent fields stay as they are [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendOfficialInput {
    /// Key of this request, chosen by the caller; see `OfficialInput`.
    idempotency_key: String,
    /// Global id of the official.
    id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    expected_version: i32,
    /// Name of the office holder; not null [nama].
    name: MaybeUndefined<String>,
    /// Office held, as the institution calls it; not null [jabatan].
    position: MaybeUndefined<String>,
}

/// An official whose name is erased [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct EraseOfficialInput {
    /// Key of this request, chosen by the caller; see `OfficialInput`.
    idempotency_key: String,
    /// Global id of the official, whose office may have ended.
    id: ID,
}

payload! {
    /// Outcome of a verb on an official [hasil].
    OfficialPayload {
        /// The official as it is now; null when nothing was changed, unless someone else changed it meanwhile, and when the
        /// office was ended [pejabat].
        official: Official = BY_ID
    }
}

/// Verbs of officials.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfficialMutation;

#[Object]
impl OfficialMutation {
    /// Records a person who holds a public office at an institution [catat pejabat].
    async fn appoint_official(
        &self,
        ctx: &Context<'_>,
        input: AppointOfficialInput,
    ) -> Option<Result<Inline<OfficialPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Appoint(input), &key).await
    }

    /// Changes the name or the office of an official: absent fields stay as they are [ubah pejabat].
    async fn amend_official(
        &self,
        ctx: &Context<'_>,
        input: AmendOfficialInput,
    ) -> Option<Result<Inline<OfficialPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Amend(input), &key).await
    }

    /// Ends the office of an official: the registry has those in office only, so the record is deleted, and `changes` tells that
    /// it was [akhiri jabatan pejabat].
    async fn end_official(
        &self,
        ctx: &Context<'_>,
        input: OfficialInput,
    ) -> Option<Result<Inline<OfficialPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, End(input), &key).await
    }

    /// Replaces the name of an official by `(nama dihapus)`, in the record and in all of its history, also after the office
    /// has ended; it cannot be undone. The office in the record stays [hapus nama pejabat].
    async fn erase_official(
        &self,
        ctx: &Context<'_>,
        input: EraseOfficialInput,
    ) -> Option<Result<Inline<OfficialPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Erase(input), &key).await
    }
}
