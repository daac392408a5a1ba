//! Tests of the pricing rules.

use serde_json::json;

use super::{FARMS, cost, cost_with, estimate, estimate_within, refused};
use crate::document::cost::{
    Failures,
    price::{
        CHOSEN_FROM, COMPUTED_ORDER, CONTAINS, COUNT, COUNTED, DEFAULT_LIMIT, DIMENSION, DISTINCT, FIELD,
        FIGURES, INTROSPECTION, LIST, MEASURE, NESTED_ROWS, ONE, OPERATOR, ORDER, PLACE, PLAIN, RANKED, READ,
        RELATED, RELATION, ROW, SEARCH, SEARCH_WORD, STEP, THOUSAND, VALUE,
    },
};
use crate::graph::search::CANDIDATES;

/// Thousands of trees.
const TREES: u64 = 100;

/// A page of farms, their names selected, but for what is asked of them.
fn page(rows: u64) -> u64 {
    FIELD + LIST + FIELD + rows * (ROW + FIELD)
}

/// What arguments of `farms` add to it.
fn argument(arguments: &str) -> u64 {
    cost(&format!("{{ farms({arguments}) {{ nodes {{ name }} }} }}")) - page(20)
}

#[test]
fn a_page_costs_its_rows_by_size_by_default_and_by_variable() {
    let farms = |first: &str| cost(&format!("{{ farms({first}) {{ nodes {{ name }} }} }}"));
    assert_eq!(farms("first: 5"), page(5));
    assert_eq!(farms("last: 5"), page(5));
    assert_eq!(cost("{ farms { nodes { name } } }"), page(20));
    assert_eq!(farms("first: null"), page(20));
    assert_eq!(farms("first: 0"), page(0));
    let document = "query ($first: Int = 7) { farms(first: $first) { nodes { name } } }";
    assert_eq!(cost_with(document, json!({})), page(7));
    assert_eq!(cost_with(document, json!({"first": 3})), page(3));
    assert_eq!(cost_with(document, json!({"first": null})), page(20));
}

#[test]
fn an_invalid_page_size_is_clamped() {
    let farms = |first: &str| cost(&format!("{{ farms(first: {first}) {{ nodes {{ name }} }} }}"));
    assert_eq!(farms("-1"), page(0));
    assert_eq!(farms("-99999999999999999999"), page(0));
    for huge in ["101", "2147483647", "99999999999999999999999", "1e300", "\"many\""] {
        assert_eq!(farms(huge), page(100), "{huge}");
    }
    assert_eq!(cost("{ farms(first: 3, last: 9) { nodes { name } } }"), page(9));
}

#[test]
fn rows_are_priced_under_nodes_and_under_edges() {
    let edges = cost("{ farms(first: 2) { edges { cursor node { name } } } }");
    assert_eq!(edges, FIELD + LIST + FIELD + 2 * (ROW + FIELD + FIELD + FIELD));
    let both = cost("{ farms(first: 2) { nodes { name } edges { cursor } } }");
    assert_eq!(both, page(2) + FIELD + 2 * (ROW + FIELD));
}

#[test]
fn has_next_page_is_priced_by_the_rows_of_its_page() {
    let peek = cost("{ farms(first: 9) { pageInfo { hasNextPage } } }");
    assert_eq!(peek, FIELD + LIST + FIELD + FIELD + 9 * ROW);
    let beside = cost("{ farms(first: 9) { nodes { name } pageInfo { hasNextPage } } }");
    assert_eq!(beside, page(9) + FIELD + FIELD);
}

#[test]
fn selections_under_a_page_are_multiplied() {
    let trees = FIELD + LIST + FIELD + 3 * (ROW + FIELD);
    let nested = cost("{ farms(first: 4) { nodes { trees(first: 3) { nodes { kind } } } } }");
    assert_eq!(nested, FIELD + LIST + FIELD + 4 * (ROW + trees));
}

