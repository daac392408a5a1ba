//! Who may use which verb: every verb is tried by every role, on a record of others and on one of its own.
//!
//! The verbs, their inputs and their nouns are those of the schema, so that a new verb is tried by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use async_graphql::registry::{MetaField, MetaType, MetaTypeName};
use entity::vocabulary::Role;
use sea_orm::{ActiveEnum, ConnectionTrait, Iterable, Statement};
use serde_json::{Value as Json, json};
use simpul::{
    access::{Grant, GrantScope, RegionCode, Viewer},
    graph::id,
    registry::write::VERBS,
    schema,
    store::Engine,
};
use uuid::Uuid;

use super::{Written, code, each_written, with_role};

/// The nouns of inputs that are ids, but for `id`, which is that of the payload's noun.
const NOUNS: [(&str, &str); 15] = [
    ("batch", "InternshipBatch"),
    ("buyer", "PartnerInstitution"),
    ("commodity", "Commodity"),
    ("cooperative", "Cooperative"),
    ("host", "PartnerInstitution"),
    ("institution", "PartnerInstitution"),
    ("linkage", "BusinessLinkage"),
    ("officer", "Officer"),
    ("organiser", "PartnerInstitution"),
    ("party", "Cooperative"),
    ("person", "Person"),
    ("program", "InternshipProgram"),
    ("region", "Region"),
    ("successor", "Cooperative"),
    ("supplier", "Cooperative"),
];

/// Nouns with their tables, and conditions on the sample rows.
const SAMPLES: [(&str, &str); 20] = [
    ("AccessGrant", "access_grant x WHERE 1 = 1"),
    ("AnnualReport", "annual_report x JOIN cooperative c ON c.id = x.cooperative_id WHERE {own}"),
    ("ApiKey", "api_key x WHERE 1 = 1"),
    (
        "BusinessLinkage",
        "linkage x JOIN cooperative c ON c.id = x.supplier_id WHERE {own} AND NOT EXISTS (SELECT 1 FROM cooperative b WHERE b.id = x.buyer_id)",
    ),
    ("BusinessUnit", "business_unit x JOIN cooperative c ON c.id = x.cooperative_id WHERE {own}"),
    ("Commodity", "commodity x WHERE 1 = 1"),
    (
        "Cooperative",
        "cooperative x JOIN cooperative c ON c.id = x.id WHERE {own} AND EXISTS (SELECT 1 FROM officer o WHERE o.cooperative_id = x.id AND o.status = 'ACTIVE')",
    ),
    (
        "CooperativeCommodity",
        "cooperative_commodity x JOIN cooperative c ON c.id = x.cooperative_id WHERE {own}",
    ),
    ("InternshipBatch", "internship_batch x WHERE x.program_visible"),
    ("InternshipProgram", "internship_program x WHERE x.status <> 'DRAFT'"),
    (
        "LinkageMonth",
        "linkage_month x JOIN linkage l ON l.id = x.linkage_id JOIN cooperative c ON c.id = l.supplier_id WHERE {own}",
    ),
    (
        "Officer",
        "officer x JOIN cooperative c ON c.id = x.cooperative_id WHERE {own} AND x.status = 'ACTIVE'",
    ),
    ("Official", "official x WHERE 1 = 1"),
    ("PartnerInstitution", "institution x WHERE 1 = 1"),
    (
        "Partnership",
        "partnership x JOIN partnership_party l ON l.partnership_id = x.id JOIN cooperative c ON c.id = l.party_id WHERE {own}",
    ),
    (
        "PartnershipApplication",
        "partnership_application x JOIN cooperative c ON c.id = x.cooperative_id WHERE {own}",
    ),
    (
        "Person",
        "person x JOIN officer o ON o.person_id = x.id JOIN cooperative c ON c.id = o.cooperative_id WHERE {own}",
    ),
    (
        "Placement",
        "placement x JOIN cooperative c ON c.id = x.cooperative_id WHERE {own} AND x.program_visible AND x.status = 'GRADUATED'",
    ),
    ("Region", "region x WHERE x.level = 'VILLAGE'"),
    ("TrainingSession", "training_session x WHERE x.program_visible"),
];

/// Verbs that no test of authorisation covers: none.
const UNCOVERED: &str = include_str!("uncovered-verbs.txt");

/// A verb as the schema declares it.
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) input: String,
    /// The noun of its payload.
    pub(super) noun: String,
}

