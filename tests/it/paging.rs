//! Pages put together equal the whole list: in any order, in both directions, with nulls, on both engines.

use std::{cell::RefCell, cmp::Ordering, collections::HashMap};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sea_orm::{EntityTrait, ModelTrait};
use serde_json::{Value as Json, json};
use simpul::{
    graph::{load::Column, value::Value},
    store::Engine,
};

use crate::support::{Registry, each_engine};

/// A root list, its sort fields, and the field that identifies a row.
struct List {
    field: &'static str,
    order: &'static [(&'static str, Column)],
    rows: Vec<Vec<Value>>,
    key: Column,
}

/// The visible rows of a table as the model reads them, to be sorted in Rust.
async fn rows<E: EntityTrait>(registry: &Registry, visible: sea_orm::Condition) -> Vec<Vec<Value>> {
    use sea_orm::{Iterable, QueryFilter};
    let models = E::find().filter(visible).all(&registry.database).await.unwrap();
    models.iter().map(|model| E::Column::iter().map(|column| model.get(column).into()).collect()).collect()
}

macro_rules! list {
    ($registry:ident, $field:literal, $entity:ident { $($name:literal: $column:ident),* $(,)? } $(if $visible:ident)?) => {{
        use entity::$entity::{Column as C, Entity};
        let visible = sea_orm::Condition::all()$(.add(sea_orm::ColumnTrait::eq(&C::$visible, true)))?;
        let order: Vec<(&'static str, Column)> = vec![$(($name, C::$column.into())),*];
        List { field: $field, order: order.leak(), rows: rows::<Entity>($registry, visible).await, key: C::Id.into() }
    }};
}

async fn lists(registry: &Registry) -> Vec<List> {
    vec![
        list!(registry, "institutions", institution {
            "NAME": NameFold, "KIND": Kind, "CREATED_AT": CreatedAt, "UPDATED_AT": UpdatedAt,
        }),
        list!(registry, "linkages", linkage {
            "CODE": Code, "KIND": Kind, "STATUS": Status, "STARTS_ON": StartsOn, "ENDS_ON": EndsOn,
            "ANNUAL_VOLUME": AnnualVolumeMilli, "ANNUAL_VALUE": AnnualValue, "PAYMENT_TERM_DAYS": PaymentTermDays,
            "CREATED_AT": CreatedAt, "UPDATED_AT": UpdatedAt,
        }),
        list!(registry, "annualReports", annual_report {
            "BOOK_YEAR": BookYear, "MEETING_ON": MeetingOn, "ATTENDEE_COUNT": AttendeeCount,
            "ASSETS": Assets, "SURPLUS": Surplus, "HEALTH_STATUS": HealthStatus, "HEALTH_INDEX": HealthIndexMilli,
        }),
        list!(registry, "internshipBatches", internship_batch {
            "NUMBER": Number, "STARTS_ON": StartsOn, "OPENED_ON": OpenedOn, "ENDS_ON": EndsOn,
            "CAPACITY": Capacity, "PARTICIPANT_COUNT": ParticipantCount, "STATUS": Status,
        } if ProgramVisible),
    ]
}

/// One wish of an order: which field, descending, nulls first.
type Wish = (usize, bool, bool);

fn model(list: &List, wishes: &[Wish]) -> Vec<Value> {
    let mut rows: Vec<&Vec<Value>> = list.rows.iter().collect();
    let descending = wishes.last().is_some_and(|wish| wish.1);
    rows.sort_by(|a, b| {
        for (field, descending, nulls_first) in wishes {
            let column = list.order[*field].1.index;
            let order = compare(&a[column], &b[column], *descending, *nulls_first);
            if order != Ordering::Equal {
                return order;
            }
        }
        compare(&a[list.key.index], &b[list.key.index], descending, false)
    });
    rows.into_iter().map(|row| row[list.key.index].clone()).collect()
}

fn compare(a: &Value, b: &Value, descending: bool, nulls_first: bool) -> Ordering {
    match (a.is_null(), b.is_null()) {
        (true, true) => Ordering::Equal,
        (true, false) if nulls_first => Ordering::Less,
        (true, false) => Ordering::Greater,
        (false, true) if nulls_first => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) if descending => b.cmp(a),
        (false, false) => a.cmp(b),
    }
}

fn order_by(list: &List, wishes: &[Wish]) -> Json {
    let wish = |(field, descending, nulls_first): &Wish| {
        json!({
            "field": list.order[*field].0,
            "direction": if *descending { "DESC" } else { "ASC" },
            "nulls": if *nulls_first { "FIRST" } else { "LAST" },
        })
    };
    wishes.iter().map(wish).collect()
}

/// Every id of a list, page by page; checks the `pageInfo` of each page.
async fn walk(registry: &Registry, list: &List, wishes: &[Wish], size: usize, backward: bool) -> Vec<Value> {
    let (amount, cursor) = if backward { ("last", "before") } else { ("first", "after") };
    let order_type = match list.field {
        "institutions" => "InstitutionOrder",
        "linkages" => "LinkageOrder",
        "annualReports" => "AnnualReportOrder",
        _ => "BatchOrder",
    };
    let field = list.field;
    let document = format!(
        "query Walk($orderBy: [{order_type}!], $size: Int!, $cursor: String) {{
           list: {field}(orderBy: $orderBy, {amount}: $size, {cursor}: $cursor) {{
             totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} edges {{ cursor node {{ id }} }}
           }} }}"
    );
    let mut pages: Vec<Vec<Value>> = Vec::new();
    let mut at = Json::Null;
    loop {
        let variables = json!({ "orderBy": order_by(list, wishes), "size": size, "cursor": at });
        let page = registry.ask_with(&document, variables).await.data()["list"].clone();
        let (first, rest) = (pages.is_empty(), &page["pageInfo"]);
        assert_eq!(page["totalCount"], list.rows.len());
        assert_eq!(rest["startCursor"], page["edges"][0]["cursor"]);
        let ids = page["edges"].as_array().unwrap().iter().map(|edge| key(&edge["node"]["id"]));
        pages.push(ids.collect());
        let (onward, back) = if backward {
            (rest["hasPreviousPage"] == true, rest["hasNextPage"] == true)
        } else {
            (rest["hasNextPage"] == true, rest["hasPreviousPage"] == true)
        };
        assert_eq!(back, !first, "what lies behind page {}", pages.len());
        if !onward {
            break;
        }
        at = rest[if backward { "startCursor" } else { "endCursor" }].clone();
    }
    if backward {
        pages.reverse();
    }
    pages.concat()
}

