//! Walks and chains along linkages are compared with a search in memory, on both engines.

mod linkage_graph;

use std::{cell::RefCell, collections::HashMap};

use entity::{
    linkage,
    vocabulary::{LinkageKind, LinkageStatus, PartyKind},
};
use proptest::strategy::ValueTree;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sea_orm::{ConnectionTrait, prelude::Uuid};
use serde_json::{Value as Json, json};
use simpul::{graph::load::Planner, store::Engine};

use self::linkage_graph::{Reached, Walked, Way, Web, id};
use crate::support::{Registry, each_engine};

/// A `where`, and the linkages that match it.
type Filter<'a> = (Option<Json>, Box<dyn Fn(&linkage::Model) -> bool + 'a>);

fn filters(web: &Web) -> Vec<Filter<'_>> {
    let trade =
        json!({ "kind": { "in": ["OFFTAKE", "INPUT_SUPPLY"] }, "not": { "status": { "eq": "DROPPED" } } });
    vec![
        (None, Box::new(goods_go)),
        (Some(json!({})), Box::new(|_| true)),
        (
            Some(trade),
            Box::new(|linkage| {
                matches!(linkage.kind, LinkageKind::Offtake | LinkageKind::InputSupply)
                    && linkage.status != LinkageStatus::Dropped
            }),
        ),
        (
            Some(json!({ "supplier": { "cooperative": { "isNull": false } } })),
            Box::new(|linkage| web.parties[&linkage.supplier_id] == PartyKind::Cooperative),
        ),
    ]
}

/// The linkages that are followed by default.
fn goods_go(linkage: &linkage::Model) -> bool {
    matches!(linkage.status, LinkageStatus::Trial | LinkageStatus::Active)
}

/// All pages of a walk from a party.
async fn walk(
    registry: &Registry,
    web: &Web,
    start: Uuid,
    depth: usize,
    way: Way,
    filter: Option<&Json>,
    size: usize,
) -> Walked {
    let field = if way == Way::Downstream { "downstream" } else { "upstream" };
    let document = format!(
        "query($id: ID!, $depth: Int!, $where: LinkageWhere, $size: Int!, $after: String) {{ node(id: $id) {{
           ... on Cooperative {{ {field}(maxDepth: $depth, where: $where, first: $size, after: $after) {{ ...Page }} }}
           ... on PartnerInstitution {{ {field}(maxDepth: $depth, where: $where, first: $size, after: $after) {{ ...Page }} }} }} }}
         fragment Page on SupplyChainPage {{ truncated pageInfo {{ hasNextPage hasPreviousPage endCursor }}
           nodes {{ depth path {{ id name }} party {{ id }} linkage {{ id }} }} }}"
    );
    let (mut reached, mut after) = (Vec::new(), Json::Null);
    loop {
        let mut variables = json!({ "id": web.id(start), "depth": depth, "size": size, "after": after });
        if let Some(filter) = filter {
            variables["where"] = filter.clone();
        }
        let page = registry.ask_with(&document, variables).await.data()["node"][field].clone();
        for node in page["nodes"].as_array().unwrap() {
            let path: Vec<Uuid> =
                node["path"].as_array().unwrap().iter().map(|party| key(&party["id"])).collect();
            assert_eq!(node["depth"], path.len() - 1);
            assert_eq!(node["party"]["id"], node["path"][path.len() - 1]["id"]);
            reached.push(Reached { path, linkage: key(&node["linkage"]["id"]) });
        }
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
        if page["pageInfo"]["hasNextPage"] == false {
            return Walked { reached, truncated: page["truncated"] == true };
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn key(id: &Json) -> Uuid {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap()).unwrap();
    text.split_once(':').unwrap().1.parse().unwrap()
}

/// In the order of the answer, by distance and then by id.
fn same(walked: &Walked, expected: &Walked) -> bool {
    walked.reached == expected.reached && walked.truncated == expected.truncated
}

async fn chains(
    registry: &Registry,
    web: &Web,
    [from, to]: [Uuid; 2],
    depth: usize,
    way: Way,
    filter: Option<&Json>,
    first: usize,
) -> Vec<(Vec<Uuid>, Vec<Uuid>)> {
    let document = "query($from: ID!, $to: ID!, $depth: Int!, $way: ChainDirection!, $where: LinkageWhere, $first: Int!) {
        supplyChains(from: $from, to: $to, maxDepth: $depth, direction: $way, where: $where, first: $first) {
          length parties { id } linkages { id supplier { id } buyer { id } } } }";
    let way = match way {
        Way::Downstream => "DOWNSTREAM",
        Way::Upstream => "UPSTREAM",
        Way::Either => "EITHER",
    };
    let mut variables =
        json!({ "from": web.id(from), "to": web.id(to), "depth": depth, "way": way, "first": first });
    if let Some(filter) = filter {
        variables["where"] = filter.clone();
    }
    let data = registry.ask_with(document, variables).await.data();
    let keys = |ids: &Json| ids.as_array().unwrap().iter().map(|node| key(&node["id"])).collect::<Vec<_>>();
    let chain = |chain: &Json| {
        assert_eq!(chain["length"], chain["linkages"].as_array().unwrap().len());
        (keys(&chain["parties"]), keys(&chain["linkages"]))
    };
    data["supplyChains"].as_array().unwrap().iter().map(chain).collect()
}

