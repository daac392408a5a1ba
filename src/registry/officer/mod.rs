//! Officers: who runs and supervises a cooperative, by the name that is public.

mod figures;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    officer::Column,
    vocabulary::{OfficerBody, OfficerRole, OfficerStatus},
};

pub use self::figures::OfficerFiguresQuery;
use super::{
    cooperative::{Cooperative, CooperativeWhere},
    edges, noun,
    person::{Person, PersonWhere},
    personal::{self, OFFICER_NAME},
    reads,
    record::Provenance,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{BooleanFilter, DateFilter, EnumFilter, StringFilter, Text},
        guard::guarded,
        id,
        lean::Lean,
        load::{Field, Noun, One},
        order::{NothingRelated, Order},
        scalar::Date,
    },
    order_fields,
};

noun! {
    Officer: officer,
    fields = vec![Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain()))],
    reads = reads! { officer { "person": ; } },
}

edges! {
    COOPERATIVE: One<Cooperative> = One::by("Officer.cooperative", Column::CooperativeId);
    PERSON: One<Person> = One::by("Officer.person", Column::PersonId);
}

/// Somebody in office at a cooperative [pengurus, pengawas, pengelola].
#[Object]
impl Officer {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Organ of the cooperative they sit in [perangkat organisasi].
    async fn body(&self) -> OfficerBody {
        self.row.body
    }

    /// Seat they hold [jabatan].
    async fn role(&self) -> OfficerRole {
        self.row.role
    }

    /// What the cooperative itself calls the seat, such as CEO [sebutan jabatan].
    async fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }

    /// Name under which they hold the office [nama].
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Whether the seat comes with another office, as that of a village head [ex officio].
    async fn ex_officio(&self) -> bool {
        self.row.ex_officio
    }

    /// First day of the term [awal masa jabatan].
    async fn starts_on(&self) -> Option<Date> {
        self.row.starts_on.map(Date)
    }

    /// Last day of the term, at most five years after the first [akhir masa jabatan].
    async fn ends_on(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Whether they are in office [status jabatan].
    async fn status(&self) -> OfficerStatus {
        self.row.status
    }

    /// The cooperative they serve [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Lean<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    /// The person in office, for those who may see more than the name [orang].
    async fn person(&self) -> Option<Result<Lean<Person>>> {
        personal::hidden(&personal::PERSON)
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on officers; all must hold.
    record OfficerWhere of Officer, "OfficersFilter" {
        /// Organ they sit in [perangkat organisasi].
        body: EnumFilter<OfficerBody> = Column::Body,
        /// Seat they hold [jabatan].
        role: EnumFilter<OfficerRole> = Column::Role,
        /// Name under which they hold the office; `FORBIDDEN` to the public [nama].
        name: StringFilter = guarded(&OFFICER_NAME, Text::folded(Column::NameFold)),
        /// Whether the seat comes with another office, as that of a village head [ex officio].
        ex_officio: BooleanFilter = Column::ExOfficio,
        /// First day of the term [awal masa jabatan].
        starts_on: DateFilter = Column::StartsOn,
        /// Last day of the term [akhir masa jabatan].
        ends_on: DateFilter = Column::EndsOn,
        /// Whether they are in office [status jabatan].
        status: EnumFilter<OfficerStatus> = Column::Status,
        /// The cooperative they serve [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The person in office; `FORBIDDEN` to the public [orang].
        person: PersonWhere = guarded(&personal::PERSON, &PERSON),
    }
}

/// What officers can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OfficerOrderField {
    /// Organ they sit in, by the word's letters [perangkat organisasi].
    Body,
    /// Seat they hold, by the word's letters [jabatan].
    Role,
    /// Name under which they hold the office; `FORBIDDEN` to the public [nama].
    Name,
    /// First day of the term [awal masa jabatan].
    StartsOn,
    /// Last day of the term [akhir masa jabatan].
    EndsOn,
    /// When the record was made.
    CreatedAt,
    /// When the record last changed.
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

/// How to sort officers.
pub type OfficerOrder = Order<OfficerOrderField>;
