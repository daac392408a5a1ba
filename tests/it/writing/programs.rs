//! The verbs of programs, from a draft to its evaluation.

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::access::Viewer;

use super::{
    Written, each_written, ministry, registrar,
    season::{Season, acting_for, told, with},
};

const DRAFT: (&str, &str) = ("draftProgram", "DraftProgramInput");
const AMEND: (&str, &str) = ("amendProgram", "AmendProgramInput");
const SHOWN: &str = "status code name kind sector fiscalYear startsOn endsOn targetParticipants targetProvinces methods topics goals
    organiser { id } host { ... on Cooperative { id } ... on PartnerInstitution { id } }
    supporters { edges { role node { id } } } partnerships { nodes { id } }";

fn step(verb: &str) -> (&str, &str) {
    (verb, "ProgramInput")
}

/// The verbs of programs.
pub(super) fn programs(written: &Written) -> Season<'_> {
    Season { written, noun: "InternshipProgram", field: "program", shown: SHOWN }
}

/// An institution of region 32 that is no ministry, and the input of a program that it organises.
pub(super) async fn organised(written: &Written, key: &str) -> (Json, Json) {
    let organisers = "{ institutions(where: {region: {within: \"32\"}, kind: {eq: UNIVERSITY}}, first: 1) { nodes { id } }
                        cooperatives(where: {slug: {eq: \"kopontren-al-ittifaq\"}}, first: 1) { nodes { id } } }";
    let found = written.registry.data(organisers).await;
    let organiser = found["institutions"]["nodes"][0]["id"].clone();
    let input = json!({
        "idempotencyKey": key, "name": "Magang Uji", "kind": "BOARD_INTERNSHIP", "sector": "AGRICULTURE", "fiscalYear": 2026,
        "startsOn": "2026-06-01", "endsOn": "2026-12-31", "organiser": organiser, "host": found["cooperatives"]["nodes"][0]["id"],
    });
    (organiser, input)
}

/// A program that is running, organised by an institution of region 32.
pub(super) async fn running(written: &Written, key: &str) -> Json {
    let (season, (_, input)) = (programs(written), organised(written, key).await);
    let mut program = season.make(&ministry(), DRAFT, input).await;
    for verb in ["publishProgram", "openProgram", "startProgram"] {
        program = season.lead(&ministry(), step(verb), &program, json!({})).await;
    }
    program
}

#[tokio::test]
async fn a_program_is_led_from_its_draft_to_its_evaluation() {
    each_written(async |written| {
        let season = programs(written);
        let (organiser, input) = organised(written, "draft").await;
        let (partner, office) = (acting_for(Role::Partner, &organiser), registrar("32"));
        let others = written
            .registry
            .data("{ institutions(first: 3) { nodes { id } } partnerships(first: 2) { nodes { id } } }")
            .await;
        let (institution, agreements) = (&others["institutions"]["nodes"][1]["id"], &others["partnerships"]["nodes"]);

        let before = written.rows().await;
        let wrong = json!({ "code": "a", "name": " ", "fiscalYear": 1800, "endsOn": "2026-05-01", "targetProvinces": 39,
            "topics": ["", "b"], "organiser": agreements[0]["id"], "supporters": [
                { "institution": institution, "role": "FUNDER" }, { "institution": institution, "role": "FUNDER" }] });
        let payload = season.send(&ministry(), DRAFT, with(input.clone(), &wrong)).await;
        assert_eq!(
            told(&payload),
            [
                "INVALID input.code", "OUT_OF_RANGE input.name", "OUT_OF_RANGE input.fiscalYear", "OUT_OF_RANGE input.endsOn",
                "OUT_OF_RANGE input.targetProvinces", "OUT_OF_RANGE input.topics.0", "INVALID input.organiser",
                "INVALID input.supporters.1.institution",
            ]
        );
        for stranger in [registrar("33"), acting_for(Role::Partner, institution)] {
            let answer = season.send(&stranger, DRAFT, input.clone()).await;
            assert_eq!(super::code(&answer), "FORBIDDEN", "{answer}");
        }
        // What a ministry organises is of no region.
        let national = written.registry.data("{ institutions(where: {kind: {eq: MINISTRY}, region: {within: \"31\"}}, first: 1) { nodes { id } } }").await;
        let national = with(input.clone(), &json!({ "organiser": national["institutions"]["nodes"][0]["id"], "idempotencyKey": "national" }));
        assert_eq!(super::code(&season.send(&registrar("31"), DRAFT, national.clone()).await), "FORBIDDEN");
        assert_eq!(written.rows().await, before);
        let national = season.make(&ministry(), DRAFT, national).await;
        assert_eq!(season.seen(&registrar("31"), &national["id"]).await, Json::Null, "nor does the office see it");

        let draft = season.make(&partner, DRAFT, input.clone()).await;
        assert_eq!([&draft["status"], &draft["methods"], &draft["topics"]], [&json!("DRAFT"), &json!([]), &json!([])]);
        assert_eq!(season.seen(&Viewer::Anonymous, &draft["id"]).await, Json::Null, "a draft is not public");
        assert!(season.seen(&office, &draft["id"]).await.is_object(), "the office sees what it keeps");

        let every = json!({
            "name": "Magang Pengurus Zaitunia", "kind": "TRAINING", "sector": "TRADE", "fiscalYear": 2027, "startsOn": "2026-07-01",
            "endsOn": "2026-12-30", "targetParticipants": 40, "targetProvinces": 3, "methods": ["STUDY_VISIT", "MENTORING"],
            "topics": ["Tata kelola", "Pemasaran"], "goals": ["Kemitraan"], "organiser": institution, "host": institution,
            "supporters": [{ "institution": institution, "role": "FUNDER" }, { "institution": organiser, "role": "CERTIFIER" }],
            "partnerships": [agreements[0]["id"]],
        });
        season.forbidden(&partner, AMEND, &draft, json!({ "organiser": institution })).await;
        let program = season.lead(&ministry(), AMEND, &draft, every.clone()).await;
        for (field, value) in every.as_object().unwrap() {
            let shown = match field.as_str() {
                "organiser" | "host" => program[field]["id"].clone(),
                "partnerships" => json!([program["partnerships"]["nodes"][0]["id"]]),
                "supporters" => {
                    let edges = program["supporters"]["edges"].as_array().unwrap().iter();
                    let mut roles: Vec<_> = edges.map(|edge| json!([edge["role"], edge["node"]["id"]]).to_string()).collect();
                    roles.sort();
                    assert_eq!(roles, [json!(["CERTIFIER", organiser]).to_string(), json!(["FUNDER", institution]).to_string()]);
                    continue;
                }
                _ => program[field].clone(),
            };
            assert_eq!(shown, *value, "{field}");
        }
        assert_eq!(season.refused(&ministry(), AMEND, &program, every).await, ["INVALID input"]);
        let fewer = json!({ "supporters": null, "partnerships": null, "organiser": organiser });
        let program = season.lead(&ministry(), AMEND, &program, fewer).await;
        assert_eq!(written.number("SELECT count(*) FROM program_supporter_history WHERE to_sequence = 4").await, 2);
        assert_eq!(written.number("SELECT count(*) FROM program_partnership_history WHERE to_sequence = 4").await, 1);

        season.forbidden(&partner, step("publishProgram"), &program, json!({})).await;
        let mut program = season.lead(&office, step("publishProgram"), &program, json!({})).await;
        assert_eq!(season.seen(&Viewer::Anonymous, &draft["id"]).await["status"], "PUBLISHED");
        season.forbidden(&partner, AMEND, &program, json!({ "host": organiser })).await;
        program = season.lead(&partner, AMEND, &program, json!({ "host": institution, "targetParticipants": 45 })).await;
        for verb in ["openProgram", "startProgram", "completeProgram"] {
            program = season.lead(&partner, step(verb), &program, json!({})).await;
        }
        season.forbidden(&partner, step("evaluateProgram"), &program, json!({})).await;
        season.forbidden(&partner, AMEND, &program, json!({ "targetParticipants": 41 })).await;
        let program = season.lead(&office, step("evaluateProgram"), &program, json!({})).await;
        assert_eq!(season.refused(&office, step("cancelProgram"), &program, json!({})).await, ["ILLEGAL_TRANSITION input.id"]);

        let history = season.history("InternshipProgram", &draft["id"]).await;
        assert_eq!(history[history.len() - 3].1, ["organiser", "partnerships", "supporters"], "{history:?}");
        assert_eq!(
            history[history.len() - 2].1,
            ["name", "kind", "sector", "fiscalYear", "startsOn", "endsOn", "targetParticipants", "targetProvinces", "methods",
             "topics", "goals", "organiser", "host", "partnerships", "supporters"]
        );
        let publish = &history[history.len() - 4];
        assert_eq!((publish.0.as_str(), &publish.1[..]), ("publishProgram", &["status".to_owned()][..]));
        let found = "{ bySearch: internshipPrograms(search: \"zaitunia\", first: 5) { nodes { id } }
                       byName: internshipPrograms(where: {name: {contains: \"ZAITUNIA\"}}, first: 5) { nodes { id } } }";
        let found = written.registry.data(found).await;
        assert_eq!([&found["bySearch"]["nodes"][0]["id"], &found["byName"]["nodes"][0]["id"]], [&draft["id"], &draft["id"]], "{found}");

        // One that was published stays visible when it is cancelled, and a draft does not become visible.
        for (key, verbs, visible) in [("a", &["cancelProgram"][..], false), ("b", &["publishProgram", "cancelProgram"][..], true)] {
            let mut row = season.make(&office, DRAFT, with(input.clone(), &json!({ "idempotencyKey": key }))).await;
            for verb in verbs {
                row = season.lead(&office, step(verb), &row, json!({})).await;
            }
            assert_eq!(season.seen(&Viewer::Anonymous, &row["id"]).await.is_object(), visible);
        }
        season.keeps_every_rule().await;
    })
    .await;
}
