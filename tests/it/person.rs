//! People: no id reveals whether a record exists.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::EntityTrait;
use serde_json::json;

use crate::support::each_engine;

/// The id of a person that exists answers like one that does not.
#[tokio::test]
async fn no_id_reveals_whether_a_person_exists() {
    each_engine(async |registry| {
        let person = entity::person::Entity::find().one(&registry.database).await.unwrap().unwrap();
        for key in [person.id.simple().to_string(), "0".repeat(32)] {
            let id = URL_SAFE_NO_PAD.encode(format!("Person:{key}"));
            let answer =
                registry.ask_with("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
            assert_eq!(answer.statements, 0);
            assert_eq!(answer.data(), json!({ "node": null }));
        }
    })
    .await;
}
