//! The verbs of cooperatives with their boards and units: a season from registration to merger, and what refuses it.

use std::sync::Arc;

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::{
    access::{GrantScope, Identity, Viewer},
    graph::id::{self, GlobalId, KeyKind},
    registry::rules,
    store::Keys,
};
use uuid::Uuid;

use super::{Written, code, each_written, faults, ministry, registrar, with_role};

/// The payload of a verb on a cooperative, as far as tests read it.
const COOPERATIVE: &str = "cooperative { id version status slug name region { id } source successor { id } }";

impl Written {
    /// The payload of a verb, with the record that it left as `row` selects it.
    pub(crate) async fn run(&self, viewer: &Viewer, verb: (&str, &str), row: &str, input: Json) -> Json {
        let (verb, kind) = verb;
        let document = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{ {row} userErrors {{ code field message rule }} replayed }} }}"
        );
        let answer = self.answer(viewer, &document, json!({ "input": input })).await;
        if answer.get("errors").is_some() { answer } else { answer["data"][verb].clone() }
    }

    /// The record that a verb left, without errors.
    pub(crate) async fn done(&self, viewer: &Viewer, verb: (&str, &str), row: &str, input: Json) -> Json {
        let payload = self.run(viewer, verb, row, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{verb:?}: {payload}");
        let field = row.split(' ').next().unwrap();
        payload[field].clone()
    }

    /// A verb on a cooperative as it was left.
    async fn lead(&self, viewer: &Viewer, verb: &str, cooperative: &Json, other: Json) -> Json {
        let kind = match verb {
            "deliberateCooperative" | "legalizeCooperative" | "amendCooperative" => {
                format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..])
            }
            _ => "CooperativeInput".to_owned(),
        };
        self.run(viewer, (verb, &kind), COOPERATIVE, step(verb, cooperative, other)).await
    }

    /// A cooperative with two business classes, led to a legal entity.
    async fn legal(&self, office: &Viewer, village: &str) -> Json {
        let classes = self.registry.data("{ businessClasses(first: 2) { nodes { id } } }").await;
        let classes = &classes["businessClasses"]["nodes"];
        let classes = json!({ "businessClasses": [{ "businessClass": classes[0]["id"] }, { "businessClass": classes[1]["id"] }] });
        let mut row = self.done(office, REGISTER, COOPERATIVE, register("a", village, classes)).await;
        for (verb, other) in [
            ("deliberateCooperative", json!({ "establishedOn": "2026-10-01" })),
            ("submitToNotary", json!({})),
            ("legalizeCooperative", decree("AHU-9999999.AH.01.29.TAHUN 2026", "2026-10-20")),
        ] {
            row = self.lead(office, verb, &row, other).await["cooperative"].clone();
        }
        row
    }

    /// Codes of villages in West Java without a Merah Putih cooperative.
    async fn villages(&self, number: u64) -> Vec<entity::region::Model> {
        use entity::{cooperative, region};
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
        let taken: Vec<String> = cooperative::Entity::find()
            .select_only()
            .column(cooperative::Column::RegionCode)
            .into_tuple()
            .all(&self.database)
            .await
            .unwrap();
        let free = region::Entity::find()
            .filter(region::Column::Kind.eq(entity::vocabulary::RegionKind::Desa))
            .filter(region::Column::Code.starts_with("32."))
            .filter(region::Column::Code.is_not_in(taken))
            .order_by_asc(region::Column::Code)
            .limit(number);
        let free = free.all(&self.database).await.unwrap();
        assert_eq!(free.len() as u64, number, "all villages have a cooperative");
        free
    }

    /// Asserts that the registry breaks no rule.
    pub(super) async fn holds_all_rules(&self) {
        for rule in rules::all() {
            let offenders = rule.offenders(&self.database).await.unwrap();
            let none = match &offenders {
                Keys::Uuids(keys) => keys.is_empty(),
                Keys::Codes(keys) => keys.is_empty(),
            };
            assert!(none, "{}: {offenders:?}", rule.code);
        }
    }

    /// The names of the fields that each entry of a record's history tells of, the latest first, with its verb.
    pub(super) async fn history(&self, viewer: &Viewer, noun: &str, id: &Json) -> Vec<(String, Vec<String>)> {
        let document = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {noun} {{ history {{ nodes {{ verb changes {{ field }} }} }} }} }} }}"
        );
        let answer = self.answer(viewer, &document, json!({ "id": id })).await;
        let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
        let nodes =
            answer["data"]["node"]["history"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let fields = |node: &Json| {
            node["changes"].as_array().unwrap().iter().map(|change| text(&change["field"])).collect()
        };
        nodes.iter().map(|node| (text(&node["verb"]), fields(node))).collect()
    }
}

