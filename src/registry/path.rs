//! Supply chains: parties downstream and upstream of a party, and chains between two parties.

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    cooperative, institution,
    linkage::Column,
    vocabulary::LinkageStatus::{self, Active, Trial},
};
use futures_util::future::try_join_all;
use sea_orm::ActiveEnum;
use uuid::Uuid;

use super::{
    cooperative::Cooperative,
    edges,
    institution::PartnerInstitution,
    linkage::{BUYER, BusinessLinkage, LinkageWhere, SUPPLIER},
    party::Party,
};
use crate::graph::{
    Error, Result,
    filter::{Condition, Where},
    id::{GlobalId, KeyKind},
    inline::{Inline, Items, inline_object},
    list_size::list_size,
    load::{
        Arcs, Ask, Between, Chain, Direction, Field, FieldArguments, Graph, Noun, One, Question, Steps,
        Target, WALK_BUDGET, Walk,
    },
    page::{Connection, Link, PageInfo, Window},
    value::Value,
};

/// The default depth of a walk, and of a search for chains.
const WALK_DEPTH: i32 = 3;
const CHAIN_DEPTH: i32 = 4;

/// The default number of chains, and the maximum.
const CHAINS: i32 = 5;
const MAX_CHAINS: i32 = 20;

edges! {
    COOPERATIVE_DOWNSTREAM: Walk<BusinessLinkage> =
        Walk::new("Cooperative.downstream", cooperative::Column::Id, goods(), steps(|_| Ok(BUYER.ask().plain())));
    COOPERATIVE_UPSTREAM: Walk<BusinessLinkage> =
        Walk::new("Cooperative.upstream", cooperative::Column::Id, goods().reversed(), steps(|_| Ok(SUPPLIER.ask().plain())));
    INSTITUTION_DOWNSTREAM: Walk<BusinessLinkage> =
        Walk::new("PartnerInstitution.downstream", institution::Column::Id, goods(), steps(|_| Ok(BUYER.ask().plain())));
    INSTITUTION_UPSTREAM: Walk<BusinessLinkage> =
        Walk::new("PartnerInstitution.upstream", institution::Column::Id, goods().reversed(), steps(|_| Ok(SUPPLIER.ask().plain())));
    ON_CHAIN: One<Party> = One::root("SupplyChain.parties");
    OF_CHAIN: One<BusinessLinkage> = One::root("SupplyChain.linkages");
}

/// The direction of goods: from supplier to buyer.
fn goods() -> Arcs {
    Arcs::new(Column::SupplierId, Column::BuyerId)
}

