//! Regions: the administrative levels from province to village.

mod above;
mod figures;
mod filter;
mod within;

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{
    batch_province,
    region::Column,
    vocabulary::{LinkageSide, LocationPrecision, RegionKind, RegionLevel},
};

pub use self::{figures::RegionFiguresQuery, filter::RegionWhere};
use super::{
    batch::{BatchOrder, BatchOrderField, BatchWhere, InternshipBatch},
    cooperative::{Cooperative, CooperativeOrder, CooperativeOrderField, CooperativeWhere},
    edges,
    institution::{InstitutionOrder, InstitutionOrderField, InstitutionWhere, PartnerInstitution},
    linkage::{BusinessLinkage, LinkageWhere},
    noun,
    placement::{Placement, PlacementWhere},
    reads,
    record::GeoPoint,
    search::ranked,
};
use crate::graph::{
    Result,
    aggregate::FiguresRow,
    filter::{Expression, RequiredRow},
    id,
    inline::{Inline, Items, inline},
    list_size::list_size,
    load::{Field, Graph, Many, Noun, One, Reach},
    order::{Order, Term},
    page::{Connection, List},
    scalar::RegionCode,
    value::Value,
};
use crate::order_fields;

noun! {
    Region: region,
    fields = vec![
        Field::row("parent", |_| Ok(PARENT.ask().plain())),
        Field::row("province", |_| Ok(above::PROVINCE.ask().plain())),
        Field::row("regencyCity", |_| Ok(above::REGENCY_CITY.ask().plain())),
        Field::row("district", |_| Ok(above::DISTRICT.ask().plain())),
        Field::row("village", |_| Ok(above::VILLAGE.ask().plain())),
        Field::list("ancestors", |_| Ok(ANCESTORS.all().plain())),
        Field::page("children", |a| Ok(CHILDREN.ask(a.list::<RegionWhere, RegionOrderField>()?)?.plain())),
        Field::page("cooperatives", |a| {
            Ok(COOPERATIVES.ask(a.list::<CooperativeWhere, CooperativeOrderField>()?)?.plain())
        }),
        Field::page("institutions", |a| {
            Ok(INSTITUTIONS.ask(a.list::<InstitutionWhere, InstitutionOrderField>()?)?.plain())
        }),
        Field::list("cooperativeFigures", |a| within::of::<_, CooperativeWhere>(&COOPERATIVES, a)),
        Field::list("linkageFigures", |a| within::of::<_, LinkageWhere>(within::linkages(a.read("as")?), a)),
        Field::list("placementFigures", |a| within::of::<_, PlacementWhere>(&within::PLACEMENTS, a)),
        Field::page("batches", |a| Ok(BATCHES.ask(a.list::<BatchWhere, BatchOrderField>()?)?.plain())),
    ],
    reads = reads! { region { "location": LatitudeE5, LongitudeE5, LocationPrecision, Level; "label": Name; } },
}

edges! {
    pub(super) BY_CODE: One<Region> = One::root("region");
    /// The regions whose codes callers name, which must exist.
    pub(in crate::registry) NAMED: One<Region> = One::root("Region.named");
    REGIONS: Many<Region> = Many::root("regions");
    PARENT: One<Region> = One::by("Region.parent", Column::ParentCode);
    ANCESTORS: Many<Region> = Many::new("Region.ancestors", Column::Code, Reach::Above(Column::Code.into()));
    CHILDREN: Many<Region> =
        Many::new("Region.children", Column::Code, Reach::Column(Column::ParentCode.into()));
    COOPERATIVES: Many<Cooperative> = Many::new(
        "Region.cooperatives",
        Column::Code,
        Reach::Subtree(entity::cooperative::Column::RegionCode.into()),
    );
    INSTITUTIONS: Many<PartnerInstitution> = Many::new(
        "Region.institutions",
        Column::Code,
        Reach::Subtree(entity::institution::Column::RegionCode.into()),
    );
    BATCHES: Many<InternshipBatch> = Many::new(
        "Region.batches",
        Column::Code,
        Reach::LinkedSubtree {
            table: entity::batch_province::Entity.into(),
            region: batch_province::Column::RegionCode.into(),
            child: batch_province::Column::BatchId.into(),
            columns: vec![entity::internship_batch::Column::Id.into()],
        },
    )
    .ordered([Term::descending(entity::internship_batch::Column::StartsOn)]);
}