/// The input of a verb on a record as it was left.
pub(super) fn step(verb: &str, row: &Json, other: Json) -> Json {
    let mut input = json!({ "idempotencyKey": format!("{verb} {} {}", row["id"], row["version"]), "id": row["id"],
                            "expectedVersion": row["version"] });
    if let Json::Object(fields) = other {
        input.as_object_mut().unwrap().extend(fields);
    }
    input
}

/// The key in a global id.
pub(super) fn key(id: &Json, noun: &str) -> Uuid {
    match GlobalId::key_of(&id.as_str().unwrap().into(), noun, KeyKind::Uuid).unwrap() {
        simpul::graph::value::Value::Uuid(key) => key,
        other => panic!("{other:?}"),
    }
}

/// A caller who acts for one cooperative.
pub(super) fn cooperative(id: &Json) -> Viewer {
    with_role("cooperative", Role::Cooperative, GrantScope::Party(key(id, "Cooperative")))
}

/// A caller with the grants of two.
pub(super) fn both(one: &Viewer, other: &Viewer) -> Viewer {
    let grants = |viewer: &Viewer| match viewer {
        Viewer::Known(identity) => identity.grants.clone(),
        Viewer::Anonymous => Vec::new(),
    };
    let grants = [grants(one), grants(other)].concat();
    Viewer::Known(Arc::new(Identity {
        subject: "both".to_owned(),
        grants,
        expires_at: None,
        credential: None,
    }))
}

/// The input of an appointment of a new person.
pub(super) fn appointment(name: &str, body: &str, role: &str) -> Json {
    json!({ "appointee": { "person": { "name": name } }, "body": body, "role": role, "startsOn": "2026-10-01" })
}

/// A board and supervisors, as the Merah Putih program wants them.
pub(super) fn board() -> Vec<Json> {
    let seats = [
        ("BOARD", "CHAIR"),
        ("BOARD", "VICE_CHAIR_BUSINESS"),
        ("BOARD", "VICE_CHAIR_MEMBERSHIP"),
        ("BOARD", "SECRETARY"),
        ("BOARD", "TREASURER"),
        ("SUPERVISORY", "SUPERVISORY_CHAIR"),
        ("SUPERVISORY", "SUPERVISORY_MEMBER"),
        ("SUPERVISORY", "SUPERVISORY_MEMBER"),
    ];
    let seats = seats.iter().enumerate();
    seats.map(|(n, (body, role))| appointment(&format!("Wulandari Kusumah {n}"), body, role)).collect()
}

fn region(code: &str) -> Json {
    json!(id::encode("Region", &code.into()).to_string())
}

const REGISTER: (&str, &str) = ("registerCooperative", "RegisterCooperativeInput");

/// The input of a registration of a Merah Putih cooperative.
fn register(key: &str, code: &str, other: Json) -> Json {
    let mut input = json!({ "idempotencyKey": key, "program": "VILLAGE_MERAH_PUTIH", "type": "CONSUMER",
        "formationModel": "NEW", "region": region(code), "location": { "latitude": -6.91449, "longitude": 107.60949 } });
    if let Json::Object(fields) = other {
        input.as_object_mut().unwrap().extend(fields);
    }
    input
}

fn decree(number: &str, on: &str) -> Json {
    json!({ "legalEntityNumber": number, "legalEntityOn": on, "registrationNumber": "3299999999001" })
}

