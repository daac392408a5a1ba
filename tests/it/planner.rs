//! The planner's declarations: each noun declares every field that leads to rows, with the arguments that its resolver
//! reads.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::registry::{MetaField, MetaInputValue, MetaType, MetaTypeName};
use serde_json::{Value, json};
use simpul::{
    access::Audience,
    graph::load::{Noun, Planner},
    registry::{
        access_grant::AccessGrant,
        annual_report::AnnualReport,
        api_key::ApiKey,
        application::PartnershipApplication,
        batch::InternshipBatch,
        business_class::BusinessClass,
        business_unit::BusinessUnit,
        commodity::{Commodity, CooperativeCommodity},
        cooperative::Cooperative,
        institution::PartnerInstitution,
        linkage::BusinessLinkage,
        linkage_month::LinkageMonth,
        officer::Officer,
        official::Official,
        partnership::{Partnership, PartnershipParty},
        person::Person,
        personal::TABLE,
        placement::Placement,
        program::InternshipProgram,
        region::Region,
        session::TrainingSession,
    },
    schema,
};

use crate::{architecture, columns, support::each_engine};

/// Whether a field is refused to the public, for which it reads no row.
fn is_refused(place: &str) -> bool {
    let personal = TABLE.iter().filter(|personal| personal.read.who != Audience::Everyone);
    personal.flat_map(|personal| personal.read.at).any(|at| *at == place)
}

/// Walks are declared as statements of their own: SQLite runs a recursive query again at each mention when it depends on a row around
/// it, which takes seconds instead of milliseconds.
const WALKS: [&str; 4] = [
    "Cooperative.downstream",
    "Cooperative.upstream",
    "PartnerInstitution.downstream",
    "PartnerInstitution.upstream",
];

/// How many rows of each noun are asked at once.
const ROWS: usize = 10;

type Types = BTreeMap<String, MetaType>;

/// The fields that each noun declares.
fn declared() -> BTreeMap<&'static str, Vec<&'static str>> {
    macro_rules! fields_of {
        ($($noun:ident),* $(,)?) => {
            BTreeMap::from([$(($noun::NAME, $noun::fields().iter().map(|field| field.name).collect())),*])
        };
    }
    fields_of! {
        AccessGrant, AnnualReport, ApiKey, BusinessClass, BusinessLinkage, BusinessUnit, Commodity, Cooperative, CooperativeCommodity,
        InternshipBatch, InternshipProgram, LinkageMonth, Officer, Official, PartnerInstitution, Partnership,
        PartnershipApplication, PartnershipParty, Person, Placement, Region, TrainingSession,
    }
}

fn fields<'t>(types: &'t Types, noun: &str) -> Vec<&'t MetaField> {
    match types.get(noun) {
        Some(MetaType::Object { fields, .. }) => fields.values().collect(),
        _ => panic!("no type {noun}"),
    }
}

/// Whether a type is a noun, may be one, or leads to one through objects that are none, such as pages.
fn leads(types: &Types, nouns: &BTreeSet<String>, kind: &str, seen: &mut BTreeSet<String>) -> bool {
    if nouns.contains(kind) {
        return true;
    }
    match types.get(kind) {
        Some(MetaType::Interface { possible_types, .. } | MetaType::Union { possible_types, .. }) => {
            possible_types.iter().any(|possible| leads(types, nouns, possible, seen))
        }
        Some(MetaType::Object { fields, .. }) if seen.insert(kind.to_owned()) => {
            fields.values().any(|field| leads(types, nouns, MetaTypeName::concrete_typename(&field.ty), seen))
        }
        _ => false,
    }
}

#[test]
fn every_field_that_leads_to_rows_is_declared_to_the_planner() {
    let (types, nouns, declared) = (schema::registry().types, architecture::nouns(), declared());
    let known: BTreeSet<String> = declared.keys().map(|noun| (*noun).to_owned()).collect();
    assert_eq!(known, nouns, "a noun is missing in this test");
    let (mut leading, mut lacking) = (0, BTreeSet::new());
    for (noun, planned) in &declared {
        let fields = fields(&types, noun);
        let unknown: Vec<_> =
            planned.iter().filter(|name| !fields.iter().any(|field| field.name == **name)).collect();
        assert!(unknown.is_empty(), "{noun} declares {unknown:?}, which the schema has not");
        for field in fields {
            let kind = MetaTypeName::concrete_typename(&field.ty);
            if leads(&types, &nouns, kind, &mut BTreeSet::new()) {
                leading += 1;
                if !planned.contains(&field.name.as_str()) {
                    lacking.insert(format!("{noun}.{}", field.name));
                }
            }
        }
    }
    assert!(leading > 50, "{leading} fields cannot be all");
    assert!(lacking.is_empty(), "the planner does not know {lacking:?}");
}

