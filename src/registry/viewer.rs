//! The caller: its subject, its roles and its limits.

use async_graphql::{Context, Enum, ID, Object, Union};
use entity::vocabulary::Role;

use super::{
    cooperative::Cooperative,
    edges,
    finding::{self, Found},
    institution::PartnerInstitution,
    may,
    party::Party,
    region::Region,
};
use crate::{
    access::{self, Grant, GrantScope},
    graph::{
        Error, Result,
        inline::{Inline, Items, inline_object},
        list_size::list_size,
        load::{Graph, One},
    },
};

edges! {
    REGION: One<Region> = One::root("RoleGrant.region");
    PARTY: One<Party> = One::root("RoleGrant.party");
}

/// The caller [pengguna].
#[derive(Clone, Copy, Debug)]
pub struct Viewer;

/// The caller [pengguna].
#[Object]
impl Viewer {
    /// Whether the caller is identified by a credential; `roles` lists what it may do.
    async fn role(&self, ctx: &Context<'_>) -> Result<ViewerRole> {
        Ok(match viewer(ctx)? {
            access::Viewer::Anonymous => ViewerRole::Anonymous,
            access::Viewer::Known(_) => ViewerRole::Authenticated,
        })
    }

    /// Subject that the caller's credential identifies: the one that an API key was created for, or issuer and subject of a
    /// token; null without a credential [subjek].
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        match viewer(ctx) {
            Ok(access::Viewer::Anonymous) => None,
            Ok(access::Viewer::Known(identity)) => Some(Ok(identity.subject.clone())),
            Err(error) => Some(Err(error)),
        }
    }

    /// Roles that grants give to the caller, the oldest grant first; empty without a grant [peran].
    #[graphql(directive = list_size::apply(100))]
    async fn roles(&self, ctx: &Context<'_>) -> Result<Items<RoleGrant>> {
        Ok(Items(viewer(ctx)?.grants().iter().copied().map(RoleGrant).collect()))
    }

    /// What the caller's office should settle, although it breaks no rule: one entry for each kind, for a registrar and the
    /// ministry; empty for others [temuan].
    #[graphql(directive = list_size::apply(10))]
    async fn findings(&self, ctx: &Context<'_>) -> Result<Items<Found>> {
        Ok(Items(finding::of(viewer(ctx)?.grants())))
    }

    /// Whether a role of the caller allows a verb, such as `proposeLinkage`; with `on`, whether it does so for this record.
    /// False without a role for it, and for a record that is not there or that the caller may not see; null for a name that
    /// is no verb. The state of the record is not considered [boleh].
    async fn may(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Name of the verb: a field of `Mutation`.")] verb: String,
        #[graphql(
            desc = "Global id of the record, or of the region where a verb registers one; by default any."
        )]
        on: Option<ID>,
    ) -> Option<Result<bool>> {
        may::may(ctx, &verb, on.as_ref()).await.transpose()
    }

    /// Maximum cost of one request of the caller, in points; `extensions.cost` of a response has the actual cost.
    async fn cost_limit(&self, ctx: &Context<'_>) -> Result<u32> {
        cost_limit(ctx)
    }
}

/// Refuses a field to callers without the role `ADMIN`.
pub(super) fn demand_admin(ctx: &Context<'_>) -> Result<()> {
    if viewer(ctx)?.has_role(Role::Admin) {
        return Ok(());
    }
    Err(Error::Forbidden("only administrators see keys and grants"))
}

fn viewer<'a>(ctx: &Context<'a>) -> Result<&'a access::Viewer> {
    Ok(Graph::of(ctx)?.reader().viewer())
}

/// The most that a request of the caller may cost.
pub(super) fn cost_limit(ctx: &Context<'_>) -> Result<u32> {
    let limits = ctx.data::<access::CostLimits>();
    let limits = limits.map_err(|_| Error::Internal("the request has no limits".into()))?;
    Ok(limits.of(viewer(ctx)?))
}

/// Whether a caller is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ViewerRole {
    /// A caller without a credential.
    Anonymous,
    /// A caller with a valid credential.
    Authenticated,
}

/// A role of the caller, with its scope [peran].
#[derive(Clone, Copy, Debug)]
pub struct RoleGrant(Grant);

/// A role of the caller, with its scope [peran].
#[Object]
impl RoleGrant {
    /// The role.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// What the role is for: a region with all regions inside it, a cooperative, or a partner institution; null for the
    /// whole registry [cakupan].
    async fn scope(&self, ctx: &Context<'_>) -> Option<Result<Inline<RoleScope>>> {
        let found = match self.0.scope {
            GrantScope::Everything => return None,
            GrantScope::WithinRegion(code) => {
                REGION.ask().required(ctx, code.as_str().to_owned()).await.map(|row| RoleScope::Region(row.0))
            }
            GrantScope::Party(id) => PARTY.ask().required(ctx, id).await.map(|row| match row.0 {
                Party::Cooperative(cooperative) => RoleScope::Cooperative(cooperative),
                Party::PartnerInstitution(institution) => RoleScope::PartnerInstitution(institution),
            }),
        };
        Some(found.map(Inline))
    }
}

/// What a role is for.
#[derive(Clone, Debug, Union)]
pub enum RoleScope {
    Region(Region),
    Cooperative(Cooperative),
    PartnerInstitution(PartnerInstitution),
}

inline_object! { Viewer, RoleGrant }
inline_object! { RoleScope: Region, Cooperative, PartnerInstitution }
