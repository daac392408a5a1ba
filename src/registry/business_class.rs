//! Business classes: the national classification, in each of its editions.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject, SimpleObject};
use entity::{business_class::Column, cooperative_business_class};

use super::{
    cooperative::{Cooperative, CooperativeOrder, CooperativeOrderField, CooperativeWhere},
    edges, noun,
};
use crate::graph::{
    Result,
    filter::{Condition, IdFilter, Identity, IntFilter, Related, StringFilter, Text},
    id::{self, GlobalId, KeyKind},
    inline::{Inline, inline},
    load::{Field, Many, Noun, One, Reach},
    order::Order,
    page::{Connection, Link, List},
    value::Value,
};
use crate::{conditions, order_fields};

noun! {
    BusinessClass: business_class,
    fields = vec![Field::page("cooperatives", |a| {
        Ok(COOPERATIVES.ask(a.list::<CooperativeWhere, CooperativeOrderField>()?)?.plain())
    })],
}

edges! {
    BY_ID: One<BusinessClass> = One::root("businessClass");
    BUSINESS_CLASSES: Many<BusinessClass> = Many::root("businessClasses");
    COOPERATIVES: Many<Cooperative> = Many::new(
        "BusinessClass.cooperatives",
        Column::Id,
        Reach::Link {
            table: entity::cooperative_business_class::Entity.into(),
            parent: cooperative_business_class::Column::BusinessClassId.into(),
            child: cooperative_business_class::Column::CooperativeId.into(),
            columns: Vec::new(),
        },
    );
}

/// A class of the national business classification [KBLI].
#[Object]
impl BusinessClass {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.as_str().into())
    }

    /// Edition of the classification: 2020 or 2025 [tahun KBLI].
    async fn edition(&self) -> i32 {
        self.row.edition
    }

    /// Five-digit code, unique within the edition [kode KBLI].
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// Letter of the section to which it belongs [kategori].
    async fn section(&self) -> &str {
        &self.row.section
    }

    /// Title in that edition [judul].
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// Cooperatives that are active in it [koperasi].
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
        COOPERATIVES.ask(list)?.page(ctx, self.row.id.as_str()).await
    }
}

/// The fields of an edge from a cooperative to a business class.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct CooperativeBusinessClass {
    /// Whether it is the cooperative's main line of business [utama].
    primary: bool,
}

impl Link for CooperativeBusinessClass {
    const NAME: Option<&'static str> = Some("CooperativeBusinessClass");

    fn from_values(values: &[Value]) -> Self {
        Self { primary: matches!(values, [Value::Bool(true), ..]) }
    }
}

conditions! {
    /// Conditions on business classes; all must hold.
    BusinessClassWhere of BusinessClass, "BusinessClassesFilter" {
        /// Its global id.
        id: IdFilter = Identity::of::<BusinessClass>(),
        /// Edition of the classification: 2020 or 2025 [tahun KBLI].
        edition: IntFilter = Column::Edition,
        /// Five-digit code [kode KBLI].
        code: StringFilter = Text::exact(Column::Code),
        /// Letter of the section to which it belongs [kategori].
        section: StringFilter = Text::exact(Column::Section),
        /// Title in its edition [judul].
        title: StringFilter = Text::folded(Column::TitleFold),
        /// Cooperatives that are active in it [koperasi].
        cooperatives: Related<CooperativeWhere> = &COOPERATIVES,
    }
}

/// Sort fields of business classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum BusinessClassOrderField {
    /// Edition of the classification [tahun KBLI].
    Edition,
    /// Five-digit code [kode KBLI].
    Code,
    /// Title in its edition [judul].
    Title,
}

order_fields! {
    BusinessClassOrderField: "BusinessClassOrder", business_class {
        Edition => Edition,
        Code => Code,
        Title => TitleFold,
    }
}

/// One sort term of business classes.
pub type BusinessClassOrder = Order<BusinessClassOrderField>;

/// Exactly one key of a business class.
#[derive(Debug, OneofObject)]
pub enum BusinessClassBy {
    /// Its id.
    Id(ID),
    /// Its edition and code.
    Code(BusinessClassCodeInput),
}

/// A business class in its edition [KBLI].
#[derive(Debug, InputObject)]
pub struct BusinessClassCodeInput {
    /// Edition of the classification: 2020 or 2025 [tahun KBLI].
    edition: i32,
    /// Five-digit code [kode KBLI].
    code: String,
}

impl BusinessClassBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<BusinessClass>> {
        match self {
            BusinessClassBy::Id(id) => {
                let key = GlobalId::key_of(&id, BusinessClass::NAME, KeyKind::Text)?;
                BY_ID.ask().row(ctx, key).await
            }
            BusinessClassBy::Code(BusinessClassCodeInput { edition, code }) => {
                let fits = Condition::equal(Column::Edition, edition)
                    .and(Condition::equal(Column::Code, id::clean(&code)?));
                BUSINESS_CLASSES.first(fits).only(ctx).await
            }
        }
    }
}

/// Root fields of business classes.
#[derive(Clone, Copy, Debug, Default)]
pub struct BusinessClassQuery;

#[Object]
impl BusinessClassQuery {
    /// One business class by a key. A lookup that finds nothing returns null [KBLI].
    async fn business_class(
        &self,
        ctx: &Context<'_>,
        by: BusinessClassBy,
    ) -> Option<Result<Inline<BusinessClass>>> {
        inline(by.find(ctx).await)
    }

    /// All business classes of all editions [KBLI].
    async fn business_classes(
        &self,
        ctx: &Context<'_>,
        r#where: Option<BusinessClassWhere>,
        order_by: Option<Vec<BusinessClassOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessClass>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        BUSINESS_CLASSES.ask(list)?.page(ctx, Value::Null).await
    }
}
