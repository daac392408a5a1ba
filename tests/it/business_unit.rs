//! Business units: status, unknown values, and the cooperative they belong to.

use crate::support::each_engine;

#[tokio::test]
async fn a_unit_under_construction_is_not_open_and_sorts_by_progress() {
    each_engine(async |registry| {
        let document = "{
            building: businessUnits(where: {status: {eq: BUILDING}}, orderBy: [{field: BUILD_PROGRESS, direction: DESC}], first: 100) {
              totalCount nodes { status buildProgress openedOn } }
            early: businessUnits(where: {status: {in: [PLANNED, BUILDING]}, openedOn: {isNull: false}}) { totalCount }
            figures: businessUnitAggregate(where: {status: {eq: BUILDING}}, groupBy: [STATUS]) { nodes { count keys { value } } } }";
        let data = registry.data(document).await;
        let units = data["building"]["nodes"].as_array().unwrap();
        let progress: Vec<i64> = units.iter().map(|unit| unit["buildProgress"].as_i64().unwrap()).collect();
        assert!(progress.is_sorted_by(|one, next| one >= next), "{progress:?}");
        assert!(progress.iter().all(|progress| (1..100).contains(progress)), "{progress:?}");
        assert!(units.iter().all(|unit| unit["status"] == "BUILDING" && unit["openedOn"].is_null()));
        assert_eq!(data["early"]["totalCount"], 0);
        let figures = &data["figures"]["nodes"][0];
        assert_eq!(figures["keys"][0]["value"], "BUILDING");
        assert_eq!(figures["count"], data["building"]["totalCount"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_value_of_a_unit_is_null() {
    each_engine(async |registry| {
        for field in ["hasInternet", "hasPower"] {
            let count = async |fits: &str| {
                let document = format!("{{ businessUnits(where: {{{fits}}}) {{ totalCount }} }}");
                registry.data(&document).await["businessUnits"]["totalCount"].as_u64().unwrap()
            };
            let with = async |test: &str| count(&format!("{field}: {{{test}}}")).await;
            let (yes, no, unknown) =
                (with("eq: true").await, with("eq: false").await, with("isNull: true").await);
            assert!(yes > 0 && no > 0 && unknown > 0, "{field}: {yes} {no} {unknown}");
            assert_eq!(yes + no + unknown, count("").await, "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn units_of_a_cooperative_refer_to_it() {
    each_engine(async |registry| {
        let document = "{ cooperatives(where: {businessUnits: {count: {gte: 3}}}, first: 5) { nodes { id
            businessUnits(first: 100) { totalCount nodes { id cooperative { id } } } } } }";
        let data = registry.data(document).await;
        for cooperative in data["cooperatives"]["nodes"].as_array().unwrap() {
            let units = cooperative["businessUnits"]["nodes"].as_array().unwrap();
            assert!(units.len() >= 3 && cooperative["businessUnits"]["totalCount"] == units.len());
            assert!(units.iter().all(|unit| unit["cooperative"]["id"] == cooperative["id"]), "{cooperative}");
        }
    })
    .await;
}