/// A third of all parties drawn have the most linkages, for these are the ones that could go wrong.
fn parties(web: &Web) -> Vec<Uuid> {
    let mut ends: HashMap<Uuid, usize> = HashMap::new();
    for linkage in &web.linkages {
        *ends.entry(linkage.supplier_id).or_default() += 1;
        *ends.entry(linkage.buyer_id).or_default() += 1;
    }
    let mut ends: Vec<(usize, Uuid)> = ends.into_iter().map(|(party, number)| (number, party)).collect();
    ends.sort_unstable();
    let busiest: Vec<Uuid> = ends.iter().rev().take(12).map(|(_, party)| *party).collect();
    let others = ends.iter().step_by(ends.len() / 24).map(|(_, party)| *party);
    others.chain(busiest).collect()
}

fn draws<T: std::fmt::Debug>(strategy: &impl Strategy<Value = T>, number: usize) -> Vec<T> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..number).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[tokio::test]
async fn a_walk_equals_a_search_in_memory() {
    let strategy = (any::<prop::sample::Index>(), 1..=6_usize, any::<bool>(), 0..4_usize, 1..=100_usize);
    each_engine(async |registry| {
        let web = Web::read(registry).await;
        let (parties, filters) = (parties(&web), filters(&web));
        let mut far = 0;
        for (start, depth, down, filter, size) in draws(&strategy, 60) {
            let (start, way) = (*start.get(&parties), if down { Way::Downstream } else { Way::Upstream });
            let (argument, keep) = &filters[filter];
            let walked = walk(registry, &web, start, depth, way, argument.as_ref(), size).await;
            let expected = web.walk(start, depth, way, keep);
            assert!(
                same(&walked, &expected),
                "{way:?} from {start}, {depth} far, filter {filter}, pages of {size}"
            );
            far = far.max(expected.reached.iter().map(|reached| reached.path.len() - 1).max().unwrap_or(0));
        }
        assert!(far > 3, "no walk went further than {far}");
    })
    .await;
}

#[tokio::test]
async fn chains_equal_the_shortest_paths_in_memory() {
    let strategy = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        1..=6_usize,
        prop::sample::select(vec![Way::Downstream, Way::Upstream, Way::Either, Way::Either]),
        0..4_usize,
        1..=20_usize,
    );
    let answers: RefCell<HashMap<Engine, Vec<String>>> = RefCell::default();
    each_engine(async |registry| {
        let web = Web::read(registry).await;
        let (parties, filters) = (parties(&web), filters(&web));
        let (mut lengths, mut given) = (HashMap::new(), Vec::new());
        for (from, to, depth, way, filter, first) in draws(&strategy, 80) {
            let ends = [*from.get(&parties), *to.get(&parties)];
            if ends[0] == ends[1] {
                continue;
            }
            let (argument, keep) = &filters[filter];
            let found = chains(registry, &web, ends, depth, way, argument.as_ref(), first).await;
            let expected = web.chains(ends, depth, way, first, keep);
            assert_eq!(
                found, expected,
                "{way:?} between {ends:?}, {depth} far, filter {filter}, the first {first}"
            );
            for (passed, _) in &found {
                *lengths.entry(passed.len() - 1).or_insert(0) += 1;
            }
            given.push(format!("{found:?}"));
        }
        assert!((1..=5).all(|length| lengths.contains_key(&length)), "{lengths:?}");
        answers.borrow_mut().insert(registry.engine, given);
    })
    .await;
    let answers = answers.into_inner();
    let mut answers = answers.values();
    let first = answers.next().unwrap();
    assert!(answers.all(|other| other == first), "the engines differ");
}

