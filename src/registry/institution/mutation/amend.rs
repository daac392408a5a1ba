//! Changes to what is known of an institution.

use entity::{
    institution::{Entity, Model},
    party,
};
use sea_orm::{IntoActiveModel, Set, TryIntoModel};
use uuid::Uuid;

use super::{PartnerInstitution, attested_in, belonging, domain, input::AmendInstitutionInput, name};
use crate::{
    graph::{Error, fold::fold, load::Noun},
    registry::{
        region::Region,
        write::{Act, Faults, Refusal, UserError, UserErrorCode, Write, patch},
    },
    store::WriteError,
};

/// The verb `amendInstitution`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendInstitutionInput);

impl Act for Amend {
    const NOUN: &'static str = PartnerInstitution::NAME;

    fn verb(&self) -> &'static str {
        "amendInstitution"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let institution = write.existing::<PartnerInstitution>(&input.id, "id").await?;
        let id = institution.id;
        let of = belonging(write, id).await?;
        write.demand(&of)?;
        Write::expect::<PartnerInstitution>(&institution, &input.id, input.expected_version)?;
        let mut faults = Faults::default();
        let mut row = institution.clone().into_active_model();
        faults.replace("name", &input.name, &mut row.name, |faults, text| name(faults, text));
        patch(&mut row.short_name, &input.short_name, |text| faults.line("shortName", text, 200));
        faults.demanded("kind", &input.kind, &mut row.kind);
        patch(&mut row.ownership, &input.ownership, |ownership| Some(*ownership));
        patch(&mut row.official_code, &input.official_code, |text| faults.line("officialCode", text, 60));
        patch(&mut row.domain, &input.domain, |text| domain(&mut faults, text));
        faults.demanded("active", &input.active, &mut row.active);
        patch(&mut row.region_code, &input.region, |id| faults.coded("region", Region::NAME, id));
        patch(&mut row.parent_id, &input.parent, |parent| {
            let parent = faults.key("parent", Self::NOUN, parent)?;
            if parent == id {
                let (en, indonesian) = ("it is no part of itself", "bukan bagian dari dirinya sendiri");
                faults.add(UserErrorCode::Invalid, "parent", en, indonesian);
            }
            Some(parent)
        });
        faults.none()?;
        let amended = row.clone().try_into_model().map_err(WriteError::from)?;
        if attested(&amended) != attested(&institution) && !write.is_by_office() {
            let refusal = "only an office amends what it has attested of an institution";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        if amended.region_code != institution.region_code {
            if let Some(code) = &amended.region_code {
                write.region_by_code(code, "region").await?;
            }
            // The institution itself attests no region, so only an office moves it.
            write.demand(&attested_in(amended.kind, amended.region_code.as_ref()))?;
        }
        if amended.kind != institution.kind {
            write.demand(&attested_in(amended.kind, amended.region_code.as_ref()))?;
        }
        if let Some(parent) = amended.parent_id
            && write.row::<Entity>(parent).await?.is_none()
        {
            return Err(UserError::not_found(Self::NOUN, "parent").into());
        }
        let name_fold = fold(&amended.name);
        if amended.name != institution.name {
            row.name_fold = Set(name_fold.clone());
        }
        if amended.short_name != institution.short_name {
            row.short_name_fold = Set(amended.short_name.as_deref().map(fold));
        }
        write.amend::<PartnerInstitution>(&institution, row).await?;
        let transaction = write.transaction();
        if amended.name != institution.name {
            transaction.derive::<party::Entity>(id, party::Column::NameFold, name_fold).await?;
        }
        if amended.region_code != institution.region_code {
            transaction.derive::<party::Entity>(id, party::Column::RegionCode, amended.region_code).await?;
        }
        Ok(id)
    }
}

/// What an office attests of an institution: all but its short name and its domain.
fn attested(row: &Model) -> Model {
    Model { short_name: None, domain: None, ..row.clone() }
}
