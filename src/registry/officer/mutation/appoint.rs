//! A new officer, and the person who takes the office.

use entity::{officer, person};
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{
    Officer,
    input::{AppointOfficerInput, AppointeeInput, AppointmentInput, NewPersonInput},
};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        cooperative::{self, Cooperative},
        person::{Person, is_erased, name as person_name},
        states::OFFICER,
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
    store::clock,
};

/// The verb `appointOfficer`.
#[derive(Clone, Debug)]
pub(super) struct Appoint(pub(super) AppointOfficerInput);

impl Act for Appoint {
    const NOUN: &'static str = Officer::NAME;

    fn verb(&self) -> &'static str {
        "appointOfficer"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let cooperative = write.existing::<Cooperative>(&input.cooperative, "cooperative").await?;
        write.demand(&write.parties(&[cooperative.id]).await?)?;
        let before = cooperative::lacking(write, cooperative.id).await?;
        let mut faults = Faults::default();
        let read =
            Appointed::read(write, &mut faults, cooperative.id, &input.appointment, "appointment").await?;
        faults.none()?;
        let officer = read.write(write, cooperative.id, "appointment").await?;
        cooperative::keep_needs(write, cooperative.id, &before).await?;
        Ok(officer)
    }
}

/// An appointment whose input has no faults.
#[derive(Clone, Debug)]
pub(super) struct Appointed {
    id: Uuid,
    person: person::ActiveModel,
    /// Whether the person is new.
    new: bool,
    office: AppointmentInput,
    title: Option<String>,
}

impl Appointed {
    /// Reads an appointment; `at` is its place in the input.
    pub(super) async fn read(
        write: &mut Write,
        faults: &mut Faults,
        cooperative: Uuid,
        input: &AppointmentInput,
        at: &str,
    ) -> Result<Self, Refusal> {
        let field = |name: &str| format!("{at}.{name}");
        let id = faults.new_id(&field("id"), Officer::NAME, input.id.as_ref());
        let (new, person) = match &input.appointee {
            AppointeeInput::Person(person) => (true, new_person(faults, person, &field("appointee.person"))),
            AppointeeInput::Officer(officer) => {
                let field = field("appointee.officer");
                (false, known_person(write, faults, cooperative, officer, &field).await?)
            }
        };
        let title = input.title.as_ref().and_then(|text| faults.line(&field("title"), text, 200));
        faults.past(&field("startsOn"), input.starts_on, write.today());
        if input.ends_on.is_some_and(|day| day < input.starts_on) {
            let (en, id) = ("it is before the first day", "mendahului hari pertama");
            faults.add(UserErrorCode::OutOfRange, &field("endsOn"), en, id);
        }
        Ok(Self { id, person: person.unwrap_or_default(), new, office: input.clone(), title })
    }

    /// Writes the officer, and the person who is new; `at` is the place of the appointment in the input.
    pub(super) async fn write(self, write: &mut Write, cooperative: Uuid, at: &str) -> Result<Uuid, Refusal> {
        let Self { id, person, new, office, title } = self;
        let row = officer::ActiveModel {
            id: Set(id),
            cooperative_id: Set(cooperative),
            person_id: Set(person.id.clone().take().unwrap_or_default()),
            name: Set(person.name.clone().take().unwrap_or_default()),
            name_fold: Set(person.name_fold.clone().take().unwrap_or_default()),
            title: Set(title),
            body: Set(office.body),
            role: Set(office.role),
            ex_officio: Set(office.ex_officio.unwrap_or(false)),
            starts_on: Set(Some(office.starts_on.0)),
            ends_on: Set(office.ends_on.map(|day| day.0)),
            status: Set(write.first(&OFFICER)?),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        if new {
            let written = write.transaction().insert_unkept::<person::Entity>(Person::NAME, person).await;
            written.map_err(|error| Refusal::from(error).beneath(&format!("{at}.appointee.person")))?;
        }
        let written = write.transaction().insert::<officer::Entity>(Officer::NAME, row).await;
        written.map_err(|error| Refusal::from(error).beneath(at))
    }
}

fn new_person(faults: &mut Faults, input: &NewPersonInput, at: &str) -> Option<person::ActiveModel> {
    let field = |name: &str| format!("{at}.{name}");
    let name = person_name(faults, &field("name"), &input.name);
    let phone = input.phone.as_ref().map(|text| faults.phone(&field("phone"), text));
    let email = input.email.as_ref().map(|text| faults.email(&field("email"), text));
    let name = name?;
    Some(person::ActiveModel {
        id: Set(clock::new_id()),
        name_fold: Set(fold(&name)),
        name: Set(name),
        gender: Set(input.gender),
        education: Set(input.education),
        phone: Set(phone.flatten()),
        email: Set(email.flatten()),
        version: NotSet,
        created_at: NotSet,
        updated_at: NotSet,
        source: NotSet,
        source_reference: Set(None),
        as_of: Set(None),
    })
}

/// The person of another office of the cooperative.
async fn known_person(
    write: &mut Write,
    faults: &mut Faults,
    cooperative: Uuid,
    id: &async_graphql::ID,
    field: &str,
) -> Result<Option<person::ActiveModel>, Refusal> {
    let Some(key) = faults.key(field, Officer::NAME, id) else { return Ok(None) };
    let holder = write.row::<officer::Entity>(key).await?;
    let Some(holder) = holder.filter(|holder| holder.cooperative_id == cooperative) else {
        let (en, id) =
            ("the cooperative has no such officer", "koperasi ini tidak memiliki pengurus tersebut");
        faults.add(UserErrorCode::NotFound, field, en, id);
        return Ok(None);
    };
    let person = write.row::<person::Entity>(holder.person_id).await?;
    let person = person.filter(|person| !is_erased(person));
    if person.is_none() {
        let (en, id) = ("the person was erased", "data orang ini telah dihapus");
        faults.add(UserErrorCode::NotEligible, field, en, id);
    }
    Ok(person.map(Into::into))
}
