//! The log line of each verb. It holds no input, no keys of records and no subjects.

use super::{Act, Performed, Verb};
use crate::{
    access::{Grant, GrantScope},
    graph::Result,
};

/// Logs a verb with its outcome.
pub(super) fn verb<A: Act>(verb: &Verb, performed: &Result<Performed>, request_id: Option<&str>) {
    let (outcome, errors) = match performed {
        Ok(performed) if performed.replayed => ("replayed", String::new()),
        Ok(performed) if performed.errors.is_empty() => ("written", String::new()),
        Ok(performed) => ("refused", performed.codes().join(" ")),
        Err(error) => ("failed", error.code().to_owned()),
    };
    tracing::info!(
        target: "simpul::verb",
        verb = verb.name,
        noun = A::NOUN,
        scope = performed.as_ref().ok().and_then(|performed| performed.by).map(scope),
        outcome,
        errors = Some(errors).filter(|errors| !errors.is_empty()),
        request_id,
        "executed"
    );
}

/// The role and, for an office, its region.
fn scope(Grant { role, scope }: Grant) -> String {
    let role = sea_orm::ActiveEnum::to_value(&role);
    match scope {
        GrantScope::WithinRegion(region) => format!("{role} {}", region.as_str()),
        GrantScope::Everything | GrantScope::Party(_) => role,
    }
}
