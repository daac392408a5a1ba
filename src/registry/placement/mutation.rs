//! The verbs of placements up to the seat: nominated, verified, confirmed or waiting, withdrawn.

mod nominate;
mod seats;
mod step;

use async_graphql::{Context, ID, InputObject, Object};

pub use self::seats::waiting;
use self::step::Step;
use super::{BY_ID, Placement};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

/// A placement, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PlacementInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    idempotency_key: String,
    /// Global id of the placement.
    id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    expected_version: i32,
}

/// A nominee for a batch [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct NominateInput {
    /// Key of this request, chosen by the caller; see `PlacementInput`.
    idempotency_key: String,
    /// Global id of the new placement that the caller made, of a new UUID; by default the registry makes one.
    id: Option<ID>,
    /// Global id of the batch, whose enrolment is open [gelombang].
    batch: ID,
    /// Global id of an active officer of the cooperative that sends the participant [pengurus].
    officer: ID,
}

payload! {
    /// Outcome of a verb on a placement [hasil].
    PlacementPayload {
        /// The placement as it is now; null when nothing was changed, unless someone else changed it meanwhile, and where the
        /// caller may not see it [peserta magang].
        placement: Placement = BY_ID
    }
}

async fn step(
    ctx: &Context<'_>,
    verb: &'static str,
    input: PlacementInput,
) -> Option<Result<Inline<PlacementPayload>>> {
    let PlacementInput { idempotency_key, id, expected_version } = input;
    payload(ctx, Step { verb, id, expected_version }, &idempotency_key).await
}

/// Verbs of placements.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlacementMutation;

#[Object]
impl PlacementMutation {
    /// Nominates an active officer of a cooperative for a batch whose enrolment is open: the placement becomes NOMINATED.
    /// The cooperative is not the host, and nobody takes part in two batches at once [calonkan peserta].
    async fn nominate(
        &self,
        ctx: &Context<'_>,
        input: NominateInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        let key = input.idempotency_key.clone();
        let NominateInput { id, batch, officer, .. } = input;
        payload(ctx, nominate::Nominate { id, batch, officer }, &key).await
    }

    /// Verifies a nominee: from NOMINATED to VERIFIED [verifikasi calon].
    async fn verify_nominee(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "verifyNominee", input).await
    }

    /// Rejects a nominee: from NOMINATED or VERIFIED to REJECTED [tolak calon].
    async fn reject_nominee(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "rejectNominee", input).await
    }

    /// Gives a verified nominee a seat: from VERIFIED to CONFIRMED, or to WAITLISTED where no seat is left, which is no
    /// error. The batch becomes FULL with its last seat [konfirmasi peserta].
    async fn confirm_placement(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "confirmPlacement", input).await
    }

    /// Withdraws a participant before or during the batch: to WITHDRAWN. A seat that becomes free goes to the first who waits
    /// [tarik peserta].
    async fn withdraw_placement(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "withdrawPlacement", input).await
    }
}
