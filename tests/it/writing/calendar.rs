//! Changes by the calendar: on their day, once, by the system.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value as Json, json};
use simpul::{
    registry::{calendar, rules::FINDINGS},
    store::{Engine, Writer, clock},
};

use super::{Written, each_written, faults, ministry, registrar};

const DAY: i64 = 86_400_000_000;

/// The agreement that ends in this test, which an active linkage rests on.
const AGREEMENT: &str =
    "(SELECT min(CAST(p.number AS TEXT)) FROM linkage l JOIN partnership p ON p.id = l.partnership_id
    WHERE l.status = 'ACTIVE' AND l.pattern <> 'GENERAL_TRADE' AND p.status IN ('ACTIVE', 'EXPIRED')
    AND p.effective_to IS NOT NULL)";

/// The findings that a caller is shown: the linkages of the only kind.
async fn findings(written: &Written, region: &str) -> Vec<Json> {
    let document = "{ viewer { findings { code message linkages(first: 100) { nodes { id } } } } }";
    let viewer = if region.is_empty() { ministry() } else { registrar(region) };
    let answer = written.answer(&viewer, document, json!({})).await;
    let finding = &answer["data"]["viewer"]["findings"][0];
    assert_eq!(finding["code"], "AGREEMENT_EXPIRED", "{answer}");
    finding["linkages"]["nodes"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_agreement_expires_on_its_day_once_and_what_rests_on_it_is_a_finding() {
    each_written(async |written| {
        let writer = Writer::open(&written.url).await.unwrap().unwrap();
        // Its last day was the day before yesterday.
        let (now, none) = (clock::now_micros(), BTreeSet::new());
        let last = clock::day_of(now - 2 * DAY);
        let noon = clock::start_of(last) + DAY / 2;
        let of_agreement = format!("partnership WHERE number = {AGREEMENT}");
        written.execute(&format!("UPDATE partnership SET effective_to = '{last}' WHERE number = {AGREEMENT}")).await;
        let number = |of: &str| format!("SELECT {of} FROM {of_agreement}");
        assert_eq!(written.number(&number("count(*)")).await, 1);
        let loaded = calendar::change(&writer, now, &none).await.unwrap();
        assert_eq!((loaded.changed, loaded.refused), (0, Vec::new()), "a load states how its rows were on that day");
        // As if a verb had written it.
        written.execute(&format!("UPDATE partnership SET since_sequence = 1 WHERE number = {AGREEMENT}")).await;
        let resting = written
            .number(&format!("SELECT count(*) FROM linkage WHERE status = 'ACTIVE' AND pattern <> 'GENERAL_TRADE'
                              AND partnership_id = (SELECT id FROM {of_agreement})"))
            .await;
        assert!(resting > 0);
        let of_source = "SELECT count(*) FROM partnership WHERE source = 'API'";
        let version = written.number(&number("CAST(version AS BIGINT)")).await;

        let early = calendar::change(&writer, noon, &none).await.unwrap();
        assert_eq!((early.changed, early.refused), (0, Vec::new()), "it is in force on its last day");
        assert_eq!(written.number(&FINDINGS[0].count(Engine::of(&written.database))).await, 0);
        assert_eq!(findings(written, "").await, Vec::<Json>::new());

        let agreements = entity::partnership::Entity::find().all(&written.database).await.unwrap();
        let left = agreements.into_iter().map(|agreement| agreement.id).collect();
        let refused = calendar::change(&writer, now, &left).await.unwrap();
        assert_eq!((refused.changed, refused.refused), (0, Vec::new()), "what was refused is left");
        let other = Writer::open(&written.url).await.unwrap().unwrap();
        let (one, two) = tokio::join!(calendar::change(&writer, now, &none), calendar::change(&other, now, &none));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!((&one.refused, &two.refused), (&vec![], &vec![]), "an agreement that expires breaks no rule");
        assert_eq!(one.changed + two.changed, 1, "by one of the nodes");
        assert_eq!(written.number(&number("CAST(version AS BIGINT)")).await, version + 1);
        let expired = "SELECT count(*) FROM change WHERE verb = 'expirePartnership' AND actor = 'system'
                       AND role IS NULL AND noun = 'Partnership' AND operation = 'UPDATED'";
        assert_eq!(written.number(expired).await, 1);
        assert_eq!(written.number(of_source).await, 0, "what follows from a row keeps its source");

        assert_eq!(written.number(&FINDINGS[0].count(Engine::of(&written.database))).await, resting);
        let all = findings(written, "").await;
        assert_eq!(i64::try_from(all.len()).unwrap(), resting);
        let place = "SELECT CAST(substr(c.region_code, 1, 2) AS BIGINT) FROM linkage l JOIN partnership p ON p.id = l.partnership_id
             JOIN cooperative c ON c.id IN (l.supplier_id, l.buyer_id)
             WHERE l.status = 'ACTIVE' AND p.status = 'EXPIRED' AND l.pattern <> 'GENERAL_TRADE' ORDER BY l.id LIMIT 1";
        let own = written.number(place).await.to_string();
        assert!(!findings(written, &own).await.is_empty(), "its region's office sees it");
        let elsewhere = findings(written, if own == "11" { "94" } else { "11" }).await;
        assert!(elsewhere.len() < all.len(), "other offices do not");
        let public = written.registry.data("{ viewer { findings { code } } }").await;
        assert_eq!(public["viewer"]["findings"], json!([]));

        let held = written.moved(&all[0], "holdLinkage").await;
        assert_eq!(faults(&held), [], "{held}");
        let resumed = written.moved(&held["linkage"], "resumeLinkage").await;
        assert_eq!(faults(&resumed), [("PREREQUISITE_MISSING".to_owned(), "input.id".to_owned())]);
    })
    .await;
}

impl Written {
    async fn execute(&self, sql: &str) {
        self.database.execute_unprepared(sql).await.unwrap();
    }

    /// The payload of a verb without further input by the ministry.
    async fn moved(&self, linkage: &Json, verb: &str) -> Json {
        let document = "query($id: ID!) { linkage(by: {id: $id}) { id version } }";
        let answer = self.answer(&ministry(), document, json!({ "id": linkage["id"] })).await;
        let linkage = &answer["data"]["linkage"];
        let input = json!({ "idempotencyKey": format!("{verb} {linkage}"), "id": linkage["id"],
                            "expectedVersion": linkage["version"] });
        self.verb(&ministry(), verb, input).await
    }
}
