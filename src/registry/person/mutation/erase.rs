//! Erasure of the data of a person, from rows and from their earlier states.

use entity::{officer, person};
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{ERASED, ErasePersonInput, Person, offices};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        officer::Officer,
        official::{self, Official},
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The most officials of one person.
const MOST: usize = 20;

/// The verb `erasePerson`.
#[derive(Clone, Debug)]
pub(super) struct Erase(pub(super) ErasePersonInput);

impl Act for Erase {
    const NOUN: &'static str = Person::NAME;
    const ERASED: &'static [&'static str] =
        &["person", "officer", "officer_history", "official", "official_history"];

    fn verb(&self) -> &'static str {
        "erasePerson"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let ids = input.officials.as_deref().unwrap_or_default();
        if ids.len() > MOST {
            let (en, id) = (format!("at most {MOST} officials"), format!("paling banyak {MOST} pejabat"));
            faults.add(UserErrorCode::OutOfRange, "officials", en, id);
        }
        let mut officials = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            let field = format!("officials.{place}");
            let Some(key) = faults.key(&field, Official::NAME, id) else { continue };
            if officials.contains(&key) {
                faults.add(UserErrorCode::Invalid, &field, "it is named twice", "disebut dua kali");
            }
            officials.push(key);
        }
        faults.none()?;
        let person = write.existing::<Person>(&input.id, "id").await?;
        let (offices, of) = offices(write, &person).await?;
        write.demand(&of)?;
        Write::expect::<Person>(&person, &input.id, input.expected_version)?;
        for office in offices.into_iter().filter(|office| office.name != ERASED) {
            let mut row = office.clone().into_active_model();
            row.name = Set(ERASED.to_owned());
            row.name_fold = Set(fold(ERASED));
            write.transaction().update::<officer::Entity>(Officer::NAME, &office, row).await?;
        }
        let names =
            [(officer::Column::Name, ERASED.into()), (officer::Column::NameFold, fold(ERASED).into())];
        let of = officer::Column::PersonId;
        write.transaction().rewrite_history::<officer::Entity>(of, person.id, &names).await?;
        for (place, official) in officials.into_iter().enumerate() {
            official::erase_name(write, official, &format!("officials.{place}")).await?;
        }
        let mut row = person.clone().into_active_model();
        row.name = Set(ERASED.to_owned());
        row.name_fold = Set(fold(ERASED));
        (row.gender, row.education) = (Set(None), Set(None));
        (row.phone, row.email) = (Set(None), Set(None));
        let transaction = write.transaction();
        transaction.update_unkept::<person::Entity>(Self::NOUN, &person, row).await?;
        transaction.erase::<person::Entity>();
        Ok(person.id)
    }
}
