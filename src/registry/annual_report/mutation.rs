//! The verbs of annual reports: filed, and amended.

mod act;
mod input;

use async_graphql::{Context, Object};

use self::{
    act::{Amend, File},
    input::{AmendAnnualReportInput, FileAnnualReportInput},
};
use super::{AnnualReport, BY_ID};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on an annual report [hasil].
    AnnualReportPayload {
        /// The report as it is now; null when nothing was changed, unless someone else changed it meanwhile [laporan RAT].
        annual_report: AnnualReport = BY_ID
    }
}

/// Verbs of annual reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnnualReportMutation;

#[Object]
impl AnnualReportMutation {
    /// Files the report of a cooperative on a book year, for which there is one. Assets are the sum of liabilities and equity,
    /// and no more members attend the meeting than there are. Its health is assessed by an office [laporkan RAT].
    async fn file_annual_report(
        &self,
        ctx: &Context<'_>,
        input: FileAnnualReportInput,
    ) -> Option<Result<Inline<AnnualReportPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, File(input), &key).await
    }

    /// Changes a report: absent fields stay as they are, and null empties one. Only an office assesses the health of a
    /// cooperative; once it did, only an office amends the report [ubah laporan RAT].
    async fn amend_annual_report(
        &self,
        ctx: &Context<'_>,
        input: AmendAnnualReportInput,
    ) -> Option<Result<Inline<AnnualReportPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Amend(input), &key).await
    }
}
