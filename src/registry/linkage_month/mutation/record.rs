//! A new month of a linkage.

use chrono::Datelike;
use entity::{
    linkage_month,
    vocabulary::LinkageStatus::{Breached, Dropped, Ended, Negotiating, Proposed},
};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{LinkageMonth, input::RecordMonthInput};
use crate::{
    graph::{
        Error,
        load::Noun,
        scalar::{Date, Decimal},
    },
    registry::{
        linkage::BusinessLinkage,
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The most deliveries of a month.
pub(super) const MOST_DELIVERIES: i32 = 1_000_000;

/// One per cent in the units in which shares are kept.
const PER_CENT: u32 = 2;

/// A share in per cent, in hundredths.
pub(super) fn percent(faults: &mut Faults, field: &str, share: &Decimal) -> Option<i32> {
    let (units, exact) = share.in_units(PER_CENT);
    if !exact {
        let (en, id) = ("it has at most 2 decimal places", "paling banyak 2 angka desimal");
        faults.add(UserErrorCode::Invalid, field, en, id);
        return None;
    }
    let share = i32::try_from(units).ok().filter(|share| (0..=10_000).contains(share));
    if share.is_none() {
        let (en, id) = ("it is between 0 and 100", "antara 0 dan 100");
        faults.add(UserErrorCode::OutOfRange, field, en, id);
    }
    share
}

/// The verb `recordMonth`.
#[derive(Clone, Debug)]
pub(super) struct Record(pub(super) RecordMonthInput);

impl Act for Record {
    const NOUN: &'static str = LinkageMonth::NAME;

    fn verb(&self) -> &'static str {
        "recordMonth"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let linkage = write.existing::<BusinessLinkage>(&input.linkage, "linkage").await?;
        let of = write.parties(&[linkage.supplier_id, linkage.buyer_id]).await?;
        write.demand(&of)?;
        if matches!(linkage.status, Ended | Breached) && !write.is_by_office() {
            let refusal = "only an office records a month of a linkage that is over";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        if matches!(linkage.status, Proposed | Negotiating | Dropped) {
            let (en, indonesian) = ("the linkage has not begun", "keterhubungan ini belum dimulai");
            faults.add(UserErrorCode::PrerequisiteMissing, "linkage", en, indonesian);
        }
        let month = input.month.0;
        faults.past("month", Date(month), write.today());
        let recorded = linkage_month::Entity::find()
            .filter(linkage_month::Column::LinkageId.eq(linkage.id))
            .filter(linkage_month::Column::Month.eq(month))
            .count(write.connection())
            .await
            .map_err(WriteError::from)?;
        if month.day() != 1 {
            let (en, indonesian) =
                ("a month is given as its first day", "bulan dinyatakan dengan hari pertamanya");
            faults.add(UserErrorCode::Invalid, "month", en, indonesian);
        } else if recorded > 0 {
            let (en, indonesian) = ("this month is recorded", "bulan ini sudah dicatat");
            faults.add(UserErrorCode::Taken, "month", en, indonesian);
        }
        let volume = input.volume.as_ref().and_then(|volume| faults.thousandths("volume", volume));
        let value = input.value.as_ref().and_then(|value| faults.rupiah("value", value));
        let deliveries =
            input.delivery_count.and_then(|count| faults.between("deliveryCount", count, 0, MOST_DELIVERIES));
        let rejected =
            input.rejected_percent.as_ref().and_then(|share| percent(&mut faults, "rejectedPercent", share));
        faults.none()?;
        let row = linkage_month::ActiveModel {
            id: Set(id),
            linkage_id: Set(linkage.id),
            month: Set(month),
            volume_milli: Set(volume),
            value: Set(value),
            delivery_count: Set(deliveries),
            rejected_bp: Set(rejected),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<linkage_month::Entity>(Self::NOUN, row).await?)
    }
}
