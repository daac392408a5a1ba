//! A new linkage.

use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{BusinessLinkage, input::ProposeLinkageInput};
use crate::{
    graph::load::Noun,
    registry::{
        states::LINKAGE,
        write::{Act, Faults, Refusal, Write},
    },
};

/// The longest payment term, in days.
pub(super) const MAX_DAYS: i32 = 180;

/// The longest code.
const MAX_CODE: usize = 60;

/// The verb `proposeLinkage`.
#[derive(Clone, Debug)]
pub(super) struct Propose(pub(super) ProposeLinkageInput);

impl Act for Propose {
    const NOUN: &'static str = BusinessLinkage::NAME;

    fn verb(&self) -> &'static str {
        "proposeLinkage"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let code =
            input.code.clone().unwrap_or_else(|| format!("LK-{}", id.simple().to_string().to_uppercase()));
        faults.code("code", &code, MAX_CODE);
        let (supplier, buyer) =
            (faults.party("supplier", &input.supplier), faults.party("buyer", &input.buyer));
        let payment =
            input.payment_term_days.and_then(|days| faults.between("paymentTermDays", days, 0, MAX_DAYS));
        let volume =
            input.annual_volume.as_ref().and_then(|volume| faults.thousandths("annualVolume", volume));
        let value = input.annual_value.as_ref().and_then(|value| faults.rupiah("annualValue", value));
        let commodity = input.commodity.as_ref().and_then(|id| faults.commodity("commodity", id));
        let partnership =
            input.partnership.as_ref().and_then(|id| faults.key("partnership", "Partnership", id));
        faults.none()?;
        let (Some(supplier), Some(buyer)) = (supplier, buyer) else { return faults.none().map(|()| id) };
        write.demand(&write.parties(&[supplier, buyer]).await?)?;
        let row = entity::linkage::ActiveModel {
            id: Set(id),
            code: Set(code),
            kind: Set(input.kind),
            pattern: Set(input.pattern),
            status: Set(write.first(&LINKAGE)?),
            supplier_id: Set(supplier),
            buyer_id: Set(buyer),
            commodity_code: Set(commodity),
            starts_on: Set(None),
            ends_on: Set(None),
            annual_volume_milli: Set(volume),
            unit: Set(input.unit),
            annual_value: Set(value),
            exclusive: Set(input.exclusive.unwrap_or(false)),
            payment_term_days: Set(payment),
            partnership_id: Set(partnership),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<entity::linkage::Entity>(Self::NOUN, row).await?)
    }
}