/// Adds active linkages between parties that had none; their ids are those of no other.
async fn link(registry: &Registry, pairs: &[(Uuid, Uuid)]) {
    let literal = |key: Uuid| match registry.engine {
        Engine::Sqlite => format!("x'{}'", key.simple()),
        Engine::Postgres => format!("'{key}'"),
    };
    let rows: Vec<String> = pairs
        .iter()
        .enumerate()
        .map(|(number, (supplier, buyer))| {
            let linkage = literal(Uuid::from_u128(0xf00 + number as u128));
            let exclusive = if registry.engine == Engine::Sqlite { "0" } else { "false" };
            format!(
                "({linkage}, 'TEST-{number}', 'OFFTAKE', 'GENERAL_TRADE', 'ACTIVE', {}, {}, {exclusive}, 1, 0, 0, 'SYNTHETIC')",
                literal(*supplier),
                literal(*buyer)
            )
        })
        .collect();
    let insert = format!(
        "INSERT INTO linkage (id, code, kind, pattern, status, supplier_id, buyer_id, exclusive, version, created_at, updated_at, source)
         VALUES {}",
        rows.join(", ")
    );
    registry.database.execute_unprepared(&insert).await.unwrap();
}

/// Parties of a kind that have no linkages.
fn alone(web: &Web, kind: PartyKind) -> Vec<Uuid> {
    let linked: Vec<Uuid> =
        web.linkages.iter().flat_map(|linkage| [linkage.supplier_id, linkage.buyer_id]).collect();
    let parties = web.parties.iter().filter(|(party, own)| **own == kind && !linked.contains(party));
    parties.map(|(party, _)| *party).collect()
}

#[tokio::test]
async fn a_walk_in_a_cycle_returns_each_party_once() {
    each_engine(async |registry| {
        let parties = alone(&Web::read(registry).await, PartyKind::Cooperative);
        let [a, b, c] = parties[..3] else { panic!("no party is without linkages") };
        link(registry, &[(a, b), (b, c), (c, a), (b, a)]).await;
        let web = Web::read(registry).await;
        let walked = walk(registry, &web, a, 6, Way::Downstream, None, 10).await;
        let paths: Vec<Vec<Uuid>> = walked.reached.into_iter().map(|reached| reached.path).collect();
        assert_eq!(paths, [vec![a, b], vec![a, b, c]]);
        assert!(!walked.truncated);
        let found = chains(registry, &web, [a, c], 6, Way::Either, None, 20).await;
        let passed: Vec<Vec<Uuid>> = found.into_iter().map(|(passed, _)| passed).collect();
        assert_eq!(passed, [vec![a, c], vec![a, b, c]]);
        assert_eq!(chains(registry, &web, [a, c], 6, Way::Upstream, None, 20).await.len(), 1);
    })
    .await;
}

/// A party with more partners than an answer can hold is answered in time.
#[tokio::test]
async fn a_walk_stops_at_its_budget_and_reports_it() {
    each_engine(async |registry| {
        let web = Web::read(registry).await;
        let hub = alone(&web, PartyKind::Institution)[0];
        let cooperatives = web.parties.iter().filter(|(_, kind)| **kind == PartyKind::Cooperative);
        let pairs: Vec<(Uuid, Uuid)> = cooperatives.take(1_003).map(|(party, _)| (hub, *party)).collect();
        link(registry, &pairs).await;
        let web = Web::read(registry).await;
        for depth in [1, 4] {
            let walked = walk(registry, &web, hub, depth, Way::Downstream, None, 100).await;
            assert!(walked.truncated && walked.reached.len() == 1_000);
            assert!(same(&walked, &web.walk(hub, depth, Way::Downstream, goods_go)));
        }
        let around = pairs[7].1;
        let walked = walk(registry, &web, around, 5, Way::Upstream, None, 100).await;
        assert!(same(&walked, &web.walk(around, 5, Way::Upstream, goods_go)));
        let found = chains(registry, &web, [around, pairs[8].1], 4, Way::Either, None, 3).await;
        assert_eq!(found, web.chains([around, pairs[8].1], 4, Way::Either, 3, goods_go));
        assert_eq!(found[0].0.len(), 3, "both buy from the hub");
    })
    .await;
}