#[test]
fn a_related_row_is_priced_and_a_value_is_not() {
    let one = cost("{ farm(by: {slug: \"a\"}) { farm { name } } }");
    assert_eq!(one, FIELD + ROW + FIELD + ROW + FIELD);
    assert_eq!(cost("{ farm(by: {slug: \"a\"}) { place { north } } }"), FIELD + ROW + FIELD + FIELD);
}

#[test]
fn a_plain_list_has_the_length_that_the_schema_states() {
    let farm = |inner: &str| cost(&format!("{{ farm(by: {{slug: \"a\"}}) {{ {inner} }} }}")) - FIELD - ROW;
    assert_eq!(farm("gates { width }"), FIELD + 4 * FIELD);
    assert_eq!(farm("rows { kind }"), FIELD + LIST + PLAIN * (ROW + FIELD));
}

#[test]
fn a_lookup_by_ids_is_priced_by_their_number() {
    let three = cost("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }");
    assert_eq!(three, FIELD + LIST + 3 * (ROW + FIELD));
    let document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(cost_with(document, json!({"ids": ["a", "b"]})), FIELD + LIST + 2 * (ROW + FIELD));
}

#[test]
fn a_count_costs_its_filter_once_more() {
    let count = |arguments: &str| cost(&format!("{{ farms{arguments} {{ totalCount }} }}"));
    assert_eq!(count(""), FIELD + LIST + FIELD + FARMS * COUNT);
    let filtered = FIELD + LIST + FIELD + FARMS * (READ + COUNT + 2 * OPERATOR);
    assert_eq!(count("(where: {size: {gte: 1}})"), filtered);
    let twice = cost("{ farms { a: totalCount b: totalCount totalCountPrecision } }");
    assert_eq!(twice, count("") + 2 * FIELD);
    let beneath = cost("{ farm(by: {slug: \"a\"}) { trees { totalCount } } }");
    assert_eq!(beneath, FIELD + ROW + FIELD + LIST + FIELD + (NESTED_ROWS * COUNT).div_ceil(THOUSAND));
}

#[test]
fn each_condition_of_a_filter_has_a_price() {
    let filter = |filter: &str| argument(&format!("where: {{{filter}}}"));
    assert_eq!(filter(""), 0);
    let priced = |price: u64| FARMS * (READ + price);
    assert_eq!(filter("size: {gte: 1, lte: 9}"), priced(2 * OPERATOR));
    assert_eq!(filter("name: {in: [\"a\", \"b\"]}"), priced(OPERATOR + 2 * VALUE));
    assert_eq!(filter("name: {contains: \"a\"}"), priced(CONTAINS));
    assert_eq!(filter("within: \"32\""), priced(OPERATOR));
    assert_eq!(filter("place: {near: {north: 1, east: 2}, withinKm: 3}"), priced(PLACE + OPERATOR));
    assert_eq!(filter("size: null"), 0);
    let nested = "and: [{size: {eq: 1}}, {or: [{size: {eq: 2}}, {not: {size: {eq: 3}}}]}]";
    assert_eq!(filter(nested), priced(3 * OPERATOR));
}

#[test]
fn conditions_on_related_rows_cost_the_rows_of_both_sides() {
    let filter = |filter: &str| argument(&format!("where: {{{filter}}}"));
    let base = FARMS * READ;
    assert_eq!(filter("parent: {size: {eq: 1}}"), base + FARMS * (ONE + OPERATOR));
    let some = FARMS * RELATION + TREES * READ;
    assert_eq!(filter("trees: {some: {}}"), base + some);
    assert_eq!(filter("trees: {none: {height: {gte: 1}}}"), base + some + TREES * OPERATOR);
    let counted = FARMS * COUNTED + TREES * (READ + READ / 2) + FARMS * OPERATOR;
    assert_eq!(filter("trees: {count: {gte: 1}}"), base + counted);
    let narrowed = filter("trees: {as: \"a\", where: {height: {gte: 1}}, some: {}, every: {}}");
    assert_eq!(narrowed, base + FARMS * OPERATOR + 2 * (some + TREES * OPERATOR));
    let deep = filter("trees: {some: {farm: {trees: {some: {}}}}}");
    let inner = TREES * (ONE + RELATION) + TREES * TREES / FARMS * READ;
    assert_eq!(deep, base + some + inner, "each of the trees has a farm, whose trees are looked at");
}

