//! Officials: holders of public offices at institutions.

mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::official::Column;

pub use self::mutation::OfficialMutation;
pub(super) use self::mutation::erase_name;
use super::{
    edges,
    institution::{InstitutionWhere, PartnerInstitution},
    noun,
    personal::OFFICIAL_NAME,
    record::Provenance,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{StringFilter, Text},
        id,
        inline::Inline,
        load::{Field, Noun, One},
        order::{NothingRelated, Order},
        personal_data::guarded,
    },
    order_fields,
};

noun! {
    Official: official,
    fields = vec![Field::row("institution", |_| Ok(INSTITUTION.ask().plain()))],
}

edges! {
    BY_ID: One<Official> = One::root("official");
    INSTITUTION: One<PartnerInstitution> = One::by("Official.institution", Column::InstitutionId);
}

/// A person who holds a public office at an institution [pejabat].
#[Object]
impl Official {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Name of the office holder [nama].
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Office held, as the institution calls it [jabatan].
    async fn position(&self) -> &str {
        &self.row.position
    }

    /// The institution the office belongs to [lembaga].
    async fn institution(&self, ctx: &Context<'_>) -> Result<Inline<PartnerInstitution>> {
        INSTITUTION.ask().required(ctx, self.row.institution_id).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on officials; all must hold.
    record OfficialWhere of Official, "OfficialsFilter" {
        /// Name of the office holder; `FORBIDDEN` to the public [nama].
        name: StringFilter = guarded(&OFFICIAL_NAME, Text::folded(Column::NameFold)),
        /// Office held [jabatan].
        position: StringFilter = Text::folded(Column::PositionFold),
        /// The institution [lembaga].
        institution: InstitutionWhere = &INSTITUTION,
    }
}

/// Sort fields of officials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OfficialOrderField {
    /// Name of the office holder; `FORBIDDEN` to the public [nama].
    Name,
    /// Office held [jabatan].
    Position,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    OfficialOrderField: "OfficialOrder", official {
        Position => PositionFold,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::Name => guarded(&OFFICIAL_NAME, Column::NameFold).order()?,
    }
}

/// One sort term of officials.
pub type OfficialOrder = Order<OfficialOrderField>;
