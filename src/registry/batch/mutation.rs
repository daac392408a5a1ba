//! The verbs of batches: planned, enrolling, running, completed.

mod amend;
mod input;
pub(in crate::registry) mod owners;
mod plan;
mod provinces;
mod step;

use async_graphql::{Context, Object};

use self::{
    input::{AmendBatchInput, BatchInput, PlanBatchInput},
    step::Step,
};
use super::{BY_ID, InternshipBatch};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a batch [hasil].
    BatchPayload {
        /// The batch as it is now; null when nothing was changed, unless someone else changed it meanwhile, and where the
        /// caller may not see it [gelombang].
        batch: InternshipBatch = BY_ID
    }
}

type Outcome = Option<Result<Inline<BatchPayload>>>;

/// Verbs of batches.
#[derive(Clone, Copy, Debug, Default)]
pub struct BatchMutation;

#[Object]
impl BatchMutation {
    /// Plans a batch of a program that is published and not over, within its dates: it becomes PLANNED
    /// (`BATCH_STATUS_MISMATCH`, `BATCH_DATES_INVALID`). The program's organiser, its host and the office of the organiser's
    /// region plan it [rencanakan gelombang].
    async fn plan_batch(&self, ctx: &Context<'_>, input: PlanBatchInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, plan::Plan(input), &key).await
    }

    /// Changes a batch: absent fields stay as they are, and null empties one. More seats go to those who wait, and no more
    /// are taken away than are free (`SEATS_EXCEEDED`). Once it is over, only an office amends it [ubah gelombang].
    async fn amend_batch(&self, ctx: &Context<'_>, input: AmendBatchInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Opens the enrolment: from PLANNED or POSTPONED to ENROLLING, or to FULL where no seat is left. The program is OPEN or
    /// RUNNING [buka pendaftaran].
    async fn open_enrolment(&self, ctx: &Context<'_>, input: BatchInput) -> Outcome {
        step(ctx, "openEnrolment", input).await
    }

    /// Starts a batch: from ENROLLING or FULL to RUNNING; its CONFIRMED placements become ATTENDING, and those that are
    /// NOMINATED, VERIFIED or WAITLISTED become WITHDRAWN. The program is RUNNING [mulai gelombang].
    async fn start_batch(&self, ctx: &Context<'_>, input: BatchInput) -> Outcome {
        step(ctx, "startBatch", input).await
    }

    /// Completes a batch: from RUNNING to COMPLETED. Its participants graduate before or afterwards [selesaikan gelombang].
    async fn complete_batch(&self, ctx: &Context<'_>, input: BatchInput) -> Outcome {
        step(ctx, "completeBatch", input).await
    }

    /// Postpones a batch that has not started: from PLANNED, ENROLLING or FULL to POSTPONED. Its participants keep their
    /// seats [tunda gelombang].
    async fn postpone_batch(&self, ctx: &Context<'_>, input: BatchInput) -> Outcome {
        step(ctx, "postponeBatch", input).await
    }

    /// Cancels a batch that has not started: from PLANNED, ENROLLING, FULL or POSTPONED to CANCELLED. Its placements that were
    /// not rejected become WITHDRAWN [batalkan gelombang].
    async fn cancel_batch(&self, ctx: &Context<'_>, input: BatchInput) -> Outcome {
        step(ctx, "cancelBatch", input).await
    }
}

async fn step(ctx: &Context<'_>, verb: &'static str, input: BatchInput) -> Outcome {
    let BatchInput { idempotency_key, id, expected_version } = input;
    payload(ctx, Step { verb, id, expected_version }, &idempotency_key).await
}
