//! Conditions on a relation demand its row, also where they are true for each row.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::{
    filter::total,
    support::{OF_ADMINISTRATORS, Registry, each_engine},
};

/// The relations to one row that a `where` has, and the `where` of each.
type Relations = BTreeMap<String, Vec<(String, String)>>;

#[tokio::test]
async fn what_a_relation_says_of_a_further_relation_demands_its_row() {
    each_engine(async |registry| {
        let registry = &registry.limited_to(4_000_000);
        let (lists, relations) = described(registry).await;
        assert!(lists.len() > 12 && relations.len() > 12, "{lists:?}");
        let (mut compared, mut demanded) = (0, 0);
        for (list, subject) in &lists {
            let all = total(registry, list, "{}").await;
            for (relation, related) in &relations[subject] {
                for (further, _) in &relations[related] {
                    let some = format!("{{{further}: {{isNull: false}}}}");
                    let both = format!("{{{relation}: {{and: [{{isNull: false}}, {some}]}}}}");
                    let expected = total(registry, list, &both).await;
                    for demand in [&some, &format!("{{not: {{{further}: {{not: {{isNull: false}}}}}}}}")] {
                        let filter = format!("{{{relation}: {demand}}}");
                        assert_eq!(total(registry, list, &filter).await, expected, "{list} {filter}");
                    }
                    compared += 1;
                    demanded += usize::from(expected != all);
                }
            }
        }
        assert!(compared > 70 && demanded > 50, "{compared} {demanded}");
    })
    .await;
}

/// The lists at the root with their `where`, and the relations of each `where`.
async fn described(registry: &Registry) -> (Vec<(String, String)>, Relations) {
    let schema = registry
        .data(
            "{ __schema { queryType { fields { name args { name type { name } } } }
               types { name inputFields { name type { name } } } } }",
        )
        .await;
    let each = |json: &Json| json.as_array().cloned().unwrap_or_default();
    let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
    let mut wheres = BTreeMap::new();
    for input in each(&schema["__schema"]["types"]) {
        let fields: Vec<_> = each(&input["inputFields"])
            .iter()
            .map(|field| (text(&field["name"]), text(&field["type"]["name"])))
            .collect();
        if fields.contains(&("isNull".to_owned(), "Boolean".to_owned()))
            && fields.iter().any(|field| field.0 == "or")
        {
            wheres.insert(text(&input["name"]), fields);
        }
    }
    let mut lists = Vec::new();
    for field in each(&schema["__schema"]["queryType"]["fields"]) {
        let args = each(&field["args"]);
        let argument = |name: &str| args.iter().find(|arg| arg["name"] == name);
        let is_open = !OF_ADMINISTRATORS.iter().any(|list| field["name"] == **list);
        if let (Some(filter), Some(_), true) = (argument("where"), argument("before"), is_open) {
            lists.push((text(&field["name"]), text(&filter["type"]["name"])));
        }
    }
    let relations = wheres.iter().map(|(name, fields)| {
        let further = fields
            .iter()
            .filter(|(field, of)| wheres.contains_key(of) && !["and", "or", "not"].contains(&field.as_str()));
        (name.clone(), further.cloned().collect())
    });
    (lists, relations.collect())
}
