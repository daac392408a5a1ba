//! Who reads which personal data: each role, each attribute and each way in, as the table of personal data states.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use simpul::{
    access::Audience,
    graph::load::Planner,
    http::CallerContext,
    registry::personal::TABLE,
    store::{Credentials, Recorder},
};

use super::callers::{Caller, Sample, callers, codes, literal};
use crate::{
    export::address,
    support::{Registry, each_engine},
};

/// The row at a pointer; for a search, the officer of the cooperative that was found.
fn row<'a>(data: &'a Value, pointer: &str, slug: &str) -> &'a Value {
    if pointer != "search" {
        return data.pointer(pointer).unwrap_or(&Value::Null);
    }
    let found = data["search"]["nodes"].as_array().unwrap().iter().find(|node| node["slug"] == slug);
    &found.unwrap_or_else(|| panic!("the search does not find {slug}: {data}"))["officers"]["nodes"][0]
}

/// Whether the caller may go to the row that has the field.
fn reaches(caller: &Caller, of: &str, way: &str) -> bool {
    let read = |at: &str| {
        let found = TABLE.iter().find(|personal| personal.read.at.contains(&at)).unwrap();
        caller.is_admitted(found.read.who)
    };
    match (of, way) {
        ("Person", "node") => read("Person.name"),
        ("Person", "list") => read("Placement.person"),
        ("Person", "edge") => read("Officer.person"),
        _ => true,
    }
}

#[tokio::test]
async fn every_role_reads_by_every_way_what_the_table_allows_for_the_row() {
    each_engine(async |registry| {
        let sample = Sample::of(registry).await;
        let callers = callers(registry, &sample).await;
        let registry = &registry.recording().trusting(&Credentials::new(registry.database.clone()), &[]);
        let mut seen: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for personal in TABLE.iter().filter(|personal| personal.read.who != Audience::Everyone) {
            let is_read = !personal.read.at.is_empty() || personal.columns.is_empty();
            assert!(is_read, "no field reads the {}", personal.attribute);
            for at in personal.read.at {
                let (of, field) = at.split_once('.').unwrap();
                let selected = if field == "person" { "person { id }" } else { field };
                for (way, document, pointer) in sample.ways(of, selected) {
                    for caller in &callers {
                        let answer = caller.ask(registry, &document).await;
                        let told = &row(&answer["data"], pointer, &sample.slug)[field];
                        let what = format!("{} reads {at} by {way}: {document}: {answer}", caller.name);
                        let there = reaches(caller, of, way);
                        let expected = there && caller.is_admitted(personal.read.who);
                        assert_eq!(!told.is_null(), expected, "{what}");
                        // An id of a person reveals nothing, not even that it is refused.
                        let refused = !expected && (there || way != "node");
                        let code = if refused { BTreeSet::from(["FORBIDDEN"]) } else { BTreeSet::new() };
                        assert_eq!(codes(&answer), code, "{what}");
                        seen.entry(way).or_default()[usize::from(expected)] += 1;
                        if way == "list" {
                            let query = exported(&sample, of, selected);
                            let mut parameters = vec![("query", query.as_str())];
                            parameters.extend((of == "Officer").then_some(("expand", "officers")));
                            let uri = address("ndjson", &parameters);
                            let file = caller.get(registry, &uri).await;
                            let status = if expected { 200 } else { 403 };
                            assert_eq!(file.status, status, "an export: {what}: {}", file.text());
                            seen.entry("export").or_default()[usize::from(expected)] += 1;
                        }
                    }
                }
            }
        }
        let ways: Vec<&str> = seen.keys().copied().collect();
        assert_eq!(ways, ["edge", "export", "list", "node", "search"]);
        assert!(seen.values().all(|numbers| numbers.iter().all(|number| *number > 3)), "{seen:?}");
        pages_show_no_person(registry, &sample, &callers).await;
    })
    .await;
}

/// The document of an export with the field of the sample as a column.
fn exported(sample: &Sample, of: &str, selected: &str) -> String {
    let (placement, officer) = (sample.id("Placement"), sample.id("Officer"));
    match of {
        "Officer" => format!(
            "{{ cooperatives(where: {{slug: {{eq: \"{}\"}}}}) {{ nodes {{ slug officers(where: {{id: {{eq: \"{officer}\"}}}}) {{ nodes {{ id {selected} }} }} }} }} }}",
            sample.slug
        ),
        "Person" => format!(
            "{{ placements(where: {{id: {{eq: \"{placement}\"}}}}) {{ nodes {{ id person {{ {selected} }} }} }} }}"
        ),
        _ => format!(
            "{{ placements(where: {{id: {{eq: \"{placement}\"}}}}) {{ nodes {{ id {selected} }} }} }}"
        ),
    }
}

