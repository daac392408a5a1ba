//! The verbs of officers of a cooperative that operates: who replaces whom, and what refuses it.

use serde_json::{Value as Json, json};
use simpul::access::Viewer;

use super::{
    Written, code,
    cooperatives::{appointment, cooperative, step},
    each_written, faults, ministry, registrar,
};

const OFFICER: &str = "officer { id version status name role title startsOn endsOn }";

impl Written {
    /// The global id and version of the officer in a seat of a cooperative.
    async fn holder(&self, cooperative: &Json, role: &str) -> Json {
        let document = "query($id: ID!, $role: OfficerRole!) { node(id: $id) { ... on Cooperative {
            officers(where: { role: { eq: $role }, status: { eq: ACTIVE } }, first: 1) { nodes { id version name } } } } }";
        let answer =
            self.answer(&Viewer::Anonymous, document, json!({ "id": cooperative, "role": role })).await;
        answer["data"]["node"]["officers"]["nodes"][0].clone()
    }
}

#[tokio::test]
async fn a_board_changes_at_once_and_seat_by_seat() {
    each_written(async |written| {
        let found = written.registry.data("{ cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}, program: {eq: VILLAGE_MERAH_PUTIH},
            placements: {none: {source: {in: [SYNTHETIC, ARTICLE, PUBLIC]}}}}, first: 1) { nodes { id } } }").await;
        let id = found["cooperatives"]["nodes"][0]["id"].clone();
        let (own, office) = (cooperative(&id), registrar("32"));
        let chair = written.holder(&id, "CHAIR").await;
        let appoint = |key: &str, appointment: Json| json!({ "idempotencyKey": key, "cooperative": id, "appointment": appointment });
        let verb = ("appointOfficer", "AppointOfficerInput");
        // A seat is taken; two offices of one person exclude each other; a board of an even number is refused.
        let taken = written.run(&own, verb, OFFICER, appoint("a", appointment("Sri Wahyuni", "BOARD", "CHAIR"))).await;
        assert_eq!(faults(&taken), [("TAKEN".to_owned(), "input.appointment.role".to_owned())], "{taken}");
        let even = written.run(&own, verb, OFFICER, appoint("b", appointment("Sri Wahyuni", "BOARD", "STAFF"))).await;
        assert_eq!(even["userErrors"][0]["rule"], "BOARD_SIZE_INVALID", "{even}");
        let mut both = appointment("", "SUPERVISORY", "SUPERVISORY_MEMBER");
        both["appointee"] = json!({ "officer": chair["id"] });
        let both = written.run(&own, verb, OFFICER, appoint("c", both)).await;
        assert_eq!(both["userErrors"][0]["rule"], "OFFICER_ON_BOTH_BODIES", "{both}");
        let mut wrong = appointment(" ", "BOARD", "CHAIR");
        wrong["appointee"]["person"]["email"] = json!("x");
        wrong["startsOn"] = json!("2999-01-01");
        wrong["endsOn"] = json!("2998-01-01");
        let wrong = written.run(&own, verb, OFFICER, appoint("d", wrong)).await;
        let fields: Vec<String> = faults(&wrong).into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["appointee.person.name", "appointee.person.email", "startsOn", "endsOn"].map(|field| format!("input.appointment.{field}")));
        assert_eq!(code(&written.run(&registrar("33"), verb, OFFICER, appoint("e", appointment("Sri", "MANAGEMENT", "STAFF"))).await), "FORBIDDEN");
        let staff = written.done(&own, verb, OFFICER, appoint("f", appointment("Sri Wahyuni", "MANAGEMENT", "STAFF"))).await;
        assert_eq!([&staff["status"], &staff["name"], &staff["version"]], [&json!("ACTIVE"), &json!("Sri Wahyuni"), &json!(1)]);
        let early = json!({ "endsOn": "2026-09-30" });
        let early = written.run(&own, ("endOffice", "EndOfficeInput"), OFFICER, step("early", &staff, early)).await;
        assert_eq!(faults(&early), [("OUT_OF_RANGE".to_owned(), "input.endsOn".to_owned())], "{early}");
        // The chair alone does not go, but with a successor.
        let end = step("end", &chair, json!({ "endsOn": "2026-11-20" }));
        let alone = written.run(&own, ("endOffice", "EndOfficeInput"), OFFICER, end).await;
        assert_eq!(faults(&alone), [("PREREQUISITE_MISSING".to_owned(), "input".to_owned())], "{alone}");
        let board = ("changeBoard", "ChangeBoardInput");
        let mut next = appointment("", "BOARD", "CHAIR");
        next["appointee"] = json!({ "officer": staff["id"] });
        let change = |version: &Json| json!({ "idempotencyKey": "board", "cooperative": id, "appointments": [next],
            "ends": [{ "officer": chair["id"], "expectedVersion": version, "endsOn": "2026-11-20" }] });
        let stale = written.run(&own, board, "cooperative { id }", change(&json!(99))).await;
        assert_eq!(faults(&stale), [("CONFLICT".to_owned(), "input.ends.0.expectedVersion".to_owned())]);
        let wrong = json!({ "idempotencyKey": "wrong", "cooperative": id, "appointments": [appointment("Sri", "BOARD", "CHAIR")],
            "ends": [{ "officer": staff["id"], "expectedVersion": 1, "endsOn": "2026-09-30" }] });
        let mut seat = wrong.clone();
        seat["ends"] = json!([]);
        for (wrong, code, field) in [(wrong, "OUT_OF_RANGE", "input.ends.0.endsOn"), (seat, "TAKEN", "input.appointments.0.role")] {
            let refused = written.run(&own, board, "cooperative { id }", wrong).await;
            assert_eq!(faults(&refused), [(code.to_owned(), field.to_owned())], "{refused}");
        }
        written.done(&own, board, "cooperative { id }", change(&chair["version"])).await;
        let chair = written.holder(&id, "CHAIR").await;
        assert_eq!(chair["name"], "Sri Wahyuni");
        // What else happens to an office.
        let suspend = |row: &Json| step("suspend", row, json!({}));
        assert_eq!(code(&written.run(&own, ("suspendOfficer", "OfficerInput"), OFFICER, suspend(&staff)).await), "FORBIDDEN");
        let suspended = written.done(&office, ("suspendOfficer", "OfficerInput"), OFFICER, suspend(&staff)).await;
        let active = written.done(&office, ("reinstateOfficer", "OfficerInput"), OFFICER, step("reinstate", &suspended, json!({}))).await;
        let amended = step("amend", &active, json!({ "title": "Staf Gudang", "startsOn": null, "endsOn": "2028-01-01", "exOfficio": true }));
        let turned = step("turned", &active, json!({ "endsOn": "2026-09-30" }));
        let turned = written.run(&own, ("amendOfficer", "AmendOfficerInput"), OFFICER, turned).await;
        assert_eq!(faults(&turned), [("OUT_OF_RANGE".to_owned(), "input.endsOn".to_owned())], "{turned}");
        let amended = written.done(&own, ("amendOfficer", "AmendOfficerInput"), OFFICER, amended).await;
        assert_eq!([&amended["title"], &amended["endsOn"], &amended["startsOn"]], [&json!("Staf Gudang"), &json!("2028-01-01"), &Json::Null]);
        let ended = written.done(&own, ("endOffice", "EndOfficeInput"), OFFICER, step("end", &amended, json!({ "endsOn": "2026-11-21" }))).await;
        assert_eq!([&ended["status"], &ended["endsOn"]], [&json!("ENDED"), &json!("2026-11-21")]);
        let late = step("late", &ended, json!({ "title": "Staf" }));
        assert_eq!(code(&written.run(&own, ("amendOfficer", "AmendOfficerInput"), OFFICER, late.clone()).await), "FORBIDDEN");
        written.done(&office, ("amendOfficer", "AmendOfficerInput"), OFFICER, late).await;
        let history = written.history(&Viewer::Anonymous, "Officer", &ended["id"]).await;
        let told: Vec<_> = history.iter().map(|(verb, fields)| format!("{verb} {}", fields.join(" "))).collect();
        assert_eq!(told, ["amendOfficer title", "endOffice endsOn status", "amendOfficer title exOfficio startsOn endsOn",
            "reinstateOfficer status", "suspendOfficer status", "appointOfficer cooperative name body role exOfficio startsOn status"]);
        written.holds_all_rules().await;
    })
    .await;
}

