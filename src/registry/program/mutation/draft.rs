//! The draft of a program.

use entity::{internship_program, program_partnership, program_supporter, set::TextList};
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{InternshipProgram, input::DraftProgramInput, links, owners};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        institution::PartnerInstitution,
        states::PROGRAM,
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

pub(super) const MAX_NAME: usize = 200;

/// The years of budgets.
pub(super) const YEARS: (i32, i32) = (1900, 2100);

/// The most topics, and the most goals.
const MOST_TEXTS: usize = 50;

/// The longest topic, and the longest goal.
const MAX_TEXT: usize = 200;

/// Reads a list of short texts.
pub(super) fn texts(faults: &mut Faults, field: &str, input: Option<&Vec<String>>) -> TextList {
    let input = input.map(Vec::as_slice).unwrap_or_default();
    if input.len() > MOST_TEXTS {
        let (en, id) = (format!("at most {MOST_TEXTS}"), format!("paling banyak {MOST_TEXTS}"));
        faults.add(UserErrorCode::LimitReached, field, en, id);
    }
    let read = input.iter().take(MOST_TEXTS).enumerate();
    read.filter_map(|(place, text)| faults.line(&format!("{field}.{place}"), text, MAX_TEXT)).collect()
}

/// The verb `draftProgram`.
#[derive(Clone, Debug)]
pub(super) struct Draft(pub(super) DraftProgramInput);

impl Act for Draft {
    const NOUN: &'static str = InternshipProgram::NAME;

    fn verb(&self) -> &'static str {
        "draftProgram"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let code = faults.new_code(input.code.as_ref(), "PRG", id);
        let name = faults.line("name", &input.name, MAX_NAME).unwrap_or_default();
        faults.between("fiscalYear", input.fiscal_year, YEARS.0, YEARS.1);
        let (starts_on, ends_on) = (input.starts_on.map(|day| day.0), input.ends_on.map(|day| day.0));
        faults.term("endsOn", starts_on, ends_on);
        let participants = input
            .target_participants
            .and_then(|number| faults.between("targetParticipants", number, 1, i32::MAX));
        let provinces =
            input.target_provinces.and_then(|number| faults.between("targetProvinces", number, 1, 38));
        let topics = texts(&mut faults, "topics", input.topics.as_ref());
        let goals = texts(&mut faults, "goals", input.goals.as_ref());
        let organiser =
            write.reference::<PartnerInstitution>(&mut faults, "organiser", Some(&input.organiser)).await?;
        let host = write.party(&mut faults, "host", input.host.as_ref()).await?;
        let supporters = input.supporters.as_deref().unwrap_or_default();
        let supporters = links::supporters(write, &mut faults, id, supporters).await?;
        let partnerships = input.partnerships.as_deref().unwrap_or_default();
        let partnerships = links::partnerships(write, &mut faults, id, partnerships).await?;
        faults.none()?;
        let Some(organiser) = organiser else { return faults.none().map(|()| id) };
        let of = owners::of(write, organiser, host).await?;
        write.demand(&of)?;
        let row = internship_program::ActiveModel {
            id: Set(id),
            code: Set(code),
            name_fold: Set(fold(&name)),
            name: Set(name),
            kind: Set(input.kind),
            status: Set(write.first(&PROGRAM)?),
            sector: Set(input.sector),
            fiscal_year: Set(input.fiscal_year),
            starts_on: Set(starts_on),
            ends_on: Set(ends_on),
            target_participants: Set(participants),
            target_provinces: Set(provinces),
            participant_count: Set(0),
            methods: Set(input.methods.iter().flatten().copied().collect()),
            topics: Set(topics),
            goals: Set(goals),
            organiser_id: Set(organiser),
            host_id: Set(host),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
            announced: Set(false),
        };
        let transaction = write.transaction();
        transaction.insert::<internship_program::Entity>(Self::NOUN, row).await?;
        let column = program_supporter::Column::ProgramId;
        transaction.relink::<program_supporter::Entity>(column, id, &supporters).await?;
        let column = program_partnership::Column::ProgramId;
        transaction.relink::<program_partnership::Entity>(column, id, &partnerships).await?;
        Ok(id)
    }
}
