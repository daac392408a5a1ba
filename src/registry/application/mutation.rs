//! The verbs of partnership applications: requested, verified, decided, activated.

mod activate;
mod amend;
mod input;
mod request;
mod step;

use async_graphql::{Context, MaybeUndefined, Object};

use self::{
    input::{
        ActivateApplicationInput, AmendApplicationInput, ApplicationInput, DecideApplicationInput,
        RequestPartnershipInput, ReturnApplicationInput,
    },
    step::{Decision, Step},
};
use super::{BY_ID, PartnershipApplication};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a partnership application [hasil].
    ApplicationPayload {
        /// The application as it is now; null when nothing was changed, unless someone else changed it meanwhile [permohonan
        /// kemitraan].
        application: PartnershipApplication = BY_ID
    }
}

type Outcome = Option<Result<Inline<ApplicationPayload>>>;

/// Verbs of partnership applications.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Applies to become an institution's partner: the application becomes REQUESTED. The cooperative or the office of its
    /// region does it [ajukan permohonan].
    async fn request_partnership(&self, ctx: &Context<'_>, input: RequestPartnershipInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, request::Request(input), &key).await
    }

    /// Begins to verify an application: from REQUESTED to VERIFYING. An office does it [verifikasi permohonan].
    async fn verify_application(&self, ctx: &Context<'_>, input: ApplicationInput) -> Outcome {
        let ApplicationInput { idempotency_key, id, expected_version } = input;
        let (reason, decision) = (MaybeUndefined::Undefined, None);
        let step = Step { verb: "verifyApplication", id, expected_version, reason, decision };
        payload(ctx, step, &idempotency_key).await
    }

    /// Returns an application to the cooperative with a reason: from VERIFYING to REVISION. An office does it [kembalikan
    /// permohonan].
    async fn return_application(&self, ctx: &Context<'_>, input: ReturnApplicationInput) -> Outcome {
        let ReturnApplicationInput { idempotency_key, id, expected_version, reason } = input;
        let (reason, decision) = (MaybeUndefined::Value(reason), None);
        let step = Step { verb: "returnApplication", id, expected_version, reason, decision };
        payload(ctx, step, &idempotency_key).await
    }

    /// Changes an application: absent fields stay as they are, and null empties one. One in REVISION is submitted again: it
    /// becomes REQUESTED, without the reason. Once it is being verified, only an office amends it [ubah permohonan].
    async fn amend_application(&self, ctx: &Context<'_>, input: AmendApplicationInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Decides about an application: from VERIFYING to VERIFIED or REJECTED. An office does it [putuskan permohonan].
    async fn decide_application(&self, ctx: &Context<'_>, input: DecideApplicationInput) -> Outcome {
        let DecideApplicationInput { idempotency_key, id, expected_version, .. } = input;
        let decision = Some(Decision { verified: input.verified, on: input.decided_on.map(|day| day.0) });
        let reason = input.reason.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
        let step = Step { verb: "decideApplication", id, expected_version, reason, decision };
        payload(ctx, step, &idempotency_key).await
    }

    /// Makes a linkage of an application: from VERIFIED to ACTIVATED; the linkage between the cooperative and the institution
    /// becomes PROPOSED in the same write [aktifkan permohonan].
    async fn activate_application(&self, ctx: &Context<'_>, input: ActivateApplicationInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, activate::Activate(input), &key).await
    }
}
