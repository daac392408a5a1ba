//! The schema: complete, described, and equal to `schema.graphql`.

use std::{collections::BTreeMap, fs, path::Path};

use async_graphql::{
    OutputType, Request, Variables,
    registry::{MetaType, Registry},
};
use serde::Deserialize;
use simpul::{
    registry::{
        about::RegistryQuery,
        access_grant::AccessGrantQuery,
        annual_report::{AnnualReportFiguresQuery, AnnualReportQuery},
        api_key::ApiKeyQuery,
        application::{ApplicationFiguresQuery, ApplicationQuery},
        batch::{BatchFiguresQuery, BatchQuery},
        business_class::BusinessClassQuery,
        business_unit::{BusinessUnitFiguresQuery, BusinessUnitQuery},
        changes::ChangeQuery,
        commodity::{CommodityQuery, CooperativeCommodityFiguresQuery, CooperativeCommodityQuery},
        cooperative::{CooperativeFiguresQuery, CooperativeQuery},
        institution::{InstitutionFiguresQuery, InstitutionQuery},
        linkage::{LinkageFiguresQuery, LinkageQuery},
        linkage_month::{LinkageMonthFiguresQuery, LinkageMonthQuery},
        node::NodeQuery,
        officer::OfficerFiguresQuery,
        partnership::{PartnershipFiguresQuery, PartnershipQuery},
        path::PathQuery,
        placement::{PlacementFiguresQuery, PlacementQuery},
        program::{ProgramFiguresQuery, ProgramQuery},
        region::{RegionFiguresQuery, RegionQuery},
        search::SearchQuery,
        session::TrainingSessionQuery,
        vocabulary::VocabularyQuery,
    },
    schema::{self, Query},
};

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let committed = fs::read_to_string(file).unwrap_or_default();
    let served = schema::sdl();
    let differs = committed.lines().zip(served.lines()).position(|(one, other)| one != other);
    assert!(
        committed == served,
        "schema.graphql differs from line {} on; run `cargo run -- schema > schema.graphql`",
        differs.unwrap_or_else(|| committed.lines().count().min(served.lines().count())) + 1
    );
}

#[tokio::test]
async fn everything_is_described() {
    let mut bare = Vec::new();
    for kind in types().await {
        let name = &kind.name;
        // The library's own scalar has no words, and everybody knows what it is.
        if kind.description.is_none() && name != "ID" {
            bare.push(name.clone());
        }
        for field in kind.fields.iter().flatten() {
            if field.description.is_none() {
                bare.push(format!("{name}.{}", field.name));
            }
            let arguments = field.args.iter().filter(|argument| argument.description.is_none());
            bare.extend(arguments.map(|argument| format!("{name}.{}({}:)", field.name, argument.name)));
        }
        let values = kind.input_fields.iter().chain(&kind.enum_values).flatten();
        let values = values.filter(|value| value.description.is_none());
        bare.extend(values.map(|value| format!("{name}.{}", value.name)));
    }
    assert!(bare.is_empty(), "without a description:\n{}", bare.join("\n"));
}

#[tokio::test]
async fn every_type_with_an_id_is_a_node() {
    let objects = types().await.into_iter().filter(|kind| kind.kind == "OBJECT");
    let (nodes, others): (Vec<_>, Vec<_>) = objects.partition(|kind| kind.implements("Node"));
    assert!(!nodes.is_empty());
    for node in nodes {
        assert!(node.field("id").is_some_and(|id| id.kind.written() == "ID!"), "{} has no id", node.name);
    }
    // A change names the record that it is about, which may be gone; keys and grants are in lists of administrators alone.
    let lists_only = ["Change", "ApiKey", "AccessGrant"];
    for other in others.iter().filter(|other| !lists_only.contains(&other.name.as_str())) {
        assert!(other.field("id").is_none(), "{} has an id and is no Node", other.name);
    }
}

