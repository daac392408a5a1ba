//! Training sessions: their order, and that they are hidden with their program.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{data::number, support::each_engine};

const PROGRAM: &str = "MAGANG-2026-0031";

const SESSIONS: &str = "query($code: String!) { internshipProgram(by: {code: $code}) { batches { nodes { id
    sessions(first: 100) { totalCount nodes { id heldOn hours batch { id } } }
    longest: sessions(first: 1, orderBy: [{field: HOURS, direction: DESC}]) { nodes { hours } } } } } }";

#[tokio::test]
async fn sessions_of_a_batch_are_in_order_of_time() {
    each_engine(async |registry| {
        let data = registry.ask_with(SESSIONS, json!({ "code": PROGRAM })).await.data();
        let mut held = 0;
        for batch in data["internshipProgram"]["batches"]["nodes"].as_array().unwrap() {
            let sessions = batch["sessions"]["nodes"].as_array().unwrap();
            assert_eq!(batch["sessions"]["totalCount"], sessions.len());
            assert!(sessions.iter().all(|session| session["batch"]["id"] == batch["id"]), "{batch}");
            let days: Vec<&str> =
                sessions.iter().map(|session| session["heldOn"].as_str().unwrap()).collect();
            assert!(days.is_sorted(), "{days:?}");
            let hours = |session: &Value| session["hours"].as_str().unwrap().parse::<f64>().unwrap();
            let longest = sessions.iter().map(hours).fold(0.0, f64::max);
            let first = batch["longest"]["nodes"].as_array().unwrap().first();
            assert!(first.is_none_or(|first| hours(first) >= longest), "{batch}");
            held += sessions.len();
        }
        assert!(held > 10, "{held}");
    })
    .await;
}

#[tokio::test]
async fn a_session_is_hidden_with_its_program() {
    each_engine(async |registry| {
        let data = registry.ask_with(SESSIONS, json!({ "code": PROGRAM })).await.data();
        let batches = data["internshipProgram"]["batches"]["nodes"].as_array().unwrap();
        let session =
            batches.iter().find_map(|batch| batch["sessions"]["nodes"].as_array()?.first()).unwrap();
        let found = async || {
            let document = "query($id: ID!) { node(id: $id) { id } }";
            registry.ask_with(document, json!({ "id": session["id"] })).await.data()["node"].clone()
        };
        assert_eq!(found().await, json!({ "id": session["id"] }));
        for (status, seen) in [("DRAFT", false), ("RUNNING", true)] {
            let change =
                format!("UPDATE internship_program SET status = '{status}' WHERE code = '{PROGRAM}'");
            registry.database.execute_unprepared(&change).await.unwrap();
            assert_eq!(!found().await.is_null(), seen, "{status}");
        }
    })
    .await;
}

/// Every noun with figures has a list at the root; people are shown beneath their party alone.
#[tokio::test]
async fn every_noun_with_figures_but_officers_has_a_list_of_the_same_rows() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX);
        let document = "{
            months: linkageMonths(where: {linkage: {status: {eq: ACTIVE}}}, orderBy: [{field: MONTH, direction: DESC}], first: 30) { totalCount nodes { month linkage { status } } }
            ofMonths: linkageMonthAggregate(where: {linkage: {status: {eq: ACTIVE}}}) { nodes { count } }
            records: cooperativeCommodities(where: {year: {eq: 2026}}, last: 10) { totalCount nodes { year } pageInfo { hasPreviousPage } }
            ofRecords: cooperativeCommodityAggregate(where: {year: {eq: 2026}}) { nodes { count } }
            sessions: trainingSessions(orderBy: [{field: HELD_ON}], first: 100) { totalCount nodes { heldOn batch { program { status } } } }
            all: internshipBatches(where: {sessions: {some: {}}}) { totalCount } }";
        let data = registry.data(document).await;
        for (list, figures) in [("months", "ofMonths"), ("records", "ofRecords")] {
            assert!(data[list]["totalCount"].as_u64().unwrap() > 100);
            assert_eq!(data[list]["totalCount"], data[figures]["nodes"][0]["count"]);
        }
        let nodes = |list: &str| data[list]["nodes"].as_array().unwrap().clone();
        assert!(nodes("months").iter().all(|month| month["linkage"]["status"] == "ACTIVE"));
        assert!(nodes("months").windows(2).all(|pair| pair[0]["month"].as_str() >= pair[1]["month"].as_str()));
        assert!(nodes("records").iter().all(|record| record["year"] == 2026));
        assert_eq!(data["records"]["pageInfo"]["hasPreviousPage"], true);
        let hide = format!("UPDATE internship_program SET status = 'DRAFT' WHERE code = '{PROGRAM}'");
        registry.database.execute_unprepared(&hide).await.unwrap();
        let sql = format!("SELECT count(*) FROM training_session s JOIN internship_batch b ON b.id = s.batch_id
            JOIN internship_program p ON p.id = b.program_id WHERE p.code = '{PROGRAM}'");
        let hidden = number(&registry.database, &sql).await;
        let left = registry.data("{ trainingSessions { totalCount } }").await["trainingSessions"]["totalCount"].as_i64().unwrap();
        assert!(hidden > 0 && left == data["sessions"]["totalCount"].as_i64().unwrap() - hidden, "{left} {hidden}");
        assert!(nodes("sessions").iter().all(|session| session["batch"]["program"]["status"] != "DRAFT"));
    })
    .await;
}
