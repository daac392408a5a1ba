//! Cooperatives: their fields and their edges.

mod edges;
mod figures;
mod filter;
mod mutation;
mod query;

use async_graphql::{Context, ID, Object};
use entity::vocabulary::{
    CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType, FormationModel,
    LinkageSide, LocationPrecision,
};
use uuid::Uuid;

use self::edges::{
    ANNUAL_REPORTS, APPLICATIONS, BUSINESS_CLASSES, BUSINESS_UNITS, HOSTED_PROGRAMS, OFFICERS, PARTNERSHIPS,
    PLACEMENTS, REGION, SUCCESSOR,
};
pub use self::figures::CooperativeFiguresQuery;
pub use self::filter::CooperativeWhere;
pub use self::mutation::CooperativeMutation;
pub(super) use self::mutation::{
    CooperativePayload, answer, demand_living, demand_living_party, keep_needs, lacking,
};
pub(super) use self::query::legal_number;
pub use self::query::{CooperativeBy, CooperativeOrder, CooperativeOrderField, CooperativeQuery};
use super::{
    annual_report::{AnnualReport, AnnualReportOrder, AnnualReportWhere},
    application::{ApplicationOrder, ApplicationWhere, PartnershipApplication},
    business_class::{BusinessClass, BusinessClassOrder, BusinessClassWhere, CooperativeBusinessClass},
    business_unit::{BusinessUnit, BusinessUnitOrder, BusinessUnitWhere},
    commodity::{CooperativeCommodity, CooperativeCommodityOrder, CooperativeCommodityWhere},
    linkage::{BusinessLinkage, LinkageOrder, LinkageWhere},
    noun,
    officer::{Officer, OfficerOrder, OfficerWhere},
    partnership::{Partnership, PartnershipOrder, PartnershipWhere},
    path::Connected,
    placement::{Placement, PlacementOrder, PlacementWhere},
    program::{InternshipProgram, ProgramOrder, ProgramWhere},
    reads,
    record::{GeoPoint, Provenance},
    region::Region,
};
use crate::graph::{
    Result, id,
    inline::Inline,
    load::Noun,
    page::{Connection, List},
    place::{GeoPointInput, Place, UnitVector},
    scalar::{Date, Rupiah},
};

noun! {
    Cooperative: cooperative,
    fields = edges::fields(),
    reads = reads! { cooperative {
        "type": CooperativeType;
        "location": LatitudeE3, LongitudeE3, LocationPrecision;
        "distanceKm": SphereXE9, SphereYE9, SphereZE9, LocationPrecision;
        "label": Name;
    } },
}

/// A cooperative [koperasi]. In the Merah Putih program, each village has one.
#[Object]
impl Cooperative {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Stable readable key, unique among cooperatives.
    pub async fn slug(&self) -> String {
        self.row.slug.clone()
    }

    /// Legal name, as on the deed [nama koperasi]. It is not unique: show the region beside it.
    pub async fn name(&self) -> String {
        self.row.name.clone()
    }

    /// Name in daily use [nama singkat].
    pub async fn short_name(&self) -> Option<String> {
        self.row.short_name.clone()
    }

    /// National cooperative number [Nomor Induk Koperasi]. It is not the identity number of a citizen.
    async fn registration_number(&self) -> Option<&str> {
        self.row.registration_number.as_deref()
    }

    /// Number of the legal-entity decree, in normalised spelling [nomor badan hukum].
    async fn legal_entity_number(&self) -> Option<&str> {
        self.row.legal_entity_number.as_deref()
    }

    /// Taxpayer number [NPWP].
    async fn tax_number(&self) -> Option<&str> {
        self.row.tax_number.as_deref()
    }

    /// Business identification number [Nomor Induk Berusaha, NIB].
    async fn business_number(&self) -> Option<&str> {
        self.row.business_number.as_deref()
    }

    /// National program under which it was founded [program].
    async fn program(&self) -> CooperativeProgram {
        self.row.program
    }

