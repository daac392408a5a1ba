//! Queries for internship programs: lookups by key, and the root list.

use async_graphql::{Context, Enum, ID, Object, OneofObject};
use entity::internship_program::Column;

use super::{InternshipProgram, ProgramWhere};
use crate::{
    graph::{
        Result,
        filter::{Condition, Expression},
        id::{GlobalId, KeyKind, clean},
        inline::{Inline, inline},
        load::{Many, Noun, One},
        order::{NothingRelated, Order},
        page::{Connection, List},
        value::Value,
    },
    order_fields,
    registry::edges,
};

edges! {
    pub(super) BY_ID: One<InternshipProgram> = One::root("internshipProgram");
    PROGRAMS: Many<InternshipProgram> = Many::root("internshipPrograms");
}

/// Sort fields of internship programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ProgramOrderField {
    /// Code [kode program].
    Code,
    /// Name [nama program].
    Name,
    /// Kind, in alphabetical order of the enum values [jenis program].
    Kind,
    /// Status, in alphabetical order of the enum values [status].
    Status,
    /// Sector, in alphabetical order of the enum values [sektor].
    Sector,
    /// Budget year [tahun anggaran].
    FiscalYear,
    /// Start date [mulai].
    StartsOn,
    /// End date [selesai].
    EndsOn,
    /// Target number of participants [target peserta].
    TargetParticipants,
    /// Target number of provinces of origin [target provinsi].
    TargetProvinces,
    /// Number of participants so far: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED` [jumlah peserta].
    ParticipantCount,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Relevance to `search`, best first when `direction` is absent; requires `search` [kecocokan].
    Relevance,
}

order_fields! {
    ProgramOrderField: "ProgramOrder", internship_program {
        Code => Code,
        Name => NameFold,
        Kind => Kind,
        Status => Status,
        Sector => Sector,
        FiscalYear => FiscalYear,
        StartsOn => StartsOn,
        EndsOn => EndsOn,
        TargetParticipants => TargetParticipants,
        TargetProvinces => TargetProvinces,
        ParticipantCount => ParticipantCount,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::Relevance => vec![Expression::Relevance],
    }
}

/// One sort term of internship programs.
pub type ProgramOrder = Order<ProgramOrderField>;

/// Exactly one key of an internship program.
#[derive(Debug, OneofObject)]
pub enum ProgramBy {
    /// Its id.
    Id(ID),
    /// Its code.
    Code(String),
}

impl ProgramBy {
    /// The program that has this key.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a malformed key.
    pub async fn find(self, ctx: &Context<'_>) -> Result<Option<InternshipProgram>> {
        match self {
            Self::Id(id) => {
                let key = GlobalId::key_of(&id, InternshipProgram::NAME, KeyKind::Uuid)?;
                BY_ID.ask().row(ctx, key).await
            }
            Self::Code(code) => PROGRAMS.first(Condition::equal(Column::Code, clean(&code)?)).only(ctx).await,
        }
    }
}

/// Root fields of internship programs.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramQuery;

#[Object]
impl ProgramQuery {
    /// One internship program by a key. A lookup that finds nothing returns null [program magang].
    async fn internship_program(
        &self,
        ctx: &Context<'_>,
        by: ProgramBy,
    ) -> Option<Result<Inline<InternshipProgram>>> {
        inline(by.find(ctx).await)
    }

    /// All internship programs that have been announced [program magang].
    async fn internship_programs(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ProgramWhere>,
        search: Option<String>,
        order_by: Option<Vec<ProgramOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipProgram>> {
        let ranked = crate::registry::search::ranked(ctx, search, r#where.as_ref()).await?;
        let list = List::new(r#where, order_by, (first, after, last, before));
        PROGRAMS.found(ranked, Column::NameFold, list)?.page(ctx, Value::Null).await
    }
}