#[test]
fn a_filter_in_a_variable_costs_what_it_would_in_the_document() {
    let document = "query ($where: FarmWhere, $least: Int) { a: farms(where: $where) { nodes { name } } \
                    b: farms(where: {trees: {some: {height: {gte: $least}}}}) { nodes { name } } }";
    let variables = json!({"where": {"trees": {"some": {"height": {"gte": 3}}}}, "least": 3});
    let each = page(20) + FARMS * (READ + RELATION) + TREES * (READ + OPERATOR);
    assert_eq!(cost_with(document, variables), 2 * each);
}

#[test]
fn an_order_by_a_computed_value_is_expensive() {
    let priced = |price: u64| FARMS * (READ + price);
    assert_eq!(argument("orderBy: {field: NAME}"), priced(ORDER));
    assert_eq!(argument("orderBy: [{field: NAME, direction: \"DESC\"}, {field: SIZE}]"), priced(2 * ORDER));
    assert_eq!(argument("orderBy: [{field: OWNER_NAME}]"), priced(COMPUTED_ORDER));
    assert_eq!(argument("orderBy: [{field: DISTANCE}]"), priced(ORDER), "it is computed of the row alone");
    // Five times as many trees as farms.
    let counted = priced(COMPUTED_ORDER) + TREES * READ;
    assert_eq!(argument("orderBy: [{field: TREE_COUNT}]"), counted, "all trees are looked at");
    let chosen = argument("orderBy: [{field: TREE_COUNT, trees: {height: {gte: 1}}}]");
    assert_eq!(chosen, counted + TREES * RELATED * OPERATOR);
    let beneath = |order: &str| {
        cost(&format!(
            "{{ farm(by: {{slug: \"a\"}}) {{ trees(orderBy: [{{field: {order}}}]) {{ nodes {{ kind }} }} }} }}"
        ))
    };
    let dearer = NESTED_ROWS * (COMPUTED_ORDER - ORDER) / THOUSAND;
    assert_eq!(beneath("FARM_NAME") - beneath("KIND"), dearer);
}

#[test]
fn a_search_is_expensive_in_every_argument() {
    assert_eq!(argument("search: \"a\""), SEARCH);
    assert_eq!(argument("search: null"), 0);
    assert_eq!(argument("search: \"a b  c\""), SEARCH + 2 * SEARCH_WORD);
    assert_eq!(argument("search: \"a.b.c\""), SEARCH + 2 * SEARCH_WORD, "words as a search reads them");
    let sorted = (CANDIDATES as u64 * (READ + ORDER)).div_ceil(THOUSAND);
    assert_eq!(argument("search: \"a\", orderBy: {field: NAME}"), SEARCH + sorted, "what is found is sorted");
    assert_eq!(argument(&format!("search: \"{}\"", "a ".repeat(90))), SEARCH + 15 * SEARCH_WORD);
    let found =
        cost("{ find(text: \"a\", first: 2) { nodes { ... on Farm { name } ... on Tree { id kind } } } }");
    assert_eq!(found, FIELD + LIST + SEARCH + FIELD + 2 * (ROW + 2 * FIELD));
}

#[test]
fn medians_and_percentiles_cost_a_sort_for_each_measure() {
    let figures = |arguments: &str, fields: &str| {
        cost(&format!("{{ farmAggregate{arguments} {{ nodes {{ count {fields} }} }} }}"))
    };
    let plain = figures("", "size { sum }");
    assert_eq!(figures("", "size { median }"), plain + FARMS * (RANKED + MEASURE));
    assert_eq!(
        figures("", "size { sum low: percentile(p: 10) high: percentile(p: 90) }"),
        plain + 20 * 2 * FIELD + FARMS * (RANKED + 2 * MEASURE)
    );
    // The same percentiles under two names of the measure, and in a fragment.
    let twice =
        "size { median } other: size { ...S ...S } } } } fragment S on IntFigure { low: percentile(p: 5) sum";
    let fields = 20 * (FIELD + 2 * FIELD);
    let document = format!("{{ farmAggregate {{ nodes {{ count {twice} }}");
    let fragments = cost(&document);
    assert!(fragments > plain + FARMS * (RANKED + 2 * MEASURE) + fields, "{fragments}");
    assert!(fragments < plain + FARMS * (2 * RANKED + 2 * MEASURE), "{fragments}");
    let compared = figures("(having: {not: {size: {median: {gte: 1}}}})", "");
    assert_eq!(compared, figures("", "") + FARMS * (OPERATOR + MEASURE + RANKED + MEASURE));
    let sorted = figures("(orderBy: [{field: SIZE_MEDIAN}])", "");
    assert_eq!(sorted, figures("", "") + FARMS * (ORDER + MEASURE + RANKED + MEASURE));
}

