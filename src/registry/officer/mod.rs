//! Officers of cooperatives, by their public names.

mod figures;
mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    officer::Column,
    vocabulary::{OfficerBody, OfficerRole, OfficerStatus},
};

pub use self::figures::OfficerFiguresQuery;
pub use self::mutation::OfficerMutation;
pub(super) use self::mutation::close_offices;
use super::{
    cooperative::{Cooperative, CooperativeWhere},
    edges, noun,
    person::{Person, PersonWhere},
    personal::{self, Holder, OFFICER_NAME},
    reads,
    record::Provenance,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{BooleanFilter, DateFilter, EnumFilter, StringFilter, Text},
        id,
        inline::Inline,
        load::{Field, Noun, One},
        order::{NothingRelated, Order},
        personal_data::guarded,
        scalar::Date,
    },
    order_fields,
};

noun! {
    Officer: officer,
    fields = vec![
        Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain())),
        personal::view::<Holder>("person"),
    ],
    reads = reads! { officer { "person": ; } },
}

edges! {
    BY_ID: One<Officer> = One::root("officer");
    COOPERATIVE: One<Cooperative> = One::by("Officer.cooperative", Column::CooperativeId);
    pub(super) PERSON: One<Person> = One::by("Officer.person", Column::PersonId);
}

/// A person who holds an office at a cooperative [pengurus, pengawas, pengelola].
#[Object]
impl Officer {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Organ of the cooperative to which the office belongs [perangkat organisasi].
    async fn body(&self) -> OfficerBody {
        self.row.body
    }

    /// Office held [jabatan].
    async fn role(&self) -> OfficerRole {
        self.row.role
    }

    /// Title that the cooperative uses for the office, such as CEO [sebutan jabatan].
    async fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }

    /// Name under which the office is held [nama].
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Whether the office comes with another one, such as that of a village head [ex officio].
    async fn ex_officio(&self) -> bool {
        self.row.ex_officio
    }

    /// Start date of the term [awal masa jabatan].
    async fn starts_on(&self) -> Option<Date> {
        self.row.starts_on.map(Date)
    }

    /// End date of the term, at most five years after its start [akhir masa jabatan].
    async fn ends_on(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Status of the office holder [status jabatan].
    async fn status(&self) -> OfficerStatus {
        self.row.status
    }

    /// The cooperative [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Inline<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    /// The person who holds the office; null with a `FORBIDDEN` error for the public [orang].
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Inline<Person>>> {
        match personal::read(ctx, self.row.id, |view: &Holder| Some(view.row.person_id)).await? {
            Ok(person) => Some(PERSON.ask().required(ctx, person).await),
            Err(error) => Some(Err(error)),
        }
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on officers; all must hold.
    record OfficerWhere of Officer, "OfficersFilter" {
        /// Organ to which the office belongs [perangkat organisasi].
        body: EnumFilter<OfficerBody> = Column::Body,
        /// Office held [jabatan].
        role: EnumFilter<OfficerRole> = Column::Role,
        /// Name under which the office is held; `FORBIDDEN` to the public [nama].
        name: StringFilter = guarded(&OFFICER_NAME, Text::folded(Column::NameFold)),
        /// Whether the office comes with another one, such as that of a village head [ex officio].
        ex_officio: BooleanFilter = Column::ExOfficio,
        /// Start date of the term [awal masa jabatan].
        starts_on: DateFilter = Column::StartsOn,
        /// End date of the term [akhir masa jabatan].
        ends_on: DateFilter = Column::EndsOn,
        /// Status of the office holder [status jabatan].
        status: EnumFilter<OfficerStatus> = Column::Status,
        /// The cooperative [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The person who holds the office; `FORBIDDEN` to the public [orang].
        person: PersonWhere = guarded(&personal::HOLDER, &PERSON),
    }
}

/// Sort fields of officers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OfficerOrderField {
    /// Organ, in alphabetical order of the enum values [perangkat organisasi].
    Body,
    /// Office held, in alphabetical order of the enum values [jabatan].
    Role,
    /// Name under which the office is held; `FORBIDDEN` to the public [nama].
    Name,
    /// Start date of the term [awal masa jabatan].
    StartsOn,
    /// End date of the term [akhir masa jabatan].
    EndsOn,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    OfficerOrderField: "OfficerOrder", officer {
        Body => Body,
        Role => Role,
        StartsOn => StartsOn,
        EndsOn => EndsOn,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::Name => guarded(&OFFICER_NAME, Column::NameFold).order()?,
    }
}

/// One sort term of officers.
pub type OfficerOrder = Order<OfficerOrderField>;
