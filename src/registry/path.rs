//! Paths: what linkages connect a party with, step by step.

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
    lean::{Items, Lean, leanly},
    list_size::list_size,
    load::{
        Arcs, Arguments, Ask, Between, Chain, Direction, Field, Graph, Noun, One, Steps, Target, WALK_BUDGET,
        Walk,
    },
    page::{Connection, Link, PageInfo, Window},
    value::Value,
};

/// How far a walk goes, and a search for chains, unless told.
const WALK_DEPTH: i32 = 3;
const CHAIN_DEPTH: i32 = 4;

/// How many chains are found unless told, and at most.
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

/// The way that goods go.
fn goods() -> Arcs {
    Arcs::new(Column::SupplierId, Column::BuyerId)
}

/// A step holds its linkage, and the party at the end of it.
fn steps(party: fn(&Arguments<'_>) -> Result<Ask<()>>) -> Steps {
    Steps { row: "linkage", fields: vec![Field::row("party", party)] }
}

/// Which linkages are followed: what the caller says, else those by which goods go today.
fn followed(filter: Option<&LinkageWhere>) -> Result<Condition> {
    let today = || [Trial, Active].map(|status: LinkageStatus| Value::from(status.into_value())).to_vec();
    filter.map_or_else(|| Ok(Condition::one_of(Column::Status, today())), Where::condition)
}

/// What a party is connected with; its fields are those of either kind of party.
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

/// What a party is connected with by linkages.
#[Object]
impl Connected {
    /// Who its goods reach, nearest first, each party once [hilir].
    async fn downstream(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many linkages away, at most 6.", default_with = "WALK_DEPTH")] max_depth: i32,
        #[graphql(desc = "Follow only these linkages; those on trial or active when absent.")]
        r#where: Option<LinkageWhere>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Lean<SupplyChainPage>> {
        let window = Window::from((first, after, None, None));
        let ask = self.downstream.ask(max_depth, followed(r#where.as_ref())?, &window)?;
        let page = ask.page(ctx, self.key).await?;
        Ok(Lean(SupplyChainPage { page, start: self.party.clone(), reached: &BUYER }))
    }

    /// Whose goods reach it, nearest first, each party once [hulu].
    async fn upstream(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many linkages away, at most 6.", default_with = "WALK_DEPTH")] max_depth: i32,
        #[graphql(desc = "Follow only these linkages; those on trial or active when absent.")]
        r#where: Option<LinkageWhere>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Lean<SupplyChainPage>> {
        let window = Window::from((first, after, None, None));
        let ask = self.upstream.ask(max_depth, followed(r#where.as_ref())?, &window)?;
        let page = ask.page(ctx, self.key).await?;
        Ok(Lean(SupplyChainPage { page, start: self.party.clone(), reached: &SUPPLIER }))
    }
}

leanly! { SupplyChainPage, SupplyChainStep, SupplyChain }

/// A page of parties reached along linkages.
#[derive(Debug)]
pub struct SupplyChainPage {
    page: Connection<BusinessLinkage, Hop>,
    start: Party,
    reached: &'static One<Party>,
}

/// A page of parties reached along linkages.
#[Object]
impl SupplyChainPage {
    /// The parties reached.
    async fn nodes(&self) -> Result<Items<SupplyChainStep>> {
        let step = |(linkage, hop)| SupplyChainStep {
            linkage,
            hop,
            start: self.start.clone(),
            reached: self.reached,
        };
        Ok(Items(self.page.0.linked()?.into_iter().map(step).collect()))
    }

    /// Where this page stands.
    async fn page_info(&self) -> Lean<PageInfo> {
        Lean(self.page.0.place())
    }

    /// Whether there was more than one answer can follow; narrow `where` or `maxDepth`.
    async fn truncated(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.page.0.total(ctx).await? > WALK_BUDGET)
    }
}

/// How far it is to what a linkage led to, and the keys of all parties on the way there, the first one left out.
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
    /// How many linkages away.
    async fn depth(&self) -> i64 {
        self.hop.depth
    }

    /// The parties passed, from the first to this one, both included.
    #[graphql(directive = list_size::apply(7))]
    async fn path(&self, ctx: &Context<'_>) -> Result<Items<Party>> {
        let mut path = vec![self.start.clone()];
        path.extend(all(ctx, &self.reached.ask(), &self.hop.path).await?.0);
        Ok(Items(path))
    }

    /// The party reached.
    async fn party(&self, ctx: &Context<'_>) -> Result<Lean<Party>> {
        let key = self.hop.path.last().ok_or_else(|| Error::Internal("a path without an end".into()))?;
        self.reached.ask().required(ctx, *key).await
    }

    /// The linkage that reached it.
    async fn linkage(&self) -> Lean<&BusinessLinkage> {
        Lean(&self.linkage)
    }
}

/// Which way a chain may follow linkages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ChainDirection {
    /// From supplier to buyer only [hilir].
    Downstream,
    /// From buyer to supplier only [hulu].
    Upstream,
    /// Either way.
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
    /// Number of linkages.
    async fn length(&self) -> usize {
        self.0.arcs.len()
    }

    /// The parties, from the first to the last.
    #[graphql(directive = list_size::apply(7))]
    async fn parties(&self, ctx: &Context<'_>) -> Result<Items<Party>> {
        all(ctx, &ON_CHAIN.ask(), &self.0.passed).await
    }

    /// The linkages between them, one fewer.
    #[graphql(directive = list_size::apply(6))]
    async fn linkages(&self, ctx: &Context<'_>) -> Result<Items<BusinessLinkage>> {
        all(ctx, &OF_CHAIN.ask(), &self.0.arcs).await
    }
}

/// Where reading about paths begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct PathQuery;

#[Object]
impl PathQuery {
    /// The shortest chains of linkages between two parties, shortest first; none where nothing connects them [rantai
    /// pasok].
    ///
    /// Of several linkages between the same two parties, one is shown. All chains of up to four linkages are found;
    /// longer ones only where there are none, and of these the shortest.
    #[graphql(directive = list_size::apply(20))]
    async fn supply_chains(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Party to start from.")] from: ID,
        #[graphql(desc = "Party to reach.")] to: ID,
        #[graphql(desc = "Longest chain wanted, in linkages; at most 6.", default_with = "CHAIN_DEPTH")]
        max_depth: i32,
        #[graphql(desc = "Which way to follow linkages.", default_with = "ChainDirection::Either")]
        direction: ChainDirection,
        #[graphql(desc = "Follow only these linkages; those on trial or active when absent.")]
        r#where: Option<LinkageWhere>,
        #[graphql(desc = "How many chains, at most 20.", default_with = "CHAINS")] first: i32,
    ) -> Result<Items<SupplyChain>> {
        let ends = [party("from", &from)?, party("to", &to)?];
        if ends[0] == ends[1] {
            return Err(Error::bad_input("`from` and `to` are the same party"));
        }
        let first = u32::try_from(first).ok().filter(|_| first <= MAX_CHAINS);
        let first = first.ok_or_else(|| Error::bad_input(format!("`first` is from 0 to {MAX_CHAINS}")))?;
        let filter = followed(r#where.as_ref())?;
        let (linkages, direction) = (BusinessLinkage::table(), direction.into());
        let between = Between::new(linkages, goods(), direction, ends, max_depth, filter, first)?;
        Ok(Items(between.find(Graph::of(ctx)?).await?.into_iter().map(SupplyChain).collect()))
    }
}

/// The rows of all keys, asked for at once.
async fn all<T: Target>(ctx: &Context<'_>, ask: &Ask<T>, keys: &[Uuid]) -> Result<Items<T>> {
    let rows = try_join_all(keys.iter().map(|key| ask.required(ctx, *key))).await?;
    Ok(Items(rows.into_iter().map(|Lean(row)| row).collect()))
}

/// The key of a party, of either kind.
fn party(argument: &str, id: &ID) -> Result<Value> {
    let id = GlobalId::decode(id)?;
    if [Cooperative::NAME, PartnerInstitution::NAME].contains(&id.noun.as_str()) {
        id.key(KeyKind::Uuid)
    } else {
        Err(Error::bad_input(format!("`{argument}` is the id of a {}, not of a party", id.noun)))
    }
}
