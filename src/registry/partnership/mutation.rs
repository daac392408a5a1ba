//! The verbs of partnerships: drafted, reviewed, signed, suspended, and ended.

mod amend;
mod draft;
mod input;
mod parties;
mod step;

use async_graphql::{Context, Object};

use self::{
    input::{
        AmendPartnershipInput, DraftPartnershipInput, EndPartnershipInput, PartnershipInput,
        SignPartnershipInput,
    },
    step::Step,
};
use super::{Partnership, query::BY_ID};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a partnership [hasil].
    PartnershipPayload {
        /// The partnership as it is now; null when nothing was changed, unless someone else changed it meanwhile, and where
        /// the caller may not see it [kemitraan].
        partnership: Partnership = BY_ID
    }
}

type Outcome = Option<Result<Inline<PartnershipPayload>>>;

/// Verbs of partnerships.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartnershipMutation;

#[Object]
impl PartnershipMutation {
    /// Drafts a partnership between parties, of which exactly one is FIRST: it becomes DRAFT. The parties and the offices of
    /// cooperatives' regions draft it; witnesses do not [susun naskah].
    async fn draft_partnership(&self, ctx: &Context<'_>, input: DraftPartnershipInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, draft::Draft(input), &key).await
    }

    /// Changes a partnership: absent fields stay as they are, and null empties one. Its parties change only while it is a
    /// draft; once it was submitted, only an office amends it [ubah naskah].
    async fn amend_partnership(&self, ctx: &Context<'_>, input: AmendPartnershipInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Submits a draft for review: from DRAFT to `IN_REVIEW` [ajukan naskah].
    async fn submit_partnership(&self, ctx: &Context<'_>, input: PartnershipInput) -> Outcome {
        step(ctx, "submitPartnership", input).await
    }

    /// Returns a partnership to its parties: from `IN_REVIEW` to DRAFT. An office does it [kembalikan naskah].
    async fn return_partnership(&self, ctx: &Context<'_>, input: PartnershipInput) -> Outcome {
        step(ctx, "returnPartnership", input).await
    }

    /// Approves a partnership: from `IN_REVIEW` to APPROVED, from when it is public. An office does it [setujui naskah].
    async fn approve_partnership(&self, ctx: &Context<'_>, input: PartnershipInput) -> Outcome {
        step(ctx, "approvePartnership", input).await
    }

    /// Records that a partnership was signed: from APPROVED to SIGNED. At least two parties are no witnesses, and a binding
    /// kind has all seven contents (`SIGNATURE_INCOMPLETE`, `CONTENTS_INCOMPLETE`). On the first day of its term it becomes
    /// ACTIVE. An office does it [catat penandatanganan].
    async fn sign_partnership(&self, ctx: &Context<'_>, input: SignPartnershipInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, Step::signed(input), &key).await
    }

    /// Suspends a partnership: from SIGNED or ACTIVE to SUSPENDED. No linkage that rests on it is active, unless its pattern
    /// is general trade (`LINKAGE_WITHOUT_AGREEMENT`). An office does it [tangguhkan kemitraan].
    async fn suspend_partnership(&self, ctx: &Context<'_>, input: PartnershipInput) -> Outcome {
        step(ctx, "suspendPartnership", input).await
    }

    /// Resumes a partnership: from SUSPENDED to ACTIVE if its term has begun, else to SIGNED. An office does it [lanjutkan
    /// kemitraan].
    async fn resume_partnership(&self, ctx: &Context<'_>, input: PartnershipInput) -> Outcome {
        step(ctx, "resumePartnership", input).await
    }

    /// Ends a partnership that another one follows: from ACTIVE to RENEWED. Its successor is drafted, reviewed and signed as
    /// any other; no active linkage rests on this one any more (`LINKAGE_WITHOUT_AGREEMENT`). An office does it [catat
    /// perpanjangan].
    async fn renew_partnership(&self, ctx: &Context<'_>, input: EndPartnershipInput) -> Outcome {
        ended(ctx, "renewPartnership", input).await
    }

    /// Terminates a partnership before its time: from ACTIVE to TERMINATED. No active linkage rests on it any more
    /// (`LINKAGE_WITHOUT_AGREEMENT`). An office does it [akhiri kemitraan].
    async fn terminate_partnership(&self, ctx: &Context<'_>, input: EndPartnershipInput) -> Outcome {
        ended(ctx, "terminatePartnership", input).await
    }

    /// Cancels a partnership that was not approved: from DRAFT or `IN_REVIEW` to CANCELLED [batalkan naskah].
    async fn cancel_partnership(&self, ctx: &Context<'_>, input: PartnershipInput) -> Outcome {
        step(ctx, "cancelPartnership", input).await
    }
}

async fn step(ctx: &Context<'_>, verb: &'static str, input: PartnershipInput) -> Outcome {
    let key = input.idempotency_key.clone();
    payload(ctx, Step::of(verb, input), &key).await
}

async fn ended(ctx: &Context<'_>, verb: &'static str, input: EndPartnershipInput) -> Outcome {
    let key = input.idempotency_key.clone();
    payload(ctx, Step::ended(verb, input), &key).await
}
