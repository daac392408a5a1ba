//! Changes to a program.

use async_graphql::MaybeUndefined;
use entity::{
    internship_program, program_partnership, program_supporter,
    vocabulary::ProgramStatus::{Draft, Open, Published, Running},
};
use sea_orm::{ActiveValue, IntoActiveModel, Set};
use uuid::Uuid;

use super::{
    InternshipProgram,
    draft::{MAX_NAME, YEARS, texts},
    input::AmendProgramInput,
    links, owners,
};
use crate::{
    graph::{Error, fold::fold, load::Noun},
    registry::{
        institution::PartnerInstitution,
        write::{Act, Faults, Refusal, Write, is_same, patch, unchanged},
    },
};

/// The verb `amendProgram`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendProgramInput);

impl Amend {
    /// Sets what the input names besides other records.
    fn patch(&self, faults: &mut Faults, row: &mut internship_program::ActiveModel) {
        let Self(input) = self;
        faults
            .replace("name", &input.name, &mut row.name, |faults, name| faults.line("name", name, MAX_NAME));
        if let ActiveValue::Set(name) = &row.name {
            row.name_fold = Set(fold(name));
        }
        faults.demanded("kind", &input.kind, &mut row.kind);
        faults.demanded("sector", &input.sector, &mut row.sector);
        faults.replace("fiscalYear", &input.fiscal_year, &mut row.fiscal_year, |faults, year| {
            faults.between("fiscalYear", *year, YEARS.0, YEARS.1)
        });
        patch(&mut row.starts_on, &input.starts_on, |day| Some(day.0));
        patch(&mut row.ends_on, &input.ends_on, |day| Some(day.0));
        if let (Some(from), Some(until)) = (row.starts_on.try_as_ref(), row.ends_on.try_as_ref()) {
            faults.term("endsOn", *from, *until);
        }
        patch(&mut row.target_participants, &input.target_participants, |number| {
            faults.between("targetParticipants", *number, 1, i32::MAX)
        });
        patch(&mut row.target_provinces, &input.target_provinces, |number| {
            faults.between("targetProvinces", *number, 1, 38)
        });
        if !input.methods.is_undefined() {
            row.methods = Set(input.methods.value().into_iter().flatten().copied().collect());
        }
        if !input.topics.is_undefined() {
            row.topics = Set(texts(faults, "topics", input.topics.value()));
        }
        if !input.goals.is_undefined() {
            row.goals = Set(texts(faults, "goals", input.goals.value()));
        }
    }
}

impl Act for Amend {
    const NOUN: &'static str = InternshipProgram::NAME;

    fn verb(&self) -> &'static str {
        "amendProgram"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<InternshipProgram>(&input.id, "id").await?;
        let of = owners::of_program(write, &before).await?;
        write.demand(&of)?;
        Write::expect::<InternshipProgram>(&before, &input.id, input.expected_version)?;
        if !matches!(before.status, Draft | Published | Open | Running) && !write.is_by_office() {
            let refusal = "only an office amends a program that is over";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        self.patch(&mut faults, &mut row);
        let organiser =
            write.reference::<PartnerInstitution>(&mut faults, "organiser", input.organiser.value()).await?;
        faults.replace("organiser", &input.organiser, &mut row.organiser_id, |_, _| organiser);
        let host = write.party(&mut faults, "host", input.host.value()).await?;
        patch(&mut row.host_id, &input.host, |_| host);
        let supporters = input.supporters.value().map(Vec::as_slice).unwrap_or_default();
        let supporters = links::supporters(write, &mut faults, before.id, supporters).await?;
        let partnerships = input.partnerships.value().map(Vec::as_slice).unwrap_or_default();
        let partnerships = links::partnerships(write, &mut faults, before.id, partnerships).await?;
        faults.none()?;
        let host = if input.host.is_undefined() { before.host_id } else { host };
        let after = (organiser.unwrap_or(before.organiser_id), host);
        if before.status != Draft && after != (before.organiser_id, before.host_id) && !write.is_by_office() {
            let refusal = "only an office changes who organises and hosts a program that was published";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let of = owners::of(write, after.0, after.1).await?;
        write.demand_after(of)?;
        let mut same = is_same::<InternshipProgram>(&before, &row);
        let transaction = write.transaction();
        transaction.update::<internship_program::Entity>(Self::NOUN, &before, row).await?;
        if !matches!(input.supporters, MaybeUndefined::Undefined) {
            let column = program_supporter::Column::ProgramId;
            let relinked = transaction.relink::<program_supporter::Entity>(column, before.id, &supporters);
            same &= !relinked.await?;
        }
        if !matches!(input.partnerships, MaybeUndefined::Undefined) {
            let column = program_partnership::Column::ProgramId;
            let relinked =
                transaction.relink::<program_partnership::Entity>(column, before.id, &partnerships);
            same &= !relinked.await?;
        }
        if same { Err(unchanged()) } else { Ok(before.id) }
    }
}
