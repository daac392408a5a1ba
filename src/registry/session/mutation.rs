//! The verbs of training sessions: planned, amended, cancelled.

mod amend;
mod cancel;
mod input;
mod plan;

use async_graphql::{Context, Object};

use self::input::{AmendSessionInput, PlanSessionInput, SessionInput};
use super::{BY_ID, TrainingSession};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a training session [hasil].
    SessionPayload {
        /// The session as it is now; null when nothing was changed, unless someone else changed it meanwhile, when it was
        /// cancelled, and where the caller may not see it [sesi pelatihan].
        session: TrainingSession = BY_ID
    }
}

type Outcome = Option<Result<Inline<SessionPayload>>>;

/// Verbs of training sessions.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Plans a training session of a batch, within its dates (`SESSION_OUTSIDE_BATCH`). Those who organise and host the batch
    /// and the offices of their regions plan it [rencanakan sesi].
    async fn plan_session(&self, ctx: &Context<'_>, input: PlanSessionInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, plan::Plan(input), &key).await
    }

    /// Changes a training session: absent fields stay as they are [ubah sesi].
    async fn amend_session(&self, ctx: &Context<'_>, input: AmendSessionInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Cancels a training session of a batch that is not over: it is deleted, and the log keeps it [batalkan sesi].
    async fn cancel_session(&self, ctx: &Context<'_>, input: SessionInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, cancel::Cancel(input), &key).await
    }
}
