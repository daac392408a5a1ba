//! Placements: which rows and fields are public, and their order by batch.

use entity::{
    placement::{Column, Entity},
    vocabulary::PlacementStatus::{self, Incomplete, NoShow, Rejected, Withdrawn},
};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::each_engine;

/// Seats that were lost, or never taken.
const LOST: [PlacementStatus; 4] = [Rejected, Withdrawn, Incomplete, NoShow];

#[tokio::test]
async fn an_unsuccessful_placement_is_in_no_list_and_no_count() {
    each_engine(async |registry| {
        let lost = Entity::find().filter(Column::Status.is_in(LOST)).count(&registry.database).await.unwrap();
        let visible = Entity::find()
            .filter(Column::Status.is_not_in(LOST))
            .filter(Column::ProgramVisible.eq(true))
            .count(&registry.database)
            .await
            .unwrap();
        assert!(lost > 0 && visible > 0);
        let document = "query($lost: [PlacementStatus!]) { placements { totalCount }
            lost: placements(where: {status: {in: $lost}}) { totalCount nodes { id } }
            placementAggregate { nodes { count } } }";
        let words = LOST.map(|status| status.to_value());
        let data = registry.ask_with(document, json!({ "lost": words })).await.data();
        assert_eq!(data["placements"]["totalCount"], visible);
        assert_eq!(data["placementAggregate"]["nodes"][0]["count"], visible);
        assert_eq!(data["lost"], json!({ "totalCount": 0, "nodes": [] }));
    })
    .await;
}

/// The order reads a column of the batch; the batch leads back to the seat.
#[tokio::test]
async fn placements_sort_by_the_first_day_of_their_batch() {
    each_engine(async |registry| {
        let document = "{ placements(first: 100, orderBy: [{field: BATCH_STARTS_ON, direction: DESC, nulls: LAST}],
            where: {status: {eq: GRADUATED}}) { nodes { id status batch { startsOn placements(first: 100) { nodes { id } } } } } }";
        let data = registry.limited_to(u32::MAX).data(document).await;
        let nodes = data["placements"]["nodes"].as_array().unwrap();
        let days: Vec<&str> = nodes.iter().map(|node| node["batch"]["startsOn"].as_str().unwrap()).collect();
        assert!(days.len() == 100 && days.is_sorted_by(|one, next| one >= next), "{days:?}");
        for node in nodes {
            assert_eq!(node["status"], "GRADUATED");
            let seats = node["batch"]["placements"]["nodes"].as_array().unwrap();
            assert!(seats.iter().any(|seat| seat["id"] == node["id"]), "{node}");
        }
    })
    .await;
}

#[tokio::test]
async fn participants_and_scores_are_refused_to_the_public() {
    each_engine(async |registry| {
        let answer = registry.ask("{ placements(first: 2) { nodes { status cooperative { name } person { name } score attendanceDays } } }").await;
        let nodes = answer.body["data"]["placements"]["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), 2);
        for node in nodes {
            assert!(node["status"].is_string() && node["cooperative"]["name"].is_string());
            assert_eq!([&node["person"], &node["score"], &node["attendanceDays"]], [&Value::Null; 3]);
        }
        let errors = answer.body["errors"].as_array().unwrap();
        // One for each field, whose count is that of the rows.
        assert_eq!(errors.len(), 3);
        assert!(errors.iter().all(|error| error["extensions"]["count"] == 2));
        assert!(errors.iter().all(|error| error["extensions"]["code"] == "FORBIDDEN"));
    })
    .await;
}