/// However many parties a document walks from, the walks are one statement.
#[tokio::test]
async fn the_walks_of_a_document_are_one_statement() {
    each_engine(async |registry| {
        let document = |first: usize| {
            format!(
                "{{ institutions(first: {first}, orderBy: [{{field: KIND}}]) {{ nodes {{
                      downstream(maxDepth: 2, first: 3) {{ truncated pageInfo {{ hasNextPage }} nodes {{ depth party {{ name }} linkage {{ code commodity {{ name }} }} }} }}
                      upstream(maxDepth: 2, first: 3) {{ nodes {{ depth path {{ name }} party {{ name }} }} }} }} }} }}"
            )
        };
        for first in [1, 30] {
            let answer = registry.planned(Planner::On).limited_to(u32::MAX).ask(&document(first)).await;
            assert!(answer.statements <= 3, "{} statements for {first} parties", answer.statements);
            let edge_by_edge = registry.planned(Planner::Off).limited_to(u32::MAX).ask(&document(first)).await;
            assert!(edge_by_edge.statements <= 4, "{} statements for {first} parties", edge_by_edge.statements);
            assert_eq!(answer.data(), edge_by_edge.data());
        }
        let web = Web::read(registry).await;
        let busy = parties(&web);
        let ends = [busy[busy.len() - 1], busy[busy.len() - 2]].map(|party| web.id(party));
        let search = format!(
            "{{ supplyChains(from: \"{}\", to: \"{}\", first: 20) {{ parties {{ name }} linkages {{ code }} }} }}",
            ends[0], ends[1]
        );
        assert_eq!(registry.ask(&search).await.statements, 2);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_is_refused_by_another_walk() {
    each_engine(async |registry| {
        let hub = parties(&Web::read(registry).await);
        let party = Web::read(registry).await.id(*hub.last().unwrap());
        let page = |field: &str, arguments: &str| {
            format!(
                "{{ node(id: \"{party}\") {{ ... on PartnerInstitution {{ walk: {field}(first: 1{arguments}) {{ pageInfo {{ endCursor }} }} }} }} }}"
            )
        };
        let data = registry.data(&page("upstream", "")).await;
        let after = format!(", after: {}", data["node"]["walk"]["pageInfo"]["endCursor"]);
        registry.data(&page("upstream", &after)).await;
        registry.data(&page("upstream", &format!("{after}, maxDepth: 6"))).await;
        for (field, more) in [("downstream", ""), ("upstream", ", where: {}")] {
            let answer = registry.ask(&page(field, &format!("{after}{more}"))).await;
            assert_eq!(answer.code(), "CURSOR_INVALID", "{field}{more}");
        }
    })
    .await;
}

#[tokio::test]
async fn invalid_walks_and_chains_are_refused() {
    each_engine(async |registry| {
        let web = Web::read(registry).await;
        let (cooperative, institution) =
            (alone(&web, PartyKind::Cooperative)[0], alone(&web, PartyKind::Institution)[0]);
        let (a, b) = (web.id(cooperative), web.id(institution));
        let linkage = id("BusinessLinkage", web.linkages[0].id);
        for arguments in ["maxDepth: 0", "maxDepth: 7", "maxDepth: -1", "first: 101", "first: -1", "where: {status: null}"] {
            let document = format!(
                "{{ node(id: \"{a}\") {{ ... on Cooperative {{ downstream({arguments}) {{ truncated }} }} }} }}"
            );
            assert_eq!(registry.ask(&document).await.code(), "BAD_USER_INPUT", "{arguments}");
        }
        let between = |from: &str, to: &str, more: &str| {
            format!("{{ supplyChains(from: \"{from}\", to: \"{to}\"{more}) {{ length }} }}")
        };
        for (from, to, more) in [
            (&a, &a, ""),
            (&a, &linkage, ""),
            (&linkage, &a, ""),
            (&a, &"nonsense".to_owned(), ""),
            (&a, &b, ", maxDepth: 7"),
            (&a, &b, ", maxDepth: 0"),
            (&a, &b, ", first: 21"),
            (&a, &b, ", first: -1"),
            (&a, &b, ", where: {kind: {eq: null}}"),
        ] {
            assert_eq!(registry.ask(&between(from, to, more)).await.code(), "BAD_USER_INPUT", "{from} {to}{more}");
        }
        let nobody = id("Cooperative", Uuid::from_u128(7));
        for (to, more) in [(&b, ""), (&nobody, ""), (&b, ", first: 0")] {
            let data = registry.data(&between(&a, to, more)).await;
            assert_eq!(data, json!({ "supplyChains": [] }), "{to}{more}");
        }
        let walk = format!("{{ node(id: \"{a}\") {{ ... on Cooperative {{ upstream {{ truncated nodes {{ depth }} }} }} }} }}");
        let data = registry.data(&walk).await;
        assert_eq!(data["node"]["upstream"], json!({ "truncated": false, "nodes": [] }));
    })
    .await;
}