    /// Main business by law [jenis koperasi].
    async fn r#type(&self) -> CooperativeType {
        self.row.cooperative_type
    }

    /// Whether its members are persons or cooperatives [bentuk koperasi].
    async fn form(&self) -> CooperativeForm {
        self.row.form
    }

    /// Community from which it grew [basis komunitas].
    async fn community_base(&self) -> CommunityBase {
        self.row.community_base
    }

    /// How it was formed; null outside the Merah Putih program [model pembentukan].
    async fn formation_model(&self) -> Option<FormationModel> {
        self.row.formation_model
    }

    /// Status of the cooperative [status].
    async fn status(&self) -> CooperativeStatus {
        self.row.status
    }

    /// Its village, or the smallest region known [desa/kelurahan].
    pub async fn region(&self, ctx: &Context<'_>) -> Result<Inline<Region>> {
        REGION.ask().required(ctx, self.row.region_code.clone()).await
    }

    /// Office address [alamat kantor].
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// Location of its office, to three decimals, as exact as its `precision` says; null when unknown [titik koordinat].
    async fn location(&self) -> Option<Inline<GeoPoint>> {
        let precision = self.row.location_precision?;
        Some(Inline(GeoPoint::from_e3(self.row.latitude_e3?, self.row.longitude_e3?, precision)))
    }

    /// Great-circle distance of its office from `from` in km, on a sphere of radius 6,371.0088 km; it differs from the
    /// distance on the WGS84 ellipsoid by at most 0.6 %. It is rounded as exactly as the `precision` of the location
    /// allows: `OFFICE` to 0.1 km, `VILLAGE` to 1, `DISTRICT` to 5, `REGENCY` to 10, `PROVINCE` to 50. `withinKm` and
    /// `DISTANCE` compare before rounding. Null when the location is unknown [jarak].
    async fn distance_km(&self, from: GeoPointInput) -> Option<Result<f64>> {
        let (x, y, z) = (self.row.sphere_x_e9?, self.row.sphere_y_e9?, self.row.sphere_z_e9?);
        let at = UnitVector { x, y, z };
        let tenths = exactness(self.row.location_precision?);
        Some(from.place().map(|from| Place::rounded_kilometres(at.measure(from.vector), tenths)))
    }

    /// Office telephone [telepon kantor].
    async fn phone(&self) -> Option<&str> {
        self.row.phone.as_deref()
    }

    /// Office e-mail [surel kantor].
    async fn email(&self) -> Option<&str> {
        self.row.email.as_deref()
    }

    /// Website [situs web].
    async fn website(&self) -> Option<&str> {
        self.row.website.as_deref()
    }

    /// Date of the founding meeting [tanggal pendirian].
    async fn established_on(&self) -> Option<Date> {
        self.row.established_on.map(Date)
    }

    /// Date on which it became a legal entity [tanggal badan hukum].
    async fn legal_entity_on(&self) -> Option<Date> {
        self.row.legal_entity_on.map(Date)
    }

    /// Number of members; null when it was never reported [jumlah anggota].
    async fn member_count(&self) -> Option<i32> {
        self.row.member_count
    }

    /// Date of the number of members [per tanggal].
    async fn member_count_on(&self) -> Option<Date> {
        self.row.member_count_on.map(Date)
    }

    /// One-time saving that each member pays on joining [simpanan pokok].
    async fn principal_saving(&self) -> Option<Rupiah> {
        self.row.principal_saving.map(Rupiah::from)
    }

    /// Recurring saving that each member pays [simpanan wajib].
    async fn mandatory_saving(&self) -> Option<Rupiah> {
        self.row.mandatory_saving.map(Rupiah::from)
    }

    /// The cooperative into which it was merged [koperasi penerus].
    async fn successor(&self, ctx: &Context<'_>) -> Option<Result<Inline<Cooperative>>> {
        SUCCESSOR.ask().object(ctx, self.row.successor_id).await
    }

    /// Its board, supervisory board and management, board first [pengurus, pengawas, pengelola].
    async fn officers(
        &self,
        ctx: &Context<'_>,
        r#where: Option<OfficerWhere>,
        order_by: Option<Vec<OfficerOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Officer>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        OFFICERS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Its outlets and facilities [gerai].
    async fn business_units(
        &self,
        ctx: &Context<'_>,
        r#where: Option<BusinessUnitWhere>,
        order_by: Option<Vec<BusinessUnitOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessUnit>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        BUSINESS_UNITS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Business classes in which it is active [KBLI].
    async fn business_classes(
        &self,
        ctx: &Context<'_>,
        r#where: Option<BusinessClassWhere>,
        order_by: Option<Vec<BusinessClassOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessClass, CooperativeBusinessClass>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        BUSINESS_CLASSES.ask(list)?.page(ctx, self.row.id).await
    }

    /// Commodities that it handles in `year`, by default the latest year with data [komoditas].
    async fn commodities(
        &self,
        ctx: &Context<'_>,
        year: Option<i32>,
        r#where: Option<CooperativeCommodityWhere>,
        order_by: Option<Vec<CooperativeCommodityOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<CooperativeCommodity>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        edges::commodities(year, list)?.page(ctx, self.row.id).await
    }

    /// Reports to the members' annual meeting, latest first [RAT].
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
        ANNUAL_REPORTS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Agreements it is a party to [kemitraan].
    async fn partnerships(
        &self,
        ctx: &Context<'_>,
        r#where: Option<PartnershipWhere>,
        order_by: Option<Vec<PartnershipOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Partnership>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        PARTNERSHIPS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Its linkages, on the side given by `as` or on both sides [keterhubungan usaha].
    async fn linkages(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "as")] side: Option<LinkageSide>,
        r#where: Option<LinkageWhere>,
        order_by: Option<Vec<LinkageOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessLinkage>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        edges::linkages(side, list)?.page(ctx, self.row.id).await
    }

    /// Programs that it hosts [program yang ditempati].
    async fn hosted_programs(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ProgramWhere>,
        order_by: Option<Vec<ProgramOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipProgram>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        HOSTED_PROGRAMS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Internship placements of its participants [peserta magang].
    async fn placements(
        &self,
        ctx: &Context<'_>,
        r#where: Option<PlacementWhere>,
        order_by: Option<Vec<PlacementOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Placement>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        PLACEMENTS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Its partnership applications, latest first [permohonan kemitraan].
    async fn applications(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ApplicationWhere>,
        order_by: Option<Vec<ApplicationOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnershipApplication>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        APPLICATIONS.ask(list)?.page(ctx, self.row.id).await
    }

    #[graphql(flatten)]
    async fn connected(&self) -> Connected {
        self.into()
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

impl Cooperative {
    /// Its primary key, which is also the key of its party.
    #[must_use]
    pub fn key(&self) -> Uuid {
        self.row.id
    }
}

/// The tenths of a kilometre to which distances to a location of this precision are rounded.
fn exactness(precision: LocationPrecision) -> u32 {
    match precision {
        LocationPrecision::Office => 1,
        LocationPrecision::Village => 10,
        LocationPrecision::District => 50,
        LocationPrecision::Regency => 100,
        LocationPrecision::Province => 500,
    }
}
