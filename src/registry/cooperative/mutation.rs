//! The verbs of cooperatives, from registration to merger or dissolution.

mod amend;
mod classes;
mod input;
mod merge;
mod names;
mod needs;
mod position;
mod register;
mod step;

use async_graphql::{Context, Object};

pub(in crate::registry) use self::needs::{demand_living, demand_living_party, keep_needs, lacking};
use self::{
    input::{
        AmendCooperativeInput, CooperativeInput, DeliberateCooperativeInput, LegalizeCooperativeInput,
        MergeCooperativesInput, RegisterCooperativeInput,
    },
    step::{Given, Step},
};
use super::{Cooperative, query::BY_ID};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a cooperative [hasil].
    CooperativePayload {
        /// The cooperative as it is now, or the successor of a merger; null when nothing was changed, unless someone else changed
        /// it meanwhile [koperasi].
        cooperative: Cooperative = BY_ID
    }
}

/// The answer of the verb `changeBoard`, which is about officers.
pub(in crate::registry) async fn answer(
    ctx: &Context<'_>,
    act: impl crate::registry::write::Act,
    key: &str,
) -> Option<Result<Inline<CooperativePayload>>> {
    payload(ctx, act, key).await
}

async fn step(
    ctx: &Context<'_>,
    verb: &'static str,
    input: CooperativeInput,
) -> Option<Result<Inline<CooperativePayload>>> {
    let CooperativeInput { idempotency_key, id, expected_version } = input;
    payload(ctx, Step { verb, id, expected_version, given: Given::Nothing }, &idempotency_key).await
}

/// Verbs of cooperatives.
#[derive(Clone, Copy, Debug, Default)]
pub struct CooperativeMutation;

#[Object]
impl CooperativeMutation {
    /// Registers a cooperative that is to be founded: it becomes PLANNED. One of the Merah Putih program is named after its
    /// village, which has no other one and is of the program's kind [daftarkan koperasi].
    async fn register_cooperative(
        &self,
        ctx: &Context<'_>,
        input: RegisterCooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, register::Register(input), &key).await
    }

    /// Changes what is known of a cooperative: absent fields stay as they are, and null empties one. Its status and its slug
    /// stay. Once it is a legal entity, the cooperative amends its short name, address, location, contacts, savings and members;
    /// all else is amended by an office [ubah koperasi].
    async fn amend_cooperative(
        &self,
        ctx: &Context<'_>,
        input: AmendCooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }

    /// Records the founding meeting: from PLANNED to DELIBERATED [catat rapat pendirian].
    async fn deliberate_cooperative(
        &self,
        ctx: &Context<'_>,
        input: DeliberateCooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        let DeliberateCooperativeInput { idempotency_key, id, expected_version, established_on } = input;
        let given = Given::Established(established_on);
        let step = Step { verb: "deliberateCooperative", id, expected_version, given };
        payload(ctx, step, &idempotency_key).await
    }

    /// Submits the deed to a notary: from DELIBERATED to `IN_NOTARY` [ajukan ke notaris].
    async fn submit_to_notary(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "submitToNotary", input).await
    }

    /// Records the decree that makes it a legal entity, with number and date: from `IN_NOTARY` to `LEGAL_ENTITY`. No two
    /// cooperatives have the same number, and the date is not before the founding meeting [sahkan badan hukum].
    async fn legalize_cooperative(
        &self,
        ctx: &Context<'_>,
        input: LegalizeCooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        let (verb, id, expected_version) = ("legalizeCooperative", input.id.clone(), input.expected_version);
        let key = input.idempotency_key.clone();
        payload(ctx, Step { verb, id, expected_version, given: Given::Legal(Box::new(input)) }, &key).await
    }

    /// Begins to operate: from `LEGAL_ENTITY` to OPERATING. It needs an open business unit and an active chair; in the Merah
    /// Putih program also a board of an odd number of members, at least five, and three supervisors; otherwise
    /// `PREREQUISITE_MISSING` [mulai beroperasi].
    async fn open_for_business(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "openForBusiness", input).await
    }

    /// Records that it does not operate any more: from OPERATING to INACTIVE [nonaktifkan koperasi].
    async fn deactivate_cooperative(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "deactivateCooperative", input).await
    }

    /// Records that it operates again: from INACTIVE to OPERATING, with what `openForBusiness` needs [aktifkan kembali koperasi].
    async fn reactivate_cooperative(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "reactivateCooperative", input).await
    }

    /// Suspends a cooperative: from OPERATING or INACTIVE to SUSPENDED [bekukan koperasi].
    async fn suspend_cooperative(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "suspendCooperative", input).await
    }

    /// Ends a suspension: from SUSPENDED to OPERATING, with what `openForBusiness` needs [pulihkan koperasi].
    async fn reinstate_cooperative(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "reinstateCooperative", input).await
    }

    /// Dissolves a cooperative: from `LEGAL_ENTITY`, OPERATING, INACTIVE or SUSPENDED to DISSOLVED. Its offices end today
    /// [bubarkan koperasi].
    async fn dissolve_cooperative(
        &self,
        ctx: &Context<'_>,
        input: CooperativeInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        step(ctx, "dissolveCooperative", input).await
    }

    /// Merges cooperatives into another one, their successor: from `LEGAL_ENTITY`, OPERATING, INACTIVE or SUSPENDED to MERGED.
    /// Their offices end today, and what was merged into them before gets the same successor. The caller's role must cover
    /// all of them and the successor [gabungkan koperasi].
    async fn merge_cooperatives(
        &self,
        ctx: &Context<'_>,
        input: MergeCooperativesInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, merge::Merge(input), &key).await
    }
}