/// A province, regency or city, district, or village [wilayah administrasi].
#[Object]
impl Region {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.code.as_str().into())
    }

    /// Official code, such as `32.04` [kode wilayah].
    async fn code(&self) -> RegionCode {
        RegionCode(self.row.code.clone())
    }

    /// Administrative level [tingkat].
    async fn level(&self) -> RegionLevel {
        self.row.level
    }

    /// Kind of region as defined by law [jenis].
    async fn kind(&self) -> RegionKind {
        self.row.kind
    }

    /// Official name [nama].
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Postal code; villages only [kode pos].
    async fn postal_code(&self) -> Option<&str> {
        self.row.postal_code.as_deref()
    }

    /// A point inside it, as exact as its `precision` says; null when none is known [titik koordinat].
    async fn location(&self) -> Option<Inline<GeoPoint>> {
        let of = match self.row.level {
            RegionLevel::Province => LocationPrecision::Province,
            RegionLevel::RegencyCity => LocationPrecision::Regency,
            RegionLevel::District => LocationPrecision::District,
            RegionLevel::Village => LocationPrecision::Village,
        };
        let precision = self.row.location_precision.unwrap_or(of);
        Some(Inline(GeoPoint::from_e5(self.row.latitude_e5?, self.row.longitude_e5?, precision, of)))
    }

    /// The region one level above; null for a province [wilayah induk].
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        PARENT.ask().object(ctx, self.row.parent_code.clone()).await
    }

    /// The province that the region lies in; the region itself if it is one [provinsi].
    async fn province(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        self.above(ctx, &above::PROVINCE).await
    }

    /// The regency or city that the region lies in; the region itself if it is one, null for a province
    /// [kabupaten/kota].
    async fn regency_city(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        self.above(ctx, &above::REGENCY_CITY).await
    }

    /// The district that the region lies in; the region itself if it is one, null above districts [kecamatan].
    async fn district(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        self.above(ctx, &above::DISTRICT).await
    }

    /// The region itself if it is a village, else null [desa/kelurahan].
    async fn village(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        self.above(ctx, &above::VILLAGE).await
    }

    /// All regions above, province first [wilayah di atasnya].
    #[graphql(directive = list_size::apply(3))]
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Items<Region>> {
        match self.ancestors_in_memory(ctx)? {
            Some(ancestors) => Ok(Items(ancestors)),
            None => ANCESTORS.all().list(ctx, self.row.code.clone()).await,
        }
    }

    /// Regions one level below [wilayah di bawahnya].
    async fn children(
        &self,
        ctx: &Context<'_>,
        r#where: Option<RegionWhere>,
        order_by: Option<Vec<RegionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Region>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        CHILDREN.ask(list)?.page(ctx, self.row.code.clone()).await
    }

    /// Cooperatives inside the region, at any level [koperasi].
    async fn cooperatives(
        &self,
        ctx: &Context<'_>,
        r#where: Option<CooperativeWhere>,
        order_by: Option<Vec<CooperativeOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Cooperative>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        COOPERATIVES.ask(list)?.page(ctx, self.row.code.clone()).await
    }

    /// Partner institutions inside the region, at any level [lembaga mitra].
    async fn institutions(
        &self,
        ctx: &Context<'_>,
        r#where: Option<InstitutionWhere>,
        order_by: Option<Vec<InstitutionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnerInstitution>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        INSTITUTIONS.ask(list)?.page(ctx, self.row.code.clone()).await
    }

    /// Batches whose participants come or are invited from the region, latest first [gelombang].
    async fn batches(
        &self,
        ctx: &Context<'_>,
        r#where: Option<BatchWhere>,
        order_by: Option<Vec<BatchOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipBatch>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        BATCHES.ask(list)?.page(ctx, self.row.code.clone()).await
    }

    /// Figures on the cooperatives inside the region, as one group [angka koperasi].
    async fn cooperative_figures(
        &self,
        ctx: &Context<'_>,
        r#where: Option<CooperativeWhere>,
    ) -> Result<Inline<FiguresRow<Cooperative>>> {
        FiguresRow::whole(ctx, &COOPERATIVES, self.row.code.as_str(), r#where).await.map(Inline)
    }

    /// Figures on the linkages of parties inside the region, as one group; with a party on the side given by `as`, or
    /// on either side [angka keterhubungan usaha].
    async fn linkage_figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "as")] side: Option<LinkageSide>,
        r#where: Option<LinkageWhere>,
    ) -> Result<Inline<FiguresRow<BusinessLinkage>>> {
        FiguresRow::whole(ctx, within::linkages(side), self.row.code.as_str(), r#where).await.map(Inline)
    }

    /// Figures on the placements from cooperatives inside the region, as one group [angka peserta magang].
    async fn placement_figures(
        &self,
        ctx: &Context<'_>,
        r#where: Option<PlacementWhere>,
    ) -> Result<Inline<FiguresRow<Placement>>> {
        FiguresRow::whole(ctx, &within::PLACEMENTS, self.row.code.as_str(), r#where).await.map(Inline)
    }
}

/// Requires that there is a region with this code.
///
/// # Errors
/// `BAD_USER_INPUT` that names the code if there is none.
pub(super) async fn require(ctx: &Context<'_>, code: &RegionCode) -> Result<()> {
    let region = RequiredRow { edge: NAMED.edge(), key: code.0.as_str().into() };
    Graph::of(ctx)?.require(&[region]).await
}

/// Sort fields of regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RegionOrderField {
    /// Official code [kode wilayah].
    Code,
    /// Official name [nama].
    Name,
    /// Administrative level, in alphabetical order of the enum values [tingkat].
    Level,
    /// Number of cooperatives inside the region selected by `cooperatives` [jumlah koperasi].
    CooperativeCount,
    /// Relevance to `search`, best first when `direction` is absent; requires `search` [kecocokan].
    Relevance,
}

