//! Internship batches: the participant count is the number of visible placements.

use serde_json::{Value as Json, json};

use crate::support::each_engine;

/// Seats taken are seats that anyone can count: no difference tells how many left.
#[tokio::test]
async fn a_batch_counts_as_many_participants_as_it_shows() {
    each_engine(async |registry| {
        let document = "query($after: String) { internshipBatches(first: 100, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { participantCount
              placements(where: {status: {in: [CONFIRMED, ATTENDING, GRADUATED]}}) { totalCount } } } }";
        let (mut after, mut batches) = (Json::Null, 0);
        loop {
            let data = registry.ask_with(document, json!({ "after": after })).await.data();
            let page = &data["internshipBatches"];
            for batch in page["nodes"].as_array().unwrap() {
                assert_eq!(batch["participantCount"], batch["placements"]["totalCount"]);
                batches += 1;
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert!(batches > 10);
    })
    .await;
}
