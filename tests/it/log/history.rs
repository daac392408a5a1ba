//! `history`: what each write did to a record.

use std::collections::BTreeMap;

use entity::{partnership, placement, vocabulary::PartnershipStatus};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::{Value, json};
use simpul::{access::Scope, graph::id};

use super::{Logged, MINISTRY, each_logged};

async fn history(logged: &Logged, scope: Scope, id: &Value) -> Vec<Value> {
    let noun = "... on BusinessLinkage { history { ...H } } ... on Partnership { history { ...H } } ... on Placement { history { ...H } }";
    let document = format!(
        "query($id: ID!) {{ node(id: $id) {{ {noun} }} }}
         fragment H on HistoryEntryConnection {{ nodes {{ sequence at actor verb changes {{ field before after }} }} }}"
    );
    let data = logged.data(scope, &document, json!({ "id": id })).await;
    data["node"]["history"]["nodes"].as_array().unwrap().clone()
}

/// The changes of an entry, by field.
fn changes(entry: &Value) -> BTreeMap<&str, [&Value; 2]> {
    let changes = entry["changes"].as_array().unwrap().iter();
    changes.map(|change| (change["field"].as_str().unwrap(), [&change["before"], &change["after"]])).collect()
}

#[tokio::test]
async fn a_history_has_the_fields_that_were_sent_before_and_after() {
    each_logged(async |logged| {
        let (one, sent) = logged.proposed("1").await;
        logged
            .verb(
                "amendLinkage",
                json!({ "idempotencyKey": "2", "id": one["id"], "expectedVersion": 1, "annualValue": "300000000",
                        "annualVolume": null, "paymentTermDays": 30 }),
            )
            .await;
        logged.verb("negotiateLinkage", json!({ "idempotencyKey": "3", "id": one["id"], "expectedVersion": 2 })).await;

        let entries = history(logged, Scope::default(), &one["id"]).await;
        let told: Vec<_> = entries.iter().map(|entry| json!([entry["sequence"], entry["actor"], entry["verb"]])).collect();
        assert_eq!(
            json!(told),
            json!([[3, "MINISTRY", "negotiateLinkage"], [2, "MINISTRY", "amendLinkage"], [1, "MINISTRY", "proposeLinkage"]])
        );
        assert_eq!(changes(&entries[0]), BTreeMap::from([("status", [&json!("PROPOSED"), &json!("NEGOTIATING")])]));
        assert_eq!(
            changes(&entries[1]),
            BTreeMap::from([
                ("annualValue", [&json!("250000000"), &json!("300000000")]),
                ("annualVolume", [&json!("12.5"), &Value::Null]),
                ("paymentTermDays", [&Value::Null, &json!("30")]),
            ])
        );
        let created = changes(&entries[2]);
        for field in ["supplier", "buyer", "commodity", "kind", "pattern", "annualValue", "annualVolume", "unit"] {
            assert_eq!(created[field], [&Value::Null, &sent[field]], "{field}");
        }
        let others: Vec<_> = created.keys().filter(|field| sent.get(**field).is_none()).collect();
        assert_eq!(others, [&"code", &"exclusive", &"status"], "what was not sent");
    })
    .await;
}

#[tokio::test]
async fn histories_are_paged_and_batched_and_a_loaded_record_has_none() {
    each_logged(async |logged| {
        let [one, _] = logged.two_linkages().await;
        let document = "query($id: ID!, $after: String) { node(id: $id) { ... on BusinessLinkage {
            history(first: 2, after: $after) { nodes { sequence } pageInfo { hasNextPage endCursor } } } } }";
        let first =
            logged.data(Scope::default(), document, json!({ "id": one })).await["node"]["history"].clone();
        assert_eq!(first["nodes"], json!([{ "sequence": 3 }, { "sequence": 2 }]));
        let after = json!({ "id": one, "after": first["pageInfo"]["endCursor"] });
        let second = logged.data(Scope::default(), document, after).await["node"]["history"].clone();
        assert_eq!(
            (&second["nodes"], &second["pageInfo"]["hasNextPage"]),
            (&json!([{ "sequence": 1 }]), &json!(false))
        );

        let many = "{ linkages(first: 30, orderBy: [{field: UPDATED_AT, direction: DESC}]) { nodes { code
            history { nodes { verb changes { field after } } } } } }";
        let (answer, statements) = logged.answer(Scope::default(), many, json!({})).await;
        let counts = answer["data"]["linkages"]["nodes"].as_array().unwrap().iter();
        let mut counts: Vec<_> =
            counts.map(|node| node["history"]["nodes"].as_array().unwrap().len()).collect();
        counts.sort_unstable();
        assert_eq!((&counts[28..], counts[27]), (&[2, 3][..], 0));
        assert!(
            statements <= 9,
            "{statements} statements: rows, entries, states and parties, and once more in a snapshot"
        );
    })
    .await;
}

#[tokio::test]
async fn a_history_does_not_tell_what_a_caller_may_not_see() {
    each_logged(async |logged| {
        let signed = partnership::Entity::find()
            .filter(partnership::Column::Status.eq(PartnershipStatus::Active))
            .one(&logged.registry.database)
            .await
            .unwrap()
            .unwrap();
        let row = |status, value: i64| partnership::ActiveModel {
            status: Set(status),
            value: Set(Some(value)),
            ..Default::default()
        };
        let hidden = logged
            .update::<partnership::Entity>("Partnership", &signed, row(PartnershipStatus::Draft, 17))
            .await;
        logged
            .update::<partnership::Entity>("Partnership", &hidden, row(PartnershipStatus::Active, 18))
            .await;
        let id = json!(id::encode("Partnership", &signed.id.into()).0);
        let told = history(logged, Scope::default(), &id).await;
        let value = signed.value.map_or(Value::Null, |value| json!(value.to_string()));
        assert_eq!(changes(&told[0]), BTreeMap::from([("value", [&value, &json!("18")])]));
        assert_eq!(
            (&told[1]["actor"], &told[1]["verb"], &told[1]["changes"]),
            (&Value::Null, &Value::Null, &json!([]))
        );
        let all = history(logged, MINISTRY, &id).await;
        assert_eq!((&all[1]["actor"], &all[1]["verb"]), (&json!("SYSTEM"), &json!("amendRecord")));
        assert_eq!(changes(&all[1])["value"], [&value, &json!("17")]);

        // Scores are nobody's to read.
        let seat = placement::Entity::find()
            .filter(placement::Column::ScoreMilli.is_not_null())
            .filter(placement::Column::ProgramVisible.eq(true))
            .one(&logged.registry.database)
            .await
            .unwrap()
            .unwrap();
        let row = placement::ActiveModel { score_milli: Set(Some(61_000)), ..Default::default() };
        logged.update::<placement::Entity>("Placement", &seat, row).await;
        let id = json!(id::encode("Placement", &seat.id.into()).0);
        assert_eq!(history(logged, MINISTRY, &id).await[0]["changes"], json!([]));
    })
    .await;
}
