//! A verb that leads an agreement to another status.

use async_graphql::{ID, MaybeUndefined};
use entity::{partnership, vocabulary::PartnershipStatus};
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{
    Partnership,
    input::{EndPartnershipInput, PartnershipInput, SignPartnershipInput},
    parties::Parties,
};
use crate::{
    graph::{load::Noun, scalar::Date},
    registry::{
        states::PARTNERSHIP,
        write::{Act, Faults, Refusal, Write, patch},
    },
};

/// A verb, with the dates that it sets.
#[derive(Clone, Debug)]
pub(super) struct Step {
    verb: &'static str,
    id: ID,
    expected_version: i32,
    signed_on: Option<Date>,
    effective_from: MaybeUndefined<Date>,
    effective_to: MaybeUndefined<Date>,
}

impl Step {
    pub(super) fn of(verb: &'static str, input: PartnershipInput) -> Self {
        let PartnershipInput { id, expected_version, .. } = input;
        let (effective_from, effective_to) = (MaybeUndefined::Undefined, MaybeUndefined::Undefined);
        Self { verb, id, expected_version, signed_on: None, effective_from, effective_to }
    }

    pub(super) fn signed(input: SignPartnershipInput) -> Self {
        let SignPartnershipInput { id, expected_version, effective_to, .. } = input;
        let (signed_on, effective_from) =
            (Some(input.signed_on), MaybeUndefined::Value(input.effective_from));
        Self { verb: "signPartnership", id, expected_version, signed_on, effective_from, effective_to }
    }

    pub(super) fn ended(verb: &'static str, input: EndPartnershipInput) -> Self {
        let EndPartnershipInput { id, expected_version, effective_to, .. } = input;
        let (effective_from, effective_to) = (MaybeUndefined::Undefined, MaybeUndefined::Value(effective_to));
        Self { verb, id, expected_version, signed_on: None, effective_from, effective_to }
    }
}

impl Act for Step {
    const NOUN: &'static str = Partnership::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let before = write.existing::<Partnership>(&self.id, "id").await?;
        let of = Parties::of(write, before.id).await?.belonging(write).await?;
        write.demand(&of)?;
        Write::expect::<Partnership>(&before, &self.id, self.expected_version)?;
        let mut status = write.next(&PARTNERSHIP, before.status)?;
        let today = write.today();
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        if let Some(day) = self.signed_on {
            faults.past("signedOn", day, today);
            row.signed_on = Set(Some(day.0));
        }
        patch(&mut row.effective_from, &self.effective_from, |day| Some(day.0));
        patch(&mut row.effective_to, &self.effective_to, |day| Some(day.0));
        if let (Some(from), Some(until)) = (row.effective_from.try_as_ref(), row.effective_to.try_as_ref()) {
            faults.term("effectiveTo", *from, *until);
        }
        if let (None, MaybeUndefined::Value(day)) = (self.signed_on, &self.effective_to) {
            faults.past("effectiveTo", *day, today);
        }
        faults.none()?;
        if self.verb == "resumePartnership" && before.effective_from.is_some_and(|day| day <= today) {
            status = PartnershipStatus::Active;
        }
        row.status = Set(status);
        write.transaction().update::<partnership::Entity>(Self::NOUN, &before, row).await?;
        Ok(before.id)
    }
}
