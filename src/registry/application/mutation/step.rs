//! A verb that leads an application to another status.

use async_graphql::{ID, MaybeUndefined};
use chrono::NaiveDate;
use entity::{partnership_application, vocabulary::ApplicationStatus};
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::PartnershipApplication;
use crate::{
    graph::{load::Noun, scalar::Date},
    registry::{
        owners,
        states::APPLICATION,
        write::{Act, Faults, Refusal, UserErrorCode, Write, patch},
    },
};

/// The longest reason.
pub(super) const MAX_REASON: usize = 1_000;

/// A verb, with the decision that it records.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
    pub(super) reason: MaybeUndefined<String>,
    pub(super) decision: Option<Decision>,
}

/// The decision about an application.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) verified: bool,
    /// Today when absent.
    pub(super) on: Option<NaiveDate>,
}

/// A decision is made between the application and today.
pub(super) fn decided(faults: &mut Faults, requested: NaiveDate, decided: NaiveDate, today: NaiveDate) {
    faults.past("decidedOn", Date(decided), today);
    if decided < requested {
        let (en, id) = ("it is before the application", "mendahului tanggal permohonan");
        faults.add(UserErrorCode::OutOfRange, "decidedOn", en, id);
    }
}

impl Act for Step {
    const NOUN: &'static str = PartnershipApplication::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let before = write.existing::<PartnershipApplication>(&self.id, "id").await?;
        let of = owners::of_application(write, self.verb(), &before).await?;
        write.demand(&of)?;
        Write::expect::<PartnershipApplication>(&before, &self.id, self.expected_version)?;
        let mut status = write.next(&APPLICATION, before.status)?;
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        patch(&mut row.reason, &self.reason, |reason| faults.text("reason", reason, MAX_REASON));
        if let Some(Decision { verified, on }) = self.decision {
            let on = on.unwrap_or(write.today());
            if !verified {
                status = ApplicationStatus::Rejected;
                if !matches!(self.reason, MaybeUndefined::Value(_)) {
                    let (en, id) = ("a rejection has its reason", "penolakan disertai alasan");
                    faults.add(UserErrorCode::Required, "reason", en, id);
                }
            }
            decided(&mut faults, before.requested_on, on, write.today());
            row.decided_on = Set(Some(on));
        }
        faults.none()?;
        row.status = Set(status);
        write.transaction().update::<partnership_application::Entity>(Self::NOUN, &before, row).await?;
        Ok(before.id)
    }
}
