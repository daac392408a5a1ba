//! People: in the schema for those who may see them, and hidden from everybody else.

use async_graphql::{ID, Object};
use entity::{
    person::Column,
    vocabulary::{Education, Gender},
};

use super::{noun, record::Provenance};
use crate::{
    conditions,
    graph::{
        Error, Result,
        filter::{EnumFilter, Hidden, StringFilter},
        id,
        load::Noun,
    },
};

noun! { Person: person }

/// A person known to the registry; the public sees of one only the offices [orang].
#[Object]
impl Person {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Full name, for those who may see it [nama lengkap].
    async fn name(&self) -> Option<Result<String>> {
        hidden()
    }

    /// Gender, for those who may see it [jenis kelamin].
    async fn gender(&self) -> Option<Result<Gender>> {
        hidden()
    }

    /// Highest schooling completed, for those who may see it [pendidikan terakhir].
    async fn education(&self) -> Option<Result<Education>> {
        hidden()
    }

    /// Personal telephone, for those who may see it [telepon pribadi].
    async fn phone(&self) -> Option<Result<String>> {
        hidden()
    }

    /// Personal e-mail, for those who may see it [surel pribadi].
    async fn email(&self) -> Option<Result<String>> {
        hidden()
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on people, for those who may see them; all must hold.
    record PersonWhere of Person, "PeopleFilter" {
        /// Full name [nama lengkap].
        name: StringFilter = Hidden,
        /// Gender [jenis kelamin].
        gender: EnumFilter<Gender> = Hidden,
        /// Highest schooling completed [pendidikan terakhir].
        education: EnumFilter<Education> = Hidden,
    }
}

/// What anonymous callers get in the place of anything personal.
///
/// Null with `FORBIDDEN`: there is no other caller yet.
#[expect(clippy::unnecessary_wraps, reason = "an error in an `Option` nulls its field, and only that")]
pub(super) fn hidden<T>() -> Option<Result<T>> {
    Some(Err(Error::Forbidden("personal data is not public")))
}