#[tokio::test]
async fn a_village_cooperative_is_registered_and_becomes_a_legal_entity() {
    each_written(async |written| {
        let villages = written.villages(2).await;
        let office = registrar("32");
        let verb = REGISTER;
        let classes = written.registry.data("{ businessClasses(first: 2) { nodes { id } } }").await["businessClasses"]["nodes"].clone();
        let chosen = json!({ "businessClasses": [{ "businessClass": classes[0]["id"], "isPrimary": true }, { "businessClass": classes[1]["id"] }] });
        let planned = written.done(&office, verb, COOPERATIVE, register("a", &villages[0].code, chosen.clone())).await;
        assert_eq!(planned["name"], format!("Koperasi Desa Merah Putih {}", villages[0].name));
        assert!(planned["slug"].as_str().unwrap().ends_with(&villages[0].code.replace('.', "")));
        assert_eq!([&planned["status"], &planned["source"], &planned["version"]], [&json!("PLANNED"), &json!("API"), &json!(1)]);
        let again = written.run(&office, verb, COOPERATIVE, register("a", &villages[0].code, chosen)).await;
        assert_eq!([&again["replayed"], &again["cooperative"]["id"]], [&json!(true), &planned["id"]]);
        // Who may, and what is wrong.
        let taken = written.run(&office, verb, COOPERATIVE, register("b", &villages[0].code, json!({}))).await;
        assert_eq!(faults(&taken), [("TAKEN".to_owned(), "input.region".to_owned())], "{taken}");
        let foreign = written.run(&registrar("33"), verb, COOPERATIVE, register("c", &villages[1].code, json!({}))).await;
        assert_eq!(code(&foreign), "FORBIDDEN");
        let wrong = json!({ "name": "abc", "email": "nobody", "website": "javascript:alert(1)", "principalSaving": "-1",
                            "location": { "latitude": 91, "longitude": 0 }, "id": planned["id"],
                            "businessClasses": [{ "businessClass": planned["id"] }] });
        let wrong = written.run(&office, verb, COOPERATIVE, register("d", &villages[1].code, wrong)).await;
        let fields: Vec<String> = faults(&wrong).into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.name", "input.email", "input.website", "input.principalSaving", "input.location",
                            "input.businessClasses.0.businessClass", "input.id"]);
        let named = written.run(&office, verb, COOPERATIVE, register("e", &villages[1].code, json!({ "name": "Koperasi Lain" }))).await;
        assert_eq!(faults(&named), [("INVALID".to_owned(), "input.name".to_owned())]);
        let general = json!({ "program": "GENERAL", "formationModel": null });
        let nameless = written.run(&office, verb, COOPERATIVE, register("f", &villages[1].code, general)).await;
        assert_eq!(faults(&nameless), [("REQUIRED".to_owned(), "input.name".to_owned())]);
        // To the legal entity.
        let own = cooperative(&planned["id"]);
        let early = written.lead(&own, "submitToNotary", &planned, json!({})).await;
        assert_eq!(faults(&early), [("ILLEGAL_TRANSITION".to_owned(), "input.id".to_owned())]);
        let late = written.lead(&own, "deliberateCooperative", &planned, json!({ "establishedOn": "2999-01-01" })).await;
        assert_eq!(faults(&late), [("OUT_OF_RANGE".to_owned(), "input.establishedOn".to_owned())]);
        let founded = written.lead(&own, "deliberateCooperative", &planned, json!({ "establishedOn": "2026-10-01" })).await;
        let notary = written.lead(&own, "submitToNotary", &founded["cooperative"], json!({})).await["cooperative"].clone();
        let stranger = written.lead(&own, "legalizeCooperative", &notary, decree("AHU-9999999.AH.01.29.Tahun 2026", "2026-10-20")).await;
        assert_eq!(code(&stranger), "FORBIDDEN", "{stranger}");
        let wrong = written.lead(&office, "legalizeCooperative", &notary, decree("9999999", "2026-10-20")).await;
        assert_eq!(wrong["userErrors"][0]["rule"], "LEGAL_ENTITY_NUMBER_INVALID", "{wrong}");
        let before = written.lead(&office, "legalizeCooperative", &notary, decree("AHU-9999999.AH.01.29.Tahun 2026", "2026-09-20")).await;
        assert_eq!(faults(&before), [("OUT_OF_RANGE".to_owned(), "input.legalEntityOn".to_owned())], "{before}");
        let legal = written.lead(&office, "legalizeCooperative", &notary, decree("ahu-9999999.AH.01.29.Tahun 2026", "2026-10-20")).await["cooperative"].clone();
        assert_eq!([&legal["status"], &legal["version"]], [&json!("LEGAL_ENTITY"), &json!(4)]);
        written.holds_all_rules().await;
    })
    .await;
}

