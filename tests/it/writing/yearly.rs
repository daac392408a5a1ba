//! The verbs of annual reports, commodity records, institutions and officials.

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::access::{GrantScope, Viewer};

use super::{
    code,
    cooperatives::{both, cooperative, key, step},
    each_written, faults, ministry, registrar, with_role,
};

#[tokio::test]
async fn a_cooperative_reports_a_year_and_what_it_handled() {
    each_written(async |written| {
        let found = written.registry.data("{ cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}, program: {eq: VILLAGE_MERAH_PUTIH}, annualReports: {none: {bookYear: {eq: 2025}}},
            establishedOn: {lt: \"2025-12-31\"}}, first: 1) { nodes { id } } commodities(first: 1) { nodes { id } } }").await;
        let id = found["cooperatives"]["nodes"][0]["id"].clone();
        let (own, office) = (cooperative(&id), registrar("32"));
        let row = "annualReport { id version bookYear assets surplus healthStatus healthIndex }";
        let verb = ("fileAnnualReport", "FileAnnualReportInput");
        let file = |key: &str, other: Json| {
            let mut input = json!({ "idempotencyKey": key, "cooperative": id, "bookYear": 2025, "meetingOn": "2026-03-01", "attendeeCount": 10,
                "femaleMemberCount": 6, "maleMemberCount": 5, "assets": "100", "equity": "60", "liabilities": "40", "turnover": "500", "surplus": "-20" });
            input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            input
        };
        let wrong = written.run(&own, verb, row, file("a", json!({ "bookYear": 2999, "meetingOn": "2999-01-01", "attendeeCount": -1, "turnover": "-1" }))).await;
        let fields: Vec<String> = faults(&wrong).into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["bookYear", "meetingOn", "attendeeCount", "turnover"].map(|field| format!("input.{field}")));
        for (wrong, expected) in [(json!({ "assets": "101" }), "OUT_OF_RANGE"), (json!({ "attendeeCount": 12 }), "OUT_OF_RANGE")] {
            let refused = written.run(&own, verb, row, file("b", wrong)).await;
            assert_eq!(faults(&refused)[0].0, expected, "{refused}");
        }
        let many = written.run(&own, verb, row, file("b", json!({ "femaleMemberCount": i32::MAX, "maleMemberCount": 1 }))).await;
        assert_eq!(faults(&many), [("OUT_OF_RANGE".to_owned(), "input.femaleMemberCount".to_owned())], "{many}");
        assert_eq!(code(&written.run(&own, verb, row, file("c", json!({ "healthStatus": "HEALTHY" }))).await), "FORBIDDEN");
        let filed = written.done(&own, verb, row, file("d", json!({}))).await;
        assert_eq!(filed, json!({ "id": filed["id"], "version": 1, "bookYear": 2025, "assets": "100", "surplus": "-20", "healthStatus": "NOT_REPORTED", "healthIndex": null }));
        let twice = written.run(&own, verb, row, file("e", json!({}))).await;
        assert_eq!(faults(&twice), [("TAKEN".to_owned(), "input.bookYear".to_owned())], "{twice}");
        let amend = ("amendAnnualReport", "AmendAnnualReportInput");
        let amended = written.done(&own, amend, row, step("one", &filed, json!({ "assets": "110", "equity": "70", "surplus": "5", "meetingOn": null }))).await;
        let assessed = written.done(&office, amend, row, step("two", &amended, json!({ "healthStatus": "HEALTHY", "healthIndex": "81.5" }))).await;
        assert_eq!([&assessed["healthStatus"], &assessed["healthIndex"]], [&json!("HEALTHY"), &json!("81.5")]);
        assert_eq!(code(&written.run(&own, amend, row, step("three", &assessed, json!({ "surplus": "6" }))).await), "FORBIDDEN");
        let history = written.history(&Viewer::Anonymous, "AnnualReport", &filed["id"]).await;
        assert_eq!(history[0].1, ["healthStatus", "healthIndex"]);
        assert_eq!(history[1].1, ["meetingOn", "assets", "equity", "surplus"]);
        let row = "cooperativeCommodity { id version year annualVolume areaHectares workerCount annualValue }";
        let record = |key: &str, other: Json| {
            let mut input = json!({ "idempotencyKey": key, "cooperative": id, "commodity": found["commodities"]["nodes"][0]["id"], "year": 2024,
                "annualVolume": "12.5", "areaHectares": "3", "workerCount": 4, "annualValue": "1000" });
            input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            input
        };
        let verb = ("recordCommodity", "RecordCommodityInput");
        let wrong = written.run(&own, verb, row, record("f", json!({ "year": 2999, "annualVolume": "0.0001", "workerCount": -1 }))).await;
        assert_eq!(faults(&wrong).len(), 3, "{wrong}");
        let recorded = written.done(&own, verb, row, record("g", json!({ "year": 2001 }))).await;
        let twice = written.run(&own, verb, row, record("h", json!({ "year": 2001 }))).await;
        assert_eq!(faults(&twice), [("TAKEN".to_owned(), "input.year".to_owned())], "{twice}");
        let amended = step("amend", &recorded, json!({ "annualVolume": "13", "areaHectares": null, "workerCount": 5, "annualValue": "2000" }));
        let amended = written.done(&own, ("amendCommodity", "AmendCommodityInput"), row, amended).await;
        assert_eq!(amended, json!({ "id": recorded["id"], "version": 2, "year": 2001, "annualVolume": "13", "areaHectares": null, "workerCount": 5, "annualValue": "2000" }));
        let history = written.history(&Viewer::Anonymous, "CooperativeCommodity", &recorded["id"]).await;
        assert_eq!(history[0].1, ["annualVolume", "areaHectares", "workerCount", "annualValue"]);
        written.holds_all_rules().await;
    })
    .await;
}

