//! People: types for personal data, all of which is hidden from the public.

mod mutation;

use async_graphql::{ID, Object};
use entity::{
    person::Column,
    vocabulary::{Education, Gender},
};

pub use self::mutation::PersonMutation;
pub(super) use self::mutation::is_erased;
use super::{
    edges, noun,
    personal::{EDUCATION, EMAIL, GENDER, NAME, PHONE, hidden},
    record::Provenance,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{EnumFilter, StringFilter, Text},
        id,
        load::{Noun, One},
        personal_data::guarded,
    },
};

noun! { Person: person }

edges! {
    BY_ID: One<Person> = One::root("person");
}

/// A person in the registry; the public sees only the offices that a person holds [orang].
#[Object]
impl Person {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Full name; null with a `FORBIDDEN` error for the public [nama lengkap].
    async fn name(&self) -> Option<Result<String>> {
        hidden(&NAME)
    }

    /// Gender; null with a `FORBIDDEN` error for the public [jenis kelamin].
    async fn gender(&self) -> Option<Result<Gender>> {
        hidden(&GENDER)
    }

    /// Highest level of education completed; null with a `FORBIDDEN` error for the public [pendidikan terakhir].
    async fn education(&self) -> Option<Result<Education>> {
        hidden(&EDUCATION)
    }

    /// Personal telephone number; null with a `FORBIDDEN` error for the public [telepon pribadi].
    async fn phone(&self) -> Option<Result<String>> {
        hidden(&PHONE)
    }

    /// Personal e-mail address; null with a `FORBIDDEN` error for the public [surel pribadi].
    async fn email(&self) -> Option<Result<String>> {
        hidden(&EMAIL)
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on people, `FORBIDDEN` to the public; all must hold.
    record PersonWhere of Person, "PeopleFilter" {
        /// Full name [nama lengkap].
        name: StringFilter = guarded(&NAME, Text::folded(Column::NameFold)),
        /// Gender [jenis kelamin].
        gender: EnumFilter<Gender> = guarded(&GENDER, Column::Gender),
        /// Highest level of education completed [pendidikan terakhir].
        education: EnumFilter<Education> = guarded(&EDUCATION, Column::Education),
    }
}
