//! Internship programs: visibility of a program, its batches, sessions and placements, after every kind of write.

mod concurrent;
mod migration;
mod rows;
mod visibility;

use sea_orm::ConnectionTrait;

use crate::{search::found, support::each_engine};

/// A search does not find hidden rows.
#[tokio::test]
async fn a_draft_is_not_found_until_it_is_published() {
    each_engine(async |registry| {
        let code = "MAGANG-KDKMP-2025-AL-ITTIFAQ";
        let set =
            |status: &str| format!("UPDATE internship_program SET status = '{status}' WHERE code = '{code}'");
        let finds = async |text: &str| found(registry, text).await.iter().any(|node| node["code"] == code);
        for text in [code, "magang kopdes al ittifaq"] {
            assert!(finds(text).await, "`{text}`");
        }
        registry.database.execute_unprepared(&set("DRAFT")).await.unwrap();
        for text in [code, "magang kopdes al ittifaq"] {
            assert!(!finds(text).await, "`{text}`");
        }
        registry.database.execute_unprepared(&set("RUNNING")).await.unwrap();
        assert!(finds(code).await);
    })
    .await;
}