/// All fields of a page, a row or figures that need the database.
fn selection(types: &Types, field: &MetaField) -> &'static str {
    match types.get(MetaTypeName::concrete_typename(&field.ty)) {
        Some(MetaType::Object { fields, .. }) if fields.contains_key("edges") => {
            "{ totalCount nodes { __typename } pageInfo { hasNextPage hasPreviousPage endCursor } }"
        }
        Some(MetaType::Object { fields, .. }) if fields.contains_key("count") => "{ count }",
        Some(MetaType::Object { .. } | MetaType::Interface { .. } | MetaType::Union { .. }) => {
            "{ __typename }"
        }
        _ => "",
    }
}

/// A value that makes a difference, as it is written; none for a cursor where there is no page.
fn value(types: &Types, argument: &MetaInputValue, cursor: Option<&Value>) -> Option<String> {
    let kind = MetaTypeName::concrete_typename(&argument.ty);
    let word = |name: &str| match types.get(name) {
        Some(MetaType::Enum { enum_values, .. }) => {
            let made = enum_values.contains_key("CREATED_AT").then(|| "CREATED_AT".to_owned());
            made.or_else(|| enum_values.keys().next().cloned())
        }
        _ => None,
    };
    Some(match (argument.name.as_str(), types.get(kind)) {
        ("first", _) => "3".to_owned(),
        ("last", _) => "2".to_owned(),
        ("after" | "before", _) => cursor?.to_string(),
        ("where", _) => "{or: []}".to_owned(),
        ("orderBy", Some(MetaType::InputObject { input_fields, .. })) => {
            let by = MetaTypeName::concrete_typename(&input_fields["field"].ty);
            format!("[{{field: {}, direction: DESC}}]", word(by).unwrap())
        }
        (_, Some(MetaType::Enum { .. })) if argument.ty.starts_with('[') => {
            format!("[{}]", word(kind).unwrap())
        }
        (_, Some(MetaType::Enum { .. })) => word(kind).unwrap(),
        ("year", _) => "2025".to_owned(),
        (name, _) => panic!("a value for `{name}` of {kind}"),
    })
}

/// If the planner reads an argument differently from the resolver, a second statement is needed.
#[tokio::test]
async fn the_planner_reads_each_argument_as_the_resolver_does() {
    each_engine(async |registry| {
        let registry = registry.just_started().planned(Planner::On).limited_to(u32::MAX);
        let (types, declared) = (schema::registry().types, declared());
        let (mut given, mut cursors) = (0, 0);
        for (noun, mut ids) in columns::nouns(&registry).await {
            ids.truncate(ROWS);
            for field in fields(&types, noun) {
                let name = &field.name;
                let place = format!("{noun}.{name}");
                if WALKS.contains(&place.as_str()) || is_refused(&place) || !declared[noun].contains(&name.as_str()) {
                    continue;
                }
                let ask = async |arguments: String| {
                    let selection = selection(&types, field);
                    let document = format!(
                        "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {noun} {{ {name}{arguments} {selection} }} }} }}"
                    );
                    let answer = registry.ask_with(&document, json!({ "ids": ids })).await;
                    assert_eq!(answer.statements, 1, "{document}");
                    answer.data()
                };
                let plain = ask(String::new()).await;
                let ends = plain["nodes"].as_array().unwrap().iter().map(|node| &node[name]["pageInfo"]["endCursor"]);
                let cursor = ends.into_iter().find(|cursor| cursor.is_string());
                cursors += usize::from(cursor.is_some());
                for argument in field.args.values() {
                    if let Some(value) = value(&types, argument, cursor) {
                        ask(format!("({}: {value})", argument.name)).await;
                        given += 1;
                    }
                }
            }
        }
        assert!(given > 150 && cursors > 15, "{given} arguments and {cursors} cursors cannot be all");
    })
    .await;
}