/// The verbs in the schema, with the types of their inputs.
pub(super) fn declared() -> (Vec<Declared>, BTreeMap<String, MetaType>) {
    let registry = schema::registry();
    let root = &registry.types[registry.mutation_type.as_ref().unwrap()];
    let MetaType::Object { fields, .. } = root else { panic!("no verbs") };
    let noun_of = |field: &MetaField| {
        let payload = MetaTypeName::concrete_typename(&field.ty);
        let MetaType::Object { fields, .. } = &registry.types[payload] else {
            panic!("{payload} is no object")
        };
        let nouns = fields.values().map(|field| MetaTypeName::concrete_typename(&field.ty));
        nouns.into_iter().find(|of| registry.types[*of].field_by_name("id").is_some()).map(str::to_owned)
    };
    let verbs = fields.values().map(|field| Declared {
        name: field.name.clone(),
        input: MetaTypeName::concrete_typename(&field.args["input"].ty).to_owned(),
        noun: noun_of(field).unwrap_or_else(|| panic!("the payload of {} has no noun", field.name)),
    });
    (verbs.collect(), registry.types.clone())
}

/// Sample rows by noun: global ids.
pub(super) type Ids = BTreeMap<&'static str, String>;

/// Rows that belong to the region with this code, as far as they belong to any.
pub(super) async fn samples(written: &Written, code: &str) -> Ids {
    let mut ids = Ids::new();
    let clerk = Grant { role: Role::Admin, scope: GrantScope::Everything };
    // There already from the second time on.
    let _ = written.credentials.add_grant("clerk", clerk, "test", None).await;
    written.credentials.create_key("clerk", None, None).await.unwrap();
    for (noun, from) in SAMPLES {
        let own = format!("(c.region_code >= '{code}' AND c.region_code < '{code}/')");
        let key = if ["Commodity", "Region"].contains(&noun) { "code" } else { "id" };
        let sql = format!("SELECT x.{key} FROM {} ORDER BY x.{key} LIMIT 1", from.replace("{own}", &own));
        let statement = Statement::from_string(written.database.get_database_backend(), sql);
        let row = written.database.query_one_raw(statement).await.unwrap();
        let row = row.unwrap_or_else(|| panic!("no {noun} in {code}"));
        let id = if key == "code" {
            id::encode(noun, &row.try_get_by_index::<String>(0).unwrap().as_str().into())
        } else {
            id::encode(noun, &row.try_get_by_index::<Uuid>(0).unwrap().into())
        };
        ids.insert(noun, id.to_string());
    }
    ids
}

/// A plain value of an input type, whose ids are those of the samples.
pub(super) fn value(types: &BTreeMap<String, MetaType>, ty: &str, name: &str, noun: &str, ids: &Ids) -> Json {
    let kind = MetaTypeName::concrete_typename(ty);
    let plain = match &types[kind] {
        MetaType::Enum { enum_values, .. } => json!(enum_values.keys().next().unwrap()),
        MetaType::InputObject { input_fields, oneof: true, .. } => {
            let first = input_fields.values().next().unwrap();
            json!({ first.name.clone(): value(types, &first.ty, &first.name, noun, ids) })
        }
        MetaType::InputObject { input_fields, .. } => {
            let needed = input_fields
                .values()
                .filter(|field| field.ty.ends_with('!') && field.default_value.is_none());
            needed
                .map(|field| (field.name.clone(), value(types, &field.ty, &field.name, noun, ids)))
                .collect()
        }
        _ => match (kind, name) {
            ("ID", "id") => json!(ids[noun]),
            ("ID", name) => {
                let known = NOUNS.iter().find(|(field, _)| name.to_lowercase().ends_with(field));
                json!(ids[known.unwrap_or_else(|| panic!("which noun does the input `{name}` name?")).1])
            }
            ("Int", name) if name.to_lowercase().ends_with("year") => json!(2024),
            ("Int", _) => json!(1),
            ("Boolean", _) => json!(false),
            ("Float", _) => json!(1.5),
            ("Decimal" | "Rupiah", _) => json!("1"),
            ("Date", _) => json!("2026-11-30"),
            ("DateTime", _) => json!("2026-11-30T00:00:00Z"),
            ("RegionCode", _) => json!("32"),
            _ => json!("contoh"),
        },
    };
    if ty.starts_with('[') { json!([plain]) } else { plain }
}

