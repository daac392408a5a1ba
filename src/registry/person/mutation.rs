//! The verbs of people: their data is corrected, and erased.

mod correct;
mod erase;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    officer, person,
    vocabulary::{Education, Gender},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{BY_ID, Person};
use crate::{
    graph::{Result, fold::fold, inline::Inline},
    registry::{
        owners,
        write::{Belonging, Faults, Refusal, UserErrorCode, Write, payload},
    },
    store::WriteError,
};

/// The name of a person who was erased.
pub(in crate::registry) const ERASED: &str = "(nama dihapus)";

/// The longest name.
const LONGEST: usize = 160;

/// Whether the data of a person was erased.
pub(in crate::registry) fn is_erased(person: &person::Model) -> bool {
    person.name == ERASED
}

/// A new name of a person, or of an official: not the one of those who were erased.
pub(in crate::registry) fn name(faults: &mut Faults, field: &str, text: &str) -> Option<String> {
    let name = faults.line(field, text, LONGEST)?;
    if fold(&name) != fold(ERASED) {
        return Some(name);
    }
    let (en, id) = ("this is the name of erased people", "ini nama orang yang datanya dihapus");
    faults.add(UserErrorCode::Invalid, field, en, id);
    None
}

/// Corrections of the data of a person: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct CorrectPersonInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    idempotency_key: String,
    /// Global id of the person.
    id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    expected_version: i32,
    /// Full name; not null [nama lengkap].
    name: MaybeUndefined<String>,
    /// Gender [jenis kelamin].
    gender: MaybeUndefined<Gender>,
    /// Highest level of education completed [pendidikan terakhir].
    education: MaybeUndefined<Education>,
    /// Personal telephone number [telepon pribadi].
    phone: MaybeUndefined<String>,
    /// Personal e-mail address [surel pribadi].
    email: MaybeUndefined<String>,
}

/// A person whose data is erased [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ErasePersonInput {
    /// Key of this request, chosen by the caller; see `CorrectPersonInput`.
    idempotency_key: String,
    /// Global id of the person.
    id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    expected_version: i32,
    /// Global ids of officials of institutions who are the same person, those that were ended included: their names are
    /// erased, too [pejabat yang sama].
    officials: Option<Vec<ID>>,
}

payload! {
    /// Outcome of a verb on a person [hasil].
    PersonPayload {
        /// The person as the registry has it now; null when nothing was changed, unless someone else changed it meanwhile [orang].
        person: Person = BY_ID
    }
}

/// Verbs of people.
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Corrects the data of a person; the names of the person's offices follow. Former data is not kept, except names of
    /// offices in their histories. A cooperative corrects the data of its own officers [perbaiki data orang].
    async fn correct_person(
        &self,
        ctx: &Context<'_>,
        input: CorrectPersonInput,
    ) -> Option<Result<Inline<PersonPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, correct::Correct(input), &key).await
    }

    /// Erases the data of a person, which cannot be undone: name, gender, education, telephone and e-mail go, also from earlier
    /// states of the person's offices. Offices and placements stay, held by `(nama dihapus)`. It may be repeated, such as
    /// for further officials [hapus data orang].
    async fn erase_person(
        &self,
        ctx: &Context<'_>,
        input: ErasePersonInput,
    ) -> Option<Result<Inline<PersonPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, erase::Erase(input), &key).await
    }
}

/// The offices of a person, and whom the person's data belongs to: cooperatives with an office that has not ended, and the
/// regions of all.
async fn offices(
    write: &mut Write,
    person: &person::Model,
) -> Result<(Vec<officer::Model>, Belonging), Refusal> {
    let offices = officer::Entity::find()
        .filter(officer::Column::PersonId.eq(person.id))
        .order_by_asc(officer::Column::Id);
    let offices = offices.all(write.transaction().connection()).await.map_err(WriteError::from)?;
    let held: Vec<_> = offices.iter().map(|office| (office.cooperative_id, office.status)).collect();
    let of = owners::of_person(write, &held).await?;
    Ok((offices, of))
}
