//! Errors that help: suggestions, examples, merged and omitted errors.

use serde_json::{Value as Json, json};

use crate::support::each_engine;

/// Documents with a mistake, and what the message must say.
const MISTAKES: &[(&str, &str)] = &[
    (
        "cooperatives(where: {statuz: {eq: OPERATING}}) { totalCount }",
        "`statuz` that CooperativeWhere does not have; did you mean `status`?",
    ),
    ("cooperatives(where: {status: {eqq: OPERATING}}) { totalCount }", "did you mean `eq`"),
    (
        "cooperatives(where: {status: {eq: OPERATIN}}) { totalCount }",
        "is `OPERATIN`, which is not a value of the enum CooperativeStatus; did you mean `OPERATING`?",
    ),
    (
        "cooperatives(frist: 3) { totalCount }",
        "the field `cooperatives` has no argument `frist`; did you mean `first`?",
    ),
    ("cooperatives(limit: 3) { totalCount }", "the field `cooperatives` has no argument `limit`"),
    ("coperatives { totalCount }", "Did you mean \"cooperatives\""),
    (
        "cooperatives(first: \"3\") { totalCount }",
        "`first` is not of type Int; an integer such as 20 is expected",
    ),
    (
        "cooperatives(where: {establishedOn: {gt: \"16-11-2025\"}}) { totalCount }",
        "a Date must be written like 2025-11-16",
    ),
    (
        "cooperatives(where: {createdAt: {gt: \"2025-11-16\"}}) { totalCount }",
        "a DateTime must be written like 2025-11-16T01:00:00Z",
    ),
    ("annualReports(where: {surplus: {gt: 1.5}}) { totalCount }", "a string is expected, not 1.5"),
    ("cooperative { name }", "the field `cooperative` requires the argument `by` of type CooperativeBy!"),
    ("cooperative(by: {}) { name }", "`by` must give exactly one of `id`, `slug`"),
    ("cooperative(by: {id: \"x\", slug: \"y\"}) { name }", "`by` must give exactly one of `id`, `slug`"),
];

