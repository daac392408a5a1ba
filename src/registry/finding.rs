//! Findings: what breaks no rule, because no verb led to it, but an office should settle.

use async_graphql::{Context, Enum, Object};
use entity::{
    linkage, partnership,
    vocabulary::{LinkageStatus, PartnershipPattern, PartnershipStatus, Role},
};
use sea_orm::ActiveEnum;

use super::{
    changes::within,
    edges,
    linkage::{BusinessLinkage, LinkageOrder, LinkageWhere},
    partnership::Partnership,
    rules::{self, Rule},
    write::Writes,
};
use crate::{
    access::{Grant, GrantScope},
    graph::{
        Result,
        filter::Condition,
        inline::inline_object,
        label::Language,
        load::{Graph, Many, Noun, One},
        order::Term,
        page::{Connection, List},
        value::Value,
    },
};

edges! {
    LINKAGES: Many<BusinessLinkage> =
        Many::root("Finding.linkages").ordered([Term::ascending(linkage::Column::Code)]);
    AGREEMENT: One<Partnership> = One::by("agreement of a finding", linkage::Column::PartnershipId);
}

/// What a finding is about [jenis temuan].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum FindingCode {
    /// An active linkage rests on an agreement that has expired.
    AgreementExpired,
}

/// The findings of a caller: those of its regions for an office, and all for the ministry.
pub(super) fn of(grants: &[Grant]) -> Vec<Found> {
    let is_office = |grant: &Grant| matches!(grant.role, Role::Registrar | Role::Ministry);
    if !grants.iter().any(is_office) {
        return Vec::new();
    }
    vec![Found(FindingCode::AgreementExpired)]
}

/// Something that an office should settle [temuan].
#[derive(Clone, Copy, Debug)]
pub(super) struct Found(FindingCode);

impl Found {
    fn rule(self) -> &'static Rule {
        match self.0 {
            FindingCode::AgreementExpired => &rules::AGREEMENT_EXPIRED,
        }
    }
}

/// Something that an office should settle [temuan].
#[Object(name = "Finding")]
impl Found {
    /// What it is about.
    async fn code(&self) -> FindingCode {
        self.0
    }

    /// A sentence for people: in Indonesian, unless `Accept-Language` asks for English.
    async fn message(&self, ctx: &Context<'_>) -> &str {
        match ctx.data_opt::<Writes>().map(Writes::language) {
            Some(Language::En) => self.rule().en,
            _ => self.rule().id,
        }
    }

    /// The linkages that it is about: those of a party in a region of the caller's office, and all for the ministry
    /// [keterhubungan usaha].
    async fn linkages(
        &self,
        ctx: &Context<'_>,
        r#where: Option<LinkageWhere>,
        order_by: Option<Vec<LinkageOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessLinkage>> {
        let grants = Graph::of(ctx)?.reader().viewer().grants();
        let own = Condition::any_of(grants.iter().filter_map(office).collect());
        let list = List::new(r#where, order_by, (first, after, last, before));
        LINKAGES.narrowed(expired().and(own), list)?.page(ctx, Value::Null).await
    }
}

inline_object! { Found }

/// The linkages of an office; none for a grant that is no office's.
fn office(grant: &Grant) -> Option<Condition> {
    match (grant.role, grant.scope) {
        (Role::Ministry, GrantScope::Everything) => Some(Condition::always()),
        (Role::Registrar, GrantScope::WithinRegion(region)) => {
            within(BusinessLinkage::NAME).map(|within| within(region.as_str()))
        }
        _ => None,
    }
}

fn expired() -> Condition {
    let status = |of: PartnershipStatus| Condition::equal(partnership::Column::Status, of.to_value());
    Condition::equal(linkage::Column::Status, LinkageStatus::Active.to_value())
        .and(
            Condition::equal(linkage::Column::Pattern, PartnershipPattern::GeneralTrade.to_value()).negated(),
        )
        .and(Condition::exists(AGREEMENT.edge(), status(PartnershipStatus::Expired)))
}
