//! Partnerships: drafts are in no list, count or lookup.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{partnership, vocabulary::PartnershipStatus};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use crate::support::each_engine;

#[tokio::test]
async fn a_draft_is_in_no_answer() {
    each_engine(async |registry| {
        let all = partnership::Entity::find().count(&registry.database).await.unwrap();
        let hidden = partnership::Column::Status.is_in([
            PartnershipStatus::Draft,
            PartnershipStatus::InReview,
            PartnershipStatus::Cancelled,
        ]);
        let drafts = partnership::Entity::find().filter(hidden).all(&registry.database).await.unwrap();
        assert!(!drafts.is_empty());
        let data = registry.data("{ partnerships { totalCount } }").await;
        assert_eq!(data["partnerships"]["totalCount"], all - drafts.len() as u64);
        let id = URL_SAFE_NO_PAD.encode(format!("Partnership:{}", drafts[0].id.simple()));
        let document = "query($id: ID!) { node(id: $id) { id } partnership(by: {id: $id}) { number } }";
        let data = registry.ask_with(document, json!({ "id": id })).await.data();
        assert_eq!(data, json!({ "node": null, "partnership": null }));
    })
    .await;
}