/// The fields of a step: its linkage, and the party at its end.
fn steps(party: fn(&FieldArguments<'_>) -> Result<Question>) -> Steps {
    Steps { row: "linkage", fields: vec![Field::row("party", party)] }
}

/// The condition on the linkages to follow: that of the caller, or by default those with status `TRIAL` or `ACTIVE`.
fn followed(filter: Option<&LinkageWhere>) -> Result<Condition> {
    let today = || [Trial, Active].map(|status: LinkageStatus| Value::from(status.into_value())).to_vec();
    filter.map_or_else(|| Ok(Condition::one_of(Column::Status, today())), Where::condition)
}

/// The fields `downstream` and `upstream` of a party of either kind.
#[derive(Debug)]
pub struct Connected {
    party: Party,
    key: Uuid,
    downstream: &'static Walk<BusinessLinkage>,
    upstream: &'static Walk<BusinessLinkage>,
}

impl From<&Cooperative> for Connected {
    fn from(cooperative: &Cooperative) -> Self {
        Self {
            party: Party::Cooperative(cooperative.clone()),
            key: cooperative.row.id,
            downstream: &COOPERATIVE_DOWNSTREAM,
            upstream: &COOPERATIVE_UPSTREAM,
        }
    }
}

impl From<&PartnerInstitution> for Connected {
    fn from(institution: &PartnerInstitution) -> Self {
        Self {
            party: Party::PartnerInstitution(institution.clone()),
            key: institution.row.id,
            downstream: &INSTITUTION_DOWNSTREAM,
            upstream: &INSTITUTION_UPSTREAM,
        }
    }
}

/// Supply chain fields of a party.
#[Object]
impl Connected {
    /// Parties that its goods reach along linkages, nearest first, each party once [hilir].
    async fn downstream(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Maximum number of linkages to follow, at most 6.", default_with = "WALK_DEPTH")]
        max_depth: i32,
        #[graphql(
            desc = "Follow only linkages that match; by default those with status `TRIAL` or `ACTIVE`."
        )]
        r#where: Option<LinkageWhere>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Inline<SupplyChainPage>> {
        let window = Window::from((first, after, None, None));
        let ask = self.downstream.ask(max_depth, followed(r#where.as_ref())?, &window)?;
        let page = ask.page(ctx, self.key).await?;
        Ok(Inline(SupplyChainPage { page, start: self.party.clone(), reached: &BUYER }))
    }

    /// Parties whose goods reach it along linkages, nearest first, each party once [hulu].
    async fn upstream(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Maximum number of linkages to follow, at most 6.", default_with = "WALK_DEPTH")]
        max_depth: i32,
        #[graphql(
            desc = "Follow only linkages that match; by default those with status `TRIAL` or `ACTIVE`."
        )]
        r#where: Option<LinkageWhere>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Inline<SupplyChainPage>> {
        let window = Window::from((first, after, None, None));
        let ask = self.upstream.ask(max_depth, followed(r#where.as_ref())?, &window)?;
        let page = ask.page(ctx, self.key).await?;
        Ok(Inline(SupplyChainPage { page, start: self.party.clone(), reached: &SUPPLIER }))
    }
}

inline_object! { SupplyChainPage, SupplyChainStep, SupplyChain }

/// One page of parties reached along linkages.
#[derive(Debug)]
pub struct SupplyChainPage {
    page: Connection<BusinessLinkage, Hop>,
    start: Party,
    reached: &'static One<Party>,
}

/// One page of parties reached along linkages.
#[Object]
impl SupplyChainPage {
    /// The parties reached, nearest first.
    async fn nodes(&self) -> Result<Items<SupplyChainStep>> {
        let step = |(linkage, hop)| SupplyChainStep {
            linkage,
            hop,
            start: self.start.clone(),
            reached: self.reached,
        };
        Ok(Items(self.page.0.linked()?.into_iter().map(step).collect()))
    }

    /// Position of this page in its list.
    async fn page_info(&self) -> Inline<PageInfo> {
        Inline(self.page.0.position())
    }

    /// Whether the result is incomplete because too many parties were reached. If so, narrow `where` or `maxDepth`.
    async fn truncated(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.page.0.total(ctx).await? > WALK_BUDGET)
    }
}

/// The distance of a party reached, and the keys of all parties on the way, the first one excluded.
#[derive(Debug)]
struct Hop {
    depth: i64,
    path: Vec<Uuid>,
}

impl Link for Hop {
    fn from_values(values: &[Value]) -> Self {
        match values {
            [Value::Int(depth), Value::Text(path), ..] => {
                Self { depth: *depth, path: path.split('/').filter_map(|key| key.parse().ok()).collect() }
            }
            _ => Self { depth: 0, path: Vec::new() },
        }
    }
}

/// A party reached along linkages [simpul rantai pasok].
#[derive(Debug)]
pub struct SupplyChainStep {
    linkage: BusinessLinkage,
    hop: Hop,
    start: Party,
    reached: &'static One<Party>,
}

/// A party reached along linkages [simpul rantai pasok].
#[Object]
impl SupplyChainStep {
    /// Distance from the starting party, in linkages.
    async fn depth(&self) -> i64 {
        self.hop.depth
    }

    /// The parties on the way, from the starting party to this one, both included.
    #[graphql(directive = list_size::apply(7))]
    async fn path(&self, ctx: &Context<'_>) -> Result<Items<Party>> {
        let mut path = vec![self.start.clone()];
        path.extend(all(ctx, &self.reached.ask(), &self.hop.path).await?.0);
        Ok(Items(path))
    }

    /// The party reached.
    async fn party(&self, ctx: &Context<'_>) -> Result<Inline<Party>> {
        let key = self.hop.path.last().ok_or_else(|| Error::Internal("a path without an end".into()))?;
        self.reached.ask().required(ctx, *key).await
    }

    /// The last linkage on the way to this party.
    async fn linkage(&self) -> Inline<&BusinessLinkage> {
        Inline(&self.linkage)
    }
}