#[test]
fn a_key_of_figures_costs_a_row() {
    let keys = |keys: &str| cost(&format!("{{ farmAggregate(first: 10) {{ nodes {{ count {keys} }} }} }}"));
    let two = keys("a: key(dimension: KIND) { value } b: key(dimension: YEAR) { value }");
    assert_eq!(two, keys("") + 10 * 2 * (ROW + 2 * FIELD));
}

#[test]
fn figures_cost_all_rows_and_each_measure() {
    let figures = |arguments: &str| cost(&format!("{{ farmAggregate{arguments} {{ nodes {{ count }} }} }}"));
    let rows = |rows: u64| FIELD + LIST + FIELD + rows * (ROW + FIELD) + FARMS * (READ + FIGURES);
    assert_eq!(figures(""), rows(20));
    assert_eq!(figures("(first: 5000)"), rows(1000));
    assert_eq!(figures("(groupBy: [KIND, YEAR])"), rows(20) + FARMS * 2 * DIMENSION);
    assert_eq!(figures("(groupBy: KIND)"), rows(20) + FARMS * DIMENSION);
    let having = figures("(having: {size: {sum: {gte: 1}}, count: {gte: 5}}, orderBy: [{field: SIZE_SUM}])");
    assert_eq!(having, rows(20) + FARMS * (2 * OPERATOR + ORDER + MEASURE));
    let measured = |figure: &str| cost(&format!("{{ farmAggregate {{ nodes {{ count {figure} }} }} }}"));
    assert_eq!(measured("size { sum average }"), figures("") + 20 * 3 * FIELD + FARMS * MEASURE);
    assert_eq!(measured("treeCount"), figures("") + 20 * FIELD + FARMS * DISTINCT);
    let compared = figures("(having: {or: [{treeCount: {gte: 1}}, {not: {treeCount: {gte: 9}}}]})");
    assert_eq!(compared, rows(20) + FARMS * (2 * OPERATOR + DISTINCT), "it is taken once");
    let sorted = figures("(orderBy: [{field: TREE_COUNT}, {field: COUNT}])");
    assert_eq!(sorted, rows(20) + FARMS * (2 * ORDER + DISTINCT));
    let twice =
        cost("{ farmAggregate(orderBy: [{field: TREE_COUNT}]) { nodes { treeCount again: treeCount } } }");
    assert_eq!(
        twice,
        rows(20) + 20 * FIELD + FARMS * (ORDER + DISTINCT),
        "and once where it is selected too"
    );
    let counted = cost("{ farmAggregate(groupBy: KIND) { totalCount nodes { count } } }");
    assert_eq!(counted, figures("(groupBy: KIND)") + FIELD + FARMS * (READ + FIGURES + DIMENSION));
    let one =
        cost("{ farm(by: {slug: \"a\"}) { treeFigures(where: {height: {gte: 1}}) { height { sum } } } }");
    let taken = (NESTED_ROWS * (READ + FIGURES + MEASURE + OPERATOR)).div_ceil(THOUSAND);
    assert_eq!(one, FIELD + ROW + FIELD + taken + FIELD + FIELD);
}