#[tokio::test]
async fn every_connection_can_be_paged_both_ways_and_sorted() {
    let mut connections = 0;
    for kind in types().await {
        for field in kind.fields.iter().flatten().filter(|field| field.kind.named().ends_with("Connection")) {
            connections += 1;
            for argument in ["first", "after", "last", "before", "orderBy"] {
                let taken = field.args.iter().any(|taken| taken.name == argument);
                // What is searched for comes best first.
                let ranked = argument == "orderBy" && field.name == "search";
                // The log has one order and is read in one direction.
                let logged = ["changes", "history"].contains(&field.name.as_str());
                let untaken = ranked || logged && !["first", "after"].contains(&argument);
                assert!(taken != untaken, "{}.{} and `{argument}`", kind.name, field.name);
            }
            assert!(field.kind.written().ends_with('!'), "{}.{} may be null", kind.name, field.name);
        }
    }
    assert!(connections > 30, "{connections} connections cannot be all");
}

#[test]
fn no_root_field_shadows_another() {
    let parts = [
        root_fields::<NodeQuery>(),
        root_fields::<RegistryQuery>(),
        root_fields::<RegionQuery>(),
        root_fields::<CooperativeQuery>(),
        root_fields::<BusinessUnitQuery>(),
        root_fields::<BusinessClassQuery>(),
        root_fields::<CommodityQuery>(),
        root_fields::<AnnualReportQuery>(),
        root_fields::<InstitutionQuery>(),
        root_fields::<PartnershipQuery>(),
        root_fields::<ProgramQuery>(),
        root_fields::<BatchQuery>(),
        root_fields::<PlacementQuery>(),
        root_fields::<LinkageQuery>(),
        root_fields::<ApplicationQuery>(),
        root_fields::<LinkageMonthQuery>(),
        root_fields::<CooperativeCommodityQuery>(),
        root_fields::<TrainingSessionQuery>(),
        root_fields::<AnnualReportFiguresQuery>(),
        root_fields::<ApplicationFiguresQuery>(),
        root_fields::<BatchFiguresQuery>(),
        root_fields::<BusinessUnitFiguresQuery>(),
        root_fields::<CooperativeCommodityFiguresQuery>(),
        root_fields::<CooperativeFiguresQuery>(),
        root_fields::<InstitutionFiguresQuery>(),
        root_fields::<LinkageFiguresQuery>(),
        root_fields::<LinkageMonthFiguresQuery>(),
        root_fields::<OfficerFiguresQuery>(),
        root_fields::<PartnershipFiguresQuery>(),
        root_fields::<PlacementFiguresQuery>(),
        root_fields::<ProgramFiguresQuery>(),
        root_fields::<RegionFiguresQuery>(),
        root_fields::<SearchQuery>(),
        root_fields::<PathQuery>(),
        root_fields::<VocabularyQuery>(),
        root_fields::<ChangeQuery>(),
        root_fields::<ApiKeyQuery>(),
        root_fields::<AccessGrantQuery>(),
    ];
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (part, fields) in parts {
        for field in fields {
            owners.entry(field).or_default().push(part.clone());
        }
    }
    for (field, owners) in &owners {
        assert_eq!(owners.len(), 1, "`{field}` is declared by {}", owners.join(" and by "));
    }
    let (_, mut all) = root_fields::<Query>();
    all.sort();
    assert_eq!(all, owners.into_keys().collect::<Vec<_>>(), "a part of the root is missing in this test");
}

#[tokio::test]
async fn every_scalar_describes_its_format() {
    let sdl = schema::sdl();
    let standard = ["Boolean", "Float", "ID", "Int", "String"];
    for scalar in types().await.into_iter().filter(|kind| kind.kind == "SCALAR") {
        let specified = sdl.contains(&format!("scalar {} @specifiedBy(url: \"https://", scalar.name));
        let shown = scalar.description.is_some_and(|words| words.contains("such as"));
        assert!(specified || shown || standard.contains(&&*scalar.name), "{} says nothing", scalar.name);
    }
    for scalar in ["Date", "DateTime"] {
        assert!(sdl.contains(&format!("scalar {scalar} @specifiedBy(url: ")), "{scalar}");
    }
}

#[tokio::test]
async fn a_lookup_takes_exactly_one_key() {
    let sdl = schema::sdl();
    let keys: Vec<Type> = types().await.into_iter().filter(|kind| kind.name.ends_with("By")).collect();
    assert!(!keys.is_empty());
    for key in keys {
        assert!(sdl.contains(&format!("input {} @oneOf", key.name)), "{} is not @oneOf", key.name);
    }
}

