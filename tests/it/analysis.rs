//! The query language against the model in memory: whatever is asked, both give the same.

use std::{
    cell::RefCell,
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};
use simpul::store::Engine;

use crate::{
    model::{Cell, Kind, Model, Noun, Reach, Row, draw::Draw, read},
    support::{Registry, each_engine},
};

fn draw(seed: u8) -> Draw {
    Draw(ChaCha8Rng::from_seed([seed; 32]))
}

/// The nouns that have a list at the root.
fn listed(model: &Model) -> Vec<&Noun> {
    model.nouns.iter().filter(|noun| noun.list.is_some()).collect()
}

/// Name of the noun's `where`.
fn where_type(noun: &Noun) -> &'static str {
    match noun.name {
        "PartnerInstitution" => "InstitutionWhere",
        "BusinessLinkage" => "LinkageWhere",
        "Cooperative" => "CooperativeWhere",
        "Commodity" => "CommodityWhere",
        "Placement" => "PlacementWhere",
        "AnnualReport" => "AnnualReportWhere",
        "BusinessUnit" => "BusinessUnitWhere",
        "Region" => "RegionWhere",
        other => panic!("{other} has no list"),
    }
}

#[tokio::test]
async fn any_filter_keeps_the_rows_that_the_model_keeps() {
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
                "query Any($where: {}) {{ list: {}(where: $where, first: 100) {{ totalCount nodes {{ id }} }} }}",
                where_type(noun),
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

/// What a list is sorted by: as the caller writes it, and as the model computes it.
struct Sorting {
    order: Json,
    values: Vec<Option<Cell>>,
    descending: bool,
    nulls_first: bool,
}

impl Sorting {
    fn draw(draw: &mut Draw, model: &Model, noun: &Noun) -> Self {
        let (descending, nulls_first) = (draw.one_in(2), draw.one_in(2));
        let (mut order, values) = Self::by(draw, model, noun);
        order["direction"] = json!(if descending { "DESC" } else { "ASC" });
        order["nulls"] = json!(if nulls_first { "FIRST" } else { "LAST" });
        Self { order, values, descending, nulls_first }
    }

    fn by(draw: &mut Draw, model: &Model, noun: &Noun) -> (Json, Vec<Option<Cell>>) {
        let each = |value: &dyn Fn(&Row) -> Option<Cell>| noun.rows.iter().map(value).collect();
        let linkages = model.noun("BusinessLinkage");
        let related = |relation: &str, other: &str, field: &'static str| {
            let other = model.noun(other);
            each(&|row| {
                row.related(relation, None).first().and_then(|at| other.rows[*at].fields.get(field).cloned())
            })
        };
        let sided = matches!(noun.name, "Cooperative" | "PartnerInstitution");
        match (noun.name, draw.below(4)) {
            ("Cooperative", 0) => (json!({ "field": "REGION_NAME" }), related("region", "Region", "name")),
            ("BusinessLinkage", 0) => (json!({ "field": "BUYER_NAME" }), related("buyer", "Party", "name")),
            ("BusinessLinkage", 1) => {
                (json!({ "field": "COMMODITY_NAME" }), related("commodity", "Commodity", "name"))
            }
            ("Cooperative" | "PartnerInstitution" | "Commodity", kind @ (1 | 2)) => {
                let reach = if sided { Reach::Sides } else { Reach::Many };
                let chosen = draw.selection(model, linkages, reach, 2);
                let rows = |row: &Row| model.chosen(linkages, row, "linkages", chosen.as_object().unwrap());
                let argument =
                    if sided { chosen.clone() } else { chosen.get("where").cloned().unwrap_or(json!({})) };
                if kind == 1 {
                    let count = |row: &Row| Some(Cell::Number(rows(row).len().try_into().unwrap()));
                    (json!({ "field": "LINKAGE_COUNT", "linkages": argument }), each(&count))
                } else {
                    let sum = |row: &Row| sum(rows(row).into_iter(), "annualValue").map(Cell::Number);
                    (json!({ "field": "LINKAGE_ANNUAL_VALUE", "linkages": argument }), each(&sum))
                }
            }
            _ => {
                let fields: Vec<_> =
                    noun.fields.iter().filter(|(name, kind)| sortable(noun, name, *kind)).collect();
                let (name, _) = **draw.of(&fields);
                (json!({ "field": screaming(name) }), each(&|row| row.fields.get(name).cloned()))
            }
        }
    }
}

