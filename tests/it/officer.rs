//! Officers: the name is public, the id of the person is not.

use serde_json::Value;

use crate::support::each_engine;

#[tokio::test]
async fn an_officers_name_is_public_and_the_rest_of_the_person_is_not() {
    each_engine(async |registry| {
        let document = "{ cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { officers(first: 1) { nodes { name title person { phone } } } } }";
        let answer = registry.ask(document).await;
        assert_eq!(answer.code(), "FORBIDDEN");
        let officer = &answer.body["data"]["cooperative"]["officers"]["nodes"][0];
        assert_eq!(officer["name"], "Setia Irawan");
        assert_eq!(officer["title"], "CEO");
        assert_eq!(officer["person"], Value::Null);
    })
    .await;
}
