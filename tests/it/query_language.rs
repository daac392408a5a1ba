//! Random queries of every list: the registry's answers are compared with the model in memory.

use std::{cell::RefCell, collections::HashMap};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};
use simpul::store::Engine;

use crate::{
    model::{
        Cell, Model, Noun, Row,
        dimensions::{Dimension, FIGURED, Figured},
        draw::Draw,
        figures::{Keys, Taken, by_keys, grouped, held, places, taken},
        order::{Order, compare, screaming, sorted},
        read,
    },
    support::{Registry, each_engine},
};

fn draw(seed: u8) -> Draw {
    Draw(ChaCha8Rng::from_seed([seed; 32]))
}

/// The nouns that have a list at the root.
fn listed(model: &Model) -> Vec<&Noun> {
    model.nouns.iter().filter(|noun| noun.list.is_some()).collect()
}

#[tokio::test]
async fn any_filter_selects_the_rows_of_the_model() {
    let answers: RefCell<HashMap<Engine, Vec<Json>>> = RefCell::default();
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let model = read(registry).await;
        let registry = &registry.limited_to(u32::MAX);
        let mut draw = draw(1);
        let mut given = Vec::new();
        for _ in 0..70 {
            let noun = *draw.of(&listed(&model));
            let filter = draw.filter(&model, noun, 3);
            let document = format!(
                "query Any($where: {}Where) {{ list: {}(where: $where, first: 100) {{ totalCount nodes {{ id }} }} }}",
                noun.input,
                noun.list.unwrap()
            );
            let data = registry.ask_with(&document, json!({ "where": filter })).await.data();
            let mut kept: Vec<&str> = noun
                .rows
                .iter()
                .filter(|row| model.fits(noun, row, &filter))
                .map(|row| row.id.as_str())
                .collect();
            assert_eq!(data["list"]["totalCount"], kept.len(), "{} where {filter}", noun.name);
            if kept.len() <= 100 {
                let mut shown: Vec<&str> =
                    data["list"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
                kept.sort_unstable();
                shown.sort_unstable();
                assert_eq!(shown, kept, "{} where {filter}", noun.name);
            }
            given.push(data);
        }
        answers.borrow_mut().insert(registry.engine, given);
    })
    .await;
    alike(answers.into_inner());
}

fn alike(answers: HashMap<Engine, Vec<Json>>) {
    let mut answers = answers.into_values();
    let first = answers.next().unwrap();
    assert!(answers.all(|other| other == first), "the engines disagree");
}

#[tokio::test]
async fn any_order_pages_as_the_model_sorts() {
    let answers: RefCell<HashMap<Engine, Vec<Json>>> = RefCell::default();
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let model = read(registry).await;
        let registry = &registry.limited_to(u32::MAX);
        let mut draw = draw(2);
        let mut given = Vec::new();
        for round in 0..30 {
            let noun = *draw.of(&listed(&model));
            let filter = if draw.one_in(2) { draw.filter(&model, noun, 2) } else { json!({}) };
            let mut orders = vec![Order::draw(&mut draw, &model, noun)];
            let second = Order::draw(&mut draw, &model, noun);
            // What is named twice decides nothing the second time.
            if draw.one_in(2) && second.written()["field"] != orders[0].written()["field"] {
                orders.push(second);
            }
            let mut rows: Vec<usize> = (0..noun.rows.len()).collect();
            rows.retain(|at| model.fits(noun, &noun.rows[*at], &filter));
            let rows = sorted(&model, noun, rows, &orders);
            let expected: Vec<&str> = rows.iter().map(|at| noun.rows[*at].id.as_str()).collect();
            let order: Json = orders.iter().map(Order::written).collect();
            let walked = walk(registry, noun, &filter, &order, 41 + draw.below(60), round % 2 == 0).await;
            // Long lists are walked from either end as far as six pages go.
            let part = if round % 2 == 0 {
                &expected[..walked.len().min(expected.len())]
            } else {
                &expected[expected.len().saturating_sub(walked.len())..]
            };
            assert_eq!(walked, part, "{} where {filter} by {order}", noun.name);
            given.push(json!(walked));
        }
        answers.borrow_mut().insert(registry.engine, given);
    })
    .await;
    alike(answers.into_inner());
}

