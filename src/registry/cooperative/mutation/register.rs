//! A new cooperative.

use entity::vocabulary::{CommunityBase, CooperativeForm, PartyKind};
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{
    Cooperative, classes,
    input::RegisterCooperativeInput,
    names,
    position::{self, Position},
};
use crate::{
    graph::{Error, fold::fold, load::Noun},
    registry::{
        region::Region,
        states::COOPERATIVE,
        write::{Act, Belonging, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The verb `registerCooperative`.
#[derive(Clone, Debug)]
pub(super) struct Register(pub(super) RegisterCooperativeInput);

impl Act for Register {
    const NOUN: &'static str = Cooperative::NAME;

    fn verb(&self) -> &'static str {
        "registerCooperative"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let given = input.name.as_ref().and_then(|name| names::read(&mut faults, name));
        let mut line = |field, text: &Option<String>, most| {
            text.as_ref().and_then(|text| faults.line(field, text, most))
        };
        let short_name = line("shortName", &input.short_name, names::LONGEST);
        let address = line("address", &input.address, 300);
        let phone = input.phone.as_ref().and_then(|text| faults.phone("phone", text));
        let email = input.email.as_ref().and_then(|text| faults.email("email", text));
        let website = input.website.as_ref().and_then(|text| faults.website("website", text));
        let principal =
            input.principal_saving.as_ref().and_then(|amount| faults.rupiah("principalSaving", amount));
        let mandatory =
            input.mandatory_saving.as_ref().and_then(|amount| faults.rupiah("mandatorySaving", amount));
        let at = input.location.and_then(|at| Position::read(&mut faults, at, input.location_precision));
        let region = faults.coded("region", Region::NAME, &input.region);
        let given_classes = input.business_classes.as_deref().unwrap_or_default();
        let rows = classes::read(write, &mut faults, id, given_classes).await?;
        if write.row::<entity::party::Entity>(id).await?.is_some() {
            faults.add(UserErrorCode::Invalid, "id", "this id is in use", "id ini sudah dipakai");
        }
        faults.none()?;
        let region = write.region_by_code(&region.unwrap_or_default(), "region").await?;
        write.demand(&Belonging { parties: Vec::new(), regions: vec![region.code.clone()] })?;
        let name = match (names::by_rule(input.program, &region), given) {
            (Some(name), Some(given)) if name != given => {
                names::differs(&mut faults, &name);
                None
            }
            (Some(name), _) | (None, Some(name)) => Some(name),
            (None, None) => {
                let (en, id) = ("outside of the Merah Putih program a name is required", "nama wajib diisi");
                faults.add(UserErrorCode::Required, "name", en, id);
                None
            }
        };
        faults.none()?;
        let name =
            name.ok_or_else(|| Refusal::Failed(Error::Internal("a cooperative has no name".into())))?;
        let daily = short_name.as_deref().unwrap_or(&name);
        let slug = names::free_slug(write, input.program, daily, &region, id).await?;
        let mut row = entity::cooperative::ActiveModel {
            id: Set(id),
            slug: Set(slug),
            name_fold: Set(fold(&name)),
            name: Set(name),
            short_name_fold: Set(short_name.as_deref().map(fold)),
            short_name: Set(short_name),
            registration_number: Set(None),
            legal_entity_number: Set(None),
            legal_entity_number_raw: Set(None),
            tax_number: Set(None),
            business_number: Set(None),
            program: Set(input.program),
            cooperative_type: Set(input.r#type),
            form: Set(input.form.unwrap_or(CooperativeForm::Primary)),
            community_base: Set(input.community_base.unwrap_or(CommunityBase::General)),
            formation_model: Set(input.formation_model),
            status: Set(write.first(&COOPERATIVE)?),
            region_code: Set(region.code),
            address: Set(address),
            phone: Set(phone),
            email: Set(email),
            website: Set(website),
            established_on: Set(None),
            legal_entity_on: Set(None),
            principal_saving: Set(principal),
            mandatory_saving: Set(mandatory),
            member_count: Set(None),
            member_count_on: Set(None),
            successor_id: Set(None),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
            ..Default::default()
        };
        position::set(&mut row, at);
        let party = entity::party::ActiveModel {
            id: Set(id),
            kind: Set(PartyKind::Cooperative),
            name_fold: row.name_fold.clone(),
            region_code: Set(row.region_code.clone().take()),
        };
        write.transaction().derive_link::<entity::party::Entity>(party).await?;
        write.transaction().insert::<entity::cooperative::Entity>(Self::NOUN, row).await?;
        let column = entity::cooperative_business_class::Column::CooperativeId;
        write.transaction().relink::<entity::cooperative_business_class::Entity>(column, id, &rows).await?;
        Ok(id)
    }
}