/// Amendments of a cooperative that are refused, each with its fault.
async fn what_is_refused(written: &Written, office: &Viewer, kept: &Json) {
    for (wrong, expected) in [
        (json!({ "phone": "+62 800 1" }), ("INVALID", "input")),
        (json!({ "memberCount": null }), ("OUT_OF_RANGE", "input.memberCountOn")),
        (json!({ "legalEntityOn": null }), ("REQUIRED", "input.legalEntityOn")),
        (json!({ "businessNumber": "12" }), ("INVALID", "input.businessNumber")),
        (json!({ "businessNumber": "123456789012x" }), ("INVALID", "input.businessNumber")),
        (json!({ "registrationNumber": "123456789" }), ("INVALID", "input.registrationNumber")),
        (json!({ "phone": "call me" }), ("INVALID", "input.phone")),
        (json!({ "phone": "12 34 5" }), ("INVALID", "input.phone")),
        (json!({ "location": { "latitude": 51.5, "longitude": 0.0 } }), ("INVALID", "input")),
        (json!({ "expectedVersion": 1, "phone": "+62 800 2" }), ("CONFLICT", "input.expectedVersion")),
    ] {
        let refused = written.lead(office, "amendCooperative", kept, wrong.clone()).await;
        assert_eq!(faults(&refused), [(expected.0.to_owned(), expected.1.to_owned())], "{wrong}: {refused}");
    }
}

