//! The verbs of partnerships, from a draft to its end.

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::access::Viewer;

use super::{
    each_written, ministry, registrar,
    season::{Season, acting_for, told, with},
};

const DRAFT: (&str, &str) = ("draftPartnership", "DraftPartnershipInput");
const AMEND: (&str, &str) = ("amendPartnership", "AmendPartnershipInput");
const SIGN: (&str, &str) = ("signPartnership", "SignPartnershipInput");
const TERMINATE: (&str, &str) = ("terminatePartnership", "EndPartnershipInput");
const RENEW: (&str, &str) = ("renewPartnership", "EndPartnershipInput");
const SHOWN: &str =
    "status number title kind pattern signedOn effectiveFrom effectiveTo scope value language contents
    parent { id } parties { role party { ... on Cooperative { id } ... on PartnerInstitution { id } } }";

fn step(verb: &str) -> (&str, &str) {
    (verb, "PartnershipInput")
}

/// What is wrong is told at once, and strangers draft nothing.
async fn wrong_drafts(season: &Season<'_>, parties: &Json, third: &Json, input: &Json) {
    let cooperative = &parties["supplier"];
    let before = season.written.rows().await;
    let unknown =
        json!(simpul::graph::id::encode("Partnership", &uuid::Uuid::from_u128(7).into()).to_string());
    let wrong = json!({ "idempotencyKey": "wrong", "number": "", "title": "a\u{7}b", "value": "-1", "parent": unknown,
        "effectiveFrom": "2026-02-02", "effectiveTo": "2026-02-01",
        "parties": [{ "party": cooperative, "role": "SECOND" }, { "party": cooperative, "role": "THIRD" },
                    { "party": parties["commodity"], "role": "WITNESS" }] });
    let payload = season.send(&ministry(), DRAFT, with(input.clone(), &wrong)).await;
    assert_eq!(
        told(&payload),
        [
            "OUT_OF_RANGE input.number",
            "INVALID input.title",
            "INVALID input.parties.1.party",
            "INVALID input.parties.2.party",
            "COMPOSITION input.parties",
            "OUT_OF_RANGE input.effectiveTo",
            "NOT_FOUND input.parent",
            "OUT_OF_RANGE input.value",
        ]
    );
    for stranger in [registrar("33"), acting_for(Role::Partner, third)] {
        let answer = season.send(&stranger, DRAFT, input.clone()).await;
        assert_eq!(super::code(&answer), "FORBIDDEN", "{answer}");
    }
    assert_eq!(season.written.rows().await, before);
}

