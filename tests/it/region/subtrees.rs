//! Conditions on rows in a region's subtree are compared with counts region by region, also in combination with other
//! conditions.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{
    Registry, each_engine,
    relations::{self, Relation},
};

/// A region, and how many rows of a relation it has: all of them, and those that fit.
struct Counted {
    code: String,
    level: String,
    all: i64,
    fitting: i64,
}

/// The provinces, and the regencies of one of them: a page of regions, few and many of whose rows fit.
fn some_regions() -> Value {
    json!({ "or": [{ "level": { "eq": "PROVINCE" } }, { "level": { "eq": "REGENCY_CITY" }, "within": "32" }] })
}

/// Some regions, with their rows counted one region at a time.
async fn counted(registry: &Registry, relation: &Relation, fits: &Value) -> Vec<Counted> {
    let document = format!(
        "query($fits: {}, $regions: RegionWhere) {{
           regions(where: $regions, first: 100, orderBy: [{{ field: CODE }}]) {{
             nodes {{ code level all: {name} {{ totalCount }} fitting: {name}(where: $fits) {{ totalCount }} }} }} }}",
        relation.of,
        name = relation.name
    );
    let variables = json!({ "fits": fits, "regions": some_regions() });
    let data = registry.ask_with(&document, variables).await.data();
    let region = |region: &Value| Counted {
        code: region["code"].as_str().unwrap().to_owned(),
        level: region["level"].as_str().unwrap().to_owned(),
        all: region["all"]["totalCount"].as_i64().unwrap(),
        fitting: region["fitting"]["totalCount"].as_i64().unwrap(),
    };
    data["regions"]["nodes"].as_array().unwrap().iter().map(region).collect()
}

/// The codes of the regions that each filter keeps of them.
async fn listed(registry: &Registry, filters: &[&Value]) -> Vec<Vec<String>> {
    let (mut names, mut lists, mut variables) = (String::new(), String::new(), serde_json::Map::new());
    for (place, filter) in filters.iter().enumerate() {
        write!(names, "$w{place}: RegionWhere ").unwrap();
        write!(
            lists,
            "l{place}: regions(where: $w{place}, first: 100, orderBy: [{{ field: CODE }}]) {{ nodes {{ code }} }} "
        )
        .unwrap();
        variables.insert(format!("w{place}"), json!({ "and": [some_regions(), filter] }));
    }
    let document = format!("query({names}) {{ {lists} }}");
    let data = registry.ask_with(&document, variables.into()).await.data();
    let codes = |place| {
        let nodes = data[format!("l{place}")]["nodes"].as_array().unwrap();
        nodes.iter().map(|region| region["code"].as_str().unwrap().to_owned()).collect()
    };
    (0..filters.len()).map(codes).collect()
}

/// A condition on a relation, and which regions it keeps.
type Demand = (Value, Box<dyn Fn(&Counted) -> bool>);

fn demands(fits: &Value) -> Vec<Demand> {
    let only = |count: Value| json!({ "where": fits, "count": count });
    vec![
        (json!({ "some": fits }), Box::new(|region| region.fitting > 0)),
        (json!({ "none": fits }), Box::new(|region| region.fitting == 0)),
        (json!({ "every": fits }), Box::new(|region| region.fitting == region.all)),
        (json!({ "count": { "gte": 3 } }), Box::new(|region| region.all >= 3)),
        (only(json!({ "gte": 3 })), Box::new(|region| region.fitting >= 3)),
        (only(json!({ "lt": 2 })), Box::new(|region| region.fitting < 2)),
        (only(json!({ "eq": 0 })), Box::new(|region| region.fitting == 0)),
        (only(json!({ "ne": 1 })), Box::new(|region| region.fitting != 1)),
        (only(json!({ "in": [0, 2, 5] })), Box::new(|region| [0, 2, 5].contains(&region.fitting))),
        (only(json!({ "gt": 1, "lte": 4 })), Box::new(|region| region.fitting > 1 && region.fitting <= 4)),
        (only(json!({ "isNull": true })), Box::new(|_| false)),
        (json!({ "where": fits, "every": {} }), Box::new(|_| true)),
        (
            json!({ "some": fits, "count": { "gt": 2 } }),
            Box::new(|region| region.fitting > 0 && region.all > 2),
        ),
    ]
}

/// The same demand among other conditions of the region.
fn joined(name: &str, demand: &Value, fits: Box<dyn Fn(&Counted) -> bool>) -> Vec<Demand> {
    let fits: std::rc::Rc<dyn Fn(&Counted) -> bool> = fits.into();
    let (own, not, or, level, within, equal) =
        (fits.clone(), fits.clone(), fits.clone(), fits.clone(), fits.clone(), fits);
    let demand = json!({ name: demand });
    let mut inside = demand.clone();
    inside["within"] = json!("32");
    vec![
        (demand.clone(), Box::new(move |region| own(region))),
        (json!({ "not": demand }), Box::new(move |region| !not(region))),
        (
            json!({ "or": [demand, { "code": { "in": ["11", "32.04"] } }] }),
            Box::new(move |region| or(region) || ["11", "32.04"].contains(&region.code.as_str())),
        ),
        (
            json!({ "level": { "eq": "PROVINCE" }, "not": { "not": demand } }),
            Box::new(move |region| region.level == "PROVINCE" && level(region)),
        ),
        (inside, Box::new(move |region| region.code.starts_with("32") && within(region))),
        (
            json!({ "code": { "eq": "32.04" }, "not": demand }),
            Box::new(move |region| region.code == "32.04" && !equal(region)),
        ),
    ]
}

#[tokio::test]
async fn a_condition_on_a_subtree_keeps_the_regions_whose_rows_counted_one_by_one_fit() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX);
        let relations = relations::of("RegionWhere");
        let relations: Vec<_> = relations.into_iter().filter(|relation| relation.many).collect();
        assert!(relations.len() >= 4, "{relations:?}");
        for relation in relations {
            for fits in relation.typical() {
                let regions = counted(&registry, &relation, &fits).await;
                for (demand, keeps) in demands(&fits) {
                    let joined = joined(&relation.name, &demand, keeps);
                    let filters: Vec<_> = joined.iter().map(|(filter, _)| filter).collect();
                    let lists = listed(&registry, &filters).await;
                    for ((filter, keeps), list) in joined.iter().zip(lists) {
                        let kept = regions.iter().filter(|region| keeps(region));
                        let kept: Vec<_> = kept.map(|region| region.code.clone()).collect();
                        assert_eq!(list, kept, "{filter}");
                    }
                }
            }
        }
    })
    .await;
}