async fn walk(
    registry: &Registry,
    noun: &Noun,
    filter: &Json,
    order: &Json,
    size: usize,
    forward: bool,
) -> Vec<String> {
    let (amount, cursor) = if forward { ("first", "after") } else { ("last", "before") };
    let document = format!(
        "query Walk($where: {}Where, $orderBy: [{}Order!], $size: Int!, $cursor: String) {{
           list: {}(where: $where, orderBy: $orderBy, {amount}: $size, {cursor}: $cursor) {{
             pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} nodes {{ id }} }} }}",
        noun.input,
        noun.input,
        noun.list.unwrap()
    );
    let mut pages: Vec<Vec<String>> = Vec::new();
    let mut at = Json::Null;
    for page in 0..6 {
        let variables = json!({ "where": filter, "orderBy": order, "size": size, "cursor": at });
        let list = registry.ask_with(&document, variables).await.data()["list"].clone();
        let ids =
            list["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned());
        pages.push(ids.collect());
        let (onward, back, next) = if forward {
            ("hasNextPage", "hasPreviousPage", "endCursor")
        } else {
            ("hasPreviousPage", "hasNextPage", "startCursor")
        };
        assert_eq!(list["pageInfo"][back], page > 0, "by {order}");
        if list["pageInfo"][onward] == false {
            break;
        }
        at = list["pageInfo"][next].clone();
    }
    if !forward {
        pages.reverse();
    }
    pages.concat()
}

/// Percentiles in hundredths of a per cent. In floating point, 7 % of 100 values and 55 % of 100 are more than 7 and 55.
const PERCENTILES: [i32; 12] =
    [1, 700, 1_000, 2_500, 3_333, 5_000, 5_500, 7_500, 9_000, 9_750, 9_999, 10_000];

/// A figure as the API writes it, in its smallest unit.
fn shown(figure: &Json, places: usize) -> Option<i128> {
    let text = match figure {
        Json::Null => return None,
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        other => panic!("{other} is no figure"),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    Some(format!("{whole}{fraction:0<places$}").parse().unwrap())
}

#[tokio::test]
async fn any_figures_equal_those_of_the_model() {
    let answers: RefCell<HashMap<Engine, Vec<Json>>> = RefCell::default();
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let model = read(registry).await;
        let registry = &registry.limited_to(u32::MAX);
        let with_measures: Vec<&Figured> =
            FIGURED.iter().filter(|figured| !figured.measures.is_empty()).collect();
        let mut draw = draw(3);
        let mut given = Vec::new();
        for round in 0..30 {
            let figured = draw.of(&with_measures);
            let noun = model.noun(figured.noun);
            let filter = if draw.one_in(3) { json!({}) } else { draw.filter(&model, noun, 2) };
            let mut by: Vec<Dimension> = Vec::new();
            for _ in 0..draw.below(4) {
                let dimension = *draw.of(figured.dimensions);
                if by.iter().all(|(name, ..)| *name != dimension.0) {
                    by.push(dimension);
                }
            }
            let measure = *draw.of(figured.measures);
            let least = draw.below(3);
            let statistic = *draw.of(&["SUM", "MEDIAN", "COUNT"]);
            let filled = draw.below(4);
            let having = json!({ "count": { "gte": least }, measure.0: { "count": { "gte": filled } } });
            let percentiles = [0, 1, 2].map(|_| *draw.of(&PERCENTILES));
            let rows: Vec<&Row> = noun.rows.iter().filter(|row| model.fits(noun, row, &filter)).collect();
            let mut groups = grouped(&model, noun, rows, &by);
            groups.retain(|_, rows| rows.len() >= least && held(rows, measure.0) >= filled);
            let mut expected: Vec<(Keys, [usize; 2], Option<Taken>)> = groups
                .into_iter()
                .map(|(key, rows)| {
                    (key, [rows.len(), held(&rows, measure.0)], taken(&model, noun, &rows, measure))
                })
                .collect();
            let by_statistic = round % 3 > 0;
            expected.sort_by(|(key, count, taken), (other, others, also)| {
                let value = |[_, held]: &[usize; 2], taken: &Option<Taken>| match (statistic, taken) {
                    ("COUNT", _) => Some(Cell::Number((*held).try_into().unwrap())),
                    ("SUM", taken) => taken.as_ref().map(|taken| Cell::Number(taken.sum)),
                    (_, taken) => taken.as_ref().map(|taken| Cell::Number(taken.percentile(5_000))),
                };
                let first = if by_statistic {
                    compare(value(count, taken).as_ref(), value(others, also).as_ref(), true, false)
                } else {
                    count[0].cmp(&others[0])
                };
                first.then(by_keys(key, other))
            });
            let order = if by_statistic {
                json!([{ "field": format!("{}_{statistic}", screaming(measure.0)), "direction": "DESC" }])
            } else {
                json!([{ "field": "COUNT" }])
            };
            let names: Vec<&str> = by.iter().map(|(name, ..)| *name).collect();
            let [one, two, three] = percentiles.map(|hundredths| f64::from(hundredths) / 100.0);
            let question = json!({
                "where": filter, "groupBy": names, "having": having, "orderBy": order,
                "one": one, "two": two, "three": three
            });
            let found = figures(registry, figured, noun, measure.0, &question, expected.len()).await;
            let places = places(measure.1) as usize;
            for (node, (key, count, taken)) in found.iter().zip(&expected) {
                let keys: Vec<Option<String>> = node["keys"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|key| key["value"].as_str().map(str::to_owned))
                    .collect();
                let wanted: Vec<Option<String>> =
                    key.iter().map(|key| key.as_ref().map(|key| key.shown.clone())).collect();
                assert_eq!(keys, wanted, "{question}");
                let figure = &node[measure.0];
                assert_eq!(
                    [&node["count"], &figure["count"]],
                    [&json!(count[0]), &json!(count[1])],
                    "{question}"
                );
                let about = format!("{key:?} of {question}");
                assert_statistics(figure, taken.as_ref(), percentiles, places, &about);
            }
            given.push(json!(found));
        }
        answers.borrow_mut().insert(registry.engine, given);
    })
    .await;
    alike(answers.into_inner());
}

