//! Corrections of the data of a person.

use entity::{officer, person};
use sea_orm::{IntoActiveModel, Set, TryIntoModel};
use uuid::Uuid;

use super::{CorrectPersonInput, Person, is_erased, name, offices};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        officer::Officer,
        write::{Act, Faults, Message, Refusal, UserError, UserErrorCode, Write, is_same, patch, unchanged},
    },
    store::WriteError,
};

/// The verb `correctPerson`.
#[derive(Clone, Debug)]
pub(super) struct Correct(pub(super) CorrectPersonInput);

impl Act for Correct {
    const NOUN: &'static str = Person::NAME;

    fn verb(&self) -> &'static str {
        "correctPerson"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let person = write.existing::<Person>(&input.id, "id").await?;
        let (offices, of) = offices(write, &person).await?;
        write.demand(&of)?;
        Write::expect::<Person>(&person, &input.id, input.expected_version)?;
        if is_erased(&person) {
            let message = Message::new("the person was erased", "data orang ini telah dihapus");
            return Err(UserError::new(UserErrorCode::NotEligible, &["id"], message).into());
        }
        let mut faults = Faults::default();
        let mut row = person.clone().into_active_model();
        faults.replace("name", &input.name, &mut row.name, |faults, text| name(faults, "name", text));
        patch(&mut row.gender, &input.gender, |gender| Some(*gender));
        patch(&mut row.education, &input.education, |education| Some(*education));
        patch(&mut row.phone, &input.phone, |text| faults.phone("phone", text));
        patch(&mut row.email, &input.email, |text| faults.email("email", text));
        faults.none()?;
        if is_same::<Person>(&person, &row) {
            return Err(unchanged());
        }
        let corrected = row.clone().try_into_model().map_err(WriteError::from)?;
        let transaction = write.transaction();
        if corrected.name != person.name {
            row.name_fold = Set(fold(&corrected.name));
            for office in offices {
                let mut row = office.clone().into_active_model();
                row.name = Set(corrected.name.clone());
                row.name_fold = Set(fold(&corrected.name));
                transaction.update::<officer::Entity>(Officer::NAME, &office, row).await?;
            }
        }
        transaction.update_unkept::<person::Entity>(Self::NOUN, &person, row).await?;
        Ok(person.id)
    }
}
