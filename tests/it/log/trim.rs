//! The log is trimmed without loss of what is needed, and compared with the rows.

use entity::claim;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use simpul::{
    access::Scope,
    registry::{history, placement},
    store::{number, writer::numbers},
};

use super::{Logged, each_logged};

impl Logged {
    async fn trimmed(&self, before: i64) -> (u64, i64) {
        let trimmed = self.writer.trim(before, &placement::waiting_since()).await.unwrap();
        (trimmed.changes, trimmed.horizon)
    }

    async fn at(&self, sequence: i64) -> i64 {
        let sql = format!("SELECT at FROM change WHERE sequence = {sequence} AND last");
        number(&self.registry.database, &sql).await.unwrap()
    }

    /// What the log and the rows disagree on: the numbers of gaps, lacking parts and times, and the nouns.
    async fn disagreement(&self) -> (i64, Vec<(&'static str, i64)>) {
        let found = numbers(&self.registry.database).await.unwrap();
        let nouns = history::replay(&self.registry.database, found.horizon).await.unwrap();
        let nouns = nouns.into_iter().filter(|(_, count)| *count > 0).collect();
        (found.gaps + found.parts + found.backwards, nouns)
    }
}

#[tokio::test]
async fn old_changes_are_trimmed_but_the_newest_and_those_that_claims_or_waiting_lists_need() {
    each_logged(async |logged| {
        logged.two_linkages().await;
        let (fourth, far) = (logged.at(4).await, i64::MAX);
        assert_eq!(logged.trimmed(far).await, (0, 0), "each claim needs its write");
        claim::Entity::delete_many()
            .filter(claim::Column::Sequence.lt(3))
            .exec(&logged.registry.database)
            .await
            .unwrap();
        assert_eq!(logged.trimmed(logged.at(1).await).await, (0, 0), "nothing is older");
        assert_eq!(logged.trimmed(far).await, (2, 2), "up to the first that a claim needs");
        assert_eq!(logged.code("{ changes(after: \"1\") { nodes { id } } }").await, "CURSOR_EXPIRED");
        logged.execute("DELETE FROM claim").await;
        logged
            .execute(
                "UPDATE change SET verb = 'confirmPlacement', noun = 'Placement', operation = 'UPDATED',
                 key = (SELECT id FROM placement WHERE status = 'WAITLISTED' ORDER BY id LIMIT 1) WHERE sequence = 3",
            )
            .await;
        assert_eq!(logged.trimmed(fourth).await, (0, 3), "who waits for a seat has waited since then");
        assert_eq!(logged.trimmed(far).await, (1, 4), "the newest is kept");
        assert_eq!(logged.trimmed(far).await, (0, 4));
        let told = logged.data(Scope::default(), "{ registry { sequence } changes { nodes { sequence } } }", json!({}));
        let told = told.await;
        assert_eq!(told, json!({ "registry": { "sequence": 5 }, "changes": { "nodes": [{ "sequence": 5 }] } }));
        let waits = "SELECT count(*) FROM change WHERE sequence <= 4";
        assert_eq!(number(&logged.registry.database, waits).await.unwrap(), 1, "who waits still has waited since then");
        let (_, nouns) = logged.disagreement().await;
        assert_eq!(nouns, [], "what is trimmed is not missed");
        let (next, _) = logged.proposed("after").await;
        assert_eq!(next["version"], 1);
        let sql = "SELECT max(sequence) FROM change";
        assert_eq!(number(&logged.registry.database, sql).await.unwrap(), 6, "numbers go on");
    })
    .await;
}

#[tokio::test]
async fn each_way_in_which_the_log_and_the_rows_can_disagree_is_found() {
    each_logged(async |logged| {
        logged.two_linkages().await;
        assert_eq!(logged.disagreement().await, (0, vec![]));
        let amended = "(SELECT key FROM change WHERE sequence = 3)";
        let of_linkage = |count| (0, vec![("BusinessLinkage", count)]);
        for (damage, repair, expected) in [
            (
                format!("UPDATE linkage SET version = version + 1 WHERE id = {amended}"),
                format!("UPDATE linkage SET version = version - 1 WHERE id = {amended}"),
                of_linkage(1),
            ),
            (
                format!("UPDATE linkage SET commodity_code = (SELECT max(code) FROM commodity) WHERE id = {amended}"),
                format!(
                    "UPDATE linkage SET commodity_code = (SELECT commodity_code FROM linkage_history
                     WHERE to_sequence = 3) WHERE id = {amended}"
                ),
                of_linkage(1),
            ),
            // The row is not since the newest change, and its last earlier state is followed by nothing.
            (
                format!("UPDATE linkage SET since_sequence = 2 WHERE id = {amended}"),
                format!("UPDATE linkage SET since_sequence = 3 WHERE id = {amended}"),
                of_linkage(2),
            ),
            (
                "UPDATE linkage_history SET to_sequence = 4 WHERE to_sequence = 3".to_owned(),
                "UPDATE linkage_history SET to_sequence = 3 WHERE to_sequence = 4".to_owned(),
                of_linkage(1),
            ),
            (
                "UPDATE change SET operation = 'DELETED' WHERE sequence = 3".to_owned(),
                "UPDATE change SET operation = 'UPDATED' WHERE sequence = 3".to_owned(),
                of_linkage(1),
            ),
            (
                "UPDATE change SET last = NOT last WHERE sequence = 2".to_owned(),
                "UPDATE change SET last = NOT last WHERE sequence = 2".to_owned(),
                (1, vec![]),
            ),
            (
                "UPDATE change SET at = at - 3600000000 WHERE sequence = 4".to_owned(),
                "UPDATE change SET at = at + 3600000000 WHERE sequence = 4".to_owned(),
                (1, vec![]),
            ),
            (
                "UPDATE change SET sequence = 9 WHERE sequence = 5".to_owned(),
                "UPDATE change SET sequence = 5 WHERE sequence = 9".to_owned(),
                (1, vec![("BusinessLinkage", 1)]),
            ),
        ] {
            logged.execute(&damage).await;
            assert_eq!(logged.disagreement().await, expected, "{damage}");
            logged.execute(&repair).await;
            assert_eq!(logged.disagreement().await, (0, vec![]), "{repair}");
        }
    })
    .await;
}