#[tokio::test]
async fn an_institution_is_registered_and_its_officials_come_and_go() {
    each_written(async |written| {
        let regions = written.registry.data("{ regions(where: {code: {in: [\"32\", \"33\"]}}, first: 2) { nodes { id code } } }").await;
        let regions: Vec<Json> = regions["regions"]["nodes"].as_array().unwrap().iter().map(|region| region["id"].clone()).collect();
        let row = "institution { id version slug name shortName active domain region { code } parent { id } }";
        let verb = ("registerInstitution", "RegisterInstitutionInput");
        let register = |key: &str, other: Json| {
            let mut input = json!({ "idempotencyKey": key, "name": "Politeknik Xanadu Priangan", "kind": "POLYTECHNIC", "domain": "Xanadu.ac.id", "region": regions[0] });
            input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            input
        };
        let office = registrar("32");
        assert_eq!(code(&written.run(&registrar("33"), verb, row, register("a", json!({}))).await), "FORBIDDEN");
        assert_eq!(code(&written.run(&office, verb, row, register("b", json!({ "region": null }))).await), "FORBIDDEN");
        let wrong = written.run(&office, verb, row, register("c", json!({ "name": "x", "domain": "x y", "parent": regions[0] }))).await;
        let fields: Vec<String> = faults(&wrong).into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.name", "input.domain", "input.parent"]);
        for name in ["\u{200b}\u{2060}", "Politeknik \u{202e}Xanadu", "Politeknik\u{2028}Xanadu"] {
            let unseen = written.run(&office, verb, row, register("c", json!({ "name": name }))).await;
            assert_eq!(faults(&unseen), [("INVALID".to_owned(), "input.name".to_owned())], "{name:?}: {unseen}");
        }
        let amend = ("amendInstitution", "AmendInstitutionInput");
        let ministry_of = register("m", json!({ "kind": "MINISTRY" }));
        assert_eq!(code(&written.run(&office, verb, row, ministry_of).await), "FORBIDDEN", "a ministry is of no region's office");
        let registered = written.done(&office, verb, row, register("d", json!({}))).await;
        let raised = step("raise", &registered, json!({ "kind": "MINISTRY" }));
        assert_eq!(code(&written.run(&office, amend, row, raised).await), "FORBIDDEN");
        assert_eq!([&registered["slug"], &registered["domain"], &registered["active"]], [&json!("politeknik-xanadu-priangan"), &json!("xanadu.ac.id"), &json!(true)]);
        let twin = written.run(&office, verb, row, register("e", json!({}))).await;
        assert_eq!(faults(&twin), [("TAKEN".to_owned(), "input.domain".to_owned())]);
        let own = with_role("campus", Role::Partner, GrantScope::Party(key(&registered["id"], "PartnerInstitution")));
        assert_eq!(code(&written.run(&own, amend, row, step("name", &registered, json!({ "name": "Universitas Xanadu" }))).await), "FORBIDDEN");
        let amended = written.done(&own, amend, row, step("own", &registered, json!({ "shortName": "Polxan", "domain": "polxan.ac.id" }))).await;
        let moved = step("move", &amended, json!({ "name": "Universitas Xanadu Priangan", "kind": "UNIVERSITY", "ownership": "PRIVATE",
            "officialCode": "041", "active": false, "region": regions[1], "parent": null }));
        assert_eq!(code(&written.run(&office, amend, row, moved.clone()).await), "FORBIDDEN", "not of the new region");
        assert_eq!(code(&written.run(&both(&office, &own), amend, row, moved.clone()).await), "FORBIDDEN", "its own role moves nothing");
        let moved = written.done(&ministry(), amend, row, moved).await;
        assert_eq!([&moved["name"], &moved["slug"], &moved["active"]], [&json!("Universitas Xanadu Priangan"), &registered["slug"], &json!(false)]);
        let itself = written.run(&ministry(), amend, row, step("self", &moved, json!({ "parent": moved["id"] }))).await;
        assert_eq!(faults(&itself), [("INVALID".to_owned(), "input.parent".to_owned())], "{itself}");
        let found = written.registry.data("{ institutions(search: \"Universitas Xanadu\", first: 1) { nodes { id } } }").await;
        assert_eq!(found["institutions"]["nodes"][0]["id"], registered["id"]);
        let history = written.history(&Viewer::Anonymous, "PartnerInstitution", &moved["id"]).await;
        assert_eq!(history[0].1, ["name", "kind", "ownership", "officialCode", "active", "region"]);
        let row = "official { id version name position }";
        let appoint = json!({ "idempotencyKey": "official", "institution": moved["id"], "name": "Ratih Ayu", "position": "Rektor" });
        let official = written.done(&own, ("appointOfficial", "AppointOfficialInput"), row, appoint).await;
        let amended = step("amend", &official, json!({ "position": "Rektor Pertama" }));
        let amended = written.done(&own, ("amendOfficial", "AmendOfficialInput"), row, amended).await;
        assert_eq!([&amended["position"], &amended["version"]], [&json!("Rektor Pertama"), &json!(2)]);
        let ended = written.run(&own, ("endOfficial", "OfficialInput"), row, step("end", &amended, json!({}))).await;
        assert_eq!([&ended["official"], &ended["userErrors"]], [&Json::Null, &json!([])], "{ended}");
        let changes = written.answer(&Viewer::Anonymous, "{ changes(nouns: [\"Official\"], first: 10) { nodes { operation verb } } }", json!({})).await;
        // A record that is gone was created for nobody who asks now.
        let nodes = changes["data"]["changes"]["nodes"].as_array().unwrap();
        assert_eq!([nodes.len(), nodes.iter().filter(|change| change["operation"] == "DELETED").count()], [2, 2], "{changes}");
        assert_eq!(written.number("SELECT count(*) FROM official_history WHERE name = 'Ratih Ayu'").await, 2);
        let again = json!({ "idempotencyKey": "again", "id": official["id"], "institution": moved["id"], "name": "Orang Lain", "position": "Dekan" });
        let again = written.run(&own, ("appointOfficial", "AppointOfficialInput"), row, again).await;
        assert_eq!(faults(&again), [("INVALID".to_owned(), "input.id".to_owned())], "its history is not that of another: {again}");
        written.holds_all_rules().await;
    })
    .await;
}

