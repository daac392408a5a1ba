//! The verbs of batches, their placements after the seat, and their training sessions.

use entity::vocabulary::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};
use simpul::access::Viewer;

use super::{
    Written, each_written, ministry,
    programs::{organised, programs, running},
    registrar,
    season::{Season, acting_for, told, with},
    seats,
};

const PLAN: (&str, &str) = ("planBatch", "PlanBatchInput");
const AMEND: (&str, &str) = ("amendBatch", "AmendBatchInput");
const BATCH: &str =
    "status number startsOn openedOn endsOn capacity participantCount provinces { id } place { id }
    host { ... on Cooperative { id } ... on PartnerInstitution { id } } program { status participantCount }";
const ATTENDANCE: (&str, &str) = ("recordAttendance", "RecordAttendanceInput");
const GRADUATE: (&str, &str) = ("graduate", "GraduateInput");
const FOLLOW_UP: (&str, &str) = ("planFollowUp", "PlanFollowUpInput");
const AMEND_PLACEMENT: (&str, &str) = ("amendPlacement", "AmendPlacementInput");
const PLACEMENT: &str = "status followUpPlan cooperative { id } batch { status participantCount }";

fn step(verb: &str) -> (&str, &str) {
    (verb, "BatchInput")
}

fn of_placement(verb: &str) -> (&str, &str) {
    (verb, "PlacementInput")
}

fn batches(written: &Written) -> Season<'_> {
    Season { written, noun: "InternshipBatch", field: "batch", shown: BATCH }
}

fn placements(written: &Written) -> Season<'_> {
    Season { written, noun: "Placement", field: "placement", shown: PLACEMENT }
}

/// The placement with this id as it is now, as the ministry sees it.
async fn placement(written: &Written, id: &Json) -> Json {
    placements(written).seen(&ministry(), id).await
}

/// The batch with this id as it is now.
async fn now(written: &Written, id: &Json) -> Json {
    batches(written).seen(&ministry(), id).await
}

/// Participants who were confirmed in a batch, or wait for a seat.
async fn confirmed(written: &Written, batch: &Json, number: usize) -> Vec<Json> {
    let season = placements(written);
    let mut placed = Vec::new();
    for (at, officer) in seats::officers(written, number).await.iter().enumerate() {
        let input = json!({ "idempotencyKey": format!("nominate {at} {}", batch["id"]), "batch": batch["id"], "officer": officer });
        let mut row = season.make(&ministry(), ("nominate", "NominateInput"), input).await;
        for verb in ["verifyNominee", "confirmPlacement"] {
            row = season.lead(&ministry(), of_placement(verb), &row, json!({})).await;
        }
        placed.push(row);
    }
    placed
}

/// What is wrong is told at once; what a rule forbids, by the rule.
async fn wrong_plans(season: &Season<'_>, input: &Json, regency: &Json, other: &Json) {
    let before = season.written.rows().await;
    let wrong = json!({ "idempotencyKey": "wrong", "number": 0, "endsOn": "2026-11-01", "capacity": 0, "host": regency,
                        "place": other, "provinces": [regency] });
    let payload = season.send(&ministry(), PLAN, with(input.clone(), &wrong)).await;
    assert_eq!(
        told(&payload),
        [
            "OUT_OF_RANGE input.number",
            "OUT_OF_RANGE input.endsOn",
            "OUT_OF_RANGE input.capacity",
            "INVALID input.host",
            "INVALID input.place",
            "INVALID input.provinces.0",
        ]
    );
    let outside = with(input.clone(), &json!({ "idempotencyKey": "outside", "startsOn": "2026-01-01" }));
    assert_eq!(told(&season.send(&ministry(), PLAN, outside).await), ["INVALID BATCH_DATES_INVALID"]);
    for stranger in [registrar("33"), acting_for(Role::Partner, other)] {
        assert_eq!(super::code(&season.send(&stranger, PLAN, input.clone()).await), "FORBIDDEN");
    }
    assert_eq!(season.written.rows().await, before);
}