/// Callers of each role, elsewhere than the samples.
fn strangers() -> Vec<(&'static str, Viewer)> {
    let nowhere = || GrantScope::Party(Uuid::from_u128(7));
    let mut all = vec![("public", Viewer::Anonymous)];
    for role in Role::iter() {
        let (name, scope) = match role {
            Role::Cooperative => ("other cooperative", nowhere()),
            Role::Partner => ("other institution", nowhere()),
            Role::Registrar => ("other office", GrantScope::WithinRegion(RegionCode::new("33").unwrap())),
            Role::Analyst => ("analyst", GrantScope::Everything),
            Role::Admin => ("administrator", GrantScope::Everything),
            // It may use every verb on every record.
            Role::Ministry => continue,
        };
        all.push((name, with_role(name, role, scope)));
    }
    all
}

#[tokio::test]
async fn no_role_uses_a_verb_on_records_of_others() {
    let (verbs, types) = declared();
    let listed: BTreeSet<&str> = VERBS.iter().map(|verb| verb.name).collect();
    let there: BTreeSet<&str> = verbs.iter().map(|verb| verb.name.as_str()).collect();
    let uncovered: BTreeSet<&str> = UNCOVERED.lines().collect();
    assert_eq!(
        uncovered,
        &there ^ &listed,
        "verbs that are in the schema or in the table of verbs, and not in both"
    );
    each_written(async |written| {
        let ids = samples(written, "32").await;
        let before = written.rows().await;
        for verb in &verbs {
            let mut input = value(&types, &verb.input, "input", &verb.noun, &ids);
            let document = format!(
                "mutation($input: {}!) {{ {}(input: $input) {{ userErrors {{ code field message }} }} }}",
                verb.input, verb.name
            );
            let of_admins = VERBS.iter().any(|one| one.name == verb.name && one.roles == [Role::Admin]);
            let own = |name: &str| of_admins && name == "administrator";
            let mut strangers = strangers();
            strangers.retain(|(name, _)| !own(name));
            if of_admins {
                strangers.push(("ministry", with_role("ministry", Role::Ministry, GrantScope::Everything)));
            }
            for (name, viewer) in strangers {
                input["idempotencyKey"] = json!(format!("{} {name}", verb.name));
                let answer = written.answer(&viewer, &document, json!({ "input": input })).await;
                let expected = if name == "public" { "UNAUTHENTICATED" } else { "FORBIDDEN" };
                assert_eq!(code(&answer), expected, "{} by the {name}: {input}: {answer}", verb.name);
                let may = format!("query($id: ID) {{ viewer {{ may(verb: \"{}\", on: $id) }} }}", verb.name);
                let on = input.get("id").filter(|id| !id.is_null()).cloned();
                let on = on.unwrap_or_else(|| json!(ids["Cooperative"]));
                let told = written.answer(&viewer, &may, json!({ "id": on })).await;
                assert_eq!(
                    told["data"]["viewer"]["may"],
                    json!(false),
                    "{} by the {name}: {told}",
                    verb.name
                );
            }
        }
        assert_eq!(written.rows().await, before);
    })
    .await;
}

/// Whether a verb was refused because of whose record it is, and not because of its state.
pub(super) fn is_of_others(answer: &Json) -> bool {
    let error = &answer["errors"][0];
    let message = error["message"].as_str().unwrap_or_default();
    error["extensions"]["code"] == "FORBIDDEN" && message.starts_with("none of your roles")
}

