//! The date of figures: the newest change among the visible rows of the noun.

use chrono::DateTime;
use sea_orm::ConnectionTrait;
use serde_json::Value as Json;
use simpul::graph::load::Planner;

use crate::{
    data::number,
    support::{Registry, each_engine},
};

async fn change(registry: &Registry, sql: &str) {
    registry.database.execute_unprepared(sql).await.unwrap();
}

fn micros(moment: &Json) -> i64 {
    let moment = moment.as_str().unwrap_or_else(|| panic!("{moment} is no time"));
    DateTime::parse_from_rfc3339(moment).unwrap().timestamp_micros()
}

#[tokio::test]
async fn figures_are_dated_by_the_newest_change_of_the_rows_that_are_visible() {
    each_engine(async |registry| {
        let newest = "SELECT max(updated_at) FROM cooperative";
        let changed = number(&registry.database, newest).await + 86_400_000_000;
        change(registry, &format!(
            "UPDATE cooperative SET updated_at = {changed} WHERE id = (SELECT id FROM cooperative ORDER BY id LIMIT 1)"
        )).await;
        let hidden = number(&registry.database, "SELECT max(updated_at) FROM partnership").await + 86_400_000_000;
        change(registry, &format!("UPDATE partnership SET updated_at = {hidden} WHERE status IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')")).await;
        let visible = number(
            &registry.database,
            "SELECT max(updated_at) FROM partnership WHERE status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')",
        )
        .await;
        change(registry, "DELETE FROM linkage_month").await;
        let document = "{
            cooperativeAggregate(where: {name: {contains: \"no such name\"}}) { asOf }
            partnershipAggregate(groupBy: [KIND]) { asOf nodes { count } }
            linkageMonthAggregate { asOf nodes { count } }
            regionAggregate(groupBy: [LEVEL]) { asOf } }";
        let data = registry.planned(crate::support::planner()).data(document).await;
        assert_eq!(micros(&data["cooperativeAggregate"]["asOf"]), changed, "whatever is selected by `where`");
        assert_ne!(visible, hidden);
        assert_eq!(micros(&data["partnershipAggregate"]["asOf"]), visible, "a draft is not public");
        assert_eq!(data["linkageMonthAggregate"]["asOf"], Json::Null, "there are no rows");
        let loaded = number(&registry.database, "SELECT loaded_at FROM data_load WHERE name = 'seed'").await;
        assert_eq!(micros(&data["regionAggregate"]["asOf"]), loaded, "regions change by loads");
    })
    .await;
}

/// The date is read by a statement of its own, which must not lose the snapshot of the others.
#[tokio::test]
async fn the_date_is_read_beside_anything_else() {
    let groups = "linkageAggregate(groupBy: [BUYER, KIND], first: 3)";
    let keys = "keys { label node { id } } key(dimension: BUYER) { label node { __typename ... on Cooperative { region { name } } } }";
    let documents = [
        format!("{{ {groups} {{ asOf }} }}"),
        format!("{{ {groups} {{ asOf totalCount pageInfo {{ hasNextPage }} nodes {{ count }} }} }}"),
        format!("{{ {groups} {{ nodes {{ count annualValue {{ median }} {keys} }} asOf }} }}"),
        format!(
            "{{ cooperatives(first: 2) {{ nodes {{ name region {{ name parent {{ name }} }} }} }} {groups} {{ asOf nodes {{ {keys} }} }} }}"
        ),
        format!(
            "{{ {groups} {{ asOf nodes {{ {keys} }} }} placements(first: 3) {{ totalCount nodes {{ cooperative {{ name }} batch {{ program {{ name }} }} }} }} }}"
        ),
        format!(
            "{{ a: {groups} {{ asOf nodes {{ {keys} }} }} b: placementAggregate(groupBy: [BATCH], first: 3) {{ asOf nodes {{ keys {{ label }} }} }} registry {{ dataAsOf }} }}"
        ),
    ];
    each_engine(async |registry| {
        for planner in [Planner::On, Planner::Off] {
            for document in &documents {
                // Counts are kept by a door: this one has none yet, and the next one has.
                let registry = registry.planned(planner).limited_to(u32::MAX);
                for _ in 0..2 {
                    let data = registry.data(document).await;
                    let of = data.as_object().unwrap().values().find(|field| field.get("asOf").is_some());
                    assert!(micros(&of.unwrap()["asOf"]) > 0, "{document}");
                }
            }
        }
    })
    .await;
}
