//! The root fields `node` and `nodes`: objects by their global ids.

use std::sync::LazyLock;

use async_graphql::{Context, ID, Interface, Object};
use futures_util::future::join_all;

use super::{
    annual_report::AnnualReport,
    application::PartnershipApplication,
    batch::InternshipBatch,
    business_class::BusinessClass,
    business_unit::BusinessUnit,
    commodity::{Commodity, CooperativeCommodity},
    cooperative::Cooperative,
    institution::PartnerInstitution,
    linkage::BusinessLinkage,
    linkage_month::LinkageMonth,
    officer::Officer,
    official::Official,
    partnership::Partnership,
    person::Person,
    personal::is_known,
    placement::Placement,
    program::InternshipProgram,
    region::Region,
    session::TrainingSession,
};
use crate::graph::{
    Error, Result,
    id::{GlobalId, KeyKind},
    inline::{Inline, Items, Tried, inline, inline_object},
    load::{Noun, One},
};

/// The most ids in `nodes`.
pub(super) const MAX_IDS: u32 = 100;

macro_rules! nodes {
    ($($noun:ident: $kind:ident),* $(,)? ; hidden $($hidden:ident: $hidden_kind:ident),*) => {
        /// An object with a global id.
        #[derive(Clone, Debug, Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "Global id: opaque, unique among all objects, accepted by `node`."))]
        pub enum Node {
            $($noun($noun),)*
            $($hidden($hidden),)*
        }

        inline_object! { Node: $($noun,)* $($hidden),* }

        /// The object with an id, if there is one that the caller may see.
        pub(super) async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
            let id = GlobalId::decode(id)?;
            match id.noun.as_str() {
                $($noun::NAME => {
                    static EDGE: LazyLock<One<$noun>> =
                        LazyLock::new(|| One::root(concat!("node(", stringify!($noun), ")")));
                    let row = EDGE.ask().row(ctx, id.key(KeyKind::$kind)?).await?;
                    Ok(row.map(Node::$noun))
                })*
                // Whether such a row exists is personal data too.
                $($hidden::NAME => {
                    static EDGE: LazyLock<One<$hidden>> =
                        LazyLock::new(|| One::root(concat!("node(", stringify!($hidden), ")")));
                    let key = id.key(KeyKind::$hidden_kind)?;
                    if !is_known(ctx, key.clone()).await? {
                        return Ok(None);
                    }
                    let row = EDGE.ask().row(ctx, key).await?;
                    Ok(row.map(Node::$hidden))
                })*
                _ => Err(Error::bad_input("malformed id")),
            }
        }
    };
}

nodes! {
    Region: Text,
    Cooperative: Uuid,
    Officer: Uuid,
    BusinessUnit: Uuid,
    BusinessClass: Text,
    Commodity: Text,
    CooperativeCommodity: Uuid,
    AnnualReport: Uuid,
    PartnerInstitution: Uuid,
    Official: Uuid,
    Partnership: Uuid,
    InternshipProgram: Uuid,
    InternshipBatch: Uuid,
    TrainingSession: Uuid,
    Placement: Uuid,
    BusinessLinkage: Uuid,
    LinkageMonth: Uuid,
    PartnershipApplication: Uuid;
    hidden Person: Uuid
}

/// Root fields for global ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// An object by its global id; null when none exists that the caller may see.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Inline<Node>>> {
        inline(find(ctx, &id).await)
    }

    /// Objects by their global ids, in the order of `ids`. An id that matches nothing gives null; a malformed id gives
    /// null and an error at its position.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Items<Tried<Node>>> {
        if ids.len() > MAX_IDS as usize {
            return Err(Error::bad_input(format!("`ids` takes at most {MAX_IDS} ids, not {}", ids.len())));
        }
        let found = join_all(ids.iter().map(|id| find(ctx, id))).await;
        let tried = |found| Tried { found, pos: ctx.item.pos };
        Ok(Items(found.into_iter().map(tried).collect()))
    }
}
