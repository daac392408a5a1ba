//! The SQL text of nested conditions grows linearly with their depth, on both engines.

use async_graphql::Value;
use serde_json::{Value as Json, json};
use simpul::{
    access::Scope,
    graph::{filter::Where, load::holds},
    registry::{
        annual_report::AnnualReportWhere,
        application::ApplicationWhere,
        batch::BatchWhere,
        business_unit::BusinessUnitWhere,
        commodity::{CommodityWhere, CooperativeCommodityWhere},
        cooperative::CooperativeWhere,
        institution::InstitutionWhere,
        linkage::LinkageWhere,
        linkage_month::LinkageMonthWhere,
        partnership::PartnershipWhere,
        party::PartyWhere,
        placement::PlacementWhere,
        program::ProgramWhere,
        region::RegionWhere,
    },
    store::Engine,
};

use super::types::Types;
use crate::support::each_engine;

/// Bytes of SQL and bound values; none where the condition is refused.
type Size = Option<(usize, usize)>;

fn size<W: Where>(engine: Engine, filter: Json) -> Size {
    let filter = W::parse(Some(Value::from_json(filter).unwrap())).unwrap_or_else(|_| panic!("no condition"));
    let mut values = Vec::new();
    let text = holds(engine, &Scope::default(), &filter.condition().ok()?, "x", &mut values);
    Some((text.len(), values.len()))
}

/// A condition's size, by the noun that it is a condition on.
type Sizing = (&'static str, fn(Engine, Json) -> Size);

const NOUNS: [Sizing; 15] = [
    ("AnnualReportWhere", size::<AnnualReportWhere>),
    ("ApplicationWhere", size::<ApplicationWhere>),
    ("BatchWhere", size::<BatchWhere>),
    ("BusinessUnitWhere", size::<BusinessUnitWhere>),
    ("CommodityWhere", size::<CommodityWhere>),
    ("CooperativeCommodityWhere", size::<CooperativeCommodityWhere>),
    ("CooperativeWhere", size::<CooperativeWhere>),
    ("InstitutionWhere", size::<InstitutionWhere>),
    ("LinkageMonthWhere", size::<LinkageMonthWhere>),
    ("LinkageWhere", size::<LinkageWhere>),
    ("PartnershipWhere", size::<PartnershipWhere>),
    ("PartyWhere", size::<PartyWhere>),
    ("PlacementWhere", size::<PlacementWhere>),
    ("ProgramWhere", size::<ProgramWhere>),
    ("RegionWhere", size::<RegionWhere>),
];

/// A relation, what may be demanded of the rows at its other end, and the type of the conditions on them.
#[derive(Clone)]
struct Step {
    relation: String,
    demand: Option<&'static str>,
    to: String,
}

impl Step {
    fn of(&self, inner: Json) -> Json {
        let every_way =
            json!({ "gte": 1, "gt": 0, "lt": 9, "lte": 8, "eq": 2, "ne": 3, "in": [2], "notIn": [4] });
        let demanded = match self.demand {
            None => inner,
            Some("count") => json!({ "where": inner, "count": every_way }),
            Some(demand) => json!({ demand: inner }),
        };
        json!({ self.relation.as_str(): demanded })
    }
}

fn steps(types: &Types, from: &str, demands: &[&'static str]) -> Vec<Step> {
    let mut steps = Vec::new();
    for field in types.fields(from, "inputFields") {
        let (relation, to) = (field["name"].as_str().unwrap().to_owned(), Types::named(&field["type"]));
        if ["and", "or", "not"].contains(&relation.as_str()) || types.kind(to) != "INPUT_OBJECT" {
            continue;
        }
        let inner = types.fields(to, "inputFields");
        let some = inner.iter().find(|field| field["name"] == "some");
        if let Some(some) = some {
            let to = Types::named(&some["type"]).to_owned();
            let step = |demand: &&'static str| Step {
                relation: relation.clone(),
                demand: Some(*demand),
                to: to.clone(),
            };
            steps.extend(demands.iter().map(step));
        } else if types.wheres().contains(&to) {
            steps.push(Step { relation, demand: None, to: to.to_owned() });
        }
    }
    steps
}

/// Ways of up to so many steps from a type back to itself.
fn circles(
    types: &Types,
    start: &str,
    from: &str,
    left: usize,
    way: &mut Vec<Step>,
    found: &mut Vec<Vec<Step>>,
) {
    let demands: &[&str] = if way.is_empty() { &["some", "none", "every", "count"] } else { &["some"] };
    for step in steps(types, from, demands) {
        way.push(step.clone());
        if step.to == start {
            found.push(way.clone());
        } else if left > 1 {
            circles(types, start, &step.to, left - 1, way, found);
        }
        way.pop();
    }
}

#[tokio::test]
async fn conditions_grow_by_the_same_for_each_level() {
    each_engine(async |registry| {
        let types = Types::ask(registry).await;
        let (mut all, mut party) = (0, 0);
        for (noun, size) in NOUNS {
            let mut found = Vec::new();
            circles(&types, noun, noun, 3, &mut Vec::new(), &mut found);
            // Of the long ways every few.
            let long = found.iter().filter(|way| way.len() > 2).step_by(7).cloned();
            let short = found.iter().filter(|way| way.len() < 3).cloned();
            for circle in short.chain(long) {
                let nested = |levels: usize| {
                    (0..levels * circle.len())
                        .fold(json!({}), |inner, at| circle[circle.len() - 1 - at % circle.len()].of(inner))
                };
                let sizes: Option<Vec<_>> =
                    (1..=4).map(|levels| size(registry.engine, nested(levels))).collect();
                let Some(sizes) = sizes else { continue };
                let name: Vec<_> = circle.iter().map(|step| step.relation.as_str()).collect();
                let grown = |at: usize| (sizes[at + 1].0 - sizes[at].0, sizes[at + 1].1 - sizes[at].1);
                let ((first, _), (before, values), (after, others)) = (grown(0), grown(1), grown(2));
                let before = first.max(before);
                // Numbers of names have more digits further down.
                assert!(after <= before + before / 8, "{noun} {name:?}: {sizes:?}");
                assert_eq!(others, values, "{noun} {name:?}: {sizes:?}");
                all += 1;
                party += usize::from(name.contains(&"party"));
            }
        }
        assert!(all > 60 && party > 0, "{all} circles, {party} of them through either party, cannot be all");
    })
    .await;
}
