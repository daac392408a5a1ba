//! What refuses a verb: it is said with a code, and nothing is changed.

use entity::vocabulary::Role;
use serde_json::json;
use simpul::{
    access::{GrantScope, Viewer},
    graph::id,
};
use uuid::Uuid;

use super::{code, each_written, faults, ministry, registrar, season::key_of, with_role};

#[tokio::test]
async fn callers_without_a_role_for_the_record_change_nothing() {
    each_written(async |written| {
        let linkage = written.proposed("one", json!({})).await;
        let before = written.rows().await;
        let step = json!({ "idempotencyKey": "two", "id": linkage["id"], "expectedVersion": 1 });
        let answer = written.verb(&Viewer::Anonymous, "negotiateLinkage", step.clone()).await;
        assert_eq!(code(&answer), "UNAUTHENTICATED", "{answer}");
        for stranger in [
            registrar("33"),
            registrar("3"),
            with_role("analyst", Role::Analyst, GrantScope::Everything),
            with_role("admin", Role::Admin, GrantScope::Everything),
            with_role("other", Role::Cooperative, GrantScope::Party(Uuid::from_u128(7))),
        ] {
            let answer = written.verb(&stranger, "negotiateLinkage", step.clone()).await;
            assert_eq!(code(&answer), "FORBIDDEN", "{stranger:?}: {answer}");
        }
        assert_eq!(written.rows().await, before);
        let payload = written.verb(&registrar("32"), "negotiateLinkage", step).await;
        assert_eq!(payload["linkage"]["status"], "NEGOTIATING", "{payload}");
        // A proposal for parties of another region.
        let answer = written.verb(&registrar("33"), "proposeLinkage", written.proposal("three").await).await;
        assert_eq!(code(&answer), "FORBIDDEN", "{answer}");
        let dry = written
            .dry_run(
                &ministry(),
                "holdLinkage",
                json!({ "idempotencyKey": "four", "id": linkage["id"], "expectedVersion": 2 }),
            )
            .await;
        assert!(
            dry.get("data").is_none_or(serde_json::Value::is_null)
                && dry["extensions"]["cost"]["requested"].as_u64() > Some(5_000),
            "{dry}"
        );
        let unwritable = written
            .registry
            .ask_with(
                "mutation($input: LinkageInput!) { holdLinkage(input: $input) { replayed } }",
                json!({ "input": { "idempotencyKey": "x", "id": linkage["id"], "expectedVersion": 1 } }),
            )
            .await;
        assert_eq!(unwritable.code(), "UNAUTHENTICATED");
    })
    .await;
}

