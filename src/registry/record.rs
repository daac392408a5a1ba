//! The interface of records: version, timestamps and source.

use async_graphql::{ComplexObject, Context, ID, Interface, SimpleObject, value};
use entity::vocabulary::{LocationPrecision, Source};

use uuid::Uuid;

use super::{
    annual_report::AnnualReport,
    application::PartnershipApplication,
    batch::InternshipBatch,
    business_unit::BusinessUnit,
    commodity::CooperativeCommodity,
    cooperative::Cooperative,
    history::{self, History, HistoryEntry},
    institution::PartnerInstitution,
    linkage::BusinessLinkage,
    linkage_month::LinkageMonth,
    officer::Officer,
    official::Official,
    partnership::Partnership,
    person::Person,
    placement::Placement,
    program::InternshipProgram,
    session::TrainingSession,
};
use crate::graph::{
    Error, Result,
    inline::inline_object,
    list_size::list_size,
    load::Noun,
    page::{Connection, Window},
    scalar::{Date, DateTime, GeoJson},
};

/// The fields of [`Record`], flattened into every noun that is one.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Provenance {
    /// Version number, increased by one with every change [versi].
    version: i32,
    /// Time at which the record was created.
    created_at: DateTime,
    /// Time at which the record was last changed.
    updated_at: DateTime,
    /// Source of the record [asal data].
    source: Source,
    /// Reference to the source, such as an article, a file or a request [rujukan].
    source_reference: Option<String>,
    /// Date as of which the source reports the data [per tanggal].
    as_of: Option<Date>,
    /// The history of its noun, and its key; people have no history.
    #[graphql(skip)]
    recorded: Option<(&'static History, Uuid)>,
}

#[ComplexObject]
impl Provenance {
    /// What verbs did to the record, latest first; empty for a record that is as it was loaded [riwayat].
    #[graphql(directive = list_size::apply(50))]
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<HistoryEntry>> {
        let (history, key) = self.recorded.ok_or(Error::Forbidden("the history of a person is not kept"))?;
        let window = Window { first, after, ..Window::default() };
        history.ask(&window)?.page(ctx, key).await
    }
}

/// A record of the registry, with its version and its source [catatan].
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Global id."),
    field(
        name = "version",
        ty = "i32",
        desc = "Version number, increased by one with every change [versi]."
    ),
    field(name = "created_at", ty = "DateTime", desc = "Time at which the record was created."),
    field(name = "updated_at", ty = "DateTime", desc = "Time at which the record was last changed."),
    field(name = "source", ty = "Source", desc = "Source of the record [asal data].")
)]
pub enum Record {
    Cooperative(Cooperative),
    Officer(Officer),
    Person(Person),
    BusinessUnit(BusinessUnit),
    CooperativeCommodity(CooperativeCommodity),
    AnnualReport(AnnualReport),
    PartnerInstitution(PartnerInstitution),
    Official(Official),
    Partnership(Partnership),
    InternshipProgram(InternshipProgram),
    InternshipBatch(InternshipBatch),
    TrainingSession(TrainingSession),
    Placement(Placement),
    BusinessLinkage(BusinessLinkage),
    LinkageMonth(LinkageMonth),
    PartnershipApplication(PartnershipApplication),
}

/// Implements the methods through which the interface reads nouns; documents read the flattened fields.
macro_rules! record {
    ($($noun:ident),*) => {
        $(impl $noun {
            async fn version(&self, _: &Context<'_>) -> Result<i32> {
                Ok(self.row.version)
            }

            async fn created_at(&self, _: &Context<'_>) -> Result<DateTime> {
                Ok(DateTime::from_micros(self.row.created_at))
            }

            async fn updated_at(&self, _: &Context<'_>) -> Result<DateTime> {
                Ok(DateTime::from_micros(self.row.updated_at))
            }

            async fn source(&self, _: &Context<'_>) -> Result<Source> {
                Ok(self.row.source)
            }
        })*
    };
}

record! {
    Cooperative, Officer, Person, BusinessUnit, CooperativeCommodity, AnnualReport, PartnerInstitution, Official,
    Partnership, InternshipProgram, InternshipBatch, TrainingSession, Placement, BusinessLinkage, LinkageMonth,
    PartnershipApplication
}

macro_rules! provenance {
    ($($entity:ident: $noun:ident),* $(,)?) => {
        $(impl From<&entity::$entity::Model> for Provenance {
            fn from(row: &entity::$entity::Model) -> Self {
                Self {
                    version: row.version,
                    created_at: DateTime::from_micros(row.created_at),
                    updated_at: DateTime::from_micros(row.updated_at),
                    source: row.source,
                    source_reference: row.source_reference.clone(),
                    as_of: row.as_of.map(Date),
                    recorded: history::of($noun::NAME).map(|history| (history, row.id)),
                }
            }
        })*
    };
}

provenance! {
    cooperative: Cooperative,
    officer: Officer,
    person: Person,
    business_unit: BusinessUnit,
    cooperative_commodity: CooperativeCommodity,
    annual_report: AnnualReport,
    institution: PartnerInstitution,
    official: Official,
    partnership: Partnership,
    internship_program: InternshipProgram,
    internship_batch: InternshipBatch,
    training_session: TrainingSession,
    placement: Placement,
    linkage: BusinessLinkage,
    linkage_month: LinkageMonth,
    partnership_application: PartnershipApplication,
}

/// A geographic point [titik koordinat].
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(complex)]
pub struct GeoPoint {
    /// Latitude in degrees, positive to the north [lintang].
    latitude: f64,
    /// Longitude in degrees, positive to the east [bujur].
    longitude: f64,
    /// How exact it is: the level of the place whose point it is [ketelitian].
    precision: LocationPrecision,
    /// Whether it is only near the place, because the exact point is not known; `precision` says how near [perkiraan].
    approximate: bool,
}

inline_object! { GeoPoint }

#[ComplexObject]
impl GeoPoint {
    /// The same point in `GeoJSON`: longitude before latitude.
    async fn geo_json(&self) -> GeoJson {
        GeoJson(value!({ "type": "Point", "coordinates": [self.longitude, self.latitude] }))
    }
}

impl GeoPoint {
    /// A point from thousandths of a degree.
    pub(super) fn from_e3(latitude: i32, longitude: i32, precision: LocationPrecision) -> Self {
        let approximate = precision != LocationPrecision::Office;
        let [latitude, longitude] = [latitude, longitude].map(|degrees| f64::from(degrees) / 1e3);
        Self { latitude, longitude, precision, approximate }
    }

    /// A point inside a region of the level `of`, from hundred-thousandths of a degree.
    pub(super) fn from_e5(
        latitude: i32,
        longitude: i32,
        precision: LocationPrecision,
        of: LocationPrecision,
    ) -> Self {
        let [latitude, longitude] = [latitude, longitude].map(|degrees| f64::from(degrees) / 1e5);
        Self { latitude, longitude, precision, approximate: precision != of }
    }
}
