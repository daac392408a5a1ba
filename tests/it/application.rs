//! Partnership applications: activated ones are linkages between the same two parties; the latest comes first.

use serde_json::json;

use crate::support::each_engine;

#[tokio::test]
async fn an_activated_application_is_a_linkage_between_the_same_two() {
    each_engine(async |registry| {
        let document = "{
            activated: partnershipApplications(where: {status: {eq: ACTIVATED}}, first: 50) { totalCount nodes {
              cooperative { id } institution { id } linkage { supplier { id } buyer { id } } } }
            linked: partnershipApplications(where: {linkage: {isNull: false}}) { totalCount }
            others: partnershipApplications(where: {status: {ne: ACTIVATED}, linkage: {isNull: false}}) { totalCount }
            open: partnershipApplications(where: {status: {eq: REQUESTED}}, first: 5) { nodes { linkage { id } decidedOn } } }";
        let data = registry.data(document).await;
        assert_eq!(data["activated"]["totalCount"], data["linked"]["totalCount"]);
        assert_eq!(data["others"]["totalCount"], 0);
        let activated = data["activated"]["nodes"].as_array().unwrap();
        assert_eq!(activated.len(), 50);
        for application in activated {
            let linkage = &application["linkage"];
            let mut ends = [&linkage["supplier"]["id"], &linkage["buyer"]["id"]].map(|id| id.as_str().unwrap());
            let mut parties =
                [&application["cooperative"]["id"], &application["institution"]["id"]].map(|id| id.as_str().unwrap());
            ends.sort_unstable();
            parties.sort_unstable();
            assert_eq!(ends, parties, "{application}");
        }
        for application in data["open"]["nodes"].as_array().unwrap() {
            assert_eq!(*application, json!({ "linkage": null, "decidedOn": null }));
        }
    })
    .await;
}

#[tokio::test]
async fn the_latest_application_comes_first_beneath_either_party() {
    each_engine(async |registry| {
        let applications = "applications(first: 100) { nodes { requestedOn cooperative { slug } institution { slug } } }";
        let document = format!(
            "{{ cooperatives(where: {{applications: {{count: {{gte: 4}}}}}}, first: 5) {{ nodes {{ slug {applications} }} }}
                institutions(where: {{applications: {{count: {{gte: 4}}}}}}, first: 5) {{ nodes {{ slug {applications} }} }} }}"
        );
        let data = registry.data(&document).await;
        for (list, party) in [("cooperatives", "cooperative"), ("institutions", "institution")] {
            let parties = data[list]["nodes"].as_array().unwrap();
            assert!(!parties.is_empty(), "no {list}");
            for node in parties {
                let applications = node["applications"]["nodes"].as_array().unwrap();
                let days: Vec<&str> =
                    applications.iter().map(|one| one["requestedOn"].as_str().unwrap()).collect();
                assert!(days.len() >= 4 && days.is_sorted_by(|one, next| one >= next), "{days:?}");
                assert!(applications.iter().all(|one| one[party]["slug"] == node["slug"]), "{node}");
            }
        }
    })
    .await;
}
