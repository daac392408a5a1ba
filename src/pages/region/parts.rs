//! The coverage of a region's parts: the share of villages with a cooperative, as a map and a table.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde::Serialize;

use super::{
    super::{
        coverage::{self, Coverage, EXISTING, Numbers, Region},
        document::{Asked, Given, Origin},
        failure::Failure,
        part,
        picture::map,
        scalar::RegionCode,
        visit::Visit,
    },
    level::Level,
    villages,
};
use crate::http::Kept;

/// What the parts of a region are, as a dimension of figures.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum RegionDimension {
    RegencyCity,
    District,
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/region/parts.graphql",
    response_derives = "Debug",
    extern_enums("RegionDimension")
)]
struct RegionParts;

pub(super) use region_parts::ResponseData as Answer;

pub(super) const DOCUMENT: &str = region_parts::QUERY;

/// The parts of a region.
#[derive(Debug)]
pub(super) enum Found {
    /// Regions with figures of their villages.
    Figures(Given<Answer>),
    /// The villages of a district, as they are shown.
    Villages(Markup),
}

/// The parts of a region with the origin of their figures; none of a village, and where there is no such region.
pub(super) async fn ask(
    visit: &Visit,
    level: Level,
    code: &str,
    kept: Option<Kept<Asked<Answer>>>,
) -> Result<Option<(Found, Origin)>, Failure> {
    let parts = match level {
        Level::Province => RegionDimension::RegencyCity,
        Level::RegencyCity => RegionDimension::District,
        Level::District => {
            let found = villages::show(visit, code).await?;
            return Ok(found.map(|(villages, origin)| (Found::Villages(villages), origin)));
        }
        Level::Village => return Ok(None),
    };
    let given =
        visit.given::<RegionParts>(kept, region_parts::Variables { code: code.to_owned(), parts }).await?;
    let origin = given.origin.clone();
    if given.data.region.is_none() && !origin.errors.is_empty() {
        return Err(Failure::absent(&origin.errors));
    }
    Ok(given.data.region.is_some().then_some((Found::Figures(given), origin)))
}

/// The parts of a region, some of whose cooperatives may be made up.
pub(super) fn show(visit: &Visit, code: &str, found: Found, made_up: bool) -> Markup {
    let given = match found {
        Found::Figures(given) => given,
        Found::Villages(villages) => return villages,
    };
    let data = &given.data;
    let Some(region) = &data.region else { return Markup::default() };
    let villages = data.villages.nodes.iter().map(|node| (node.key.value.as_deref(), node.count));
    let covered = data.covered.nodes.iter().map(|node| (node.key.value.as_deref(), node.count));
    let (numbers, with) = (Numbers::of(villages), Numbers::of(covered));
    let parts = region.children.nodes.iter().map(|child| Region {
        code: &child.code,
        name: &child.name,
        covered: with.at(&child.code),
        villages: numbers.at(&child.code),
        point: child.location.as_ref().map(|point| (point.latitude, point.longitude)),
    });
    let language = visit.language;
    let coverage = Coverage {
        caption: &language.text("parts-caption"),
        heading: &language.text("kind-region"),
        regions: parts.collect(),
        made_up,
    };
    let groups = if code.contains('.') { "DISTRICT" } else { "REGENCY_CITY" };
    let ((covered, villages), unplaced) = (coverage.total(), coverage.unplaced());
    let share = language.percent(covered, villages).unwrap_or_default();
    html! {
        p { (language.text_with("covered-summary", &[
            ("covered", &language.number(covered)), ("villages", &language.number(villages)), ("share", &share),
        ])) }
        (coverage.map(visit, map::window))
        @if unplaced > 0 {
            p.soft { (language.counted("parts-without-point", i64::try_from(unplaced).unwrap_or(i64::MAX))) }
        }
        (coverage.table(visit))
        (coverage::downloads(visit, &format!(", within: \"{code}\""), groups))
        (lacking(visit, code, villages - covered))
    }
}

/// How many villages have no cooperative, and where their list is.
pub(super) fn lacking(visit: &Visit, code: &str, number: i64) -> Markup {
    let language = visit.language;
    let condition =
        format!("{{level: {{eq: VILLAGE}}, within: \"{code}\", cooperatives: {{none: {{{EXISTING}}}}}}}");
    let columns = "code,name,kind,postalCode,district.name";
    html! {
        h3 { (language.text("lacking")) }
        @if number == 0 {
            p { (language.text("lacking-nothing")) }
        } @else {
            p { (language.counted("lacking-villages", number)) }
            (part::downloads(visit, |format| part::export("regions", format, &condition, columns)))
        }
    }
}