#[test]
fn following_linkages_doubles_with_every_step() {
    let reached = |steps: &str| {
        let document = format!("{{ farm(by: {{slug: \"a\"}}) {{ reached{steps} {{ truncated }} }} }}");
        cost(&document) - FIELD - ROW - FIELD - LIST - FIELD
    };
    assert_eq!(reached("(maxDepth: 1)"), STEP);
    assert_eq!(reached("(maxDepth: 2)"), 2 * STEP);
    assert_eq!(reached(""), 4 * STEP);
    assert_eq!(reached("(maxDepth: 6)"), 32 * STEP);
    assert_eq!(reached("(maxDepth: 60)"), 32 * STEP);
    assert_eq!(reached("(maxDepth: -1)"), STEP);
    let chains = cost("{ chains(first: 2) { length } }");
    assert_eq!(chains, FIELD + 2 * 8 * STEP + 2 * FIELD);
    assert_eq!(cost("{ chains { length } }"), FIELD + 2 * 8 * STEP + 5 * FIELD);
}

#[test]
fn an_interface_costs_as_much_as_its_most_expensive_type() {
    let node = |selection: &str| cost(&format!("{{ node(id: \"a\") {{ {selection} }} }}")) - FIELD - ROW;
    assert_eq!(node("id"), FIELD);
    let cheap = node("... on Tree { kind }");
    let dear = node("... on Farm { trees { nodes { kind } } }");
    assert_eq!(node("... on Tree { kind } ... on Farm { trees { nodes { kind } } }"), dear);
    assert!(cheap < dear);
    let shared = "... on Owner { name ... on Person { trees(first: 2) { nodes { kind } } } }";
    assert_eq!(node(shared), FIELD + FIELD + LIST + FIELD + 2 * (ROW + FIELD));
    // A field of the interface is a field of each of its types.
    let owner = cost("{ farm(by: {slug: \"a\"}) { owner { farm { name } } } }");
    assert_eq!(owner, FIELD + ROW + FIELD + ROW + FIELD + ROW + FIELD);
}

#[test]
fn skipped_fields_are_free_and_repeated_fields_cost_again() {
    let document = "query ($no: Boolean!) { farm(by: {slug: \"a\"}) { name size @skip(if: $no) ...F @include(if: false) \
                    ... @skip(if: true) { size } } } fragment F on Farm { size }";
    assert_eq!(cost_with(document, json!({"no": true})), FIELD + ROW + FIELD);
    assert_eq!(cost_with(document, json!({"no": false})), FIELD + ROW + 2 * FIELD);
    assert_eq!(
        cost("{ farm(by: {slug: \"a\"}) { name name ...F ...F } } fragment F on Farm { name }"),
        FIELD + ROW + 4 * FIELD
    );
}

#[test]
fn unknown_fields_are_left_to_validation() {
    assert_eq!(cost("{ nothing { at { all } } ...Nowhere ... on Nothing { id } }"), FIELD);
}

#[test]
fn a_page_costs_the_rows_that_it_is_chosen_from() {
    let under = |list: &str| {
        cost(&format!("{{ node(id: \"a\") {{ ... on Person {{ {list} {{ nodes {{ kind }} }} }} }} }}"))
    };
    let plain = under("planted");
    assert_eq!(plain, under("trees") + 10_000 / CHOSEN_FROM);
    let priced = |price: u64| 10 * (READ + price);
    assert_eq!(under("planted(where: {height: {gt: 1}})"), plain + priced(OPERATOR));
    assert_eq!(under("planted(where: {farm: {size: {gt: 1}}})"), plain + priced(ONE + OPERATOR));
    assert_eq!(under("planted(orderBy: [{field: FARM_NAME}])"), plain + priced(COMPUTED_ORDER));
}

#[test]
fn introspection_is_priced_like_data() {
    let types = |inner: &str| cost(&format!("{{ __schema {{ types {{ {inner} }} }} }}"));
    assert_eq!(types("name"), FIELD + INTROSPECTION + FIELD + 400 * FIELD);
    assert_eq!(types("fields { name }"), FIELD + INTROSPECTION + FIELD + 400 * (FIELD + 10 * FIELD));
    let nested = "fields { type { fields { type { fields { name } } } } }";
    let refusal = refused(&format!("{{ __schema {{ types {{ {nested} }} }} }}"));
    assert_eq!(refusal.code, "COST_LIMIT_EXCEEDED");
    // There is an inner type every other time.
    let inner = |levels: usize| {
        let open = "ofType { name ".repeat(levels);
        types(&format!("{open}{}", "}".repeat(levels)))
    };
    assert!(inner(9) - inner(7) <= 400 * FIELD);
}

