//! The verbs of programs: drafted, published, open, running, completed, evaluated.

mod amend;
mod draft;
mod input;
mod links;
pub(in crate::registry) mod owners;
mod step;

use async_graphql::{Context, Object};

use self::{
    input::{AmendProgramInput, DraftProgramInput, ProgramInput},
    step::Step,
};
use super::{InternshipProgram, query::BY_ID};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a program [hasil].
    ProgramPayload {
        /// The program as it is now; null when nothing was changed, unless someone else changed it meanwhile, and where the
        /// caller may not see it [program magang].
        program: InternshipProgram = BY_ID
    }
}

type Outcome = Option<Result<Inline<ProgramPayload>>>;

/// Verbs of programs.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramMutation;

#[Object]
impl ProgramMutation {
    /// Drafts a program: it becomes DRAFT. Its organiser, its host and the office of the organiser's region draft it; a
    /// ministry's programs are those of no region [susun program].
    async fn draft_program(&self, ctx: &Context<'_>, input: DraftProgramInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, draft::Draft(input), &key).await
    }

    /// Changes a program: absent fields stay as they are, and null empties one. Its batches stay within its dates
    /// (`BATCH_DATES_INVALID`). Once it is over, only an office amends it [ubah program].
    async fn amend_program(&self, ctx: &Context<'_>, input: AmendProgramInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Publishes a program: from DRAFT to PUBLISHED, from when the public sees it. An office does it [umumkan program].
    async fn publish_program(&self, ctx: &Context<'_>, input: ProgramInput) -> Outcome {
        step(ctx, "publishProgram", input).await
    }

    /// Opens a program, so that its batches can enrol: from PUBLISHED to OPEN [buka program].
    async fn open_program(&self, ctx: &Context<'_>, input: ProgramInput) -> Outcome {
        step(ctx, "openProgram", input).await
    }

    /// Starts a program, so that its batches can start: from OPEN to RUNNING [mulai program].
    async fn start_program(&self, ctx: &Context<'_>, input: ProgramInput) -> Outcome {
        step(ctx, "startProgram", input).await
    }

    /// Completes a program: from RUNNING to COMPLETED. Its batches are completed or cancelled (`BATCH_STATUS_MISMATCH`)
    /// [selesaikan program].
    async fn complete_program(&self, ctx: &Context<'_>, input: ProgramInput) -> Outcome {
        step(ctx, "completeProgram", input).await
    }

    /// Records that a program was evaluated: from COMPLETED to EVALUATED. An office does it [catat evaluasi].
    async fn evaluate_program(&self, ctx: &Context<'_>, input: ProgramInput) -> Outcome {
        step(ctx, "evaluateProgram", input).await
    }

    /// Cancels a program before it starts: from DRAFT, PUBLISHED or OPEN to CANCELLED. Its batches are cancelled or postponed
    /// before (`BATCH_STATUS_MISMATCH`). One that was published stays visible [batalkan program].
    async fn cancel_program(&self, ctx: &Context<'_>, input: ProgramInput) -> Outcome {
        step(ctx, "cancelProgram", input).await
    }
}

async fn step(ctx: &Context<'_>, verb: &'static str, input: ProgramInput) -> Outcome {
    let ProgramInput { idempotency_key, id, expected_version } = input;
    payload(ctx, Step { verb, id, expected_version }, &idempotency_key).await
}