fn sortable(noun: &Noun, name: &str, kind: Kind) -> bool {
    let excluded = matches!(
        (noun.name, name),
        ("PartnerInstitution", "ownership" | "active" | "domain")
            | ("BusinessUnit", "hasPower")
            | ("BusinessLinkage", "unit")
            | ("Cooperative", "slug" | "formationModel" | "registrationNumber")
    );
    kind != Kind::Flag && !excluded
}

fn screaming(name: &str) -> String {
    let mut screamed = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            screamed.push('_');
        }
        screamed.extend(letter.to_uppercase());
    }
    screamed
}

fn numbers<'m>(rows: impl Iterator<Item = &'m Row>, field: &str) -> Vec<i128> {
    let number = |row: &Row| match row.fields.get(field) {
        Some(Cell::Number(number)) => Some(*number),
        _ => None,
    };
    rows.filter_map(number).collect()
}

fn sum<'m>(rows: impl Iterator<Item = &'m Row>, field: &str) -> Option<i128> {
    let numbers = numbers(rows, field);
    (!numbers.is_empty()).then(|| numbers.iter().sum())
}

fn in_order(a: Option<&Cell>, b: Option<&Cell>, descending: bool, nulls_first: bool) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, _) if nulls_first => Ordering::Less,
        (None, _) => Ordering::Greater,
        (_, None) if nulls_first => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
    }
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
            let mut sortings = vec![Sorting::draw(&mut draw, &model, noun)];
            let second = Sorting::draw(&mut draw, &model, noun);
            // What is named twice decides nothing the second time.
            if draw.one_in(2) && second.order["field"] != sortings[0].order["field"] {
                sortings.push(second);
            }
            let mut rows: Vec<usize> = (0..noun.rows.len()).collect();
            rows.retain(|at| model.fits(noun, &noun.rows[*at], &filter));
            // The key decides at last, in the direction of the last wish.
            let last = sortings.last().unwrap().descending;
            rows.sort_by(|a, b| {
                let by = sortings.iter().map(|sorting| {
                    let (a, b) = (sorting.values[*a].as_ref(), sorting.values[*b].as_ref());
                    in_order(a, b, sorting.descending, sorting.nulls_first)
                });
                let key = || key_of(&noun.rows[*a].id).cmp(&key_of(&noun.rows[*b].id));
                let by = by.fold(Ordering::Equal, Ordering::then);
                by.then_with(|| if last { key().reverse() } else { key() })
            });
            let expected: Vec<&str> = rows.iter().map(|at| noun.rows[*at].id.as_str()).collect();
            let order: Json = sortings.iter().map(|sorting| sorting.order.clone()).collect();
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

/// Uuids and codes sort as the keys do; their ids are base64 of them.
fn key_of(id: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    String::from_utf8(URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap()
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
    let order_type = where_type(noun).replace("Where", "Order");
    let document = format!(
        "query Walk($where: {}, $orderBy: [{order_type}!], $size: Int!, $cursor: String) {{
           list: {}(where: $where, orderBy: $orderBy, {amount}: $size, {cursor}: $cursor) {{
             pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} nodes {{ id }} }} }}",
        where_type(noun),
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

/// A dimension of figures, and how the model finds its key.
type Dimension = (&'static str, fn(&Model, &Row) -> Option<String>);

fn word(row: &Row, field: &str) -> Option<String> {
    match row.fields.get(field)? {
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Flag(flag) => Some(flag.to_string()),
    }
}

fn code<'m>(model: &'m Model, row: &'m Row, relation: &str) -> Option<&'m str> {
    let region = &model.noun("Region").rows[*row.related(relation, None).first()?];
    match &region.fields["code"] {
        Cell::Text(code) => Some(code),
        _ => None,
    }
}

fn party<'m>(model: &'m Model, row: &'m Row, end: &str) -> &'m Row {
    &model.noun("Party").rows[row.related(end, None)[0]]
}

fn rung(code: Option<&str>, length: usize) -> Option<String> {
    code?.get(..length).map(str::to_owned)
}

fn quarter(day: &str) -> String {
    let month: u8 = day[5..7].parse().unwrap();
    format!("{}-Q{}", &day[..4], month.div_ceil(3))
}

struct Figured {
    noun: &'static str,
    field: &'static str,
    filter: &'static str,
    dimensions: &'static [Dimension],
    /// Name, kind, and whether it is none where units are mixed.
    measures: &'static [(&'static str, Kind, bool)],
}

