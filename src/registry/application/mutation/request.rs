//! A new application.

use entity::partnership_application;
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{PartnershipApplication, input::RequestPartnershipInput};
use crate::{
    graph::{load::Noun, scalar::Date},
    registry::{
        cooperative::{Cooperative, demand_living_party},
        institution::PartnerInstitution,
        states::APPLICATION,
        write::{Act, Faults, Refusal, Write},
    },
};

/// The verb `requestPartnership`.
#[derive(Clone, Debug)]
pub(super) struct Request(pub(super) RequestPartnershipInput);

impl Act for Request {
    const NOUN: &'static str = PartnershipApplication::NAME;

    fn verb(&self) -> &'static str {
        "requestPartnership"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let cooperative =
            write.reference::<Cooperative>(&mut faults, "cooperative", Some(&input.cooperative)).await?;
        let institution = write
            .reference::<PartnerInstitution>(&mut faults, "institution", Some(&input.institution))
            .await?;
        let requested_on = input.requested_on.map_or(write.today(), |day| day.0);
        faults.past("requestedOn", Date(requested_on), write.today());
        faults.none()?;
        let (Some(cooperative), Some(institution)) = (cooperative, institution) else {
            return faults.none().map(|()| id);
        };
        let of = write.parties(&[cooperative]).await?;
        write.demand(&of)?;
        demand_living_party(write, cooperative, "cooperative").await?;
        let row = partnership_application::ActiveModel {
            id: Set(id),
            cooperative_id: Set(cooperative),
            institution_id: Set(institution),
            status: Set(write.first(&APPLICATION)?),
            package: Set(input.package),
            reason: Set(None),
            requested_on: Set(requested_on),
            decided_on: Set(None),
            linkage_id: Set(None),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<partnership_application::Entity>(Self::NOUN, row).await?)
    }
}
