//! `changes`: the feed that followers read page by page.

use entity::{change, cooperative, partnership, vocabulary::PartnershipStatus};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::{Value, json};
use simpul::{
    access::Scope,
    graph::{
        cursor::{self, Fingerprint},
        id,
    },
};

use super::{Logged, MINISTRY, PUBLIC, committed, each_logged};

const PAGE: &str = "query($after: String, $first: Int, $nouns: [String!], $within: RegionCode) {
    changes(after: $after, first: $first, nouns: $nouns, within: $within) {
        nodes { sequence at operation verb noun id version } pageInfo { hasNextPage endCursor } } }";

async fn page(logged: &Logged, scope: Scope, variables: Value) -> Value {
    logged.data(scope, PAGE, variables).await["changes"].clone()
}

/// All changes after a cursor, read in pages of this length.
async fn all(logged: &Logged, scope: Scope, first: usize, mut variables: Value) -> Vec<Value> {
    let mut nodes = Vec::new();
    variables["first"] = first.into();
    loop {
        let page = page(logged, scope.clone(), variables.clone()).await;
        let new = page["nodes"].as_array().unwrap();
        assert!(new.len() <= first);
        nodes.extend(new.iter().cloned());
        variables["after"] = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            return nodes;
        }
    }
}

/// The log as the database has it.
pub(super) async fn table(logged: &Logged) -> Vec<Value> {
    let rows = change::Entity::find()
        .order_by_asc(change::Column::Sequence)
        .order_by_asc(change::Column::Position)
        .all(&logged.registry.database)
        .await
        .unwrap();
    let told = rows.into_iter().map(|row| {
        json!({ "sequence": row.sequence, "operation": row.operation.to_value(), "verb": row.verb, "noun": row.noun,
                "id": id::encode(&row.noun, &row.key.into()).0, "version": row.version })
    });
    told.collect()
}

pub(super) fn without_time(nodes: &[Value]) -> Vec<Value> {
    let mut nodes = nodes.to_vec();
    for node in &mut nodes {
        node.as_object_mut().unwrap().remove("at");
    }
    nodes
}

#[tokio::test]
async fn followers_read_the_log_page_by_page_from_any_cursor() {
    each_logged(async |logged| {
        assert_eq!(
            logged.data(PUBLIC, "{ registry { sequence } }", json!({})).await["registry"]["sequence"],
            json!(0)
        );
        let empty = page(logged, PUBLIC, json!({})).await;
        assert_eq!((&empty["nodes"], &empty["pageInfo"]["hasNextPage"]), (&json!([]), &json!(false)));
        let [one, _] = logged.two_linkages().await;

        let (answer, statements) = logged
            .answer(PUBLIC, "{ registry { sequence } institutions(first: 1) { nodes { name } } }", json!({}))
            .await;
        assert_eq!((&answer["data"]["registry"]["sequence"], statements), (&json!(5), 1));
        // A write of two records, between which a page ends.
        let rows = partnership::Entity::find()
            .filter(partnership::Column::Status.eq(PartnershipStatus::Active))
            .limit(2)
            .all(&logged.registry.database)
            .await
            .unwrap();
        let mut transaction = logged.writer.begin().await.unwrap();
        for before in &rows {
            let row = partnership::ActiveModel { value: Set(Some(1)), ..Default::default() };
            transaction.update::<partnership::Entity>("Partnership", before, row).await.unwrap();
        }
        committed(transaction).await;
        let table = table(logged).await;
        assert_eq!(table.len(), 7);
        for first in [1, 2, 6, 100] {
            assert_eq!(without_time(&all(logged, PUBLIC, first, json!({})).await), table, "pages of {first}");
        }
        // An empty log gave a cursor to begin at; so does a number.
        let begin = json!({ "after": empty["pageInfo"]["endCursor"] });
        assert_eq!(without_time(&all(logged, PUBLIC, 3, begin).await), table);
        assert_eq!(without_time(&all(logged, PUBLIC, 3, json!({ "after": "2" })).await), table[2..]);

        // A filter that matches nothing goes on from the end of the log.
        let nothing = page(logged, PUBLIC, json!({ "nouns": [] })).await;
        assert_eq!(nothing["nodes"], json!([]), "no noun is none");
        let none = page(logged, PUBLIC, json!({ "nouns": ["Cooperative", "Officer"] })).await;
        assert_eq!((&none["nodes"], &none["pageInfo"]["hasNextPage"]), (&json!([]), &json!(false)));
        logged.verb("dropLinkage", json!({ "idempotencyKey": "6", "id": one, "expectedVersion": 3 })).await;
        let new = page(
            logged,
            PUBLIC,
            json!({ "after": none["pageInfo"]["endCursor"], "nouns": ["BusinessLinkage"] }),
        )
        .await;
        assert_eq!(new["nodes"].as_array().unwrap().len(), 1);
        assert_eq!((&new["nodes"][0]["verb"], &new["nodes"][0]["id"]), (&json!("dropLinkage"), &one));

        let (_, statements) = logged.answer(PUBLIC, PAGE, json!({})).await;
        assert_eq!(statements, 1, "a page is one statement, visible rows included");
    })
    .await;
}

