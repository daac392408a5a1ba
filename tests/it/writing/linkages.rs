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
    })
    .await;
}
