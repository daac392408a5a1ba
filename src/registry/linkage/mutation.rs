//! The verbs of linkages: proposed, negotiated, tried, active, and ended.

mod agreement;
mod amend;
mod input;
mod propose;
mod step;

use async_graphql::{Context, Object};

pub(in crate::registry) use self::propose::{NewLinkage, PREFIX};
use self::{
    input::{
        ActivateLinkageInput, AmendLinkageInput, EndLinkageInput, LinkageInput, ProposeLinkageInput,
        StartLinkageInput,
    },
    step::Step,
};
use super::{BusinessLinkage, query::BY_ID};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a linkage [hasil].
    LinkagePayload {
        /// The linkage as it is now; null when nothing was changed, unless someone else changed it meanwhile [keterhubungan
        /// usaha].
        linkage: BusinessLinkage = BY_ID
    }
}

/// Verbs of linkages.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkageMutation;

#[Object]
impl LinkageMutation {
    /// Proposes a linkage between a supplier and a buyer, of which at least one is a cooperative: it becomes PROPOSED
    /// [usulkan keterhubungan].
    async fn propose_linkage(
        &self,
        ctx: &Context<'_>,
        input: ProposeLinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, propose::Propose(input), &key).await
    }

    /// Changes what was agreed on: absent fields stay as they are, and null empties one. Its parties and its status stay.
    /// Once it is active, only an office amends it [ubah keterhubungan].
    async fn amend_linkage(
        &self,
        ctx: &Context<'_>,
        input: AmendLinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Begins to negotiate: from PROPOSED to NEGOTIATING [mulai negosiasi].
    async fn negotiate_linkage(
        &self,
        ctx: &Context<'_>,
        input: LinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        step(ctx, "negotiateLinkage", input).await
    }

    /// Begins a trial on `startsOn`: from NEGOTIATING to TRIAL [mulai uji coba].
    async fn start_trial(
        &self,
        ctx: &Context<'_>,
        input: StartLinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        starting(ctx, "startTrial", input).await
    }

    /// Makes a linkage ACTIVE after its trial. Its partnership must be signed or in force, unless its pattern is general
    /// trade; it may not overlap with an active linkage of the same parties and commodity, nor break an exclusive one
    /// [aktifkan keterhubungan].
    async fn activate_linkage(
        &self,
        ctx: &Context<'_>,
        input: ActivateLinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        let ActivateLinkageInput { idempotency_key, id, expected_version, starts_on } = input;
        let input = StartLinkageInput { idempotency_key, id, expected_version, starts_on };
        starting(ctx, "activateLinkage", input).await
    }

    /// Puts an active linkage on hold: from ACTIVE to `ON_HOLD` [tunda keterhubungan].
    async fn hold_linkage(
        &self,
        ctx: &Context<'_>,
        input: LinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        step(ctx, "holdLinkage", input).await
    }

    /// Resumes a linkage: from `ON_HOLD` to ACTIVE, under the rules of `activateLinkage` [lanjutkan keterhubungan].
    async fn resume_linkage(
        &self,
        ctx: &Context<'_>,
        input: LinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        step(ctx, "resumeLinkage", input).await
    }

    /// Ends a linkage on `endsOn`: from TRIAL, ACTIVE or `ON_HOLD` to ENDED [akhiri keterhubungan].
    async fn end_linkage(
        &self,
        ctx: &Context<'_>,
        input: EndLinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        ending(ctx, "endLinkage", input).await
    }

    /// Reports a breach of contract, which ended a linkage on `endsOn`: from ACTIVE or `ON_HOLD` to BREACHED [laporkan
    /// wanprestasi].
    async fn report_breach(
        &self,
        ctx: &Context<'_>,
        input: EndLinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        ending(ctx, "reportBreach", input).await
    }

    /// Drops a linkage that did not begin: from PROPOSED or NEGOTIATING to DROPPED [batalkan keterhubungan].
    async fn drop_linkage(
        &self,
        ctx: &Context<'_>,
        input: LinkageInput,
    ) -> Option<Result<Inline<LinkagePayload>>> {
        step(ctx, "dropLinkage", input).await
    }
}

async fn step(
    ctx: &Context<'_>,
    verb: &'static str,
    input: LinkageInput,
) -> Option<Result<Inline<LinkagePayload>>> {
    let LinkageInput { idempotency_key, id, expected_version } = input;
    let step = Step { verb, id, expected_version, starts_on: None, ends_on: None };
    payload(ctx, step, &idempotency_key).await
}

async fn starting(
    ctx: &Context<'_>,
    verb: &'static str,
    input: StartLinkageInput,
) -> Option<Result<Inline<LinkagePayload>>> {
    let StartLinkageInput { idempotency_key, id, expected_version, starts_on } = input;
    let step = Step { verb, id, expected_version, starts_on: Some(starts_on.0), ends_on: None };
    payload(ctx, step, &idempotency_key).await
}

async fn ending(
    ctx: &Context<'_>,
    verb: &'static str,
    input: EndLinkageInput,
) -> Option<Result<Inline<LinkagePayload>>> {
    let EndLinkageInput { idempotency_key, id, expected_version, ends_on } = input;
    let step = Step { verb, id, expected_version, starts_on: None, ends_on: Some(ends_on.0) };
    payload(ctx, step, &idempotency_key).await
}