/// What the histories of a batch and of a placement tell.
async fn what_is_told(season: &Season<'_>, batch: &Json, placement: &Json) {
    let history = season.history("InternshipBatch", batch).await;
    assert_eq!(
        history[history.len() - 2].1,
        ["startsOn", "openedOn", "endsOn", "capacity", "host", "place", "provinces"],
        "{history:?}"
    );
    let history = placements(season.written).history("Placement", placement).await;
    let verbs: Vec<&str> = history.iter().rev().map(|entry| entry.0.as_str()).collect();
    let expected = [
        "nominate",
        "verifyNominee",
        "confirmPlacement",
        "startBatch",
        "recordAttendance",
        "graduate",
        "planFollowUp",
        "amendPlacement",
    ];
    assert_eq!(verbs, expected);
}

/// Participants attend, graduate and fail while their batch runs.
async fn judged(placements: &Season<'_>, [partner, hosting]: [&Viewer; 2], placed: &[Json]) {
    let written = placements.written;
    let [one, two] = [0, 2].map(|at: usize| placed[at]["id"].clone());
    let mut one = placement(written, &one).await;
    let days = json!({ "attendanceDays": 11, "score": "87.5" });
    let refused = placements
        .refused(partner, ATTENDANCE, &one, json!({ "attendanceDays": 12, "score": "100.001" }))
        .await;
    assert_eq!(refused, ["OUT_OF_RANGE input.attendanceDays", "OUT_OF_RANGE input.score"]);
    let own = acting_for(Role::Cooperative, &placed[0]["cooperative"]["id"]);
    placements.forbidden(&own, ATTENDANCE, &one, days.clone()).await;
    placements.forbidden(partner, AMEND_PLACEMENT, &one, json!({ "followUpPlan": "x" })).await;
    one = placements.lead(hosting, ATTENDANCE, &one, days).await;
    assert_eq!(written.number("SELECT count(*) FROM placement WHERE attendance_days = 11 AND score_milli = 87500 AND status = 'ATTENDING'").await, 1);
    let early =
        placements.refused(partner, AMEND_PLACEMENT, &one, json!({ "certificateNumber": "X/1" })).await;
    assert_eq!(early, ["PREREQUISITE_MISSING input.certificateNumber"]);
    one = placements.lead(partner, GRADUATE, &one, json!({ "certificateNumber": "SERT/UJI/1" })).await;
    assert_eq!([&one["status"], &one["batch"]["participantCount"]], [&json!("GRADUATED"), &json!(4)]);
    assert_eq!(
        placements.refused(partner, ATTENDANCE, &one, json!({ "attendanceDays": 1 })).await,
        ["ILLEGAL_TRANSITION input.id"]
    );
    placements.forbidden(partner, FOLLOW_UP, &one, json!({ "followUpPlan": "x" })).await;
    one = placements.lead(&own, FOLLOW_UP, &one, json!({ "followUpPlan": "Membuka gerai\nsembako" })).await;
    assert_eq!(one["followUpPlan"], "Membuka gerai\nsembako");
    placements.forbidden(partner, AMEND_PLACEMENT, &one, json!({ "score": "1" })).await;
    let every = json!({ "attendanceDays": 10, "score": "90", "certificateNumber": "SERT/UJI/2", "followUpPlan": "Lain" });
    placements.lead(&ministry(), AMEND_PLACEMENT, &one, every).await;
    assert_eq!(written.number("SELECT count(*) FROM placement WHERE attendance_days = 10 AND score_milli = 90000 AND certificate_number = 'SERT/UJI/2' AND follow_up_plan = 'Lain'").await, 1);
    let two = placement(written, &two).await;
    assert_eq!(
        placements.refused(partner, GRADUATE, &two, json!({ "certificateNumber": "SERT/UJI/2" })).await,
        ["TAKEN input.certificateNumber"]
    );
    let two = placements.lead(partner, of_placement("markIncomplete"), &two, json!({})).await;
    assert_eq!([&two["status"], &two["batch"]["participantCount"]], [&json!("INCOMPLETE"), &json!(3)]);
}

