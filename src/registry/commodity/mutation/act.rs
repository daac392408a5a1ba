//! What the verbs of commodity records change.

use chrono::Datelike;
use entity::{commodity, cooperative_commodity};
use sea_orm::{EntityTrait, IntoActiveModel, NotSet, Set};
use uuid::Uuid;

use super::{AmendCommodityInput, CooperativeCommodity, RecordCommodityInput};
use crate::{
    graph::load::Noun,
    registry::{
        commodity::Commodity,
        cooperative::{Cooperative, demand_living_party},
        write::{Act, Faults, Refusal, UserError, Write, patch},
    },
    store::WriteError,
};

/// The first year.
const FIRST: i32 = 1900;

/// The verb `recordCommodity`.
#[derive(Clone, Debug)]
pub(super) struct Record(pub(super) RecordCommodityInput);

impl Act for Record {
    const NOUN: &'static str = CooperativeCommodity::NAME;

    fn verb(&self) -> &'static str {
        "recordCommodity"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let code = faults.commodity("commodity", &input.commodity).unwrap_or_default();
        faults.between("year", input.year, FIRST, write.today().year());
        let volume =
            input.annual_volume.as_ref().and_then(|volume| faults.thousandths("annualVolume", volume));
        let area = input.area_hectares.as_ref().and_then(|area| faults.thousandths("areaHectares", area));
        let workers = input.worker_count.and_then(|count| faults.count("workerCount", count));
        let value = input.annual_value.as_ref().and_then(|value| faults.rupiah("annualValue", value));
        faults.none()?;
        let cooperative = write.existing::<Cooperative>(&input.cooperative, "cooperative").await?;
        write.demand(&write.parties(&[cooperative.id]).await?)?;
        demand_living_party(write, cooperative.id, "cooperative").await?;
        let known = commodity::Entity::find_by_id(&code).one(write.transaction().connection()).await;
        if known.map_err(WriteError::from)?.is_none() {
            return Err(UserError::not_found(Commodity::NAME, "commodity").into());
        }
        let row = cooperative_commodity::ActiveModel {
            id: Set(id),
            cooperative_id: Set(cooperative.id),
            commodity_code: Set(code),
            year: Set(input.year),
            annual_volume_milli: Set(volume),
            area_hectares_milli: Set(area),
            worker_count: Set(workers),
            annual_value: Set(value),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<cooperative_commodity::Entity>(Self::NOUN, row).await?)
    }
}

/// The verb `amendCommodity`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendCommodityInput);

impl Act for Amend {
    const NOUN: &'static str = CooperativeCommodity::NAME;

    fn verb(&self) -> &'static str {
        "amendCommodity"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let record = write.existing::<CooperativeCommodity>(&input.id, "id").await?;
        write.demand(&write.parties(&[record.cooperative_id]).await?)?;
        Write::expect::<CooperativeCommodity>(&record, &input.id, input.expected_version)?;
        demand_living_party(write, record.cooperative_id, "id").await?;
        let mut faults = Faults::default();
        let mut row = record.clone().into_active_model();
        patch(&mut row.annual_volume_milli, &input.annual_volume, |volume| {
            faults.thousandths("annualVolume", volume)
        });
        patch(&mut row.area_hectares_milli, &input.area_hectares, |area| {
            faults.thousandths("areaHectares", area)
        });
        patch(&mut row.worker_count, &input.worker_count, |count| faults.count("workerCount", *count));
        patch(&mut row.annual_value, &input.annual_value, |value| faults.rupiah("annualValue", value));
        faults.none()?;
        write.amend::<CooperativeCommodity>(&record, row).await?;
        Ok(record.id)
    }
}
