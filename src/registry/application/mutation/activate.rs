//! The linkage that a verified application becomes.

use entity::{linkage, partnership_application, vocabulary::LinkageSide};
use sea_orm::{IntoActiveModel, NotSet, Set};
use uuid::Uuid;

use super::{PartnershipApplication, input::ActivateApplicationInput};
use crate::{
    graph::load::Noun,
    registry::{
        linkage::BusinessLinkage,
        owners,
        partnership::Partnership,
        states::{APPLICATION, LINKAGE},
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The longest code.
const MAX_CODE: usize = 60;

/// The verb `activateApplication`.
#[derive(Clone, Debug)]
pub(super) struct Activate(pub(super) ActivateApplicationInput);

impl Activate {
    /// The linkage between the cooperative and the institution of the application.
    async fn linkage(
        &self,
        write: &Write,
        application: &partnership_application::Model,
    ) -> Result<linkage::ActiveModel, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("linkage", BusinessLinkage::NAME, input.linkage.as_ref());
        if write.row::<linkage::Entity>(id).await?.is_some() {
            let (en, indonesian) = ("this id is in use", "id ini sudah dipakai");
            faults.add(UserErrorCode::Invalid, "linkage", en, indonesian);
        }
        let code =
            input.code.clone().unwrap_or_else(|| format!("LK-{}", id.simple().to_string().to_uppercase()));
        faults.code("code", &code, MAX_CODE);
        let commodity = write.commodity(&mut faults, "commodity", input.commodity.as_ref()).await?;
        let partnership =
            write.reference::<Partnership>(&mut faults, "partnership", input.partnership.as_ref()).await?;
        faults.none()?;
        let (cooperative, institution) = (application.cooperative_id, application.institution_id);
        let (supplier, buyer) = match input.cooperative_as {
            LinkageSide::Supplier => (cooperative, institution),
            LinkageSide::Buyer => (institution, cooperative),
        };
        Ok(linkage::ActiveModel {
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
            annual_volume_milli: Set(None),
            unit: Set(None),
            annual_value: Set(None),
            exclusive: Set(false),
            payment_term_days: Set(None),
            partnership_id: Set(partnership),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        })
    }
}

impl Act for Activate {
    const NOUN: &'static str = PartnershipApplication::NAME;

    fn verb(&self) -> &'static str {
        "activateApplication"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<PartnershipApplication>(&input.id, "id").await?;
        let of = owners::of_application(write, self.verb(), &before).await?;
        write.demand(&of)?;
        Write::expect::<PartnershipApplication>(&before, &input.id, input.expected_version)?;
        let status = write.next(&APPLICATION, before.status)?;
        let linkage = self.linkage(write, &before).await?;
        let transaction = write.transaction();
        let linkage = transaction.insert::<linkage::Entity>(BusinessLinkage::NAME, linkage).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(status);
        row.linkage_id = Set(Some(linkage));
        transaction.update::<partnership_application::Entity>(Self::NOUN, &before, row).await?;
        Ok(before.id)
    }
}
