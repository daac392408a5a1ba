//! The linkage that a verified application becomes.

use entity::{partnership_application, vocabulary::LinkageSide};
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{PartnershipApplication, input::ActivateApplicationInput};
use crate::{
    graph::load::Noun,
    registry::{
        cooperative::demand_living_party,
        linkage::{self, BusinessLinkage, NewLinkage},
        owners,
        partnership::Partnership,
        states::APPLICATION,
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The verb `activateApplication`.
#[derive(Clone, Debug)]
pub(super) struct Activate(pub(super) ActivateApplicationInput);

impl Activate {
    /// The linkage between the cooperative and the institution of the application.
    async fn linkage(
        &self,
        write: &Write,
        application: &partnership_application::Model,
    ) -> Result<entity::linkage::ActiveModel, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("linkage", BusinessLinkage::NAME, input.linkage.as_ref());
        if write.row::<entity::linkage::Entity>(id).await?.is_some() {
            let (en, indonesian) = ("this id is in use", "id ini sudah dipakai");
            faults.add(UserErrorCode::Invalid, "linkage", en, indonesian);
        }
        let code = faults.new_code(input.code.as_ref(), linkage::PREFIX, id);
        let commodity = write.commodity(&mut faults, "commodity", input.commodity.as_ref()).await?;
        let partnership =
            write.reference::<Partnership>(&mut faults, "partnership", input.partnership.as_ref()).await?;
        faults.none()?;
        let (cooperative, institution) = (application.cooperative_id, application.institution_id);
        let (supplier, buyer) = match input.cooperative_as {
            LinkageSide::Supplier => (cooperative, institution),
            LinkageSide::Buyer => (institution, cooperative),
        };
        let (kind, pattern) = (input.kind, input.pattern);
        NewLinkage { id, code, kind, pattern, supplier, buyer, commodity, partnership }.row(write)
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
        demand_living_party(write, before.cooperative_id, "id").await?;
        Write::expect::<PartnershipApplication>(&before, &input.id, input.expected_version)?;
        let status = write.next(&APPLICATION, before.status)?;
        let linkage = self.linkage(write, &before).await?;
        let transaction = write.transaction();
        let linkage = transaction.insert::<entity::linkage::Entity>(BusinessLinkage::NAME, linkage).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(status);
        row.linkage_id = Set(Some(linkage));
        transaction.update::<partnership_application::Entity>(Self::NOUN, &before, row).await?;
        Ok(before.id)
    }
}
