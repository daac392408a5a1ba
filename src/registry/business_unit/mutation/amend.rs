//! Changes to what is known of a business unit.

use entity::vocabulary::BusinessUnitStatus;
use sea_orm::IntoActiveModel;
use uuid::Uuid;

use super::{BusinessUnit, input::AmendBusinessUnitInput};
use crate::{
    graph::{Error, load::Noun},
    registry::write::{Act, Faults, Refusal, UserErrorCode, Write, patch},
};

/// The verb `amendBusinessUnit`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendBusinessUnitInput);

impl Act for Amend {
    const NOUN: &'static str = BusinessUnit::NAME;

    fn verb(&self) -> &'static str {
        "amendBusinessUnit"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let unit = write.existing::<BusinessUnit>(&input.id, "id").await?;
        write.demand(&write.parties(&[unit.cooperative_id]).await?)?;
        Write::expect::<BusinessUnit>(&unit, &input.id, input.expected_version)?;
        if unit.status == BusinessUnitStatus::Closed && !write.is_by_office() {
            let refusal = "only an office amends a business unit that is closed";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = unit.clone().into_active_model();
        faults.demanded("kind", &input.kind, &mut row.kind);
        patch(&mut row.opened_on, &input.opened_on, |day| faults.past("openedOn", *day, write.today()));
        let opened = matches!(unit.status, BusinessUnitStatus::Open | BusinessUnitStatus::Closed);
        if input.opened_on.is_value() && !opened {
            let (en, id) = ("it has not opened", "gerai ini belum dibuka");
            faults.add(UserErrorCode::PrerequisiteMissing, "openedOn", en, id);
        }
        patch(&mut row.ownership, &input.ownership, |ownership| Some(*ownership));
        patch(&mut row.has_power, &input.has_power, |has| Some(*has));
        patch(&mut row.has_internet, &input.has_internet, |has| Some(*has));
        patch(&mut row.build_progress, &input.build_progress, |progress| {
            faults.between("buildProgress", *progress, 0, 100)
        });
        faults.none()?;
        write.amend::<BusinessUnit>(&unit, row).await?;
        Ok(unit.id)
    }
}
