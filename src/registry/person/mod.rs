//! People: types for personal data, all of which is hidden from the public.

mod mutation;

use async_graphql::{Context, ID, Object};
use entity::{
    person::Column,
    vocabulary::{Education, Gender, Source},
};

pub use self::mutation::PersonMutation;
pub(super) use self::mutation::{ERASED, is_erased, name};
use super::{
    edges, noun,
    personal::{Contacts, Description, EDUCATION, GENDER, KnownName, NAME, RECORD, read, view},
    reads,
    record::Provenance,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{DateTimeFilter, EnumFilter, IdFilter, Identity, StringFilter, Text},
        id,
        load::{Noun, One},
        personal_data::guarded,
    },
};

noun! {
    Person: person,
    fields = vec![
        view::<KnownName>("name"),
        view::<Description>("gender"),
        view::<Description>("education"),
        view::<Contacts>("phone"),
        view::<Contacts>("email"),
    ],
    reads = reads! { person { "name": ; "gender": ; "education": ; "phone": ; "email": ; } },
}

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
    async fn name(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        read(ctx, self.row.id, |view: &KnownName| Some(view.row.name.clone())).await
    }

    /// Gender; null with a `FORBIDDEN` error for the public [jenis kelamin].
    async fn gender(&self, ctx: &Context<'_>) -> Option<Result<Gender>> {
        read(ctx, self.row.id, |view: &Description| view.row.gender).await
    }

    /// Highest level of education completed; null with a `FORBIDDEN` error for the public [pendidikan terakhir].
    async fn education(&self, ctx: &Context<'_>) -> Option<Result<Education>> {
        read(ctx, self.row.id, |view: &Description| view.row.education).await
    }

    /// Personal telephone number; null with a `FORBIDDEN` error for the public [telepon pribadi].
    async fn phone(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        read(ctx, self.row.id, |view: &Contacts| view.row.phone.clone()).await
    }

    /// Personal e-mail address; null with a `FORBIDDEN` error for the public [surel pribadi].
    async fn email(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        read(ctx, self.row.id, |view: &Contacts| view.row.email.clone()).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on people, `FORBIDDEN` to the public; all must hold.
    PersonWhere of Person, "PeopleFilter" {
        /// Its global id.
        id: IdFilter = guarded(&RECORD, Identity::of::<Person>()),
        /// Full name [nama lengkap].
        name: StringFilter = guarded(&NAME, Text::folded(Column::NameFold)),
        /// Gender [jenis kelamin].
        gender: EnumFilter<Gender> = guarded(&GENDER, Column::Gender),
        /// Highest level of education completed [pendidikan terakhir].
        education: EnumFilter<Education> = guarded(&EDUCATION, Column::Education),
        /// Time at which the record was created.
        created_at: DateTimeFilter = guarded(&RECORD, Column::CreatedAt),
        /// Time at which the record was last changed.
        updated_at: DateTimeFilter = guarded(&RECORD, Column::UpdatedAt),
        /// Source of the record [asal data].
        source: EnumFilter<Source> = guarded(&RECORD, Column::Source),
    }
}