#[tokio::test]
async fn a_mistake_is_answered_with_what_was_expected() {
    each_engine(async |registry| {
        for (question, words) in MISTAKES {
            let answer = registry.ask(&format!("{{ {question} }}")).await;
            let of_value = words.contains("must be written like") || words.contains("a string is expected");
            let code = if of_value { "BAD_USER_INPUT" } else { "GRAPHQL_VALIDATION_FAILED" };
            assert_eq!(answer.code(), code, "{question}: {}", answer.body);
            let message = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(words), "{question}: {message}");
        }
        let variables = "query($where: CooperativeWhere) { cooperatives(where: $where) { totalCount } }";
        for (given, words) in [
            (
                json!({ "stattus": {} }),
                "`$where` has a field `stattus` that CooperativeWhere does not have; did you mean `status`?",
            ),
            (json!({ "status": { "eq": "operating" } }), "did you mean `OPERATING`?"),
            (json!({ "establishedOn": { "gt": 2025 } }), "a string is expected, not 2025"),
        ] {
            let answer = registry.ask_with(variables, json!({ "where": given })).await;
            assert_eq!(answer.code(), "BAD_USER_INPUT", "{}", answer.body);
            let message = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(words), "{message}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_introspection_no_name_is_suggested() {
    each_engine(async |registry| {
        let closed = registry.closed();
        for (question, _) in MISTAKES {
            let answer = closed.ask(&format!("{{ {question} }}")).await;
            let message = answer.body["errors"][0]["message"].as_str().unwrap().to_lowercase();
            assert!(!message.contains("did you mean"), "{message}");
        }
    })
    .await;
}

#[tokio::test]
async fn amounts_and_decimals_may_be_integers() {
    each_engine(async |registry| {
        let count = async |field: &str, written: &str, given: Json| {
            let condition = field.replace('@', written);
            let literal = registry.data(&format!("{{ {condition} }}")).await;
            let (kind, condition) =
                if field.contains("surplus") { ("Rupiah", condition) } else { ("Decimal", condition) };
            let variable = condition.replace(written, "$n");
            let answer = registry
                .ask_with(&format!("query($n: {kind}) {{ {variable} }}"), json!({ "n": given }))
                .await;
            assert_eq!(answer.data(), literal);
            literal
        };
        for field in [
            "annualReports(where: {surplus: {gte: @}}) { totalCount }",
            "linkages(where: {annualVolume: {gte: @}}) { totalCount }",
        ] {
            let text = count(field, "\"5\"", json!("5")).await;
            assert_eq!(count(field, "5", json!(5)).await, text);
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_that_is_forbidden_in_each_row_is_reported_once_with_its_count() {
    each_engine(async |registry| {
        let document = "{ placements(first: 40) { nodes { id person { name } attendanceDays } } }";
        let answer = registry.ask(document).await.body;
        let rows = answer["data"]["placements"]["nodes"].as_array().unwrap().len();
        assert!(rows > 30, "{rows} rows are too few to tell");
        let errors = answer["errors"].as_array().unwrap();
        let error =
            errors.iter().find(|error| error["extensions"]["pattern"] == "placements.nodes.*.attendanceDays");
        let error = error.unwrap_or_else(|| panic!("{errors:?}"));
        assert_eq!(error["extensions"]["code"], "FORBIDDEN");
        assert_eq!(error["extensions"]["count"], rows);
        assert_eq!(error["path"], json!(["placements", "nodes", 0, "attendanceDays"]));
        assert!(errors.len() <= 3, "{errors:?}");
    })
    .await;
}

#[tokio::test]
async fn an_error_of_one_row_in_nested_lists_has_the_indices_of_that_row() {
    each_engine(async |registry| {
        let lists = |id: &str, field: &str| {
            format!(
                "{{ internshipPrograms(first: 6) {{ nodes {{ batches(first: 9) {{ nodes {{ \
                 placements(first: 3, where: {{id: {{in: [{id}]}}}}) {{ nodes {{ {field} }} }} }} }} }} }} }}"
            )
        };
        let all = "{ internshipPrograms(first: 6) { nodes { batches(first: 9) { nodes { placements(first: 3) { nodes { id } } } } } } }";
        let all = registry.data(all).await;
        let list = |of: &Json| of["nodes"].as_array().unwrap().clone();
        // The last row of a list, in the last batch of the last program that has any.
        let mut found = None;
        for (program, row) in list(&all["internshipPrograms"]).iter().enumerate() {
            for (batch, row) in list(&row["batches"]).iter().enumerate() {
                let ids: Vec<String> =
                    list(&row["placements"]).iter().map(|row| row["id"].to_string()).collect();
                if ids.len() > 1 {
                    found = Some((program, batch, ids));
                }
            }
        }
        let (program, batch, ids) = found.unwrap();
        assert!(program > 0 && batch > 0, "{program} {batch}");
        let path = |row: usize| {
            json!(["internshipPrograms", "nodes", program, "batches", "nodes", batch, "placements", "nodes", row, "score"])
        };
        let one = registry.ask(&lists(&ids[0], "score")).await.body;
        assert_eq!(one["errors"].as_array().unwrap().len(), 1, "{one}");
        assert_eq!(one["errors"][0]["path"], path(0));
        let at = |body: &Json, row: usize| {
            let batch = &body["data"]["internshipPrograms"]["nodes"][program]["batches"]["nodes"][batch];
            batch["placements"]["nodes"][row].clone()
        };
        assert_eq!(at(&one, 0), json!({ "score": null }));
        let two = registry.ask(&lists(&ids.join(" "), "id score")).await.body;
        let error = &two["errors"][0];
        assert_eq!((&error["path"], &error["extensions"]["count"]), (&path(0), &json!(ids.len())));
        assert_eq!(at(&two, 1), json!({ "id": at(&two, 1)["id"], "score": null }));
    })
    .await;
}

#[tokio::test]
async fn the_number_of_errors_that_are_left_out_is_said() {
    each_engine(async |registry| {
        let fields = (0..70).map(|at| format!("f{at}: nothing ")).collect::<Vec<_>>().concat();
        let answer = registry.ask(&format!("{{ {fields} }}")).await.body;
        let errors = answer["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 51);
        assert_eq!(errors[50]["message"], "20 more errors are left out");
        assert_eq!(errors[50]["extensions"], json!({ "code": "GRAPHQL_VALIDATION_FAILED", "omitted": 20 }));
    })
    .await;
}

#[tokio::test]
async fn many_things_that_cost_alike_should_be_sent_as_several_requests() {
    each_engine(async |registry| {
        let registry = registry.limited_to(1_000);
        let fields = (0..76)
            .map(|at| format!("f{at}: cooperatives(first: 1) {{ nodes {{ name }} }} "))
            .collect::<Vec<_>>()
            .concat();
        let answer = registry.ask(&format!("{{ {fields} }}")).await.body;
        let error = &answer["errors"][0];
        let requests = error["extensions"]["requests"].as_u64().unwrap();
        let cost = answer["extensions"]["cost"]["requested"].as_u64().unwrap();
        assert_eq!(requests, cost.div_ceil(1_000));
        let words = format!("send it as {requests} requests");
        assert!(error["message"].as_str().unwrap().contains(&words), "{error}");
    })
    .await;
}