const FIGURED: [Figured; 3] = [
    Figured {
        noun: "BusinessLinkage",
        field: "linkageAggregate",
        filter: "Linkage",
        dimensions: &[
            ("KIND", |_, row| word(row, "kind")),
            ("STATUS", |_, row| word(row, "status")),
            ("UNIT", |_, row| word(row, "unit")),
            ("SUPPLIER_PROVINCE", |model, row| rung(code(model, party(model, row, "supplier"), "region"), 2)),
            ("BUYER_REGENCY_CITY", |model, row| rung(code(model, party(model, row, "buyer"), "region"), 5)),
            ("BUYER_INSTITUTION_KIND", |model, row| {
                let institution = party(model, row, "buyer").related("institution", None);
                institution.first().and_then(|at| word(&model.noun("PartnerInstitution").rows[*at], "kind"))
            }),
            ("COMMODITY", |model, row| {
                let commodity = row.related("commodity", None);
                commodity.first().and_then(|at| word(&model.noun("Commodity").rows[*at], "code"))
            }),
            ("START_YEAR", |_, row| word(row, "startsOn").map(|day| day[..4].to_owned())),
            ("START_QUARTER", |_, row| word(row, "startsOn").map(|day| quarter(&day))),
            ("START_MONTH", |_, row| word(row, "startsOn").map(|day| day[..7].to_owned())),
        ],
        measures: &[
            ("annualValue", Kind::Rupiah, false),
            ("annualVolume", Kind::Decimal(3), true),
            ("paymentTermDays", Kind::Int, false),
        ],
    },
    Figured {
        noun: "Cooperative",
        field: "cooperativeAggregate",
        filter: "Cooperative",
        dimensions: &[
            ("PROVINCE", |model, row| rung(code(model, row, "region"), 2)),
            ("DISTRICT", |model, row| rung(code(model, row, "region"), 8)),
            ("STATUS", |_, row| word(row, "status")),
            ("FORMATION_MODEL", |_, row| word(row, "formationModel")),
            ("ESTABLISHED_MONTH", |_, row| word(row, "establishedOn").map(|day| day[..7].to_owned())),
        ],
        measures: &[("memberCount", Kind::Int, false), ("principalSaving", Kind::Rupiah, false)],
    },
    Figured {
        noun: "AnnualReport",
        field: "annualReportAggregate",
        filter: "AnnualReport",
        dimensions: &[
            ("BOOK_YEAR", |_, row| word(row, "bookYear")),
            ("HEALTH_STATUS", |_, row| word(row, "healthStatus")),
        ],
        measures: &[
            ("surplus", Kind::Rupiah, false),
            ("assets", Kind::Rupiah, false),
            ("healthIndex", Kind::Decimal(3), false),
        ],
    },
];

/// What is taken of a measure of a group, in its smallest unit; the average in hundredths.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Taken {
    sum: i128,
    average: i128,
    minimum: i128,
    maximum: i128,
}

