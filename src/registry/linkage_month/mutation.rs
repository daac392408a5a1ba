//! The verbs of linkage months: recorded and amended.

mod amend;
mod input;
mod record;

use async_graphql::{Context, Object};

use self::input::{AmendMonthInput, RecordMonthInput};
use super::{BY_ID, LinkageMonth};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a linkage month [hasil].
    LinkageMonthPayload {
        /// The month as it is now; null when nothing was changed, unless someone else changed it meanwhile [realisasi
        /// bulanan].
        linkage_month: LinkageMonth = BY_ID
    }
}

type Outcome = Option<Result<Inline<LinkageMonthPayload>>>;

/// Verbs of linkage months.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkageMonthMutation;

#[Object]
impl LinkageMonthMutation {
    /// Records the deliveries of a month under a linkage that has begun. Its first day is between the start and the end of the
    /// linkage (`MONTH_OUTSIDE_LINKAGE`), and each month is recorded once [catat realisasi].
    async fn record_month(&self, ctx: &Context<'_>, input: RecordMonthInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, record::Record(input), &key).await
    }

    /// Changes what was recorded of a month: absent fields stay as they are, and null empties one. Once the linkage is over,
    /// only an office amends it [ubah realisasi].
    async fn amend_month(&self, ctx: &Context<'_>, input: AmendMonthInput) -> Outcome {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }
}