/// A stranger is told the same of a draft that it may not see as of one that is not there, and no number of one.
async fn what_strangers_are_told(season: &Season<'_>, stranger: &Viewer, draft: &Json, input: &Json) {
    let before = season.written.rows().await;
    let unknown =
        json!(simpul::graph::id::encode("Partnership", &uuid::Uuid::from_u128(9).into()).to_string());
    let stranger_id = json!({ "idempotencyKey": "stranger", "id": null });
    let same_number = season.send(stranger, DRAFT, with(input.clone(), &stranger_id)).await;
    assert_eq!(super::code(&same_number), "FORBIDDEN", "{same_number}");
    let mut answers = Vec::new();
    for id in [draft, &unknown] {
        let amend = json!({ "idempotencyKey": "stranger", "id": id, "expectedVersion": 1, "scope": "x" });
        let amended = season.send(stranger, AMEND, amend).await;
        let parent = with(stranger_id.clone(), &json!({ "parent": id }));
        let based = season.send(stranger, DRAFT, with(input.clone(), &parent)).await;
        assert_eq!(told(&based), ["NOT_FOUND input.parent"]);
        answers.push((amended["errors"].clone(), based["userErrors"].clone()));
    }
    assert_eq!(answers[0].0[0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(answers[0], answers[1]);
    assert_eq!(season.written.rows().await, before);
}

/// What is told of an agreement, and where it is found.
async fn told_and_found(season: &Season<'_>, id: &Json) {
    let history = season.history("Partnership", id).await;
    let told: Vec<&str> = history.iter().rev().map(|entry| entry.0.as_str()).collect();
    assert_eq!(
        told[..5],
        [
            "draftPartnership",
            "amendPartnership",
            "amendPartnership",
            "submitPartnership",
            "returnPartnership"
        ]
    );
    let amended = &history[history.len() - 2].1;
    let fields = [
        "number",
        "title",
        "kind",
        "pattern",
        "effectiveFrom",
        "effectiveTo",
        "scope",
        "value",
        "language",
        "contents",
        "parties",
    ];
    assert_eq!(*amended, fields, "by the names of the schema");
    let found = "{ bySearch: partnerships(search: \"zaitunia\", first: 5) { nodes { id } }
                   byTitle: partnerships(where: {title: {contains: \"ZAITUNIA\"}}, first: 5) { nodes { id } } }";
    let found = season.written.registry.data(found).await;
    assert_eq!(
        [&found["bySearch"]["nodes"][0]["id"], &found["byTitle"]["nodes"][0]["id"]],
        [id, id],
        "{found}"
    );
}

/// An agreement that another one follows, and one that is cancelled.
async fn other_ends(season: &Season<'_>, partner: &Viewer, mut input: Json) {
    input.as_object_mut().unwrap().remove("id");
    let second = with(
        input.clone(),
        &json!({ "idempotencyKey": "second", "number": "PKS/79/2026", "kind": "LETTER_OF_INTENT" }),
    );
    let mut row = season.make(partner, DRAFT, second).await;
    for (verb, other) in [
        (step("submitPartnership"), json!({})),
        (step("approvePartnership"), json!({})),
        (SIGN, json!({ "signedOn": "2026-11-01", "effectiveFrom": "2026-11-02", "effectiveTo": null })),
        (step("suspendPartnership"), json!({})),
        (step("resumePartnership"), json!({})),
        (RENEW, json!({ "effectiveTo": "2026-11-29" })),
    ] {
        row = season.lead(&ministry(), verb, &row, other).await;
    }
    assert_eq!(row["status"], "RENEWED");
    // The office of a witness's region keeps no draft that binds nobody there.
    let witness = season
        .written
        .registry
        .data("{ cooperatives(where: {region: {within: \"33\"}}, first: 1) { nodes { id } } }")
        .await;
    let witness = json!({ "party": witness["cooperatives"]["nodes"][0]["id"], "role": "WITNESS" });
    let parties: Vec<&Json> = input["parties"].as_array().unwrap().iter().chain([&witness]).collect();
    let third = with(
        input.clone(),
        &json!({ "idempotencyKey": "third", "number": "PKS/80/2026", "parties": parties }),
    );
    let draft = season.make(partner, DRAFT, third).await;
    for (office, sees) in [("32", true), ("33", false)] {
        assert_eq!(
            season.seen(&registrar(office), &draft["id"]).await.is_object(),
            sees,
            "the office of {office}"
        );
    }
    assert_eq!(
        season.lead(partner, step("cancelPartnership"), &draft, json!({})).await["status"],
        "CANCELLED"
    );
}

/// While an active linkage rests on an agreement, it is neither suspended nor ended; then it is terminated.
async fn what_rests_on_it_keeps_it(season: &Season<'_>, office: &Viewer, active: &Json) {
    let written = season.written;
    let rests = json!({ "partnership": active["id"], "pattern": "SUPPLY_CHAIN" });
    let linkage = written.proposed("linkage", rests).await;
    let starts = json!({ "startsOn": "2026-11-20" });
    let tried =
        [("negotiateLinkage", json!({})), ("startTrial", starts.clone()), ("activateLinkage", starts)];
    let linkage = written.led(&linkage, &tried).await;
    let ends = json!({ "effectiveTo": "2026-11-29" });
    for verb in [step("suspendPartnership"), TERMINATE, RENEW] {
        let ends = if verb.1 == "EndPartnershipInput" { ends.clone() } else { json!({}) };
        assert_eq!(
            season.refused(office, verb, active, ends).await,
            ["PREREQUISITE_MISSING LINKAGE_WITHOUT_AGREEMENT"]
        );
    }
    written.led(&linkage, &[("holdLinkage", json!({}))]).await;
    let future = season.refused(office, TERMINATE, active, json!({ "effectiveTo": "2999-01-01" })).await;
    assert_eq!(future, ["OUT_OF_RANGE input.effectiveTo"]);
    let ended = season.lead(office, TERMINATE, active, ends).await;
    assert_eq!([&ended["status"], &ended["effectiveTo"]], [&json!("TERMINATED"), &json!("2026-11-29")]);
    assert_eq!(
        season.refused(office, step("cancelPartnership"), &ended, json!({})).await,
        ["ILLEGAL_TRANSITION input.id"]
    );
}

#[tokio::test]
async fn an_agreement_is_led_from_its_draft_to_its_end() {
    each_written(async |written| {
        let season = Season { written, noun: "Partnership", field: "partnership", shown: SHOWN };
        let parties = written.proposal("parties").await;
        let (cooperative, institution) = (&parties["supplier"], &parties["buyer"]);
        let others = written
            .registry
            .data("{ institutions(first: 3) { nodes { id } } partnerships(where: {kind: {eq: MOU}}, first: 1) { nodes { id } } }")
            .await;
        let third = &others["institutions"]["nodes"][2]["id"];
        let (partner, office) = (acting_for(Role::Partner, institution), registrar("32"));
        let input = json!({
            "idempotencyKey": "draft", "number": "PKS/77/2026", "title": "Perjanjian Kerja Sama  Uji", "kind": "COOPERATION_AGREEMENT",
            "pattern": "SUPPLY_CHAIN", "value": "125000000",
            "parties": [{ "party": institution, "role": "FIRST" }, { "party": cooperative, "role": "SECOND" }],
        });

        wrong_drafts(&season, &parties, third, &input).await;
        let own = json!({ "id": simpul::graph::id::encode("Partnership", &uuid::Uuid::from_u128(77).into()).to_string() });
        let input = with(input, &own);
        let draft = season.make(&office, DRAFT, input.clone()).await;
        assert_eq!([&draft["status"], &draft["version"], &draft["contents"]], [&json!("DRAFT"), &json!(1), &json!([])]);
        assert_eq!(draft["parties"][1]["party"]["id"], *cooperative);
        let replayed = season.send(&office, DRAFT, input.clone()).await;
        assert_eq!([&replayed["replayed"], &replayed["partnership"]], [&json!(true), &draft]);
        assert_eq!(season.seen(&Viewer::Anonymous, &draft["id"]).await, Json::Null, "a draft is not public");
        let twice = season.send(&office, DRAFT, with(input.clone(), &json!({ "idempotencyKey": "twice", "id": null }))).await;
        assert_eq!(told(&twice), ["TAKEN input.number"]);
        what_strangers_are_told(&season, &acting_for(Role::Partner, third), &draft["id"], &input).await;

        // Every field is amended; nothing, and a version of then, are refused.
        let every = json!({
            "number": "PKS/78/2026", "title": "Naskah Pasokan Sayuran Zaitunia", "kind": "SUPPLY_CONTRACT", "pattern": "NUCLEUS_PLASMA",
            "effectiveFrom": "2090-01-01", "effectiveTo": "2091-01-01", "scope": "Sayuran\ndan buah", "value": null,
            "language": "BILINGUAL", "contents": ["PARTIES", "RIGHTS_AND_OBLIGATIONS"],
            "parties": [{ "party": cooperative, "role": "FIRST" }, { "party": institution, "role": "SECOND" }, { "party": third, "role": "WITNESS" }],
        });
        let contents = written.registry.data("{ __type(name: \"AgreementContent\") { enumValues { name } } }").await;
        let contents: Vec<&Json> = contents["__type"]["enumValues"].as_array().unwrap().iter().map(|value| &value["name"]).collect();
        let every = with(every, &json!({ "contents": contents[..2] }));
        let amended = season.lead(&partner, AMEND, &draft, every.clone()).await;
        for (field, value) in every.as_object().unwrap() {
            let role = |place: usize| json!([amended["parties"][place]["party"]["id"], amended["parties"][place]["role"]]);
            if field == "parties" {
                assert_eq!([role(0), role(1), role(2)], [json!([cooperative, "FIRST"]), json!([institution, "SECOND"]), json!([third, "WITNESS"])]);
            } else {
                assert_eq!(amended[field], *value, "{field}");
            }
        }
        assert_eq!(season.refused(&partner, AMEND, &amended, every.clone()).await, ["INVALID input"]);
        assert_eq!(season.refused(&partner, AMEND, &draft, json!({ "value": "1" })).await, ["CONFLICT input.expectedVersion"]);
        let witness = acting_for(Role::Partner, third);
        season.forbidden(&witness, AMEND, &amended, json!({ "value": "1" })).await;
        assert!(season.seen(&witness, &amended["id"]).await.is_object(), "a witness sees the draft");
        for (sql, expected) in [
            ("SELECT count(*) FROM partnership_party_history WHERE to_sequence = 2", 2),
            ("SELECT count(*) FROM partnership_party WHERE since_sequence = 2", 3),
            ("SELECT count(*) FROM partnership p JOIN partnership_party t ON t.party_id = p.first_party_id AND t.partnership_id = p.id AND t.role = 'FIRST' WHERE p.since_sequence = 2", 1),
        ] {
            assert_eq!(written.number(sql).await, expected, "{sql}");
        }
        let only = json!({ "parties": [{ "party": cooperative, "role": "FIRST" }, { "party": institution, "role": "SECOND" }] });
        let draft = season.lead(&office, AMEND, &amended, only.clone()).await;
        assert_eq!([&draft["version"], &draft["parties"][2]], [&json!(3), &Json::Null]);

        // Parties submit, and offices attest.
        let submitted = season.lead(&partner, step("submitPartnership"), &draft, json!({})).await;
        season.forbidden(&partner, step("approvePartnership"), &submitted, json!({})).await;
        season.forbidden(&partner, AMEND, &submitted, json!({ "value": "1" })).await;
        assert_eq!(season.refused(&office, AMEND, &submitted, only).await, ["ILLEGAL_TRANSITION input.parties"]);
        let returned = season.lead(&office, step("returnPartnership"), &submitted, json!({})).await;
        assert_eq!(returned["status"], "DRAFT");
        let submitted = season.lead(&partner, step("submitPartnership"), &returned, json!({})).await;
        let approved = season.lead(&office, step("approvePartnership"), &submitted, json!({})).await;
        let dates = json!({ "signedOn": "2026-11-20", "effectiveFrom": "2090-01-01" });
        assert_eq!(season.refused(&office, SIGN, &approved, dates.clone()).await, ["INVALID CONTENTS_INCOMPLETE"]);
        let approved = season.lead(&office, AMEND, &approved, json!({ "contents": contents })).await;
        let wrong = json!({ "signedOn": "2999-01-01", "effectiveFrom": "2090-01-01", "effectiveTo": "2089-12-31" });
        let refused = season.refused(&office, SIGN, &approved, wrong).await;
        assert_eq!(refused, ["OUT_OF_RANGE input.signedOn", "OUT_OF_RANGE input.effectiveTo"]);
        let signed = season.lead(&office, SIGN, &approved, dates).await;
        assert_eq!([&signed["status"], &signed["effectiveTo"]], [&json!("SIGNED"), &json!("2091-01-01")]);
        let suspended = season.lead(&office, step("suspendPartnership"), &signed, json!({})).await;
        let signed = season.lead(&office, step("resumePartnership"), &suspended, json!({})).await;
        assert_eq!(signed["status"], "SIGNED", "its term has not begun");
        let suspended = season.lead(&office, step("suspendPartnership"), &signed, json!({})).await;
        let begun = season.lead(&office, AMEND, &suspended, json!({ "effectiveFrom": "2026-11-20" })).await;
        let active = season.lead(&office, step("resumePartnership"), &begun, json!({})).await;
        assert_eq!(active["status"], "ACTIVE");

        what_rests_on_it_keeps_it(&season, &office, &active).await;
        told_and_found(&season, &draft["id"]).await;
        other_ends(&season, &partner, input).await;
        season.keeps_every_rule().await;
    })
    .await;
}
