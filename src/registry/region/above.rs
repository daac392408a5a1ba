//! The regions that a region lies in, by their level.

use async_graphql::Context;
use entity::region::Column;

use super::Region;
use crate::{
    graph::{
        Result,
        inline::{Inline, inline},
        load::{Graph, Noun, One},
    },
    registry::edges,
};

/// The lengths of the codes of the four levels.
const PROVINCE_LENGTH: usize = 2;
const REGENCY_CITY_LENGTH: usize = 5;
const DISTRICT_LENGTH: usize = 8;
const VILLAGE_LENGTH: usize = 13;

edges! {
    pub(super) PROVINCE: One<Region> = at("Region.province", PROVINCE_LENGTH);
    pub(super) REGENCY_CITY: One<Region> = at("Region.regencyCity", REGENCY_CITY_LENGTH);
    pub(super) DISTRICT: One<Region> = at("Region.district", DISTRICT_LENGTH);
    pub(super) VILLAGE: One<Region> = at("Region.village", VILLAGE_LENGTH);
}

fn at(name: &'static str, length: usize) -> One<Region> {
    One::by_prefix(name, Column::Code, length)
}

impl Region {
    /// The region of one level that it lies in, or is itself; none above that level.
    pub(super) async fn above(
        &self,
        ctx: &Context<'_>,
        level: &'static One<Region>,
    ) -> Option<Result<Inline<Region>>> {
        inline(self.lies_in(ctx, level).await)
    }

    async fn lies_in(&self, ctx: &Context<'_>, level: &'static One<Region>) -> Result<Option<Region>> {
        let code = &self.row.code;
        let Some(above) = level.edge().prefix_of(code) else { return Ok(None) };
        if above == code {
            return Ok(Some(self.clone()));
        }
        let graph = Graph::of(ctx)?;
        if graph.holds(Region::table()) {
            return graph.in_memory(&above.into());
        }
        level.ask().row(ctx, code.clone()).await
    }

    /// The regions above, when all regions are in memory: their codes are prefixes of the code of this one.
    pub(super) fn ancestors_in_memory(&self, ctx: &Context<'_>) -> Result<Option<Vec<Region>>> {
        let graph = Graph::of(ctx)?;
        if !graph.holds(Region::table()) {
            return Ok(None);
        }
        let code = &self.row.code;
        let above = [PROVINCE_LENGTH, REGENCY_CITY_LENGTH, DISTRICT_LENGTH].into_iter();
        let above = above.filter_map(|length| code.get(..length)).filter(|above| above != code);
        let ancestors = above.filter_map(|above| graph.in_memory(&above.into()).transpose());
        ancestors.collect::<Result<_>>().map(Some)
    }
}
