//! Figures on nouns: the root field of each, and the labels of group keys.

use std::borrow::Cow;

use async_graphql::{Context, Object};

use super::{
    batch::InternshipBatch, commodity::Commodity, cooperative::Cooperative, edges,
    institution::PartnerInstitution, node::Node, party::Party, program::InternshipProgram, region::Region,
    vocabulary,
};
use crate::graph::{
    Error, Result,
    aggregate::{KeyValue, Label},
    id,
    inline::{Inline, inline_object},
    label::Language,
    load::{Noun, One},
    value::Value,
};

/// Declares the figures on a noun and the root field that returns them.
macro_rules! aggregate {
    ($(#[$doc:meta])* $query:ident, $field:ident($name:literal): $noun:ident, $where:ident = $figures:expr) => {
        edges! {
            FIGURED: crate::graph::load::Many<$noun> = crate::graph::load::Many::root($name);
        }

        impl crate::graph::aggregate::Aggregated for $noun {
            type Key = crate::registry::figures::FigureKey;

            fn figures() -> &'static crate::graph::aggregate::Figures {
                static FIGURES: std::sync::LazyLock<crate::graph::aggregate::Figures> =
                    std::sync::LazyLock::new($figures);
                &FIGURES
            }
        }

        /// Root field of these figures.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $query;

        #[async_graphql::Object]
        impl $query {
            $(#[$doc])*
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Include only rows that match.")] r#where: Option<$where>,
                group_by: Option<Vec<crate::graph::aggregate::DimensionInput<$noun>>>,
                having: Option<crate::graph::aggregate::FiguresWhere<$noun>>,
                #[graphql(desc = "Sort order: at most 8 terms, the most significant first. Ties are broken by the keys.")]
                order_by: Option<Vec<crate::graph::aggregate::FiguresOrder<$noun>>>,
                #[graphql(desc = "Number of groups: 20 by default, at most 1,000.")] first: Option<i32>,
                after: Option<String>,
            ) -> crate::graph::Result<crate::graph::inline::Inline<crate::graph::aggregate::FiguresPage<$noun>>> {
                let wishes =
                    crate::graph::aggregate::Wishes { filter: r#where, group_by, having, order_by, first, after };
                crate::graph::aggregate::FiguresPage::ask(ctx, &FIGURED, &wishes).await
            }
        }
    };
}

pub(super) use aggregate;

/// One key of a group: the value of one dimension [kunci].
#[derive(Clone, Debug)]
pub struct FigureKey(KeyValue);

impl From<KeyValue> for FigureKey {
    fn from(key: KeyValue) -> Self {
        Self(key)
    }
}

edges! {
    REGION: One<Region> = One::root("FigureKey.region");
    PARTY: One<Party> = One::root("FigureKey.party");
    COMMODITY: One<Commodity> = One::root("FigureKey.commodity");
    PROGRAM: One<InternshipProgram> = One::root("FigureKey.program");
    BATCH: One<InternshipBatch> = One::root("FigureKey.batch");
    INSTITUTION: One<PartnerInstitution> = One::root("FigureKey.institution");
}

/// One key of a group: the value of one dimension [kunci].
#[Object]
impl FigureKey {
    /// Name of the dimension, as in `groupBy`.
    async fn dimension(&self) -> &str {
        self.0.dimension.name
    }

    /// The value: a code, an enum value, a year, a quarter, a month or a global id; null for rows without a value
    /// [nilai].
    async fn value(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        match (&self.0.dimension.label, &self.0.value) {
            (_, Value::Null) => None,
            // A row that is known by a code is called by it.
            (Label::Row(_) | Label::RegionName, Value::Text(code)) => Some(Ok(code.to_string())),
            (Label::Row(_), _) => Some(self.named(ctx).await.transpose()?.and_then(Named::id)),
            (_, Value::Text(text)) => Some(Ok(text.to_string())),
            (_, Value::Int(number)) => Some(Ok(number.to_string())),
            (_, Value::Bool(flag)) => Some(Ok(flag.to_string())),
            (_, other) => Some(Err(Error::Internal(format!("no key of figures is {other:?}")))),
        }
    }

    /// Label of the value in `language`, as interfaces show it: capitalised words of enums, months and quarters, names of
    /// rows [sebutan].
    async fn label(&self, ctx: &Context<'_>, language: Option<Language>) -> Option<Result<String>> {
        let language = language.unwrap_or_default();
        let value = match &self.0.value {
            Value::Null => return None,
            Value::Text(text) => Cow::from(text.as_ref()),
            Value::Int(number) => number.to_string().into(),
            Value::Bool(flag) => language.truth(*flag).into(),
            Value::Uuid(_) | Value::Date(_) => "".into(),
        };
        match &self.0.dimension.label {
            Label::Itself => Some(Ok(value.into_owned())),
            Label::Vocabulary(name) => {
                let label = vocabulary::label(name, &value, language).map(str::to_owned);
                Some(label.ok_or_else(|| Error::Internal(format!("{name} has no value {value}"))))
            }
            Label::Calendar(period) => Some(Ok(language.period(&value, *period))),
            Label::Row(_) | Label::RegionName => match self.named(ctx).await.transpose()? {
                Ok(named) => named.label(ctx, language).await.transpose(),
                Err(error) => Some(Err(error)),
            },
        }
    }

    /// The region, party, commodity, program or batch with this value; null for other values.
    async fn node(&self, ctx: &Context<'_>) -> Option<Result<Inline<Node>>> {
        Some(self.named(ctx).await.transpose()?.map(|named| Inline(named.0)))
    }
}

inline_object! { FigureKey }

/// The row that a group key stands for.
struct Named(Node);

impl Named {
    fn id(self) -> Result<String> {
        let (noun, key) = match self.0 {
            Node::Cooperative(cooperative) => (Cooperative::NAME, cooperative.row.id),
            Node::PartnerInstitution(institution) => (PartnerInstitution::NAME, institution.row.id),
            Node::InternshipProgram(program) => (InternshipProgram::NAME, program.row.id),
            Node::InternshipBatch(batch) => (InternshipBatch::NAME, batch.row.id),
            other => return Err(Error::Internal(format!("{other:?} has no global id among figures"))),
        };
        Ok(id::encode(noun, &key.into()).0)
    }

    async fn label(self, ctx: &Context<'_>, language: Language) -> Result<Option<String>> {
        Ok(match self.0 {
            Node::Region(row) => Some(row.row.name.clone()),
            Node::Cooperative(row) => Some(row.row.name.clone()),
            Node::PartnerInstitution(row) => Some(row.row.name.clone()),
            Node::Commodity(row) => Some(row.name_in(language).to_owned()),
            Node::InternshipProgram(row) => Some(row.row.name.clone()),
            Node::InternshipBatch(row) => {
                let program = PROGRAM.ask().row(ctx, row.row.program_id).await?;
                let batch = match language {
                    Language::Id => "gelombang",
                    Language::En => "batch",
                };
                program.map(|program| format!("{}, {batch} {}", program.row.name, row.row.number))
            }
            _ => None,
        })
    }
}

impl FigureKey {
    /// The row whose primary key is the group key.
    async fn named(&self, ctx: &Context<'_>) -> Result<Option<Named>> {
        let noun = match self.0.dimension.label {
            Label::Row(noun) => noun,
            Label::RegionName => Region::NAME,
            _ => return Ok(None),
        };
        let key = self.0.value.clone();
        let node = match noun {
            Region::NAME => REGION.ask().row(ctx, key).await?.map(Node::Region),
            Commodity::NAME => COMMODITY.ask().row(ctx, key).await?.map(Node::Commodity),
            InternshipProgram::NAME => PROGRAM.ask().row(ctx, key).await?.map(Node::InternshipProgram),
            InternshipBatch::NAME => BATCH.ask().row(ctx, key).await?.map(Node::InternshipBatch),
            PartnerInstitution::NAME => INSTITUTION.ask().row(ctx, key).await?.map(Node::PartnerInstitution),
            _ => PARTY.ask().row(ctx, key).await?.map(|party| match party {
                Party::Cooperative(cooperative) => Node::Cooperative(cooperative),
                Party::PartnerInstitution(institution) => Node::PartnerInstitution(institution),
            }),
        };
        Ok(node.map(Named))
    }
}
