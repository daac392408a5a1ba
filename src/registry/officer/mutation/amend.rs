//! Changes to what is known of an office.

use async_graphql::MaybeUndefined;
use entity::vocabulary::OfficerStatus;
use sea_orm::IntoActiveModel;
use uuid::Uuid;

use super::{Officer, input::AmendOfficerInput};
use crate::{
    graph::{Error, load::Noun},
    registry::{
        cooperative,
        write::{Act, Faults, Refusal, UserErrorCode, Write, patch},
    },
};

/// The verb `amendOfficer`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendOfficerInput);

impl Act for Amend {
    const NOUN: &'static str = Officer::NAME;

    fn verb(&self) -> &'static str {
        "amendOfficer"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let officer = write.existing::<Officer>(&input.id, "id").await?;
        write.demand(&write.parties(&[officer.cooperative_id]).await?)?;
        Write::expect::<Officer>(&officer, &input.id, input.expected_version)?;
        let ended = officer.status == OfficerStatus::Ended;
        if ended && !write.is_by_office() {
            let refusal = "only an office of the registry amends an office that has ended";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let before = cooperative::lacking(write, officer.cooperative_id).await?;
        let mut faults = Faults::default();
        let mut row = officer.clone().into_active_model();
        faults.demanded("body", &input.body, &mut row.body);
        faults.demanded("role", &input.role, &mut row.role);
        patch(&mut row.title, &input.title, |text| faults.line("title", text, 200));
        faults.demanded("exOfficio", &input.ex_officio, &mut row.ex_officio);
        patch(&mut row.starts_on, &input.starts_on, |day| faults.past("startsOn", *day, write.today()));
        match &input.ends_on {
            MaybeUndefined::Null if ended => {
                faults.add(UserErrorCode::Required, "endsOn", "it may not be null", "tidak boleh kosong");
            }
            day => patch(&mut row.ends_on, day, |day| {
                if ended { faults.past("endsOn", *day, write.today()) } else { Some(day.0) }
            }),
        }
        let (from, until) = (row.starts_on.clone().take(), row.ends_on.clone().take());
        faults.term("endsOn", from.flatten(), until.flatten());
        faults.none()?;
        write.amend::<Officer>(&officer, row).await?;
        cooperative::keep_needs(write, officer.cooperative_id, &before).await?;
        Ok(officer.id)
    }
}
