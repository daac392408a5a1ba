//! Days that no record has: years that were mistyped.

use std::collections::BTreeSet;

use async_graphql::registry::{MetaType, MetaTypeName};
use serde_json::json;

use super::{
    authorisation::{declared, samples, value},
    each_written, ministry,
};

/// Every field of every verb that is a date is tried, on sample rows.
#[tokio::test]
async fn no_verb_takes_a_day_before_1900_or_after_2100() {
    let (verbs, types) = declared();
    each_written(async |written| {
        let ids = samples(written, "32").await;
        let before = written.rows().await;
        let mut told = BTreeSet::new();
        for verb in &verbs {
            let MetaType::InputObject { input_fields, .. } = &types[&verb.input] else {
                panic!("{}", verb.input)
            };
            let days =
                input_fields.values().filter(|field| MetaTypeName::concrete_typename(&field.ty) == "Date");
            for (field, day) in days.flat_map(|field| [(field, "1899-12-31"), (field, "2101-01-01")]) {
                let mut input = value(&types, &verb.input, "input", &verb.noun, &ids);
                input["idempotencyKey"] = json!(format!("{} {} {day}", verb.name, field.name));
                input[field.name.as_str()] = json!(day);
                let document = format!(
                    "mutation($input: {}!) {{ {}(input: $input) {{ userErrors {{ code field }} }} }}",
                    verb.input, verb.name
                );
                let answer = written.answer(&ministry(), &document, json!({ "input": input })).await;
                let errors = &answer["data"][&verb.name]["userErrors"];
                assert!(
                    errors.as_array().is_some_and(|errors| !errors.is_empty()),
                    "{}: {input}: {answer}",
                    verb.name
                );
                let out = json!({ "code": "OUT_OF_RANGE", "field": ["input", field.name] });
                if errors.as_array().unwrap().contains(&out) {
                    told.insert(format!("{} {} {day}", verb.name, field.name));
                }
            }
        }
        assert_eq!(written.rows().await, before);
        assert!(told.len() > 20, "only these are refused for the day: {told:#?}");
    })
    .await;
}
