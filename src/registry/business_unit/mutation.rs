//! The verbs of business units: planned, built, open, closed.

mod amend;
mod input;
mod plan;
mod step;

use async_graphql::{Context, Object};

use self::{
    input::{AmendBusinessUnitInput, BusinessUnitInput, OpenBusinessUnitInput, PlanBusinessUnitInput},
    step::Step,
};
use super::{BY_ID, BusinessUnit};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a business unit [hasil].
    BusinessUnitPayload {
        /// The business unit as it is now; null when nothing was changed, unless someone else changed it meanwhile [gerai].
        business_unit: BusinessUnit = BY_ID
    }
}

/// Verbs of business units.
#[derive(Clone, Copy, Debug, Default)]
pub struct BusinessUnitMutation;

#[Object]
impl BusinessUnitMutation {
    /// Plans a business unit of a cooperative that was not merged or dissolved: it becomes PLANNED [rencanakan gerai].
    async fn plan_business_unit(
        &self,
        ctx: &Context<'_>,
        input: PlanBusinessUnitInput,
    ) -> Option<Result<Inline<BusinessUnitPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, plan::Plan(input), &key).await
    }

    /// Begins to build: from PLANNED to BUILDING [mulai bangun gerai].
    async fn build_business_unit(
        &self,
        ctx: &Context<'_>,
        input: BusinessUnitInput,
    ) -> Option<Result<Inline<BusinessUnitPayload>>> {
        let BusinessUnitInput { idempotency_key, id, expected_version } = input;
        let step = Step { verb: "buildBusinessUnit", id, expected_version, opened_on: None };
        payload(ctx, step, &idempotency_key).await
    }

    /// Opens for business on `openedOn`: from PLANNED, BUILDING or CLOSED to OPEN [buka gerai].
    async fn open_business_unit(
        &self,
        ctx: &Context<'_>,
        input: OpenBusinessUnitInput,
    ) -> Option<Result<Inline<BusinessUnitPayload>>> {
        let OpenBusinessUnitInput { idempotency_key, id, expected_version, opened_on } = input;
        let step = Step { verb: "openBusinessUnit", id, expected_version, opened_on: Some(opened_on) };
        payload(ctx, step, &idempotency_key).await
    }

    /// Closes a business unit: from OPEN to CLOSED. The last one of a cooperative that operates stays open: it is deactivated
    /// first [tutup gerai].
    async fn close_business_unit(
        &self,
        ctx: &Context<'_>,
        input: BusinessUnitInput,
    ) -> Option<Result<Inline<BusinessUnitPayload>>> {
        let BusinessUnitInput { idempotency_key, id, expected_version } = input;
        let step = Step { verb: "closeBusinessUnit", id, expected_version, opened_on: None };
        payload(ctx, step, &idempotency_key).await
    }

    /// Changes what is known of a business unit: absent fields stay as they are, and null empties one. Its status stays. Once it
    /// is closed, only an office amends it [ubah gerai].
    async fn amend_business_unit(
        &self,
        ctx: &Context<'_>,
        input: AmendBusinessUnitInput,
    ) -> Option<Result<Inline<BusinessUnitPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }
}