#[test]
fn a_refusal_never_suggests_a_size_below_one() {
    let list = |at: u32| {
        format!("a{at}: farms(first: 1) {{ nodes {{ name trees(first: 1) {{ nodes {{ kind }} }} }} }} ")
    };
    let lists = (0..400).map(list).collect::<Vec<_>>().concat();
    let refusal = estimate_within(&format!("{{ {lists} }}"), json!({}), 1_000).unwrap().error.unwrap();
    assert!(refusal.message.ends_with("send it as 27 requests"), "{}", refusal.message);
    assert!(!refusal.details.contains_key("lower"), "{refusal:?}");
}

#[test]
fn a_refusal_names_the_most_expensive_field_and_a_size_that_fits() {
    let document = "{ farm(by: {slug: \"a\"}) { name } all: farms(first: 100) { nodes { name trees(first: 40) { nodes { kind } } } } }";
    let refusal = estimate_within(document, json!({}), 10_000).unwrap().error.unwrap();
    assert_eq!(refusal.code, "COST_LIMIT_EXCEEDED");
    assert_eq!(
        refusal.message,
        "this request costs 47,334 of 10,000 allowed; `all.nodes.trees` costs 46,200: lower `first` of `all` from 100 to 21"
    );
    let lower = serde_json::to_value(&refusal.details["lower"]).unwrap();
    assert_eq!(lower, json!({"path": ["all"], "argument": "first", "from": 100, "to": 21}));
    let dearest = serde_json::to_value(&refusal.details["dearest"]).unwrap();
    assert_eq!(dearest, json!({"path": ["all", "nodes", "trees"], "cost": 46_200}));
    let follow = |size: u64| {
        let lowered = document.replace("first: 100", &format!("first: {size}"));
        estimate_within(&lowered, json!({}), 10_000).unwrap().error
    };
    assert_eq!(follow(21), None);
    assert!(follow(22).is_some());
}

#[test]
fn a_refusal_states_when_no_size_would_help() {
    let dear = |document: &str| estimate_within(document, json!({}), 2_000).unwrap().error.unwrap().message;
    assert_eq!(
        dear("{ farms(first: 1, where: {trees: {some: {}}}) { nodes { name } } }"),
        "this request costs 14,033 of 2,000 allowed; `farms` costs 14,033: use fewer or simpler conditions there"
    );
    assert_eq!(
        dear("{ farm(by: {slug: \"a\"}) { reached(maxDepth: 6) { truncated } } }"),
        "this request costs 192,033 of 2,000 allowed; `farm.reached` costs 192,022: lower its `maxDepth`"
    );
}

#[test]
fn a_price_saturates_instead_of_overflowing() {
    let fragment = |at: u32| format!("fragment F{at} on Farm {{ ...F{next} ...F{next} }} ", next = at + 1);
    let fragments = (0..70).map(fragment).collect::<Vec<_>>().concat();
    let document =
        format!("{{ farm(by: {{slug: \"a\"}}) {{ ...F0 }} }} {fragments} fragment F70 on Farm {{ name }}");
    let cost = estimate(&document, json!({})).unwrap();
    assert_eq!(cost.requested, u64::MAX);
    let refusal = cost.error.as_ref().unwrap();
    assert_eq!(refusal.code, "COST_LIMIT_EXCEEDED");
    let mut failed = Failures::default();
    failed.add(&[], true);
    let reported =
        serde_json::to_value(cost.extension(cost.actual(&async_graphql::Value::Null, Some(&failed))))
            .unwrap();
    assert_eq!(
        reported,
        json!({"requested": 9_007_199_254_740_991_u64, "actual": 9_007_199_254_740_991_u64, "limit": DEFAULT_LIMIT})
    );
}
