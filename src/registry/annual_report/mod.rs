//! Annual reports of cooperatives to their members' annual meetings.

mod figures;
mod filter;
mod mutation;

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{annual_report::Column, vocabulary::HealthStatus};

pub use self::figures::AnnualReportFiguresQuery;
pub use self::filter::AnnualReportWhere;
pub use self::mutation::AnnualReportMutation;
use super::{
    cooperative::{Cooperative, CooperativeBy},
    edges, noun,
    record::Provenance,
};
use crate::graph::{
    Result,
    filter::Condition,
    id::{self, GlobalId, KeyKind},
    inline::{Inline, inline},
    load::{Field, Many, Noun, One},
    order::Order,
    page::{Connection, List},
    scalar::{Date, Decimal, Rupiah},
    value::Value,
};
use crate::order_fields;

noun! {
    AnnualReport: annual_report,
    fields = vec![Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain()))],
}

edges! {
    BY_ID: One<AnnualReport> = One::root("annualReport");
    ANNUAL_REPORTS: Many<AnnualReport> = Many::root("annualReports");
    COOPERATIVE: One<Cooperative> = One::by("AnnualReport.cooperative", Column::CooperativeId);
}

/// Annual report of a cooperative to its members' annual meeting [laporan RAT].
#[Object]
impl AnnualReport {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The cooperative that reported [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Inline<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    /// The book year that the report covers [tahun buku].
    async fn book_year(&self) -> i32 {
        self.row.book_year
    }

    /// Date of the meeting [tanggal RAT].
    async fn meeting_on(&self) -> Option<Date> {
        self.row.meeting_on.map(Date)
    }

    /// Number of members who attended the meeting [jumlah hadir].
    async fn attendee_count(&self) -> Option<i32> {
        self.row.attendee_count
    }

    /// Number of female members [anggota perempuan].
    async fn female_member_count(&self) -> Option<i32> {
        self.row.female_member_count
    }

    /// Number of male members [anggota laki-laki].
    async fn male_member_count(&self) -> Option<i32> {
        self.row.male_member_count
    }

    /// Total assets: liabilities plus equity [aset].
    async fn assets(&self) -> Option<Rupiah> {
        self.row.assets.map(Rupiah::from)
    }

    /// Equity: the cooperative's own capital [modal sendiri].
    async fn equity(&self) -> Option<Rupiah> {
        self.row.equity.map(Rupiah::from)
    }

    /// Total liabilities [kewajiban].
    async fn liabilities(&self) -> Option<Rupiah> {
        self.row.liabilities.map(Rupiah::from)
    }

    /// Turnover of the year [volume usaha].
    async fn turnover(&self) -> Option<Rupiah> {
        self.row.turnover.map(Rupiah::from)
    }

    /// Surplus of the year, negative for a loss [sisa hasil usaha, SHU].
    async fn surplus(&self) -> Option<Rupiah> {
        self.row.surplus.map(Rupiah::from)
    }

    /// Health rating given by the supervisors of cooperatives [predikat kesehatan].
    async fn health_status(&self) -> HealthStatus {
        self.row.health_status
    }

    /// Health index on which the rating is based, 0 to 100 [indeks kesehatan].
    async fn health_index(&self) -> Option<Decimal> {
        self.row.health_index_milli.map(Decimal::thousandths)
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

/// Sort fields of annual reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AnnualReportOrderField {
    /// The book year that the report covers [tahun buku].
    BookYear,
    /// Date of the meeting [tanggal RAT].
    MeetingOn,
    /// Number of members who attended the meeting [jumlah hadir].
    AttendeeCount,
    /// Number of female members [anggota perempuan].
    FemaleMemberCount,
    /// Number of male members [anggota laki-laki].
    MaleMemberCount,
    /// Total assets [aset].
    Assets,
    /// Equity: the cooperative's own capital [modal sendiri].
    Equity,
    /// Total liabilities [kewajiban].
    Liabilities,
    /// Turnover of the year [volume usaha].
    Turnover,
    /// Surplus of the year [sisa hasil usaha, SHU].
    Surplus,
    /// Health rating, in alphabetical order of the enum values [predikat kesehatan].
    HealthStatus,
    /// Health index [indeks kesehatan].
    HealthIndex,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    AnnualReportOrderField: "AnnualReportOrder", annual_report {
        BookYear => BookYear,
        MeetingOn => MeetingOn,
        AttendeeCount => AttendeeCount,
        FemaleMemberCount => FemaleMemberCount,
        MaleMemberCount => MaleMemberCount,
        Assets => Assets,
        Equity => Equity,
        Liabilities => Liabilities,
        Turnover => Turnover,
        Surplus => Surplus,
        HealthStatus => HealthStatus,
        HealthIndex => HealthIndexMilli,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// One sort term of annual reports.
pub type AnnualReportOrder = Order<AnnualReportOrderField>;

/// Exactly one key of an annual report.
#[derive(Debug, OneofObject)]
pub enum AnnualReportBy {
    /// Its id.
    Id(ID),
    /// Its cooperative and year.
    BookYear(CooperativeBookYearInput),
}

/// A cooperative and a book year [tahun buku].
#[derive(Debug, InputObject)]
pub struct CooperativeBookYearInput {
    /// The cooperative, by any of its keys [koperasi].
    cooperative: CooperativeBy,
    /// The book year that the report covers [tahun buku].
    book_year: i32,
}

impl AnnualReportBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<AnnualReport>> {
        match self {
            AnnualReportBy::Id(id) => {
                let key = GlobalId::key_of(&id, AnnualReport::NAME, KeyKind::Uuid)?;
                BY_ID.ask().row(ctx, key).await
            }
            AnnualReportBy::BookYear(CooperativeBookYearInput { cooperative, book_year }) => {
                let Some(cooperative) = cooperative.find(ctx).await? else {
                    return Ok(None);
                };
                let fits = Condition::equal(Column::CooperativeId, cooperative.key())
                    .and(Condition::equal(Column::BookYear, book_year));
                ANNUAL_REPORTS.first(fits).only(ctx).await
            }
        }
    }
}

/// Root fields of annual reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnnualReportQuery;

#[Object]
impl AnnualReportQuery {
    /// One annual report by a key. A lookup that finds nothing returns null [laporan RAT].
    async fn annual_report(
        &self,
        ctx: &Context<'_>,
        by: AnnualReportBy,
    ) -> Option<Result<Inline<AnnualReport>>> {
        inline(by.find(ctx).await)
    }

    /// All annual reports [laporan RAT].
    async fn annual_reports(
        &self,
        ctx: &Context<'_>,
        r#where: Option<AnnualReportWhere>,
        order_by: Option<Vec<AnnualReportOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<AnnualReport>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        ANNUAL_REPORTS.ask(list)?.page(ctx, Value::Null).await
    }
}
