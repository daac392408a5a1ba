//! Changes to an application.

use async_graphql::MaybeUndefined;
use entity::vocabulary::ApplicationStatus::{Requested, Revision};
use sea_orm::{ActiveValue, IntoActiveModel, Set};
use uuid::Uuid;

use super::{
    PartnershipApplication,
    input::AmendApplicationInput,
    step::{MAX_REASON, decided},
};
use crate::{
    graph::{Error, load::Noun},
    registry::{
        owners,
        states::APPLICATION,
        write::{Act, Faults, Refusal, Write, patch},
    },
};

/// The verb `amendApplication`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendApplicationInput);

impl Act for Amend {
    const NOUN: &'static str = PartnershipApplication::NAME;

    fn verb(&self) -> &'static str {
        "amendApplication"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<PartnershipApplication>(&input.id, "id").await?;
        let of = owners::of_application(write, self.verb(), &before).await?;
        write.demand(&of)?;
        Write::expect::<PartnershipApplication>(&before, &input.id, input.expected_version)?;
        let attested = !input.reason.is_undefined() || !input.decided_on.is_undefined();
        if (attested || !matches!(before.status, Requested | Revision)) && !write.is_by_office() {
            let refusal = "only an office amends a decision, or an application that is being verified or was";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        patch(&mut row.package, &input.package, |package| Some(*package));
        faults.replace("requestedOn", &input.requested_on, &mut row.requested_on, |faults, day| {
            faults.past("requestedOn", *day, write.today());
            Some(day.0)
        });
        if before.status == Revision {
            row.status = Set(write.next(&APPLICATION, before.status)?);
            row.reason = Set(None);
        }
        patch(&mut row.reason, &input.reason, |reason| faults.text("reason", reason, MAX_REASON));
        patch(&mut row.decided_on, &input.decided_on, |day| Some(day.0));
        let on = match &input.decided_on {
            MaybeUndefined::Undefined => before.decided_on,
            given => given.value().map(|day| day.0),
        };
        if let (Some(on), ActiveValue::Set(requested) | ActiveValue::Unchanged(requested)) =
            (on, &row.requested_on)
        {
            decided(&mut faults, *requested, on, write.today());
        }
        faults.none()?;
        write.amend::<PartnershipApplication>(&before, row).await?;
        Ok(before.id)
    }
}
