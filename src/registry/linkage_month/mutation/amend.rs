//! Changes to a month of a linkage.

use entity::{
    linkage,
    vocabulary::LinkageStatus::{Breached, Ended},
};
use sea_orm::IntoActiveModel;
use uuid::Uuid;

use super::{
    LinkageMonth,
    input::AmendMonthInput,
    record::{MOST_DELIVERIES, percent},
};
use crate::{
    graph::{Error, load::Noun},
    registry::write::{Act, Faults, Refusal, Write, patch},
};

/// The verb `amendMonth`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendMonthInput);

impl Act for Amend {
    const NOUN: &'static str = LinkageMonth::NAME;

    fn verb(&self) -> &'static str {
        "amendMonth"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<LinkageMonth>(&input.id, "id").await?;
        let linkage = write.row::<linkage::Entity>(before.linkage_id).await?;
        let linkage =
            linkage.ok_or_else(|| Refusal::Failed(Error::Internal("a month has no linkage".to_owned())))?;
        let of = write.parties(&[linkage.supplier_id, linkage.buyer_id]).await?;
        write.demand(&of)?;
        Write::expect::<LinkageMonth>(&before, &input.id, input.expected_version)?;
        if matches!(linkage.status, Ended | Breached) && !write.is_by_office() {
            let refusal = "only an office amends a month of a linkage that is over";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        patch(&mut row.volume_milli, &input.volume, |volume| faults.thousandths("volume", volume));
        patch(&mut row.value, &input.value, |value| faults.rupiah("value", value));
        patch(&mut row.delivery_count, &input.delivery_count, |count| {
            faults.between("deliveryCount", *count, 0, MOST_DELIVERIES)
        });
        patch(&mut row.rejected_bp, &input.rejected_percent, |share| {
            percent(&mut faults, "rejectedPercent", share)
        });
        faults.none()?;
        write.amend::<LinkageMonth>(&before, row).await?;
        Ok(before.id)
    }
}
