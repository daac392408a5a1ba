//! The verbs of linkages, from a proposal to its end, and what the log and the history keep.

use serde_json::json;

use super::{each_written, ministry};

#[tokio::test]
async fn a_linkage_is_led_from_its_proposal_to_its_end() {
    each_written(async |written| {
        let before = written.rows().await;
        let proposed = written.proposed("one", json!({ "exclusive": true })).await;
        assert_eq!(
            [&proposed["status"], &proposed["version"], &proposed["source"], &proposed["exclusive"]],
            [&json!("PROPOSED"), &json!(1), &json!("API"), &json!(true)]
        );
        let active = written
            .led(
                &proposed,
                &[
                    ("negotiateLinkage", json!({})),
                    ("startTrial", json!({ "startsOn": "2026-10-01" })),
                    ("activateLinkage", json!({ "startsOn": "2026-11-01" })),
                    ("holdLinkage", json!({})),
                    ("resumeLinkage", json!({})),
                    ("amendLinkage", json!({ "annualValue": "300000000", "exclusive": false })),
                ],
            )
            .await;
        assert_eq!([&active["status"], &active["version"]], [&json!("ACTIVE"), &json!(7)]);
        assert_eq!([&active["annualValue"], &active["startsOn"]], [&json!("300000000"), &json!("2026-11-01")]);
        let ended = written.led(&active, &[("endLinkage", json!({ "endsOn": "2026-11-20" }))]).await;
        assert_eq!([&ended["status"], &ended["endsOn"]], [&json!("ENDED"), &json!("2026-11-20")]);
        let read = written
            .registry
            .ask_with(
                "query($by: LinkageBy!) { linkage(by: $by) { version status annualValue source } }",
                json!({ "by": { "id": ended["id"] } }),
            )
            .await
            .data();
        assert_eq!(
            read["linkage"],
            json!({ "version": 8, "status": "ENDED", "annualValue": "300000000", "source": "API" })
        );
        let after = written.rows().await;
        let added: Vec<i64> = after.iter().zip(before).map(|(after, before)| after - before).collect();
        assert_eq!(added, [1, 7, 8, 8]);
        // Each state was kept until the sequence of the verb that ended it.
        let id = "(SELECT id FROM linkage WHERE since_sequence > 0)";
        for (sql, expected) in [
            (format!("SELECT count(*) FROM linkage_history WHERE id = {id} AND version = since_sequence AND to_sequence = version + 1"), 7),
            (format!("SELECT annual_value FROM linkage_history WHERE id = {id} AND to_sequence = 7"), 250_000_000),
            (format!("SELECT count(*) FROM change c JOIN linkage l ON l.id = c.key WHERE l.id = {id} AND c.version = c.sequence AND c.last"), 8),
            ("SELECT max(sequence) FROM change".to_owned(), 8),
            ("SELECT count(*) FROM change WHERE role = 'MINISTRY' AND actor = 'ministry' AND noun = 'BusinessLinkage'".to_owned(), 8),
            ("SELECT count(*) FROM change WHERE operation = 'CREATED' AND verb = 'proposeLinkage'".to_owned(), 1),
        ] {
            assert_eq!(written.number(&sql).await, expected, "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn verbs_of_one_document_follow_each_other() {
    each_written(async |written| {
        let linkage = written.proposed("one", json!({})).await;
        let step = |key: &str, version: i32| json!({ "idempotencyKey": key, "id": linkage["id"], "expectedVersion": version });
        let answer = written
            .answer(
                &ministry(),
                "mutation($one: LinkageInput!, $two: LinkageInput!, $three: LinkageInput!) {
                     one: negotiateLinkage(input: $one) { ...Told }
                     two: dropLinkage(input: $two) { ...Told }
                     three: dropLinkage(input: $three) { ...Told }
                 }
                 fragment Told on LinkagePayload { linkage { version status } userErrors { code } replayed }",
                json!({ "one": step("a", 1), "two": step("b", 2), "three": step("c", 3) }),
            )
            .await;
        let told = |version: i32, status: &str| json!({ "linkage": { "version": version, "status": status }, "userErrors": [], "replayed": false });
        assert_eq!(answer["data"]["one"], told(2, "NEGOTIATING"), "{answer}");
        assert_eq!(answer["data"]["two"], told(3, "DROPPED"), "{answer}");
        assert_eq!(
            answer["data"]["three"],
            json!({ "linkage": null, "userErrors": [{ "code": "ILLEGAL_TRANSITION" }], "replayed": false })
        );
        let cost = &answer["extensions"]["cost"];
        assert!(cost["actual"].as_u64().unwrap() > 15_000, "each verb has its price: {cost}");
        // A verb that fails hides no other.
        let one = written.proposal("d").await;
        let reused = step("a", 7);
        let answer = written
            .answer(
                &ministry(),
                "mutation($one: ProposeLinkageInput!, $two: LinkageInput!) {
                     one: proposeLinkage(input: $one) { linkage { version } }
                     two: negotiateLinkage(input: $two) { linkage { version } }
                 }",
                json!({ "one": one, "two": reused }),
            )
            .await;
        assert_eq!(answer["data"], json!({ "one": { "linkage": { "version": 1 } }, "two": null }), "{answer}");
        assert_eq!(super::code(&answer), "IDEMPOTENCY_KEY_REUSED");
    })
    .await;
}

/// An agreement that is a draft is not public, and neither is its key.
#[tokio::test]
async fn a_history_tells_the_key_of_an_agreement_to_the_ministry_only() {
    use entity::{partnership_party, party, vocabulary::PartyKind};
    use sea_orm::{EntityTrait, QueryOrder};
    each_written(async |written| {
        let links = partnership_party::Entity::find().order_by_asc(partnership_party::Column::PartnershipId);
        let links = links.find_also_related(party::Entity).all(&written.database).await.unwrap();
        let of = |kind: PartyKind, agreement| {
            let mut of = links.iter().filter(move |(link, _)| link.partnership_id == agreement);
            of.find(|(_, party)| party.as_ref().is_some_and(|party| party.kind == kind)).map(|(link, _)| link.party_id)
        };
        let (agreement, cooperative, institution) = links
            .iter()
            .find_map(|(link, _)| {
                let agreement = link.partnership_id;
                let both = (of(PartyKind::Cooperative, agreement)?, of(PartyKind::Institution, agreement)?);
                Some((agreement, both.0, both.1))
            })
            .unwrap();
        let key = |noun: &str, key: uuid::Uuid| json!(simpul::graph::id::encode(noun, &key.into()).to_string());
        let agreement = key("Partnership", agreement);
        let parties = json!({ "supplier": key("Cooperative", cooperative), "buyer": key("PartnerInstitution", institution),
                              "partnership": agreement });
        let linkage = written.proposed("one", parties).await;
        let document = "query($id: ID!) { node(id: $id) { ... on BusinessLinkage { history { nodes { changes { field after } } } } } }";
        for (viewer, told) in [(simpul::access::Viewer::Anonymous, false), (ministry(), true)] {
            let answer = written.answer(&viewer, document, json!({ "id": linkage["id"] })).await;
            let changes = &answer["data"]["node"]["history"]["nodes"][0]["changes"];
            let expected = json!({ "field": "partnership", "after": agreement });
            assert_eq!(changes.as_array().unwrap().contains(&expected), told, "{answer}");
            assert!(changes.to_string().contains("supplier"), "{answer}");
        }
    })
    .await;
}