/// Direction in which a chain follows linkages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ChainDirection {
    /// From supplier to buyer only [hilir].
    Downstream,
    /// From buyer to supplier only [hulu].
    Upstream,
    /// In either direction, also within one chain.
    Either,
}

impl From<ChainDirection> for Direction {
    fn from(direction: ChainDirection) -> Self {
        match direction {
            ChainDirection::Downstream => Self::Along,
            ChainDirection::Upstream => Self::Against,
            ChainDirection::Either => Self::Either,
        }
    }
}

/// A chain of linkages between two parties [rantai pasok].
#[derive(Debug)]
pub struct SupplyChain(Chain);

/// A chain of linkages between two parties [rantai pasok].
#[Object]
impl SupplyChain {
    /// Length of the chain: the number of its linkages.
    async fn length(&self) -> usize {
        self.0.arcs.len()
    }

    /// The parties, from the first to the last.
    #[graphql(directive = list_size::apply(7))]
    async fn parties(&self, ctx: &Context<'_>) -> Result<Items<Party>> {
        all(ctx, &ON_CHAIN.ask(), &self.0.passed).await
    }

    /// The linkages between consecutive parties, one fewer than `parties`.
    #[graphql(directive = list_size::apply(6))]
    async fn linkages(&self, ctx: &Context<'_>) -> Result<Items<BusinessLinkage>> {
        all(ctx, &OF_CHAIN.ask(), &self.0.arcs).await
    }
}

/// Root field of supply chains.
#[derive(Clone, Copy, Debug, Default)]
pub struct PathQuery;

#[Object]
impl PathQuery {
    /// The shortest supply chains between two parties, shortest first; an empty list when they are not connected
    /// [rantai pasok].
    ///
    /// Of several linkages between the same two parties, one is shown. All chains of up to four linkages are found.
    /// Longer chains are found only when there is none of these, and then only the shortest.
    #[graphql(directive = list_size::apply(20))]
    async fn supply_chains(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Party to start from.")] from: ID,
        #[graphql(desc = "Party to reach.")] to: ID,
        #[graphql(desc = "Maximum length of a chain in linkages, at most 6.", default_with = "CHAIN_DEPTH")]
        max_depth: i32,
        #[graphql(desc = "Direction in which to follow linkages.", default_with = "ChainDirection::Either")]
        direction: ChainDirection,
        #[graphql(
            desc = "Follow only linkages that match; by default those with status `TRIAL` or `ACTIVE`."
        )]
        r#where: Option<LinkageWhere>,
        #[graphql(desc = "Number of chains, at most 20.", default_with = "CHAINS")] first: i32,
    ) -> Result<Items<SupplyChain>> {
        let ends = [party("from", &from)?, party("to", &to)?];
        if ends[0] == ends[1] {
            return Err(Error::bad_input("`from` and `to` must be different parties"));
        }
        let first = u32::try_from(first).ok().filter(|_| first <= MAX_CHAINS);
        let first =
            first.ok_or_else(|| Error::bad_input(format!("`first` must be from 0 to {MAX_CHAINS}")))?;
        let filter = followed(r#where.as_ref())?;
        Graph::of(ctx)?.require_rows_of(&filter).await?;
        let (linkages, direction) = (BusinessLinkage::table(), direction.into());
        let between = Between::new(linkages, goods(), direction, ends, max_depth, filter, first)?;
        Ok(Items(between.find(Graph::of(ctx)?).await?.into_iter().map(SupplyChain).collect()))
    }
}

/// Loads the rows of all keys at once.
async fn all<T: Target>(ctx: &Context<'_>, ask: &Ask<T>, keys: &[Uuid]) -> Result<Items<T>> {
    let rows = try_join_all(keys.iter().map(|key| ask.required(ctx, *key))).await?;
    Ok(Items(rows.into_iter().map(|Inline(row)| row).collect()))
}

/// The key in an id of a party of either kind.
fn party(argument: &str, id: &ID) -> Result<Value> {
    let id = GlobalId::decode(id)?;
    if [Cooperative::NAME, PartnerInstitution::NAME].contains(&id.noun.as_str()) {
        id.key(KeyKind::Uuid)
    } else {
        Err(Error::bad_input(format!("`{argument}` is the id of a {}, not of a party", id.noun)))
    }
}