#[tokio::test]
async fn the_user_documents_are_valid() {
    let schema = schema::build(schema::Introspection::On, schema::Validation::Whole);
    let documents = documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries"));
    assert!(documents.len() >= 3, "{documents:?}");
    for (name, document, variables) in documents {
        // Without data every resolver fails, at its path; only a document that does not fit fails without one.
        let response = schema.execute(Request::new(document).variables(variables)).await;
        let invalid: Vec<_> = response.errors.iter().filter(|error| error.path.is_empty()).collect();
        assert!(invalid.is_empty(), "{name}: {invalid:?}");
        assert!(!response.errors.is_empty(), "{name} asks for nothing");
    }
}

/// The name of a part of the root, and its fields.
fn root_fields<T: OutputType>() -> (String, Vec<String>) {
    let mut registry = Registry::default();
    T::create_type_info(&mut registry);
    match registry.types.remove(&*T::type_name()) {
        Some(MetaType::Object { fields, .. }) => (T::type_name().into_owned(), fields.into_keys().collect()),
        _ => panic!("{} is no object", T::type_name()),
    }
}

/// Every `.graphql` file below a folder, with its variables.
fn documents(folder: &Path) -> Vec<(String, String, Variables)> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents.extend(self::documents(&path));
        } else if path.extension().is_some_and(|extension| extension == "graphql") {
            let beside = fs::read_to_string(path.with_extension("json")).unwrap_or_else(|_| "{}".into());
            let beside: serde_json::Value = serde_json::from_str(&beside).unwrap();
            let variables = Variables::from_json(beside["variables"].clone());
            documents.push((path.display().to_string(), fs::read_to_string(&path).unwrap(), variables));
        }
    }
    documents
}

/// Without data, either field fails; neither is the other's business.
#[tokio::test]
async fn a_nullable_field_fails_alone() {
    let document =
        r#"{ province: region(by: {code: "32"}) { name } cooperative(by: {slug: "none"}) { name } }"#;
    let response =
        schema::build(schema::Introspection::On, schema::Validation::Whole).execute(document).await;
    assert_eq!(response.errors.len(), 2, "{:?}", response.errors);
    assert_eq!(serde_json::to_string(&response.data).unwrap(), r#"{"province":null,"cooperative":null}"#);
}

/// Every type that is ours to describe.
async fn types() -> Vec<Type> {
    let response =
        schema::build(schema::Introspection::On, schema::Validation::Whole).execute(INTROSPECTION).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let introspection: Introspection = serde_json::from_value(response.data.into_json().unwrap()).unwrap();
    introspection.schema.types.into_iter().filter(|kind| !kind.name.starts_with("__")).collect()
}

const INTROSPECTION: &str = "{
    __schema {
        types {
            kind name description
            interfaces { name }
            fields(includeDeprecated: true) { name description args { name description } type { ...Written } }
            inputFields { name description }
            enumValues(includeDeprecated: true) { name description }
        }
    }
}
fragment Written on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

#[derive(Deserialize)]
struct Introspection {
    #[serde(rename = "__schema")]
    schema: Types,
}

#[derive(Deserialize)]
struct Types {
    types: Vec<Type>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    kind: String,
    name: String,
    description: Option<String>,
    interfaces: Option<Vec<Named>>,
    fields: Option<Vec<Field>>,
    input_fields: Option<Vec<Named>>,
    enum_values: Option<Vec<Named>>,
}

impl Type {
    fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().flatten().find(|field| field.name == name)
    }

    fn implements(&self, interface: &str) -> bool {
        self.interfaces.iter().flatten().any(|implemented| implemented.name == interface)
    }
}

#[derive(Deserialize)]
struct Field {
    name: String,
    description: Option<String>,
    args: Vec<Named>,
    #[serde(rename = "type")]
    kind: Written,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    description: Option<String>,
}

/// A type as a field names it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<Written>>,
}

impl Written {
    fn written(&self) -> String {
        let inner = self.of_type.as_ref().map(|inner| inner.written());
        match (self.kind.as_str(), inner) {
            ("NON_NULL", Some(inner)) => format!("{inner}!"),
            ("LIST", Some(inner)) => format!("[{inner}]"),
            _ => self.name.clone().unwrap_or_default(),
        }
    }

    fn named(&self) -> String {
        self.written().trim_matches(['[', ']', '!']).to_owned()
    }
}