#[tokio::test]
async fn wrong_inputs_are_told_all_at_once_and_change_nothing() {
    each_written(async |written| {
        let linkage = written.proposed("one", json!({})).await;
        let before = written.rows().await;
        let mut wrong = written.proposal("two").await;
        let other = json!({ "code": " ", "supplier": wrong["commodity"], "annualVolume": "1.2345",
                            "annualValue": "-1", "paymentTermDays": 181, "partnership": linkage["id"] });
        wrong.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        let payload = written.verb(&ministry(), "proposeLinkage", wrong).await;
        let expected = [
            ("INVALID", "input.code"),
            ("INVALID", "input.supplier"),
            ("OUT_OF_RANGE", "input.paymentTermDays"),
            ("INVALID", "input.annualVolume"),
            ("OUT_OF_RANGE", "input.annualValue"),
            ("INVALID", "input.partnership"),
        ];
        let expected = expected.map(|(code, field)| (code.to_owned(), field.to_owned()));
        assert_eq!(faults(&payload), expected);
        // Records that do not exist: one of them is an institution that is called a cooperative.
        let mut unknown = written.proposal("unknown").await;
        let id = |noun: &str, key: Uuid| json!(id::encode(noun, &key.into()).to_string());
        let agreement = id("Partnership", Uuid::from_u128(7));
        unknown["supplier"] = id("Cooperative", key_of(&unknown["buyer"]));
        unknown["commodity"] = json!(id::encode("Commodity", &"X".into()).to_string());
        unknown["partnership"] = agreement.clone();
        let payload = written.verb(&ministry(), "proposeLinkage", unknown).await;
        let missing = ["supplier", "commodity", "partnership"];
        let missing = missing.map(|field| ("NOT_FOUND".to_owned(), format!("input.{field}")));
        assert_eq!(faults(&payload), missing);
        let step = |verb: &str, key: &str, other: serde_json::Value| {
            let mut input = json!({ "idempotencyKey": key, "id": linkage["id"], "expectedVersion": 1 });
            input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            (verb.to_owned(), input)
        };
        for ((verb, input), (expected, field)) in [
            (step("negotiateLinkage", "", json!({})), ("INVALID", "input.idempotencyKey")),
            (step("negotiateLinkage", "schlüssel", json!({})), ("INVALID", "input.idempotencyKey")),
            (step("holdLinkage", "a", json!({})), ("ILLEGAL_TRANSITION", "input.id")),
            (
                step("negotiateLinkage", "b", json!({ "expectedVersion": 2 })),
                ("CONFLICT", "input.expectedVersion"),
            ),
            (step("amendLinkage", "c", json!({ "kind": null })), ("REQUIRED", "input.kind")),
            (
                step("amendLinkage", "g", json!({ "partnership": agreement })),
                ("NOT_FOUND", "input.partnership"),
            ),
            (
                step("amendLinkage", "d", json!({ "startsOn": "2026-02-02", "endsOn": "2026-01-01" })),
                ("OUT_OF_RANGE", "input.endsOn"),
            ),
            (
                step("amendLinkage", "e", json!({ "annualVolume": "12", "unit": null })),
                ("OUT_OF_RANGE", "input"),
            ),
        ] {
            let payload = written.verb(&ministry(), &verb, input).await;
            assert_eq!(faults(&payload), [(expected.to_owned(), field.to_owned())], "{verb}: {payload}");
            let current = payload["linkage"]["version"] == 1;
            assert_eq!(current, expected == "CONFLICT", "only a conflict shows the record: {payload}");
        }
        let twin = json!({ "code": linkage["code"] });
        let mut input = written.proposal("f").await;
        input.as_object_mut().unwrap().extend(twin.as_object().unwrap().clone());
        let payload = written.verb(&ministry(), "proposeLinkage", input).await;
        assert_eq!(faults(&payload), [("TAKEN".to_owned(), "input.code".to_owned())]);
        assert_eq!(written.rows().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_verb_that_would_break_a_rule_is_refused_with_the_rule() {
    each_written(async |written| {
        let tried = [("negotiateLinkage", json!({})), ("startTrial", json!({ "startsOn": "2026-10-01" }))];
        let first = written.proposed("one", json!({ "exclusive": true })).await;
        let first = written.led(&first, &tried).await;
        written.led(&first, &[("activateLinkage", json!({ "startsOn": "2026-11-01" }))]).await;
        let second = written.led(&written.proposed("two", json!({})).await, &tried).await;
        let buyer = written.registry.data("{ institutions(first: 2) { nodes { id } } }").await;
        let other = json!({ "buyer": buyer["institutions"]["nodes"][1]["id"] });
        let third = written.led(&written.proposed("three", other).await, &tried).await;
        let supply = json!({ "pattern": "SUPPLY_CHAIN", "commodity": null });
        let fourth = written.led(&written.proposed("four", supply).await, &tried).await;
        let before = written.rows().await;
        for (linkage, expected, rule) in [
            (&second, "OVERLAP", "LINKAGES_OVERLAP"),
            (&third, "EXCLUSIVE", "EXCLUSIVITY_BROKEN"),
            (&fourth, "PREREQUISITE_MISSING", "LINKAGE_WITHOUT_AGREEMENT"),
        ] {
            let input = json!({ "idempotencyKey": rule, "id": linkage["id"], "expectedVersion": linkage["version"],
                                "startsOn": "2026-11-02" });
            let payload = written.verb(&ministry(), "activateLinkage", input.clone()).await;
            assert_eq!(faults(&payload), [(expected.to_owned(), "input".to_owned())], "{payload}");
            assert_eq!(payload["userErrors"][0]["rule"], rule);
            // A refusal may be tried again with its key.
            let again = written.verb(&ministry(), "activateLinkage", input).await;
            assert_eq!(again, payload);
        }
        assert_eq!(written.rows().await, before);
    })
    .await;
}
