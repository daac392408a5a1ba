//! Figures on the rows inside a region, at any level.

use std::sync::LazyLock;

use entity::{cooperative, linkage, party, placement, region::Column, vocabulary::LinkageSide};

use crate::{
    graph::{
        Result,
        aggregate::{Aggregated, Wishes},
        filter::Where,
        load::{Column as AnyColumn, FieldArguments, Many, Question, Reach},
    },
    registry::{edges, linkage::BusinessLinkage, placement::Placement},
};

edges! {
    LINKAGES: Many<BusinessLinkage> = linkages_by(
        "Region.linkages",
        vec![linkage::Column::SupplierId.into(), linkage::Column::BuyerId.into()],
    );
    SALES: Many<BusinessLinkage> =
        linkages_by("Region.linkages(as: SUPPLIER)", vec![linkage::Column::SupplierId.into()]);
    PURCHASES: Many<BusinessLinkage> =
        linkages_by("Region.linkages(as: BUYER)", vec![linkage::Column::BuyerId.into()]);
    pub(super) PLACEMENTS: Many<Placement> = Many::new(
        "Region.placements",
        Column::Code,
        Reach::LinkedSubtree {
            table: entity::cooperative::Entity.into(),
            region: cooperative::Column::RegionCode.into(),
            child: cooperative::Column::Id.into(),
            columns: vec![placement::Column::CooperativeId.into()],
        },
    );
}

/// The edge to linkages whose party in one of these columns is inside the region.
fn linkages_by(name: &'static str, columns: Vec<AnyColumn>) -> Many<BusinessLinkage> {
    let (region, child) = (party::Column::RegionCode.into(), party::Column::Id.into());
    Many::new(
        name,
        Column::Code,
        Reach::LinkedSubtree { table: entity::party::Entity.into(), region, child, columns },
    )
}

/// The edge to linkages with a party inside the region on this side, or on either.
pub(super) fn linkages(side: Option<LinkageSide>) -> &'static LazyLock<Many<BusinessLinkage>> {
    match side {
        Some(LinkageSide::Supplier) => &SALES,
        Some(LinkageSide::Buyer) => &PURCHASES,
        None => &LINKAGES,
    }
}

/// The query of a figures field, for the planner.
pub(super) fn of<N: Aggregated, W: Where<Noun = N>>(
    edge: &'static Many<N>,
    arguments: &FieldArguments<'_>,
) -> Result<Question> {
    let wishes: Wishes<N, W> = Wishes::whole(arguments.read("where")?);
    Ok(edge.figures(&wishes, &arguments.chosen())?.plain())
}