/// It has its seat in a region, whose office keeps nothing of it.
#[tokio::test]
async fn a_ministry_is_kept_by_no_office_of_a_region() {
    each_written(async |written| {
        let found = written.registry.data("{ institutions(where: {kind: {eq: MINISTRY}, region: {isNull: false}}, first: 1) { nodes { id version region { code } } } }").await;
        let of = found["institutions"]["nodes"][0].clone();
        let office = registrar(&of["region"]["code"].as_str().unwrap()[..2]);
        let appoint = json!({ "idempotencyKey": "appoint", "institution": of["id"], "name": "Ratih Ayu", "position": "Menteri" });
        let row = "institution { id version kind }";
        for (verb, row, input) in [
            (("amendInstitution", "AmendInstitutionInput"), row, step("kind", &of, json!({ "kind": "AGENCY" }))),
            (("amendInstitution", "AmendInstitutionInput"), row, step("name", &of, json!({ "shortName": "Lain" }))),
            (("appointOfficial", "AppointOfficialInput"), "official { id }", appoint),
        ] {
            assert_eq!(code(&written.run(&office, verb, row, input.clone()).await), "FORBIDDEN", "{verb:?}: {input}");
            let may = format!("query($id: ID) {{ viewer {{ may(verb: \"{}\", on: $id) }} }}", verb.0);
            for (viewer, may_it) in [(&office, false), (&ministry(), true)] {
                let told = written.told(viewer, &may, json!({ "id": of["id"] })).await;
                assert_eq!(told["data"]["viewer"]["may"], json!(may_it), "{verb:?} by {viewer:?}: {told}");
            }
        }
        written.done(&ministry(), ("amendInstitution", "AmendInstitutionInput"), row, step("ministry", &of, json!({ "shortName": "Kementerian lain" }))).await;
    })
    .await;
}