#[tokio::test]
async fn a_cooperative_whose_officers_graduated_is_dissolved_and_records_nothing_itself() {
    each_written(async |written| {
        let found = written.registry.data("{ cooperatives(where: {status: {eq: OPERATING}, linkages: {none: {status: {eq: ACTIVE}}}, annualReports: {none: {bookYear: {eq: 2025}}}, establishedOn: {lt: \"2025-12-31\"},
            placements: {some: {status: {eq: GRADUATED}}, none: {status: {in: [CONFIRMED, ATTENDING, WAITLISTED, VERIFIED, NOMINATED]}}}}, first: 1) { nodes { id version } }
            institutions(first: 1) { nodes { id } } commodities(first: 1) { nodes { id } } }").await;
        let row = &found["cooperatives"]["nodes"][0];
        let (own, shown) = (cooperative(&row["id"]), "cooperative { id version status }");
        let dissolve = step("dissolve", row, json!({}));
        let dissolved = written.done(&ministry(), ("dissolveCooperative", "CooperativeInput"), shown, dissolve).await;
        assert_eq!(dissolved["status"], "DISSOLVED");
        let (partner, commodity) = (&found["institutions"]["nodes"][0]["id"], &found["commodities"]["nodes"][0]["id"]);
        let id = &row["id"];
        for (verb, kind, field, other) in [
            ("fileAnnualReport", "FileAnnualReportInput", "cooperative", json!({ "cooperative": id, "bookYear": 2025 })),
            ("recordCommodity", "RecordCommodityInput", "cooperative", json!({ "cooperative": id, "commodity": commodity, "year": 2001 })),
            ("requestPartnership", "RequestPartnershipInput", "cooperative", json!({ "cooperative": id, "institution": partner })),
            ("proposeLinkage", "ProposeLinkageInput", "supplier", json!({ "supplier": id, "buyer": partner, "kind": "OFFTAKE", "pattern": "GENERAL_TRADE" })),
        ] {
            let refused = written.run(&own, (verb, kind), "replayed", super::season::with(json!({ "idempotencyKey": verb }), &other)).await;
            assert_eq!(faults(&refused), [("NOT_ELIGIBLE".to_owned(), format!("input.{field}"))], "{verb}: {refused}");
        }
        let last = json!({ "idempotencyKey": "last", "cooperative": id, "bookYear": 2025 });
        written.done(&ministry(), ("fileAnnualReport", "FileAnnualReportInput"), "annualReport { id }", last).await;
    })
    .await;
}
