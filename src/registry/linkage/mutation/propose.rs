//! A new linkage.

use entity::{
    linkage,
    vocabulary::{LinkageKind, PartnershipPattern},
};
use sea_orm::Set;
use uuid::Uuid;

use super::{BusinessLinkage, input::ProposeLinkageInput};
use crate::{
    graph::load::Noun,
    registry::{
        cooperative::demand_living_party,
        partnership::Partnership,
        states::LINKAGE,
        write::{Act, Faults, Refusal, Write},
    },
};

/// The longest payment term, in days.
pub(super) const MAX_DAYS: i32 = 180;

/// The beginning of codes that are made from ids.
pub(in crate::registry) const PREFIX: &str = "LK";

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
        let code = faults.new_code(input.code.as_ref(), PREFIX, id);
        let supplier = write.party(&mut faults, "supplier", Some(&input.supplier)).await?;
        let buyer = write.party(&mut faults, "buyer", Some(&input.buyer)).await?;
        let payment =
            input.payment_term_days.and_then(|days| faults.between("paymentTermDays", days, 0, MAX_DAYS));
        let volume =
            input.annual_volume.as_ref().and_then(|volume| faults.thousandths("annualVolume", volume));
        let value = input.annual_value.as_ref().and_then(|value| faults.rupiah("annualValue", value));
        let commodity = write.commodity(&mut faults, "commodity", input.commodity.as_ref()).await?;
        let partnership =
            write.reference::<Partnership>(&mut faults, "partnership", input.partnership.as_ref()).await?;
        faults.none()?;
        let (Some(supplier), Some(buyer)) = (supplier, buyer) else { return faults.none().map(|()| id) };
        write.demand(&write.parties(&[supplier, buyer]).await?)?;
        demand_living_party(write, supplier, "supplier").await?;
        demand_living_party(write, buyer, "buyer").await?;
        let (kind, pattern) = (input.kind, input.pattern);
        let new = NewLinkage { id, code, kind, pattern, supplier, buyer, commodity, partnership };
        let row = linkage::ActiveModel {
            annual_volume_milli: Set(volume),
            unit: Set(input.unit),
            annual_value: Set(value),
            exclusive: Set(input.exclusive.unwrap_or(false)),
            payment_term_days: Set(payment),
            ..new.row(write)?
        };
        Ok(write.transaction().insert::<linkage::Entity>(Self::NOUN, row).await?)
    }
}

/// A linkage that begins, with what all of them have.
#[derive(Clone, Debug)]
pub(in crate::registry) struct NewLinkage {
    pub(in crate::registry) id: Uuid,
    pub(in crate::registry) code: String,
    pub(in crate::registry) kind: LinkageKind,
    pub(in crate::registry) pattern: PartnershipPattern,
    pub(in crate::registry) supplier: Uuid,
    pub(in crate::registry) buyer: Uuid,
    pub(in crate::registry) commodity: Option<String>,
    pub(in crate::registry) partnership: Option<Uuid>,
}

impl NewLinkage {
    /// The row of the linkage, in its first state.
    pub(in crate::registry) fn row(self, write: &Write) -> Result<linkage::ActiveModel, Refusal> {
        Ok(linkage::ActiveModel {
            id: Set(self.id),
            code: Set(self.code),
            kind: Set(self.kind),
            pattern: Set(self.pattern),
            status: Set(write.first(&LINKAGE)?),
            supplier_id: Set(self.supplier),
            buyer_id: Set(self.buyer),
            commodity_code: Set(self.commodity),
            exclusive: Set(false),
            partnership_id: Set(self.partnership),
            ..Default::default()
        })
    }
}