/// `viewer { may }` says of each verb and role what the verb itself says.
#[tokio::test]
async fn the_caller_is_told_what_it_may_do_as_the_verb_would_decide() {
    let (verbs, types) = declared();
    each_written(async |written| {
        let ids = samples(written, "32").await;
        let key = |id: &str| id::GlobalId::decode(&id.into()).unwrap();
        let own = |noun: &str| match key(&ids[noun]).key(id::KeyKind::Uuid).unwrap() {
            simpul::graph::value::Value::Uuid(key) => GrantScope::Party(key),
            other => panic!("{other:?}"),
        };
        let region = GrantScope::WithinRegion(RegionCode::new("32").unwrap());
        let callers = [
            ("cooperative", with_role("cooperative", Role::Cooperative, own("Cooperative"))),
            ("institution", with_role("institution", Role::Partner, own("PartnerInstitution"))),
            ("office", with_role("office", Role::Registrar, region)),
            ("ministry", with_role("ministry", Role::Ministry, GrantScope::Everything)),
        ];
        let mut allowed = BTreeMap::new();
        for verb in &verbs {
            let mut input = value(&types, &verb.input, "input", &verb.noun, &ids);
            // Nothing is changed, so that all callers see the same.
            if input.get("expectedVersion").is_none() {
                continue;
            }
            input["expectedVersion"] = json!(1_000_000);
            let document = format!(
                "mutation($input: {}!) {{ {}(input: $input) {{ userErrors {{ code }} }} }}",
                verb.input, verb.name
            );
            let may = format!("query($id: ID) {{ viewer {{ may(verb: \"{}\", on: $id) }} }}", verb.name);
            for (name, viewer) in &callers {
                input["idempotencyKey"] = json!(format!("{} {name}", verb.name));
                let answer = written.answer(viewer, &document, json!({ "input": input })).await;
                let forbidden = is_of_others(&answer);
                let told = written.told(viewer, &may, json!({ "id": input["id"] })).await;
                let told = &told["data"]["viewer"]["may"];
                assert_eq!(told, &json!(!forbidden), "{} by the {name}: {answer}", verb.name);
                *allowed.entry(*name).or_insert(0) += usize::from(!forbidden);
            }
        }
        assert!(allowed["office"] > 0 && allowed["ministry"] >= allowed["office"], "{allowed:?}");
        let document = "query($id: ID) { viewer { may(verb: \"fly\") any: may(verb: \"holdLinkage\") on: may(verb: \"holdLinkage\", on: $id) } }";
        let nothing = id::encode("BusinessLinkage", &Uuid::from_u128(9).into()).to_string();
        let told = written.answer(&callers[2].1, document, json!({ "id": nothing })).await;
        assert_eq!(told["data"]["viewer"], json!({ "may": null, "any": true, "on": false }), "{told}");
    })
    .await;
}

/// Whether `may` reveals a draft that the caller may not see.
#[tokio::test]
async fn what_a_caller_may_do_reveals_no_record_that_it_may_not_see() {
    each_written(async |written| {
        let literal = |key: Uuid| match written.registry.engine {
            Engine::Sqlite => format!("X'{}'", key.simple()),
            Engine::Postgres => format!("'{key}'"),
        };
        let sql = "SELECT x.id FROM partnership x WHERE x.status = 'DRAFT' ORDER BY x.id LIMIT 1";
        let statement = Statement::from_string(written.database.get_database_backend(), sql);
        let draft: Uuid =
            written.database.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        let sql = format!(
            "SELECT party_id FROM partnership_party WHERE partnership_id = {} ORDER BY position LIMIT 1",
            literal(draft)
        );
        let statement = Statement::from_string(written.database.get_database_backend(), sql);
        let party: Uuid =
            written.database.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        let document =
            "query($id: ID!) { node(id: $id) { id } viewer { may(verb: \"proposeLinkage\", on: $id) } }";
        let id = id::encode("Partnership", &draft.into()).to_string();
        for (viewer, sees) in [
            (with_role("party", Role::Partner, GrantScope::Party(party)), true),
            (with_role("stranger", Role::Partner, GrantScope::Party(Uuid::from_u128(7))), false),
            (with_role("analyst", Role::Analyst, GrantScope::Everything), false),
        ] {
            let context = simpul::http::CallerContext {
                scope: viewer.scope().into(),
                viewer: viewer.clone(),
                ..Default::default()
            };
            let request = async_graphql::Request::new(document)
                .variables(async_graphql::Variables::from_json(json!({ "id": id })));
            let answer = written.registry.door().answer(request.into(), &context).await;
            let answer = serde_json::to_value(&answer).unwrap();
            assert_eq!(answer["data"]["node"].is_object(), sees, "{viewer:?}: {answer}");
            assert_eq!(answer["data"]["viewer"]["may"], json!(sees), "{viewer:?}: {answer}");
        }
    })
    .await;
}

/// The table of verbs as people read it.
#[test]
fn the_golden_file_says_which_role_may_use_which_verb() {
    let roles: Vec<Role> = Role::iter().collect();
    let mut text = format!("{:24}", "verb");
    for role in &roles {
        let _ = write!(text, " {:11}", role.to_value());
    }
    let scope = |role: Role| match role {
        Role::Cooperative | Role::Partner => "own",
        Role::Registrar => "region",
        Role::Ministry | Role::Analyst | Role::Admin => "✔",
    };
    for verb in VERBS {
        let _ = write!(text, "\n{:24}", verb.name);
        for role in &roles {
            let _ = write!(text, " {:11}", if verb.roles.contains(role) { scope(*role) } else { "✘" });
        }
    }
    let text: String = text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
    insta::assert_snapshot!("verbs", text);
}
