//! Queries for partnerships: lookups by key, and the root list.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::partnership::Column;

use super::{Partnership, PartnershipWhere};
use crate::{
    graph::{
        Error, Result,
        filter::{Condition, Expression},
        id::{GlobalId, KeyKind, clean},
        inline::{Inline, inline},
        load::{Many, Noun, One},
        order::{NothingRelated, Order},
        page::{Connection, List},
        value::Value,
    },
    order_fields,
    registry::{cooperative::Cooperative, edges, institution::PartnerInstitution, search::ranked},
};

edges! {
    pub(super) BY_ID: One<Partnership> = One::root("partnership");
    PARTNERSHIPS: Many<Partnership> = Many::root("partnerships");
}

/// Sort fields of partnerships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PartnershipOrderField {
    /// Number assigned by the first party [nomor naskah].
    Number,
    /// Title [judul].
    Title,
    /// Form, in alphabetical order of the enum values [bentuk naskah].
    Kind,
    /// Status, in alphabetical order of the enum values [status].
    Status,
    /// Date of signing [tanggal penandatanganan].
    SignedOn,
    /// First date in force [mulai berlaku].
    EffectiveFrom,
    /// Last date in force [berakhir].
    EffectiveTo,
    /// Value [nilai].
    Value,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Relevance to `search`, best first when `direction` is absent; requires `search` [kecocokan].
    Relevance,
}

order_fields! {
    PartnershipOrderField: "PartnershipOrder", partnership {
        Number => Number,
        Title => TitleFold,
        Kind => Kind,
        Status => Status,
        SignedOn => SignedOn,
        EffectiveFrom => EffectiveFrom,
        EffectiveTo => EffectiveTo,
        Value => Value,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::Relevance => vec![Expression::Relevance],
    }
}

/// One sort term of partnerships.
pub type PartnershipOrder = Order<PartnershipOrderField>;

/// Exactly one key of a partnership.
#[derive(Debug, OneofObject)]
pub enum PartnershipBy {
    /// Its id.
    Id(ID),
    /// Its first party and number.
    Number(PartnershipNumberInput),
}

/// An agreement's number, unique with its first party [nomor naskah].
#[derive(Debug, InputObject)]
pub struct PartnershipNumberInput {
    /// Id of the first party.
    first_party: ID,
    /// The number.
    number: String,
}

/// The key in an id of a cooperative or an institution.
fn party_key(id: &ID) -> Result<Value> {
    let decoded = GlobalId::decode(id)?;
    match decoded.noun.as_str() {
        Cooperative::NAME | PartnerInstitution::NAME => decoded.key(KeyKind::Uuid),
        noun => {
            Err(Error::bad_input(format!("a party must be a cooperative or an institution, not a {noun}")))
        }
    }
}

impl PartnershipBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<Partnership>> {
        match self {
            PartnershipBy::Id(id) => {
                let key = GlobalId::key_of(&id, Partnership::NAME, KeyKind::Uuid)?;
                BY_ID.ask().row(ctx, key).await
            }
            PartnershipBy::Number(by) => {
                let of_party = Condition::equal(Column::FirstPartyId, party_key(&by.first_party)?);
                let number = Condition::equal(Column::Number, clean(&by.number)?);
                PARTNERSHIPS.first(of_party.and(number)).only(ctx).await
            }
        }
    }
}

/// Root fields of partnerships.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartnershipQuery;

#[Object]
impl PartnershipQuery {
    /// One partnership by a key. A lookup that finds nothing returns null [kemitraan].
    async fn partnership(&self, ctx: &Context<'_>, by: PartnershipBy) -> Option<Result<Inline<Partnership>>> {
        inline(by.find(ctx).await)
    }

    /// All partnerships except drafts, those under review and cancelled ones [kemitraan].
    async fn partnerships(
        &self,
        ctx: &Context<'_>,
        r#where: Option<PartnershipWhere>,
        search: Option<String>,
        order_by: Option<Vec<PartnershipOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Partnership>> {
        let ranked = ranked(ctx, search, r#where.as_ref()).await?;
        let list = List::new(r#where, order_by, (first, after, last, before));
        PARTNERSHIPS.found(ranked, Column::TitleFold, list)?.page(ctx, Value::Null).await
    }
}
