//! Changes by the calendar: on their day, once, by the system.

use serde_json::{Value as Json, json};
use simpul::{
    registry::{calendar, rules::FINDINGS},
    store::{self, Writer},
};

use super::{Written, each_written, faults, ministry, registrar};

const MICROS_OF_A_DAY: i64 = 86_400_000_000;

/// Noon in Jakarta on the day that a statement selects as `yyyy-mm-dd`, and that many days later.
async fn noon(written: &Written, day: &str, later: i64) -> i64 {
    let day = match store::Engine::of(&written.database) {
        store::Engine::Sqlite => format!("CAST(strftime('%s', ({day})) AS INTEGER)"),
        store::Engine::Postgres => format!("CAST(extract(epoch FROM ({day})::timestamp) AS bigint)"),
    };
    let seconds = written.number(&format!("SELECT {day}")).await;
    (seconds + 5 * 3_600) * 1_000_000 + later * MICROS_OF_A_DAY
}

/// An agreement that ends, and an active linkage that rests on it.
const RESTING: &str = "FROM linkage l JOIN partnership p ON p.id = l.partnership_id
    WHERE l.status = 'ACTIVE' AND l.pattern <> 'GENERAL_TRADE' AND p.status = 'ACTIVE' AND p.effective_to IS NOT NULL";

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
        // Whatever their dates say, the load states how its rows were on that day.
        let loaded = written.number("SELECT max(loaded_at) FROM data_load").await;
        let nothing = calendar::change(&writer, loaded).await.unwrap();
        assert_eq!((nothing.changed, nothing.refused), (0, Vec::new()));

        let first = format!("SELECT min(p.effective_to) {RESTING}");
        let last_day = noon(written, &first, 0).await;
        let before = calendar::change(&writer, last_day).await.unwrap();
        assert_eq!(before.refused, []);
        let expired = "SELECT count(*) FROM change WHERE verb = 'expirePartnership' AND actor = 'system'
                       AND role IS NULL AND noun = 'Partnership' AND operation = 'UPDATED'";
        let earlier = written.number(expired).await;
        let ended = format!("SELECT count(DISTINCT p.id) {RESTING} AND p.effective_to = ({first})");
        let rest = written.number(&ended).await;
        let resting = format!("SELECT count(*) {RESTING} AND p.effective_to = ({first})");
        let resting = written.number(&resting).await;
        assert!(rest > 0 && resting > 0);
        assert_eq!(written.number(&FINDINGS[0].count()).await, 0, "it is in force on its last day");
        assert_eq!(findings(written, "").await, Vec::<Json>::new());
        let of_source = "SELECT count(*) FROM partnership WHERE source = 'API'";
        let versions = "SELECT coalesce(sum(version), 0) FROM partnership";
        let raised = written.number(versions).await;

        let other = Writer::open(&written.url).await.unwrap().unwrap();
        let next_day = last_day + MICROS_OF_A_DAY;
        let (one, two) = tokio::join!(calendar::change(&writer, next_day), calendar::change(&other, next_day));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!((&one.refused, &two.refused), (&vec![], &vec![]), "an agreement that expires breaks no rule");
        let changed = i64::try_from(one.changed + two.changed).unwrap();
        assert!(changed >= rest);
        assert_eq!(written.number(versions).await, raised + changed, "each changed once");
        assert!(written.number(expired).await - earlier >= rest);
        assert_eq!(written.number(of_source).await, 0, "what follows from a row keeps its source");

        assert_eq!(written.number(&FINDINGS[0].count()).await, resting);
        let all = findings(written, "").await;
        assert_eq!(i64::try_from(all.len()).unwrap(), resting);
        let place = format!(
            "SELECT CAST(substr(c.region_code, 1, 2) AS INTEGER) FROM linkage l JOIN partnership p ON p.id = l.partnership_id
             JOIN cooperative c ON c.id IN (l.supplier_id, l.buyer_id)
             WHERE l.status = 'ACTIVE' AND p.status = 'EXPIRED' AND l.pattern <> 'GENERAL_TRADE' ORDER BY l.id LIMIT 1"
        );
        let own = written.number(&place).await.to_string();
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
