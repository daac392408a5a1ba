//! A verb that leads a cooperative to another status.

use async_graphql::ID;
use entity::vocabulary::CooperativeStatus;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{Cooperative, input::LegalizeCooperativeInput, needs};
use crate::{
    graph::{load::Noun, scalar::Date},
    registry::{
        cooperative::legal_number,
        officer,
        states::COOPERATIVE,
        write::{Act, Faults, Refusal, Write},
    },
};

/// A verb on one cooperative.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
    pub(super) given: Given,
}

/// What a verb records besides the status.
#[derive(Clone, Debug)]
pub(super) enum Given {
    Nothing,
    /// The day of the founding meeting.
    Established(Date),
    /// The decree.
    Legal(Box<LegalizeCooperativeInput>),
}

impl Act for Step {
    const NOUN: &'static str = Cooperative::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let cooperative = write.existing::<Cooperative>(&self.id, "id").await?;
        write.demand(&write.parties(&[cooperative.id]).await?)?;
        Write::expect::<Cooperative>(&cooperative, &self.id, self.expected_version)?;
        let status = write.next(&COOPERATIVE, cooperative.status)?;
        let mut row = cooperative.clone().into_active_model();
        row.status = Set(status);
        let mut faults = Faults::default();
        match &self.given {
            Given::Nothing => {}
            Given::Established(day) => {
                row.established_on = Set(faults.past("establishedOn", *day, write.today()));
            }
            Given::Legal(decree) => {
                let number = faults.line("legalEntityNumber", &decree.legal_entity_number, 60);
                row.legal_entity_number = Set(number.as_deref().map(legal_number));
                row.legal_entity_number_raw = Set(number);
                row.legal_entity_on =
                    Set(faults.past("legalEntityOn", decree.legal_entity_on, write.today()));
                if let Some(number) = &decree.registration_number {
                    row.registration_number = Set(faults.digits("registrationNumber", number, 10..=16));
                }
            }
        }
        faults.none()?;
        write.transaction().update::<entity::cooperative::Entity>(Self::NOUN, &cooperative, row).await?;
        match status {
            CooperativeStatus::Operating => needs::keep_needs(write, cooperative.id, &[]).await?,
            CooperativeStatus::Dissolved => officer::close_offices(write, cooperative.id).await?,
            _ => {}
        }
        Ok(cooperative.id)
    }
}
