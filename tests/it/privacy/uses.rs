//! Who uses personal data in conditions, orders, figures and look-ups; and what the table of personal data must hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use simpul::{
    access::{Audience, Use},
    registry::personal::TABLE,
    schema,
    store::Credentials,
};

use super::callers::{Sample, callers, codes};
use crate::{model::all_queries::Ways, support::each_engine};

/// Conditions, orders, figures and look-ups by personal data, for each role.
#[tokio::test]
async fn every_role_uses_personal_data_as_the_table_allows() {
    each_engine(async |registry| {
        let sample = Sample::of(registry).await;
        let callers = callers(registry, &sample).await;
        let registry = &registry.limited_to(u32::MAX).recording();
        let registry = &registry.trusting(&Credentials::new(registry.database.clone()), &[]);
        let places: BTreeMap<&str, (Use, Audience, Audience)> = TABLE
            .iter()
            .flat_map(|personal| {
                Use::ALL.into_iter().flat_map(|usage| {
                    let Audience::Everyone = personal.permission(usage).who else {
                        let within = (usage, personal.permission(usage).who, personal.narrow.who);
                        return personal.permission(usage).at.iter().map(|at| (*at, within)).collect::<Vec<_>>();
                    };
                    Vec::new()
                })
            })
            .collect();
        let ways: Vec<_> = Ways::of(registry).await.all().into_iter().filter_map(|way| {
            let found: Vec<_> = way.trail.iter().filter_map(|at| places.get(at.as_str()).copied()).collect();
            let reads = found.iter().any(|(usage, ..)| *usage == Use::Read);
            (!found.is_empty() && !reads).then_some((way, found))
        }).collect();
        let of_figures: Vec<_> = ["{gender: {eq: FEMALE}}", "{education: {in: [BACHELOR]}}"]
            .into_iter()
            .map(|person| format!("{{ placementAggregate(where: {{person: {person}}}) {{ nodes {{ count }} }} }}"))
            .chain(["{ placementAggregate(where: {score: {gte: \"50\"}, attendanceDays: {gt: 1}}) { nodes { count } } }".to_owned()])
            .collect();
        let mut allowed: BTreeMap<&str, usize> = BTreeMap::new();
        for caller in &callers {
            for (way, found) in &ways {
                let in_figures = way.document.contains("Aggregate");
                let may = found.iter().all(|(usage, who, narrow)| {
                    caller.is_admitted(*who) || *usage == Use::Filter && in_figures && caller.is_admitted(*narrow)
                });
                let answer = caller.ask(registry, &way.document).await;
                let refused = codes(&answer).contains("FORBIDDEN");
                assert_eq!(refused, !may, "{} by {}: {} gave {answer}", caller.name, way.at(), way.document);
                assert!(!codes(&answer).contains("INTERNAL"), "{}: {answer}", way.document);
                *allowed.entry(caller.name).or_default() += usize::from(may);
            }
            for document in &of_figures {
                let answer = caller.ask(registry, document).await;
                let may = caller.is_admitted(Audience::Analysts);
                assert_eq!(codes(&answer).contains("FORBIDDEN"), !may, "{}: {document}: {answer}", caller.name);
                let listed = document.replace("placementAggregate", "placements").replace("count }", "id }");
                let answer = caller.ask(registry, &listed).await;
                assert_eq!(codes(&answer).contains("FORBIDDEN"), !caller.is_ministry(), "{}: {listed}", caller.name);
            }
        }
        for of_record in ["PersonWhere.id", "PersonWhere.createdAt", "PersonWhere.updatedAt", "PersonWhere.source"] {
            let tried = ways.iter().any(|(way, _)| way.trail.iter().any(|at| at == of_record));
            assert!(tried, "nobody tried to single out a person by {of_record}");
        }
        assert!(ways.len() > 20, "{} ways", ways.len());
        assert!(allowed["ministry"] == ways.len() && allowed["analyst"] >= 4, "{allowed:?}");
        let others = allowed.iter().filter(|(name, _)| !["ministry", "analyst"].contains(name));
        assert!(others.into_iter().all(|(_, number)| *number == 0), "{allowed:?}");
    })
    .await;
}

/// Fields of every record.
const OF_RECORDS: [&str; 7] =
    ["version", "createdAt", "updatedAt", "source", "sourceReference", "asOf", "history"];

/// Fields of people and of what they do that are not personal data, beside those of every record.
const PLAIN: [&str; 15] = [
    "Person.id",
    "Placement.id",
    "Placement.batch",
    "Placement.cooperative",
    "Placement.status",
    "Placement.followUpPlan",
    "Officer.id",
    "Officer.body",
    "Officer.role",
    "Officer.title",
    "Officer.exOfficio",
    "Officer.startsOn",
    "Officer.endsOn",
    "Officer.status",
    "Officer.cooperative",
];

#[test]
fn every_field_of_a_person_has_a_place_in_the_table() {
    let types = schema::registry().types;
    let personal: BTreeSet<&str> = TABLE.iter().flat_map(|personal| personal.read.at).copied().collect();
    for noun in ["Person", "Placement", "Officer"] {
        for field in fields(&types[noun]).iter().filter(|field| !OF_RECORDS.contains(&field.as_str())) {
            let at = format!("{noun}.{field}");
            let placed = personal.contains(at.as_str()) != PLAIN.contains(&at.as_str());
            assert!(
                placed,
                "{at} is in the table of personal data, or in the list of fields that are no personal data"
            );
        }
    }
}

fn fields(of: &async_graphql::registry::MetaType) -> BTreeSet<String> {
    use async_graphql::registry::MetaType::{Interface, Object};
    match of {
        Object { fields, .. } | Interface { fields, .. } => fields.keys().cloned().collect(),
        _ => BTreeSet::new(),
    }
}

/// The table as people read it: who may make which use of each attribute.
#[test]
fn the_golden_file_says_who_may_use_which_personal_data() {
    let mut text = format!("{:28} {:8} {}\n", "attribute", "use", "who");
    for personal in TABLE {
        for usage in Use::ALL {
            let who = match personal.permission(usage).who {
                Audience::Everyone => "everybody".to_owned(),
                Audience::Nobody => continue,
                Audience::Ministry => "the ministry; recorded".to_owned(),
                Audience::Analysts => "analysts, the ministry; recorded".to_owned(),
                Audience::Related(relations) => {
                    let names: Vec<String> =
                        relations.iter().map(|relation| format!("{relation:?}")).collect();
                    format!("the ministry; for its rows: {}", names.join(", "))
                }
            };
            let _ = writeln!(text, "{:28} {:8} {who}", personal.attribute, usage.name());
        }
    }
    insta::assert_snapshot!("personal data", text);
}