#[tokio::test]
async fn a_batch_is_led_from_its_plan_to_the_certificates_of_its_participants() {
    each_written(async |written| {
        let (season, placements) = (batches(written), placements(written));
        let program = running(written, "program").await;
        let (organiser, host) = (&program["organiser"]["id"], &program["host"]["id"]);
        let (partner, office) = (acting_for(Role::Partner, organiser), registrar("32"));
        let hosting = acting_for(Role::Cooperative, host);
        let regions = written
            .registry
            .data("{ provinces: regions(where: {code: {in: [\"32\", \"33\"]}}, first: 2) { nodes { id code } }
                     regencies: regions(where: {code: {eq: \"32.04\"}}, first: 1) { nodes { id } }
                     institutions(first: 2) { nodes { id } } }")
            .await;
        let (province, regency) = (&regions["provinces"]["nodes"][0]["id"], &regions["regencies"]["nodes"][0]["id"]);
        let other = &regions["institutions"]["nodes"][1]["id"];

        let input = json!({ "idempotencyKey": "plan", "program": program["id"], "startsOn": "2026-11-02", "endsOn": "2026-11-12" });
        wrong_plans(&season, &input, regency, other).await;
        let planned = season.make(&partner, PLAN, with(input.clone(), &json!({ "capacity": 1 }))).await;
        assert_eq!([&planned["status"], &planned["number"], &planned["participantCount"]], [&json!("PLANNED"), &json!(1), &json!(0)]);
        let taken = with(input.clone(), &json!({ "idempotencyKey": "taken", "number": 1 }));
        assert_eq!(told(&season.send(&partner, PLAN, taken).await), ["TAKEN input.number"]);

        let every = json!({ "startsOn": "2026-11-03", "openedOn": "2026-11-03", "endsOn": "2026-11-13", "capacity": 2, "host": host,
                            "place": regency, "provinces": [province] });
        let amended = season.lead(&hosting, AMEND, &planned, every.clone()).await;
        for (field, value) in every.as_object().unwrap() {
            let shown = match field.as_str() {
                "host" | "place" => amended[field]["id"].clone(),
                "provinces" => json!([amended["provinces"][0]["id"]]),
                _ => amended[field].clone(),
            };
            assert_eq!(shown, *value, "{field}");
        }
        assert_eq!(season.refused(&hosting, AMEND, &amended, every).await, ["INVALID input"]);

        // More nominees than seats, more seats, and fewer.
        let enrolling = season.lead(&partner, step("openEnrolment"), &amended, json!({})).await;
        let placed = confirmed(written, &enrolling, 5).await;
        let statuses: Vec<&Json> = placed.iter().map(|one| &one["status"]).collect();
        assert_eq!(statuses, ["CONFIRMED", "CONFIRMED", "WAITLISTED", "WAITLISTED", "WAITLISTED"]);
        let early = placements.refused(&partner, AMEND_PLACEMENT, &placed[0], json!({ "score": "1" })).await;
        assert_eq!(early, ["ILLEGAL_TRANSITION input.id"], "who does not attend yet has no score");
        let batch = now(written, &enrolling["id"]).await;
        assert_eq!([&batch["status"], &batch["participantCount"], &batch["version"]], [&json!("FULL"), &json!(2), &json!(4)]);
        assert_eq!(season.refused(&office, AMEND, &batch, json!({ "capacity": 1 })).await, ["LIMIT_REACHED SEATS_EXCEEDED"]);
        let batch = season.lead(&office, AMEND, &batch, json!({ "capacity": 4 })).await;
        assert_eq!([&batch["status"], &batch["participantCount"], &batch["program"]["participantCount"]], [&json!("FULL"), &json!(4), &json!(4)]);
        let given = "SELECT count(*) FROM change WHERE verb = 'giveSeat' AND actor = 'system'";
        assert_eq!(written.number(given).await, 2);
        // A no-show gives the seat back.
        let absent = placements.lead(&hosting, of_placement("markNoShow"), &placed[1], json!({})).await;
        assert_eq!([&absent["status"], &absent["batch"]["participantCount"]], [&json!("NO_SHOW"), &json!(4)]);
        assert_eq!(placement(written, &placed[4]["id"]).await["status"], "CONFIRMED");
        let batch = now(written, &batch["id"]).await;
        let batch = season.lead(&office, AMEND, &batch, json!({ "capacity": 6 })).await;
        assert_eq!(batch["status"], "ENROLLING");
        // One that is full as loaded stays so when something else is amended.
        let set = |status: &str| format!("UPDATE internship_batch SET status = '{status}' WHERE source = 'API'");
        written.database.execute_unprepared(&set("FULL")).await.unwrap();
        let amended = season.lead(&office, AMEND, &batch, json!({ "openedOn": "2026-11-02" })).await;
        assert_eq!(amended["status"], "FULL");
        written.database.execute_unprepared(&set("ENROLLING")).await.unwrap();
        let batch = now(written, &batch["id"]).await;

        // A postponed batch keeps its seats.
        let batch = season.lead(&partner, step("postponeBatch"), &batch, json!({})).await;
        assert_eq!([&batch["status"], &batch["participantCount"]], [&json!("POSTPONED"), &json!(4)]);
        season.forbidden(&partner, AMEND, &batch, json!({ "host": null })).await;
        season.forbidden(&partner, AMEND, &batch, json!({ "place": null })).await;
        let batch = season.lead(&partner, AMEND, &batch, json!({ "capacity": 4 })).await;
        let batch = season.lead(&partner, step("openEnrolment"), &batch, json!({})).await;
        assert_eq!(batch["status"], "FULL");
        assert_eq!(
            season.refused(&partner, AMEND, &batch, json!({ "provinces": [] })).await,
            ["INVALID PARTICIPANT_OUTSIDE_PROVINCES"]
        );

        // It starts: who is confirmed attends.
        let batch = season.lead(&partner, step("startBatch"), &batch, json!({})).await;
        assert_eq!([&batch["status"], &batch["participantCount"]], [&json!("RUNNING"), &json!(4)]);
        let attending = "SELECT count(*) FROM change c JOIN placement p ON p.id = c.key AND p.status = 'ATTENDING'
                         WHERE c.verb = 'startBatch' AND c.role = 'PARTNER'";
        assert_eq!(written.number(attending).await, 4);
        assert_eq!(season.refused(&partner, step("cancelBatch"), &batch, json!({})).await, ["ILLEGAL_TRANSITION input.id"]);
        judged(&placements, [&partner, &hosting], &placed).await;
        let batch = now(written, &batch["id"]).await;
        let batch = season.lead(&partner, step("completeBatch"), &batch, json!({})).await;
        // Who is judged afterwards graduates afterwards, and then the program is completed.
        let three = placement(written, &placed[3]["id"]).await;
        placements.lead(&partner, GRADUATE, &three, json!({})).await;
        season.forbidden(&partner, AMEND, &batch, json!({ "capacity": 5 })).await;
        let second = season.make(&partner, PLAN, with(input, &json!({ "idempotencyKey": "second", "startsOn": "2026-12-01", "endsOn": "2026-12-10" }))).await;
        assert_eq!(second["number"], 2);
        let programs = programs(written);
        let complete = ("completeProgram", "ProgramInput");
        assert_eq!(programs.refused(&partner, complete, &program, json!({})).await, ["COMPOSITION BATCH_STATUS_MISMATCH"]);
        season.lead(&partner, step("cancelBatch"), &second, json!({})).await;
        programs.lead(&partner, complete, &program, json!({})).await;

        what_is_told(&season, &planned["id"], &placed[0]["id"]).await;
        season.keeps_every_rule().await;
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_is_cancelled_withdraws_its_participants() {
    each_written(async |written| {
        let season = batches(written);
        let (_, draft) = organised(written, "draft").await;
        let draft = programs(written).make(&ministry(), ("draftProgram", "DraftProgramInput"), draft).await;
        let input = json!({ "idempotencyKey": "plan", "program": draft["id"], "startsOn": "2026-11-02", "endsOn": "2026-11-12", "capacity": 2 });
        assert_eq!(told(&season.send(&ministry(), PLAN, input.clone()).await), ["COMPOSITION BATCH_STATUS_MISMATCH"]);
        let programs = programs(written);
        let published = programs.lead(&ministry(), ("publishProgram", "ProgramInput"), &draft, json!({})).await;
        let batch = season.make(&ministry(), PLAN, input).await;
        assert_eq!(season.refused(&ministry(), step("openEnrolment"), &batch, json!({})).await, ["PREREQUISITE_MISSING input.id"]);
        let open = programs.lead(&ministry(), ("openProgram", "ProgramInput"), &published, json!({})).await;
        let batch = season.lead(&ministry(), step("openEnrolment"), &batch, json!({})).await;
        let placed = confirmed(written, &batch, 4).await;
        let batch = now(written, &batch["id"]).await;
        assert_eq!(season.refused(&ministry(), step("startBatch"), &batch, json!({})).await, ["PREREQUISITE_MISSING input.id"]);
        let cancel = ("cancelProgram", "ProgramInput");
        assert_eq!(programs.refused(&ministry(), cancel, &open, json!({})).await, ["COMPOSITION BATCH_STATUS_MISMATCH"]);
        let batch = season.lead(&ministry(), step("cancelBatch"), &batch, json!({})).await;
        assert_eq!([&batch["status"], &batch["participantCount"], &batch["program"]["participantCount"]], [&json!("CANCELLED"), &json!(0), &json!(0)]);
        for one in &placed {
            assert_eq!(placement(written, &one["id"]).await["status"], "WITHDRAWN");
        }
        assert_eq!(written.number("SELECT count(*) FROM change WHERE verb = 'cancelBatch'").await, 5);
        programs.lead(&ministry(), cancel, &open, json!({})).await;
        season.keeps_every_rule().await;
    })
    .await;
}

#[tokio::test]
async fn sessions_are_planned_amended_and_cancelled() {
    each_written(async |written| {
        let season = Season { written, noun: "TrainingSession", field: "session", shown: "topic method hours heldOn batch { id }" };
        let (plan, amend, cancel) =
            (("planSession", "PlanSessionInput"), ("amendSession", "AmendSessionInput"), ("cancelSession", "SessionInput"));
        let program = running(written, "program").await;
        let partner = acting_for(Role::Partner, &program["organiser"]["id"]);
        let input = json!({ "idempotencyKey": "plan", "program": program["id"], "startsOn": "2026-11-02", "endsOn": "2026-11-12" });
        let batch = batches(written).make(&partner, PLAN, input).await;
        let input = json!({ "idempotencyKey": "one", "batch": batch["id"], "topic": "Tata Kelola Zaitunia", "method": "CLASSROOM",
                            "hours": "1.5", "heldOn": "2026-11-03" });
        let wrong = with(input.clone(), &json!({ "idempotencyKey": "wrong", "topic": "", "hours": "0" }));
        assert_eq!(told(&season.send(&partner, plan, wrong).await), ["OUT_OF_RANGE input.topic", "OUT_OF_RANGE input.hours"]);
        let late = with(input.clone(), &json!({ "idempotencyKey": "late", "heldOn": "2026-11-13" }));
        assert_eq!(told(&season.send(&partner, plan, late).await), ["INVALID SESSION_OUTSIDE_BATCH"]);
        let session = season.make(&partner, plan, input).await;
        let every = json!({ "topic": "Pemasaran Zaitunia", "method": "MENTORING", "hours": "2", "heldOn": "2026-11-04" });
        season.forbidden(&registrar("33"), amend, &session, every.clone()).await;
        let amended = season.lead(&partner, amend, &session, every.clone()).await;
        for (field, value) in every.as_object().unwrap() {
            assert_eq!(amended[field], *value, "{field}");
        }
        assert_eq!(season.refused(&partner, amend, &amended, every).await, ["INVALID input"]);
        assert_eq!(season.history("TrainingSession", &session["id"]).await[0].1, ["topic", "method", "hours", "heldOn"]);
        let found = written.registry.data("{ trainingSessions(where: {topic: {contains: \"pemasaran ZAI\"}}, first: 2) { nodes { id } } }").await;
        assert_eq!(found["trainingSessions"]["nodes"], json!([{ "id": session["id"] }]));

        let input = json!({ "idempotencyKey": "cancel", "id": session["id"], "expectedVersion": 2 });
        for replayed in [false, true] {
            let payload = season.send(&partner, cancel, input.clone()).await;
            assert_eq!(payload, json!({ "session": null, "userErrors": [], "replayed": replayed }));
        }
        let kept = "SELECT count(*) FROM training_session_history WHERE topic = 'Pemasaran Zaitunia' AND version = 2";
        assert_eq!(written.number(kept).await, 1);
        for viewer in [Viewer::Anonymous, ministry()] {
            let changes = "query { changes(first: 50, nouns: [\"TrainingSession\"]) { nodes { operation verb id } } }";
            let answer = written.answer(&viewer, changes, json!({})).await;
            let nodes = answer["data"]["changes"]["nodes"].as_array().unwrap();
            let last = nodes.last().unwrap();
            assert_eq!([&last["operation"], &last["id"]], [&json!("DELETED"), &session["id"]], "{answer}");
        }
        season.keeps_every_rule().await;
    })
    .await;
}