/// Compares all statistics of a measure, with these percentiles in hundredths of a per cent.
fn assert_statistics(
    figure: &Json,
    taken: Option<&Taken>,
    percentiles: [i32; 3],
    places: usize,
    about: &str,
) {
    assert_eq!(shown(&figure["average"], 2), taken.map(|taken| taken.average), "average of {about}");
    let [one, two, three] = percentiles;
    let percentile = |hundredths: i32| taken.map(|taken| taken.percentile(hundredths.try_into().unwrap()));
    for (statistic, value) in [
        ("sum", taken.map(|taken| taken.sum)),
        ("minimum", taken.map(|taken| taken.minimum)),
        ("maximum", taken.map(|taken| taken.maximum)),
        ("median", percentile(5_000)),
        ("one", percentile(one)),
        ("two", percentile(two)),
        ("three", percentile(three)),
    ] {
        assert_eq!(shown(&figure[statistic], places), value, "{statistic} of {about}");
    }
}

/// All rows of figures, page by page.
async fn figures(
    registry: &Registry,
    figured: &Figured,
    noun: &Noun,
    measure: &str,
    question: &Json,
    expected: usize,
) -> Vec<Json> {
    let (field, prefix) = (figured.field, noun.input);
    let document = format!(
        "query Figures($where: {prefix}Where, $groupBy: [{prefix}Dimension!], $having: {prefix}FiguresWhere,
                       $orderBy: [{prefix}FiguresOrder!], $after: String, $one: Float!, $two: Float!, $three: Float!) {{
           page: {field}(where: $where, groupBy: $groupBy, having: $having, orderBy: $orderBy, first: 150, after: $after) {{
             totalCount pageInfo {{ hasNextPage hasPreviousPage endCursor }}
             nodes {{ keys {{ dimension value }} count {measure} {{
               count sum average minimum maximum median
               one: percentile(p: $one) two: percentile(p: $two) three: percentile(p: $three) }} }} }} }}"
    );
    let mut found = Vec::new();
    let mut variables = question.clone();
    loop {
        let page = registry.ask_with(&document, variables.clone()).await.data()["page"].clone();
        assert_eq!(page["totalCount"], expected, "{question}");
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !found.is_empty(), "{question}");
        found.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(found.len(), expected, "{question}");
            return found;
        }
        variables["after"] = page["pageInfo"]["endCursor"].clone();
    }
}

/// For every dimension, no row is counted twice or lost.
#[tokio::test]
async fn sums_of_groups_add_up_to_the_total() {
    each_engine(async |registry| {
        let document = "query Sums($by: [LinkageDimension!]) {
            all: linkageAggregate { nodes { count annualValue { sum } } }
            groups: linkageAggregate(groupBy: $by, first: 1000) { nodes { count annualValue { sum } } pageInfo { hasNextPage } } }";
        for by in [json!(["SUPPLIER_PROVINCE"]), json!(["COMMODITY", "KIND"]), json!(["BUYER", "START_YEAR"])] {
            let data = registry.ask_with(document, json!({ "by": by })).await.data();
            assert_eq!(data["groups"]["pageInfo"]["hasNextPage"], false);
            let groups = data["groups"]["nodes"].as_array().unwrap();
            let all = &data["all"]["nodes"][0];
            let count: u64 = groups.iter().map(|group| group["count"].as_u64().unwrap()).sum();
            let value: i128 = groups.iter().filter_map(|group| shown(&group["annualValue"]["sum"], 0)).sum();
            assert_eq!(all["count"], count);
            assert_eq!(shown(&all["annualValue"]["sum"], 0), Some(value));
        }
    })
    .await;
}
