//! What the verbs of officials change.

use sea_orm::{ActiveValue, IntoActiveModel, NotSet, Set};
use uuid::Uuid;

use super::{AmendOfficialInput, AppointOfficialInput, Official, OfficialInput};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        institution::{self, PartnerInstitution},
        person::{self, ERASED},
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The longest name of an office.
const POSITION: usize = 200;

/// The verb `appointOfficial`.
#[derive(Clone, Debug)]
pub(super) struct Appoint(pub(super) AppointOfficialInput);

impl Act for Appoint {
    const NOUN: &'static str = Official::NAME;

    fn verb(&self) -> &'static str {
        "appointOfficial"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let name = person::name(&mut faults, "name", &input.name).unwrap_or_default();
        let position = faults.line("position", &input.position, POSITION).unwrap_or_default();
        faults.none()?;
        let institution = write.existing::<PartnerInstitution>(&input.institution, "institution").await?;
        let of = institution::belonging(write, institution.id).await?;
        write.demand(&of)?;
        let row = entity::official::ActiveModel {
            id: Set(id),
            institution_id: Set(institution.id),
            name_fold: Set(fold(&name)),
            name: Set(name),
            position_fold: Set(fold(&position)),
            position: Set(position),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<entity::official::Entity>(Self::NOUN, row).await?)
    }
}

/// The verb `amendOfficial`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendOfficialInput);

impl Act for Amend {
    const NOUN: &'static str = Official::NAME;

    fn verb(&self) -> &'static str {
        "amendOfficial"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let official = write.existing::<Official>(&input.id, "id").await?;
        let of = institution::belonging(write, official.institution_id).await?;
        write.demand(&of)?;
        Write::expect::<Official>(&official, &input.id, input.expected_version)?;
        if official.name == ERASED && !input.name.is_undefined() {
            let (en, id) = ("the name of the official was erased", "nama pejabat ini telah dihapus");
            return Err(Refusal::of(UserErrorCode::NotEligible, "name", en, id));
        }
        let mut faults = Faults::default();
        let mut row = official.clone().into_active_model();
        faults.replace("name", &input.name, &mut row.name, |faults, text| person::name(faults, "name", text));
        faults.replace("position", &input.position, &mut row.position, |faults, text| {
            faults.line("position", text, POSITION)
        });
        faults.none()?;
        if let ActiveValue::Set(name) = &row.name {
            row.name_fold = Set(fold(name));
        }
        if let ActiveValue::Set(position) = &row.position {
            row.position_fold = Set(fold(position));
        }
        write.amend::<Official>(&official, row).await?;
        Ok(official.id)
    }
}

/// The verb `endOfficial`.
#[derive(Clone, Debug)]
pub(super) struct End(pub(super) OfficialInput);

impl Act for End {
    const NOUN: &'static str = Official::NAME;

    fn verb(&self) -> &'static str {
        "endOfficial"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let official = write.existing::<Official>(&input.id, "id").await?;
        let of = institution::belonging(write, official.institution_id).await?;
        write.demand(&of)?;
        Write::expect::<Official>(&official, &input.id, input.expected_version)?;
        write.transaction().delete::<entity::official::Entity>(Self::NOUN, &official).await?;
        Ok(official.id)
    }
}