/// Pages show no personal data to anybody.
async fn pages_show_no_person(registry: &Registry, sample: &Sample, callers: &[Caller]) {
    for caller in callers {
        let mut pages = 0;
        for uri in
            [format!("/koperasi/{}", sample.slug), sample.page.clone(), "/cari?q=saksi+rahasia".to_owned()]
        {
            let page = caller.get(registry, &uri).await;
            pages += usize::from(page.status == 200);
            let text = page.text().replace("saksi rahasia", "").replace("saksi+rahasia", "");
            for secret in ["Saksi Rahasia", "0000 7777", "saksi@example", "C-RAHASIA", "91.357", "91,357"] {
                assert!(!text.contains(secret), "{uri} shows {secret} to {}", caller.name);
            }
        }
        assert!(pages > 1, "{pages} pages were shown to {}", caller.name);
    }
}

/// A list of placements of several regions: each row is decided by itself, whichever way and whether planned or not.
#[tokio::test]
async fn in_one_list_rows_are_shown_and_refused_each_by_itself() {
    each_engine(async |registry| {
        let sample = Sample::of(registry).await;
        let callers = callers(registry, &sample).await;
        let registry = &registry.recording().trusting(&Credentials::new(registry.database.clone()), &[]);
        let document = format!(
            "{{ node(id: \"{}\") {{ ... on InternshipBatch {{ placements(first: 100) {{ nodes {{
                 id cooperative {{ region {{ code }} }} score attendanceDays person {{ name gender phone }} }} }} }} }} }}",
            sample.id("InternshipBatch")
        );
        for (name, region) in [("own office", &sample.region[..5]), ("several roles", &sample.region[..2])] {
            let office = callers.iter().find(|caller| caller.name == name).unwrap();
            let answer = office.ask(registry, &document).await;
            assert_eq!(codes(&answer), BTreeSet::from(["FORBIDDEN"]));
            let mut numbers = [0, 0];
            for node in answer["data"]["node"]["placements"]["nodes"].as_array().unwrap() {
                let own = node["cooperative"]["region"]["code"].as_str().unwrap().starts_with(region);
                assert_eq!(node["person"].is_object(), own, "{node}");
                assert!(!own || node["person"]["name"].is_string(), "{node}");
                assert!(node["person"]["phone"].is_null(), "a telephone is for the employer: {node}");
                assert!(own || node["score"].is_null() && node["attendanceDays"].is_null(), "{node}");
                assert!(node["id"] != json!(sample.id("Placement")) || node["score"] == json!("91.357"), "{node}");
                numbers[usize::from(own)] += 1;
            }
            assert!(numbers[0] > 0 && numbers[1] > 0, "{name}: {numbers:?}");
        }
        let host = callers.iter().find(|caller| caller.name == "host").unwrap();
        let answer = host.ask(registry, &document.replace(" phone", "")).await;
        assert_eq!(codes(&answer), BTreeSet::new(), "a host knows all participants: {answer}");
    })
    .await;
}

/// The results of the statements of an office have the values of its own participants, and of no others.
#[tokio::test]
async fn values_that_a_caller_may_not_see_are_not_read() {
    each_engine(async |registry| {
        let sample = Sample::of(registry).await;
        let callers = callers(registry, &sample).await;
        let elsewhere = format!(
            "batch_id = {} AND cooperative_id IN (SELECT id FROM cooperative WHERE NOT (region_code >= '{code}' AND region_code < '{code}/'))",
            literal(registry, sample.batch),
            code = &sample.region[..5]
        );
        for sql in [
            format!("UPDATE person SET name = 'Orang Lain', phone = '+62 822 9999 0000', email = 'lain@example.org' WHERE id IN (SELECT person_id FROM placement WHERE {elsewhere})"),
            format!("UPDATE placement SET score_milli = 77123 WHERE {elsewhere} AND score_milli IS NOT NULL"),
        ] {
            registry.database.execute_unprepared(&sql).await.unwrap();
        }
        let document = format!(
            "{{ node(id: \"{}\") {{ ... on InternshipBatch {{ placements(first: 100) {{ nodes {{
                 score person {{ name gender phone email }} }} }} }} }} }}",
            sample.id("InternshipBatch")
        );
        let secrets = ["Orang Lain", "77123", "9999 0000", "lain@example.org", "+62 811 0000 7777", "saksi@example.org"];
        for (name, read) in [("own office", &["Saksi Rahasia", "91357"][..]), ("other institution", &[])] {
            let caller = callers.iter().find(|caller| caller.name == name).unwrap();
            let recorder = Arc::new(Recorder::default());
            // Without the planner rows are read whole, and shown no further.
            let planned = registry.planned(Planner::On);
            let door = planned.door().clone().with_recorder(Arc::clone(&recorder));
            let viewer = caller.viewer();
            let context = CallerContext { scope: viewer.scope().into(), viewer, ..CallerContext::default() };
            door.answer(async_graphql::Request::new(document.as_str()).into(), &context).await;
            let results: String = recorder
                .statements()
                .iter()
                .flat_map(|statement| statement.result.clone().unwrap())
                .flatten()
                .collect();
            for value in read {
                assert!(results.contains(value), "{name} does not read {value}: {results}");
            }
            for secret in secrets {
                assert!(!results.contains(secret), "{name} reads {secret}: {results}");
            }
        }
    })
    .await;
}
