//! A verb that leads a business unit to another status.

use async_graphql::ID;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::BusinessUnit;
use crate::{
    graph::{load::Noun, scalar::Date},
    registry::{
        cooperative,
        states::BUSINESS_UNIT,
        write::{Act, Faults, Refusal, Write},
    },
};

/// A verb on one business unit.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
    pub(super) opened_on: Option<Date>,
}

impl Act for Step {
    const NOUN: &'static str = BusinessUnit::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let unit = write.existing::<BusinessUnit>(&self.id, "id").await?;
        write.demand(&write.parties(&[unit.cooperative_id]).await?)?;
        Write::expect::<BusinessUnit>(&unit, &self.id, self.expected_version)?;
        let status = write.next(&BUSINESS_UNIT, unit.status)?;
        let before = cooperative::lacking(write, unit.cooperative_id).await?;
        let mut row = unit.clone().into_active_model();
        row.status = Set(status);
        if let Some(day) = self.opened_on {
            let mut faults = Faults::default();
            row.opened_on = Set(faults.past("openedOn", day, write.today()));
            faults.none()?;
            if let Some(cooperative) = write.row::<entity::cooperative::Entity>(unit.cooperative_id).await? {
                cooperative::demand_living(&cooperative, "id")?;
            }
        }
        write.transaction().update::<entity::business_unit::Entity>(Self::NOUN, &unit, row).await?;
        cooperative::keep_needs(write, unit.cooperative_id, &before).await?;
        Ok(unit.id)
    }
}
