//! Writes questions about personal data to the access log, before they are answered.

use std::sync::Arc;

use async_graphql::ServerError;
use entity::vocabulary::Role;

use super::{CallerContext, Door, OperationRecord, errors};
use crate::{
    access::{Use, Viewer},
    document::without_literals,
    graph::personal_data::Asker,
    store::{AccessLog, access_log::Access},
};

/// Why a question is not answered.
const UNRECORDED: &str = "a question about personal data is answered only where it can be recorded, and this node cannot write its access log";

impl Door {
    /// Sets where questions about personal data are recorded. Without it they are refused.
    #[must_use]
    pub fn with_access_log(mut self, log: AccessLog) -> Self {
        Arc::make_mut(&mut self.0).access_log = Some(log);
        self
    }

    /// Records the personal data that an executed request has used. False if that is not possible.
    pub(super) async fn record_access(
        &self,
        asker: &Asker,
        document: &str,
        context: &CallerContext,
        record: &OperationRecord,
    ) -> bool {
        let used = asker.used();
        if used.is_empty() {
            return true;
        }
        let (Viewer::Known(identity), Some(log)) = (&context.viewer, &self.0.access_log) else {
            return false;
        };
        let used: Vec<String> = used.iter().map(|(attribute, usage)| said(attribute, *usage)).collect();
        let access = Access {
            subject: identity.subject.clone(),
            role: if context.viewer.is_ministry() { Role::Ministry } else { Role::Analyst },
            operation: record.name.clone(),
            used: used.join(", "),
            sha256: record.document.clone(),
            document: without_literals(document),
            request_id: Some(context.request_id.clone()).filter(|id| !id.is_empty()),
        };
        // Boxed, because few requests write it.
        match Box::pin(log.write(access)).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the access log could not be written");
                false
            }
        }
    }
}

/// The error of a question that could not be recorded.
pub(super) fn unrecorded() -> ServerError {
    let mut error = ServerError::new(UNRECORDED, None);
    errors::set_code(&mut error, "READ_ONLY");
    error
}

fn said(attribute: &str, usage: Use) -> String {
    format!("{} {attribute}", usage.name())
}
