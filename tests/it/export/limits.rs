//! The price and the limits of exports.

use super::{address, export};
use crate::support::{Registry, each_engine};

const QUERY: &str = "{ cooperatives(first: 1500, where: {status: {in: [OPERATING, LEGAL_ENTITY, INACTIVE]}}) { nodes { name slug } } }";

fn with_cost(registry: &Registry, limit: u32, restored: Option<u32>) -> Registry {
    registry.exporting_within(limit, restored)
}

#[tokio::test]
async fn an_export_is_priced_by_its_rows_and_refused_with_the_number_that_would_fit() {
    each_engine(async |registry| {
        let cost_only = [("simpul-cost-only", "true")];
        let priced = registry.get(&address("csv", &[("query", QUERY)]), &cost_only).await;
        assert_eq!(priced.status, 200, "{}", priced.text());
        let cost = &priced.json()["extensions"]["cost"];
        let (requested, rows) = (cost["requested"].as_u64().unwrap(), cost["rows"].as_u64().unwrap());
        assert_eq!(cost["actual"], 0);
        // Three fields and a row each, beside pages and the count.
        assert!(rows > 1_000 && requested > rows * 13, "{cost}");
        let refused = export(&with_cost(registry, 1, None), "csv", QUERY).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "COST_LIMIT_EXCEEDED"));
        assert!(refused.message().contains("before its first row"), "{}", refused.message());
        let poor = with_cost(registry, u32::try_from(requested - 1).unwrap(), None);
        let refused = export(&poor, "csv", QUERY).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "COST_LIMIT_EXCEEDED"));
        let fits = refused.message().rsplit_once("first: ").unwrap().1.trim_end_matches('`');
        let fits: u32 = fits.parse().unwrap();
        let smaller = QUERY.replace("1500", &fits.to_string());
        assert_eq!(export(&poor, "csv", &smaller).await.status, 200, "{fits}");
        let cursor = registry.ask("{ cooperatives(last: 3) { edges { cursor } } }").await.body;
        let cursor = &cursor["data"]["cooperatives"]["edges"][0]["cursor"];
        let last = format!("{{ cooperatives(after: {cursor}) {{ nodes {{ name slug }} }} }}");
        let last = export(&with_cost(registry, 3_000, None), "csv", &last).await;
        assert_eq!((last.status.as_u16(), last.header("x-total-count")), (200, "2"), "{}", last.text());
        let all =
            export(&with_cost(registry, 3_000, None), "csv", "{ cooperatives { nodes { name slug } } }")
                .await;
        assert_eq!(all.code(), "COST_LIMIT_EXCEEDED");
        let enough = with_cost(registry, u32::try_from(requested).unwrap(), None);
        assert_eq!(export(&enough, "csv", QUERY).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_short_form_costs_as_much_as_its_document() {
    each_engine(async |registry| {
        for (list, parameters, document) in [
            (
                "cooperatives",
                vec![("columns", "name,region.province.name"), ("where", "{status: {eq: OPERATING}}"), ("orderBy", "{field: NAME}")],
                "{ cooperatives(where: {status: {eq: OPERATING}}, orderBy: {field: NAME}) { nodes { name region { province { name } } } } }",
            ),
            ("regions", vec![("columns", "code"), ("first", "7000")], "{ regions(first: 7000) { nodes { code } } }"),
            (
                "cooperatives",
                vec![("columns", "slug,linkages.id"), ("expand", "linkages"), ("first", "20")],
                "{ cooperatives(first: 20) { nodes { slug linkages { nodes { id } } } } }",
            ),
            (
                "cooperativeAggregate",
                vec![("columns", "keys.value,count,memberCount.median"), ("groupBy", "STATUS")],
                "{ cooperativeAggregate(groupBy: STATUS) { nodes { keys { value } count memberCount { median } } } }",
            ),
        ] {
            let expand = parameters.iter().filter(|(name, _)| *name == "expand");
            let whole = [("query", document)].into_iter().chain(expand.copied()).collect::<Vec<_>>();
            let (short, whole) = (address(&format!("{list}.csv"), &parameters), address("csv", &whole));
            let cost = async |address: &str| {
                let reply = registry.get(address, &[("simpul-cost-only", "true")]).await;
                assert_eq!(reply.status, 200, "{address}: {}", reply.text());
                reply.json()["extensions"]["cost"].clone()
            };
            let (short_cost, cost) = (cost(&short).await, cost(&whole).await);
            assert!(cost["requested"].as_u64().unwrap() > 0, "{cost}");
            assert_eq!(short_cost, cost, "{document}");
            let (short, whole) = (registry.get(&short, &[]).await, registry.get(&whole, &[]).await);
            assert_eq!((short.status.as_u16(), short.text()), (200, whole.text()));
        }
    })
    .await;
}

#[tokio::test]
async fn exports_have_a_rate_limit_of_their_own() {
    each_engine(async |registry| {
        let rated = with_cost(registry, 60_000, Some(1));
        let caller = "192.0.2.7";
        let ask = async |query: String| {
            let request = axum::http::Request::get(address("csv", &[("query", &query)]));
            rated.from(caller, request.body(axum::body::Body::empty()).unwrap()).await
        };
        let query = |first: u32| format!("{{ cooperatives(first: {first}) {{ nodes {{ name }} }} }}");
        let mut statuses = Vec::new();
        for first in 990..1_000 {
            let reply = ask(query(first)).await;
            statuses.push(reply.status.as_u16());
            if reply.status == 429 {
                assert_eq!(reply.code(), "RATE_LIMITED");
                assert!(reply.header("retry-after").parse::<u64>().unwrap() > 1);
            }
        }
        assert_eq!((statuses[0], statuses[9]), (200, 429), "{statuses:?}");
        assert_eq!(ask(query(990)).await.status, 200, "a file that is kept costs nothing");
        let other = rated.ask("{ registry { version } }").await;
        assert!(other.body["data"].is_object(), "{other:?}");
    })
    .await;
}

#[tokio::test]
async fn the_same_export_is_made_once_and_a_caller_has_two_at_once() {
    each_engine(async |registry| {
        let address = |first: u32| {
            address(
                "csv",
                &[("query", &format!("{{ regions(first: {first}) {{ nodes {{ code name }} }} }}"))],
            )
        };
        let all =
            futures_util::future::join_all((0..2).map(async |_| registry.get(&address(3_000), &[]).await))
                .await;
        assert!(all.iter().all(|reply| reply.status == 200 && reply.bytes == all[0].bytes));
        let all = futures_util::future::join_all(
            (0..4).map(async |at| registry.get(&address(3_001 + at), &[]).await),
        )
        .await;
        let refused: Vec<_> = all.iter().filter(|reply| reply.status == 429).collect();
        assert_eq!(
            (refused.len(), refused[0].code(), refused[0].header("retry-after")),
            (2, "RATE_LIMITED", "5")
        );
        let metrics = registry.get("/metrics", &[]).await.text();
        let made =
            metrics.lines().find(|line| line.starts_with("simpul_export_duration_seconds_count")).unwrap();
        assert_eq!(made, "simpul_export_duration_seconds_count 3");
        assert!(metrics.contains("simpul_exports_running 0"), "{metrics}");
    })
    .await;
}

#[tokio::test]
async fn the_temporary_files_have_a_limit() {
    each_engine(async |registry| {
        let small = registry.with_export_bytes(20_000);
        let query = |first: u32| format!("{{ cooperatives(first: {first}) {{ nodes {{ name slug }} }} }}");
        let reply = export(&small, "csv", &query(2_000)).await;
        let never = (400, "DOCUMENT_LIMIT_EXCEEDED");
        assert_eq!(
            (reply.status.as_u16(), reply.code()),
            never,
            "trying again would not help: {}",
            reply.text()
        );
        for first in 90..110 {
            assert_eq!(export(&small, "csv", &query(first)).await.status, 200, "kept files make room");
        }
        // A workbook of 500 rows has 20 KB, and more than 100 KB in its temporary file.
        let small = registry.with_export_bytes(200_000);
        assert_eq!(export(&small, "csv", &query(500)).await.status, 200);
        let workbook = export(&small, "xlsx", &query(500)).await;
        assert_eq!((workbook.status.as_u16(), workbook.code()), never, "{}", workbook.text());
        assert!(workbook.message().contains("more than 100,000 bytes"), "{}", workbook.message());
        assert_eq!(export(&registry.with_export_bytes(2_000_000), "xlsx", &query(500)).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_caller_that_reads_slowly_leaves_half_of_the_bytes_to_others() {
    each_engine(async |registry| {
        let small = registry.with_export_bytes(100_000);
        let address = |first: u32| {
            address(
                "csv",
                &[("query", &format!("{{ cooperatives(first: {first}) {{ nodes {{ name slug }} }} }}"))],
            )
        };
        let (slow, other) = ("192.0.2.8", "192.0.2.9");
        let unread = small.unread(slow, &address(500)).await;
        assert_eq!(unread.status(), 200);
        let status = async |caller, first| small.unread(caller, &address(first)).await.status().as_u16();
        assert_eq!(status(slow, 500).await, 200, "the same file counts once");
        let request = axum::http::Request::get(address(501)).body(axum::body::Body::empty()).unwrap();
        let refused = small.from(slow, request).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (429, "EXPORT_BYTES_EXCEEDED"),
            "{}",
            refused.text()
        );
        assert!(refused.message().contains("50,000 bytes together"), "{}", refused.message());
        assert!(!refused.header("retry-after").is_empty());
        assert_eq!((status(other, 501).await, status(slow, 501).await), (200, 429));
        drop(unread);
        assert_eq!(status(slow, 501).await, 200);
    })
    .await;
}

/// An export that fails in a page, or whose time is over, has paid for what it executed.
#[tokio::test]
async fn an_export_that_fails_is_paid_and_ends_in_time() {
    each_engine(async |registry| {
        let caller = "192.0.2.10";
        let failing = |first: u32| {
            let query = format!("{{ placements(first: {first}, orderBy: {{field: BATCH_STARTS_ON}}) {{ nodes {{ id score }} }} }}");
            axum::http::Request::get(address("csv", &[("query", &query)]))
                .body(axum::body::Body::empty())
                .unwrap()
        };
        let told = with_cost(registry, 1, None).from(caller, failing(1)).await.message().to_owned();
        let number = |after: &str| -> u64 {
            let rest = told.split_once(after).unwrap().1;
            let digits = rest.chars().filter(|letter| *letter != ',').take_while(char::is_ascii_digit);
            digits.collect::<String>().parse().unwrap()
        };
        let (count, page) = (number("first row: "), number("counting its rows, and "));
        let enough_for = count + 10 * (count + page) + page;
        let rated = with_cost(registry, u32::try_from(enough_for).unwrap(), Some(1));
        assert!(2 * page > count, "choose a page that costs more: {told}");
        let mut failed = 0;
        while rated.from(caller, failing(1 + failed)).await.status == 403 {
            failed += 1;
            assert!(failed < 100, "failures are free");
        }
        assert!((9..=11).contains(&failed), "{failed} of {enough_for}: {told}");
        let brief = registry.exporting_for(std::time::Duration::from_millis(1)).await;
        let query = "{ regions(first: 30000) { nodes { code name } } }";
        let late = export(&brief, "csv", query).await;
        assert_eq!((late.status.as_u16(), late.code()), (503, "TIMEOUT"), "{}", late.text());
        assert!(!late.message().contains("to write"), "its statements end: {}", late.message());
    })
    .await;
}