order_fields! {
    RegionOrderField: "RegionOrder", region { Code => Code, Name => NameFold, Level => Level }
    with RegionRelated, |related, _| {
        Self::Relevance => vec![Expression::Relevance],
        Self::CooperativeCount => vec![Expression::count(&COOPERATIVES, related.cooperatives.as_ref())?],
    }
}

/// Conditions on the related rows that sort fields of regions count.
#[derive(Clone, Debug, InputObject)]
pub struct RegionRelated {
    /// Cooperatives that `COOPERATIVE_COUNT` counts; all when absent.
    cooperatives: Option<CooperativeWhere>,
}

/// One sort term of regions.
pub type RegionOrder = Order<RegionOrderField>;

/// Exactly one key of a region.
#[derive(Debug, OneofObject)]
pub enum RegionBy {
    /// Its id.
    Id(ID),
    /// Its official code.
    Code(RegionCode),
}

impl RegionBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let code = match self {
            RegionBy::Id(id) => id::GlobalId::key_of(&id, Region::NAME, id::KeyKind::Text)?,
            RegionBy::Code(code) => code.0.into(),
        };
        BY_CODE.ask().row(ctx, code).await
    }
}

/// Root fields of regions.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegionQuery;

#[Object]
impl RegionQuery {
    /// One region by a key. A lookup that finds nothing returns null [wilayah].
    async fn region(&self, ctx: &Context<'_>, by: RegionBy) -> Option<Result<Inline<Region>>> {
        inline(by.find(ctx).await)
    }

    /// All regions [wilayah].
    async fn regions(
        &self,
        ctx: &Context<'_>,
        r#where: Option<RegionWhere>,
        search: Option<String>,
        order_by: Option<Vec<RegionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Region>> {
        let ranked = ranked(ctx, search, r#where.as_ref()).await?;
        let list = List::new(r#where, order_by, (first, after, last, before));
        REGIONS.found(ranked, Column::NameFold, list)?.page(ctx, Value::Null).await
    }
}