#[tokio::test]
async fn a_legal_entity_operates_moves_and_is_merged() {
    each_written(async |written| {
        let villages = written.villages(2).await;
        let office = registrar("32");
        let legal = written.legal(&office, &villages[0].code).await;
        let own = cooperative(&legal["id"]);
        // What it needs to operate.
        let lacking = written.lead(&own, "openForBusiness", &legal, json!({})).await;
        assert_eq!(faults(&lacking), vec![("PREREQUISITE_MISSING".to_owned(), "input".to_owned()); 3], "{lacking}");
        let unit = "businessUnit { id version status openedOn buildProgress hasPower }";
        let planned = json!({ "idempotencyKey": "unit", "cooperative": legal["id"], "kind": "GROCERY" });
        let planned = written.done(&own, ("planBusinessUnit", "PlanBusinessUnitInput"), unit, planned).await;
        let built = written.done(&own, ("buildBusinessUnit", "BusinessUnitInput"), unit, step("build", &planned, json!({}))).await;
        let opened = step("open", &built, json!({ "openedOn": "2026-11-01" }));
        let open = written.done(&own, ("openBusinessUnit", "OpenBusinessUnitInput"), unit, opened).await;
        let amended = step("amend", &open, json!({ "hasPower": true, "buildProgress": 100, "openedOn": "2026-11-02" }));
        let open = written.done(&own, ("amendBusinessUnit", "AmendBusinessUnitInput"), unit, amended).await;
        assert_eq!(open, json!({ "id": open["id"], "version": 4, "status": "OPEN", "openedOn": "2026-11-02", "buildProgress": 100, "hasPower": true }));
        let change = |key: &str, appointments: &[Json]| json!({ "idempotencyKey": key, "cooperative": legal["id"], "ends": [], "appointments": appointments });
        let verb = ("changeBoard", "ChangeBoardInput");
        let small = written.run(&own, verb, COOPERATIVE, change("small", &board()[1..])).await;
        assert_eq!(small["userErrors"][0]["rule"], "BOARD_SIZE_INVALID", "{small}");
        written.done(&own, verb, COOPERATIVE, change("board", &board())).await;
        let operating = written.lead(&own, "openForBusiness", &legal, json!({})).await["cooperative"].clone();
        assert_eq!(operating["status"], "OPERATING");
        let closed = written.run(&own, ("closeBusinessUnit", "BusinessUnitInput"), unit, step("close", &open, json!({}))).await;
        assert_eq!(faults(&closed), [("PREREQUISITE_MISSING".to_owned(), "input".to_owned())], "{closed}");
        // It moves to another village, whose name it gets.
        let moved = json!({ "region": region(&villages[1].code), "businessClasses": null });
        let stranger = written.lead(&own, "amendCooperative", &operating, moved.clone()).await;
        assert_eq!(code(&stranger), "FORBIDDEN");
        let away = written.lead(&both(&office, &own), "amendCooperative", &operating, json!({ "region": region("33") })).await;
        assert_eq!(code(&away), "FORBIDDEN", "no office of the new region");
        let moved = written.lead(&office, "amendCooperative", &operating, moved).await["cooperative"].clone();
        assert_eq!(moved["name"], format!("Koperasi Desa Merah Putih {}", villages[1].name));
        assert_eq!([&moved["slug"], &moved["region"]["id"]], [&operating["slug"], &region(&villages[1].code)]);
        let kept = json!({ "shortName": "Kopdes Uji Coba", "address": "Jalan Raya 1", "phone": "+62 800 1", "email": "a@example.org",
            "website": "https://example.org", "principalSaving": "50000", "mandatorySaving": 10000, "memberCount": 25,
            "memberCountOn": "2026-11-01", "location": { "latitude": -6.9, "longitude": 107.6 }, "locationPrecision": "VILLAGE" });
        let kept = written.lead(&own, "amendCooperative", &moved, kept).await;
        assert_eq!(kept["userErrors"], json!([]), "{kept}");
        let kept = kept["cooperative"].clone();
        what_is_refused(written, &office, &kept).await;
        // The search finds it by its new names, and its history tells fields as the schema names them.
        let found = written.registry.data("{ cooperatives(search: \"Kopdes Uji Coba\", first: 1) { nodes { id memberCount location { latitude precision approximate } } } }").await;
        assert_eq!(found["cooperatives"]["nodes"][0], json!({ "id": kept["id"], "memberCount": 25,
            "location": { "latitude": -6.9, "precision": "VILLAGE", "approximate": true } }));
        let history = written.history(&Viewer::Anonymous, "Cooperative", &kept["id"]).await;
        let mut told = history[0].1.clone();
        told.sort();
        assert_eq!(told, ["address", "email", "location.latitude", "location.longitude", "location.precision", "mandatorySaving",
            "memberCount", "memberCountOn", "phone", "principalSaving", "shortName", "website"]);
        assert_eq!(history[1], ("amendCooperative".to_owned(), ["name", "region", "businessClasses"].map(str::to_owned).to_vec()));
        assert_eq!(written.number("SELECT count(*) FROM cooperative_business_class_history").await, 2);
        // Inactive, suspended and back, and merged into another one with all offices ended.
        let mut row = kept;
        for (viewer, verb, status) in [
            (&own, "deactivateCooperative", "INACTIVE"),
            (&own, "reactivateCooperative", "OPERATING"),
            (&office, "suspendCooperative", "SUSPENDED"),
            (&office, "reinstateCooperative", "OPERATING"),
        ] {
            let payload = written.lead(viewer, verb, &row, json!({})).await;
            assert_eq!(payload["cooperative"]["status"], status, "{payload}");
            row = payload["cooperative"].clone();
        }
        written.holds_all_rules().await;
        let successor = written.registry.data("{ cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}}, first: 1) { nodes { id } } }").await;
        let successor = successor["cooperatives"]["nodes"][0]["id"].clone();
        let merge = |successor: &Json| json!({ "idempotencyKey": "merge", "successor": successor,
            "cooperatives": [{ "id": row["id"], "expectedVersion": row["version"] }] });
        let verb = ("mergeCooperatives", "MergeCooperativesInput");
        assert_eq!(code(&written.run(&own, verb, COOPERATIVE, merge(&successor)).await), "FORBIDDEN");
        let itself = written.run(&office, verb, COOPERATIVE, merge(&row["id"])).await;
        assert_eq!(faults(&itself), [("INVALID".to_owned(), "input.cooperatives.0.id".to_owned())]);
        let mut stale = merge(&successor);
        stale["cooperatives"][0]["expectedVersion"] = json!(1);
        let stale = written.run(&office, verb, COOPERATIVE, stale).await;
        assert_eq!(faults(&stale), [("CONFLICT".to_owned(), "input.cooperatives.0.expectedVersion".to_owned())]);
        written.done(&office, verb, COOPERATIVE, merge(&successor)).await;
        let again = json!({ "idempotencyKey": "again", "successor": successor,
            "cooperatives": [{ "id": row["id"], "expectedVersion": row["version"].as_i64().unwrap() + 1 }] });
        let again = written.run(&office, verb, COOPERATIVE, again).await;
        assert_eq!(faults(&again), [("ILLEGAL_TRANSITION".to_owned(), "input.cooperatives.0.id".to_owned())]);
        let merged = written.answer(&ministry(), "query($id: ID!) { node(id: $id) { ... on Cooperative { status successor { id }
            officers { nodes { status endsOn } } } } }", json!({ "id": row["id"] })).await["data"]["node"].clone();
        assert_eq!([&merged["status"], &merged["successor"]["id"]], [&json!("MERGED"), &successor]);
        let officers = merged["officers"]["nodes"].as_array().unwrap();
        assert_eq!(officers.len(), 8);
        assert!(officers.iter().all(|officer| officer["status"] == "ENDED" && !officer["endsOn"].is_null()), "{merged}");
        assert_eq!(written.number("SELECT count(*) FROM change WHERE verb = 'closeOffice' AND actor = 'system'").await, 8);
        written.holds_all_rules().await;
    })
    .await;
}
