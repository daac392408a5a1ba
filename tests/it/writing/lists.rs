//! Lists of a record, whose rows have no version: its history tells them with the record.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value as Json, json};
use simpul::store::Engine;

use super::{Written, each_written, ministry, season::Season};

const DRAFT: (&str, &str) = ("draftPartnership", "DraftPartnershipInput");
const AMEND: (&str, &str) = ("amendPartnership", "AmendPartnershipInput");

/// The lists that the newest entry of a partnership's history tells, before and after.
async fn told(written: &Written, id: &Json) -> Vec<[Json; 2]> {
    let document = "query($id: ID!) { node(id: $id) { ... on Partnership { history(first: 1) { nodes { changes { field before after } } } } } }";
    let answer = written.told(&ministry(), document, json!({ "id": id })).await;
    let changes = answer["data"]["node"]["history"]["nodes"][0]["changes"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"));
    let list = |value: &Json| value.as_str().map_or(Json::Null, |text| serde_json::from_str(text).unwrap());
    let lists = changes.iter().filter(|change| change["field"] == "parties");
    lists.map(|change| [list(&change["before"]), list(&change["after"])]).collect()
}

#[tokio::test]
async fn a_history_tells_who_joined_and_who_left_an_agreement() {
    each_written(async |written| {
        let season = Season { written, noun: "Partnership", field: "partnership", shown: "title" };
        let parties = written.proposal("parties").await;
        let (cooperative, institution) = (&parties["supplier"], &parties["buyer"]);
        let others = written.registry.data("{ institutions(first: 2) { nodes { id } } }").await;
        let third = &others["institutions"]["nodes"][1]["id"];
        let member = |id: &Json, role: &str| json!({ "party": id, "role": role });
        let listed = |id: &Json, role: &str| json!({ "id": id, "role": role });
        let two = json!([member(institution, "FIRST"), member(cooperative, "SECOND")]);
        let draft = json!({ "idempotencyKey": "draft", "number": "PKS/90/2026", "title": "Kerja sama zaitunia",
            "kind": "COOPERATION_AGREEMENT", "parties": two });
        let draft = season.make(&ministry(), DRAFT, draft).await;
        let first = json!([listed(institution, "FIRST"), listed(cooperative, "SECOND")]);
        assert_eq!(told(written, &draft["id"]).await, [[Json::Null, first.clone()]]);
        let mut three = two.clone();
        three.as_array_mut().unwrap().push(member(third, "WITNESS"));
        let joined = season.lead(&ministry(), AMEND, &draft, json!({ "parties": three })).await;
        let three = json!([listed(institution, "FIRST"), listed(cooperative, "SECOND"), listed(third, "WITNESS")]);
        assert_eq!(told(written, &draft["id"]).await, [[first.clone(), three.clone()]]);
        let renamed = season.lead(&ministry(), AMEND, &joined, json!({ "title": "Kerja sama baru" })).await;
        assert!(told(written, &draft["id"]).await.is_empty(), "another change tells no list");
        season.lead(&ministry(), AMEND, &renamed, json!({ "parties": two })).await;
        assert_eq!(told(written, &draft["id"]).await, [[three, first]]);
    })
    .await;
}

/// SQLite reads the lists of one record by keys, and not all rows of all lists.
#[tokio::test]
async fn the_lists_of_a_record_are_read_by_keys() {
    each_written(async |written| {
        if written.registry.engine != Engine::Sqlite {
            return;
        }
        let columns = ["record_id", "list", "target_id", "target_code", "role", "since_sequence"];
        let order = columns.map(|column| format!("x.{column}")).join(", ");
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT (SELECT json_group_array(t.list) FROM (SELECT x.* FROM linked_state x
                WHERE x.record_id = k.key ORDER BY {order}) t) FROM (SELECT unhex(value) AS key FROM json_each('[\"00\"]')) k"
        );
        let statement = Statement::from_string(written.database.get_database_backend(), sql);
        let plan = written.database.query_all_raw(statement).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        let by_key = steps.iter().filter(|step| step.starts_with("SEARCH") && step.contains("_id=?"));
        assert_eq!(by_key.count(), 10, "{steps:#?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN partnership_party")), "{steps:#?}");
    })
    .await;
}