#[tokio::test]
async fn a_record_that_a_caller_cannot_see_any_more_is_a_tombstone_and_one_that_it_never_saw_is_not_told() {
    each_logged(async |logged| {
        let signed = partnership::Entity::find()
            .filter(partnership::Column::Status.eq(PartnershipStatus::Active))
            .one(&logged.registry.database)
            .await
            .unwrap()
            .unwrap();
        let row = |status| partnership::ActiveModel { status: Set(status), ..Default::default() };
        let hidden = logged
            .update::<partnership::Entity>("Partnership", &signed, row(PartnershipStatus::Draft))
            .await;
        logged.update::<partnership::Entity>("Partnership", &hidden, row(PartnershipStatus::InReview)).await;

        let told = all(logged, PUBLIC, 10, json!({})).await;
        let id = id::encode("Partnership", &signed.id.into()).0;
        let tombstone = json!({ "sequence": 1, "operation": "DELETED", "verb": null, "noun": "Partnership", "id": id,
                                "version": null });
        assert_eq!(without_time(&told), [tombstone], "the second change was of a hidden record");
        assert_eq!(without_time(&all(logged, MINISTRY, 10, json!({})).await), table(logged).await);
    })
    .await;
}

#[tokio::test]
async fn within_a_region_a_record_that_moves_out_is_a_tombstone() {
    each_logged(async |logged| {
        logged.two_linkages().await;
        assert_eq!(all(logged, PUBLIC, 2, json!({ "within": "32" })).await.len(), 5, "the supplier is there");
        assert_eq!(all(logged, PUBLIC, 2, json!({ "within": "94" })).await.len(), 0);

        let find = |code: &'static str| {
            let starts = cooperative::Column::RegionCode.starts_with(code);
            cooperative::Entity::find().filter(starts).one(&logged.registry.database)
        };
        let (from, to) = (find("32.").await.unwrap().unwrap(), find("93.").await.unwrap().unwrap());
        let row = cooperative::ActiveModel { region_code: Set(to.region_code), ..Default::default() };
        logged.update::<cooperative::Entity>("Cooperative", &from, row).await;
        for (code, expected) in [("32", json!(["DELETED"])), ("93", json!(["UPDATED"])), ("11", json!([]))] {
            let told = all(logged, PUBLIC, 9, json!({ "within": code, "nouns": ["Cooperative"] })).await;
            let told: Vec<_> = told.iter().map(|node| node["operation"].clone()).collect();
            assert_eq!(json!(told), expected, "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_below_the_horizon_beyond_the_head_or_of_another_epoch_is_expired() {
    each_logged(async |logged| {
        logged.two_linkages().await;
        logged.execute("DELETE FROM change WHERE sequence <= 3").await;
        logged.execute("UPDATE change_horizon SET sequence = 3").await;
        let with = |after: &str| format!("{{ changes(after: \"{after}\") {{ nodes {{ id }} }} }}");
        let copy = cursor::encode(Fingerprint::of_text("changes"), &[7.into(), 4.into(), 0.into()]);
        for after in ["2", "6", copy.as_str()] {
            assert_eq!(logged.code(&with(after)).await, "CURSOR_EXPIRED", "{after}");
        }
        for document in [with("3"), "{ changes { nodes { id } } }".to_owned()] {
            let told = logged.data(Scope::default(), &document, json!({})).await;
            assert_eq!(told["changes"]["nodes"].as_array().unwrap().len(), 2, "{document}");
        }
        for (arguments, code) in [
            ("after: \"?\"", "CURSOR_INVALID"),
            ("first: 101", "BAD_USER_INPUT"),
            ("nouns: [\"Person\"]", "BAD_USER_INPUT"),
            ("within: \"99\"", "BAD_USER_INPUT"),
        ] {
            let document = format!("{{ changes({arguments}) {{ nodes {{ id }} }} }}");
            assert_eq!(logged.code(&document).await, code, "{arguments}");
        }
    })
    .await;
}