fn taken(rows: &[&Row], measure: (&'static str, Kind, bool)) -> Option<Taken> {
    let (field, kind, by_unit) = measure;
    let held: Vec<&Row> = rows.iter().copied().filter(|row| row.fields.contains_key(field)).collect();
    let numbers = numbers(held.iter().copied(), field);
    let mut units: Vec<_> = held.iter().map(|row| row.fields.get("unit")).collect();
    units.sort();
    units.dedup();
    if numbers.is_empty() || by_unit && units.len() > 1 {
        return None;
    }
    let sum: i128 = numbers.iter().sum();
    let places = if let Kind::Decimal(places) = kind { places } else { 0 };
    let divisor = i128::try_from(numbers.len()).unwrap() * 10_i128.pow(places);
    let (whole, rest) = ((sum * 100).div_euclid(divisor), (sum * 100).rem_euclid(divisor));
    let up = rest * 2 > divisor || rest * 2 == divisor && whole % 2 != 0;
    Some(Taken {
        sum,
        average: whole + i128::from(up),
        minimum: *numbers.iter().min().unwrap(),
        maximum: *numbers.iter().max().unwrap(),
    })
}

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
async fn any_figures_are_those_that_the_model_adds_up() {
    let answers: RefCell<HashMap<Engine, Vec<Json>>> = RefCell::default();
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let model = read(registry).await;
        let registry = &registry.limited_to(u32::MAX);
        let mut draw = draw(3);
        let mut given = Vec::new();
        for round in 0..30 {
            let figured = draw.of(&FIGURED);
            let noun = model.noun(figured.noun);
            let filter = if draw.one_in(3) { json!({}) } else { draw.filter(&model, noun, 2) };
            let mut by: Vec<Dimension> = Vec::new();
            for _ in 0..draw.below(4) {
                let dimension = *draw.of(figured.dimensions);
                if by.iter().all(|(name, _)| *name != dimension.0) {
                    by.push(dimension);
                }
            }
            let measure = *draw.of(figured.measures);
            let least = draw.below(3);
            let having = json!({ "count": { "gte": least } });
            let rows: Vec<&Row> = noun.rows.iter().filter(|row| model.fits(noun, row, &filter)).collect();
            let mut groups: BTreeMap<Vec<Option<String>>, Vec<&Row>> = BTreeMap::new();
            if by.is_empty() {
                groups.insert(Vec::new(), rows.clone());
            }
            for row in &rows {
                let key = by.iter().map(|(_, key)| key(&model, row)).collect();
                if !by.is_empty() {
                    groups.entry(key).or_default().push(row);
                }
            }
            groups.retain(|_, rows| rows.len() >= least);
            let mut expected: Vec<(Vec<Option<String>>, usize, Option<Taken>)> =
                groups.into_iter().map(|(key, rows)| (key, rows.len(), taken(&rows, measure))).collect();
            let by_sum = round % 2 == 0;
            expected.sort_by(|(key, count, taken), (other, others, also)| {
                let sums = |taken: &Option<Taken>| taken.map(|taken| Cell::Number(taken.sum));
                let first = if by_sum {
                    in_order(sums(taken).as_ref(), sums(also).as_ref(), true, false)
                } else {
                    count.cmp(others)
                };
                let keys = key.iter().zip(other).map(|(a, b)| {
                    let cell = |key: &Option<String>| key.clone().map(Cell::Text);
                    in_order(cell(a).as_ref(), cell(b).as_ref(), false, false)
                });
                first.then(keys.fold(Ordering::Equal, Ordering::then))
            });
            let order = if by_sum {
                json!([{ "field": format!("{}_SUM", screaming(measure.0)), "direction": "DESC" }])
            } else {
                json!([{ "field": "COUNT" }])
            };
            let names: Vec<&str> = by.iter().map(|(name, _)| *name).collect();
            let question = json!({ "where": filter, "groupBy": names, "having": having, "orderBy": order });
            let found = figures(registry, figured, measure.0, &question, expected.len()).await;
            let places = if let Kind::Decimal(places) = measure.1 { places as usize } else { 0 };
            for (node, (key, count, taken)) in found.iter().zip(&expected) {
                let keys: Vec<Option<String>> = node["keys"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|key| key["value"].as_str().map(str::to_owned))
                    .collect();
                assert_eq!(&keys, key, "{question}");
                assert_eq!(node["count"], *count, "{question}");
                let figure = &node[measure.0];
                assert_eq!(
                    shown(&figure["sum"], places),
                    taken.map(|taken| taken.sum),
                    "{key:?} of {question}"
                );
                assert_eq!(
                    shown(&figure["average"], 2),
                    taken.map(|taken| taken.average),
                    "{key:?} of {question}"
                );
                assert_eq!(shown(&figure["minimum"], places), taken.map(|taken| taken.minimum), "{question}");
                assert_eq!(shown(&figure["maximum"], places), taken.map(|taken| taken.maximum), "{question}");
            }
            given.push(json!(found));
        }
        answers.borrow_mut().insert(registry.engine, given);
    })
    .await;
    alike(answers.into_inner());
}

/// All rows of figures, page by page.
async fn figures(
    registry: &Registry,
    figured: &Figured,
    measure: &str,
    question: &Json,
    expected: usize,
) -> Vec<Json> {
    let Figured { field, filter, .. } = figured;
    let prefix = filter;
    let document = format!(
        "query Figures($where: {filter}Where, $groupBy: [{prefix}Dimension!], $having: {prefix}FiguresWhere,
                       $orderBy: [{prefix}FiguresOrder!], $after: String) {{
           page: {field}(where: $where, groupBy: $groupBy, having: $having, orderBy: $orderBy, first: 150, after: $after) {{
             totalCount pageInfo {{ hasNextPage hasPreviousPage endCursor }}
             nodes {{ keys {{ dimension value }} count {measure} {{ sum average minimum maximum }} }} }} }}"
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

/// Whatever is grouped by, nothing is counted twice or lost.
#[tokio::test]
async fn the_sums_of_groups_are_the_sum_of_all() {
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
