//! A verb that leads an officer to another status.

use async_graphql::ID;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::Officer;
use crate::{
    graph::{load::Noun, scalar::Date},
    registry::{
        cooperative,
        states::OFFICER,
        write::{Act, Faults, Refusal, Write},
    },
};

/// A verb on one officer.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
    pub(super) ends_on: Option<Date>,
}

impl Act for Step {
    const NOUN: &'static str = Officer::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let officer = write.existing::<Officer>(&self.id, "id").await?;
        write.demand(&write.parties(&[officer.cooperative_id]).await?)?;
        Write::expect::<Officer>(&officer, &self.id, self.expected_version)?;
        let status = write.next(&OFFICER, officer.status)?;
        let before = cooperative::lacking(write, officer.cooperative_id).await?;
        let mut row = officer.clone().into_active_model();
        row.status = Set(status);
        if let Some(day) = self.ends_on {
            let mut faults = Faults::default();
            row.ends_on = Set(faults.past("endsOn", day, write.today()));
            faults.term("endsOn", officer.starts_on, Some(day.0));
            faults.none()?;
        }
        write.transaction().update::<entity::officer::Entity>(Self::NOUN, &officer, row).await?;
        cooperative::keep_needs(write, officer.cooperative_id, &before).await?;
        Ok(officer.id)
    }
}