fn key(id: &Json) -> Value {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let bytes = URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    Value::Uuid(text.split_once(':').unwrap().1.parse().unwrap())
}

#[derive(Clone, Debug)]
struct Case {
    list: usize,
    wishes: Vec<Wish>,
    size: usize,
    backward: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let wish = (0..100_usize, any::<bool>(), any::<bool>());
    let wishes = prop::collection::vec(wish, 0..4);
    (0..4_usize, wishes, 37..101_usize, any::<bool>()).prop_map(|(list, wishes, size, backward)| Case {
        list,
        wishes,
        size,
        backward,
    })
}

#[tokio::test]
async fn pages_together_equal_the_list_in_any_order_and_direction() {
    each_engine(async |registry| {
        let lists = lists(registry).await;
        let mut runner =
            TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        for _ in 0..24 {
            let mut case = case().new_tree(&mut runner).unwrap().current();
            let list = &lists[case.list];
            let mut seen = Vec::new();
            case.wishes.iter_mut().for_each(|wish| wish.0 %= list.order.len());
            case.wishes.retain(|wish| {
                !seen.contains(&wish.0) && {
                    seen.push(wish.0);
                    true
                }
            });
            let walked = walk(registry, list, &case.wishes, case.size, case.backward).await;
            assert!(walked == model(list, &case.wishes), "{} differs for {case:?}", list.field);
        }
    })
    .await;
}

/// The bytes of an answer, cursors included, do not tell which engine gave it.
#[tokio::test]
async fn both_engines_agree_to_the_byte() {
    let answers: RefCell<HashMap<Engine, Vec<String>>> = RefCell::default();
    each_engine(async |registry| {
        let mut given = Vec::new();
        for field in ["NAME", "MEMBER_COUNT", "ESTABLISHED_ON", "REGION_CODE", "STATUS"] {
            for (direction, nulls) in [("ASC", "FIRST"), ("DESC", "LAST")] {
                let document = format!(
                    "{{ cooperatives(first: 60, orderBy: [{{field: {field}, direction: {direction}, nulls: {nulls}}}]) {{
                         totalCount pageInfo {{ hasNextPage endCursor }}
                         edges {{ cursor node {{ id name memberCount location {{ latitude longitude }} region {{ code name }}
                           linkages(first: 3) {{ totalCount edges {{ cursor node {{ code annualValue exclusive }} }} }} }} }} }} }}"
                );
                given.push(registry.data(&document).await.to_string());
            }
        }
        answers.borrow_mut().insert(registry.engine, given);
    })
    .await;
    let answers = answers.into_inner();
    let mut answers = answers.values();
    let first = answers.next().unwrap();
    assert!(answers.all(|other| other == first));
}

#[tokio::test]
async fn an_empty_page_knows_whether_rows_precede_and_follow() {
    each_engine(async |registry| {
        let data = registry
            .data("{ empty: cooperatives(first: 0) { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor } } }")
            .await;
        let empty = &data["empty"];
        assert_eq!(empty["edges"], json!([]));
        assert_eq!(
            empty["pageInfo"],
            json!({ "hasNextPage": true, "hasPreviousPage": false, "startCursor": null })
        );
    })
    .await;
}

/// Two cursors select a range, and `pageInfo` reports on each side whether rows were cut off.
#[tokio::test]
async fn after_and_before_together_select_a_range() {
    each_engine(async |registry| {
        let all = registry.data("{ regions(first: 30) { edges { cursor node { code } } } }").await;
        let edges = all["regions"]["edges"].as_array().unwrap();
        let document = "query($after: String, $before: String, $first: Int, $last: Int) {
            regions(after: $after, before: $before, first: $first, last: $last) {
              nodes { code } pageInfo { hasNextPage hasPreviousPage } } }";
        let between = |amount: &str, size: i32| {
            let mut variables = json!({ "after": edges[4]["cursor"], "before": edges[10]["cursor"] });
            variables[amount] = size.into();
            registry.ask_with(document, variables)
        };
        let codes = |list: &Json| -> Vec<Json> {
            list["regions"]["nodes"].as_array().unwrap().iter().map(|node| node["code"].clone()).collect()
        };
        let expected: Vec<Json> = edges[5..10].iter().map(|edge| edge["node"]["code"].clone()).collect();
        for amount in ["first", "last"] {
            let whole = between(amount, 20).await.data();
            assert_eq!(codes(&whole), expected);
            assert_eq!(whole["regions"]["pageInfo"], json!({ "hasNextPage": true, "hasPreviousPage": true }));
        }
        assert_eq!(codes(&between("first", 2).await.data()), expected[..2]);
        assert_eq!(codes(&between("last", 2).await.data()), expected[3..]);
    })
    .await;
}
