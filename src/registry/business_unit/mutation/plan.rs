//! A new business unit.

use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{BusinessUnit, input::PlanBusinessUnitInput};
use crate::{
    graph::load::Noun,
    registry::{
        cooperative::{Cooperative, demand_living},
        states::BUSINESS_UNIT,
        write::{Act, Faults, Refusal, Write},
    },
};

/// The verb `planBusinessUnit`.
#[derive(Clone, Debug)]
pub(super) struct Plan(pub(super) PlanBusinessUnitInput);

impl Act for Plan {
    const NOUN: &'static str = BusinessUnit::NAME;

    fn verb(&self) -> &'static str {
        "planBusinessUnit"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let progress =
            input.build_progress.and_then(|progress| faults.between("buildProgress", progress, 0, 100));
        faults.none()?;
        let cooperative = write.existing::<Cooperative>(&input.cooperative, "cooperative").await?;
        write.demand(&write.parties(&[cooperative.id]).await?)?;
        demand_living(&cooperative, "cooperative")?;
        let row = entity::business_unit::ActiveModel {
            id: Set(id),
            cooperative_id: Set(cooperative.id),
            kind: Set(input.kind),
            status: Set(write.first(&BUSINESS_UNIT)?),
            opened_on: Set(None),
            ownership: Set(input.ownership),
            has_power: Set(input.has_power),
            has_internet: Set(input.has_internet),
            build_progress: Set(progress),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<entity::business_unit::Entity>(Self::NOUN, row).await?)
    }
}
