//! Sorts rows as lists do.

use std::{cmp::Ordering, collections::BTreeMap};

use async_graphql::registry::MetaType;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value as Json, json};

use super::{Cell, Model, Noun, Reach, Row, draw::Draw, shape::Shape};

/// One of the terms that a list is sorted by.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    by: By,
    pub(crate) descending: bool,
    nulls_first: bool,
}

#[derive(Clone, Debug)]
enum By {
    Field(&'static str),
    /// A field of a related row, under the name it has as an order.
    Related(&'static str, &'static str, &'static str),
    /// The number of linkages, of those that a selection keeps.
    Count(Reach, Json),
    /// Their annual value.
    Sum(Reach, Json),
}

impl Order {
    pub(crate) fn draw(draw: &mut Draw, model: &Model, noun: &Noun) -> Self {
        let (descending, nulls_first) = (draw.one_in(2), draw.one_in(2));
        Self { by: By::draw(draw, model, noun), descending, nulls_first }
    }

    /// The default order of a list beneath a row.
    pub(crate) fn usual(field: &str) -> Vec<Self> {
        let terms: &[(&str, bool)] = match field {
            "applications" => &[("requestedOn", true)],
            "months" => &[("month", false)],
            "officers" => &[("body", false), ("role", false)],
            "annualReports" => &[("bookYear", true)],
            "batches" => &[("number", false)],
            _ => &[],
        };
        let order = |(name, descending): &(&'static str, bool)| Self {
            by: By::Field(name),
            descending: *descending,
            nulls_first: false,
        };
        terms.iter().map(order).collect()
    }

    /// As the caller writes it.
    pub(crate) fn written(&self) -> Json {
        let mut order = self.by.written();
        order["direction"] = json!(if self.descending { "DESC" } else { "ASC" });
        order["nulls"] = json!(if self.nulls_first { "FIRST" } else { "LAST" });
        order
    }

    fn value(&self, model: &Model, noun: &Noun, row: &Row) -> Option<Cell> {
        match &self.by {
            By::Field(name) => row.fields.get(name).cloned(),
            By::Related(relation, field, _) => {
                let (_, other) = noun.relation(relation).unwrap();
                let related = row.related(relation, None);
                model.noun(other).rows[*related.first()?].fields.get(field).cloned()
            }
            By::Count(_, selection) => {
                Some(Cell::Number(linkages(model, row, selection).len().try_into().unwrap()))
            }
            By::Sum(_, selection) => {
                sum(linkages(model, row, selection).into_iter(), "annualValue").map(Cell::Number)
            }
        }
    }

    fn compare(&self, a: Option<&Cell>, b: Option<&Cell>) -> Ordering {
        compare(a, b, self.descending, self.nulls_first)
    }
}

impl By {
    fn draw(draw: &mut Draw, model: &Model, noun: &Noun) -> Self {
        let sided = matches!(noun.name, "Cooperative" | "PartnerInstitution");
        match (noun.name, draw.below(4)) {
            ("Cooperative", 0) => Self::Related("region", "name", "REGION_NAME"),
            ("BusinessLinkage", 0) => Self::Related("buyer", "name", "BUYER_NAME"),
            ("BusinessLinkage", 1) => Self::Related("commodity", "name", "COMMODITY_NAME"),
            ("Cooperative" | "PartnerInstitution" | "Commodity", kind @ (1 | 2)) => {
                let reach = if sided { Reach::Sides } else { Reach::Many };
                let chosen = draw.selection(model, model.noun("BusinessLinkage"), reach, 2);
                if kind == 1 { Self::Count(reach, chosen) } else { Self::Sum(reach, chosen) }
            }
            _ => Self::Field(noun.sortable[draw.below(noun.sortable.len())]),
        }
    }

    fn written(&self) -> Json {
        let selected = |field: &str, reach: &Reach, selection: &Json| {
            let whole = *reach == Reach::Sides;
            let chosen = if whole { Some(selection) } else { selection.get("where") };
            json!({ "field": field, "linkages": chosen.cloned().unwrap_or(json!({})) })
        };
        match self {
            Self::Field(name) => json!({ "field": screaming(name) }),
            Self::Related(_, _, name) => json!({ "field": name }),
            Self::Count(reach, selection) => selected("LINKAGE_COUNT", reach, selection),
            Self::Sum(reach, selection) => selected("LINKAGE_ANNUAL_VALUE", reach, selection),
        }
    }
}

fn linkages<'m>(model: &'m Model, row: &Row, selection: &Json) -> Vec<&'m Row> {
    model.chosen(model.noun("BusinessLinkage"), row, "linkages", selection.as_object().unwrap())
}

/// The places of rows, sorted; the key decides at last, in the direction of the last wish.
pub(crate) fn sorted(model: &Model, noun: &Noun, places: Vec<usize>, orders: &[Order]) -> Vec<usize> {
    let mut standings: Vec<_> = places.into_iter().map(|at| standing(model, noun, at, orders)).collect();
    standings.sort_by(|a, b| a.compare(b, orders));
    standings.into_iter().map(|standing| standing.at).collect()
}

/// The position of a row in a list, also of one that is not in it.
pub(crate) struct Standing {
    values: Vec<Option<Cell>>,
    /// Rows are read by their keys.
    at: usize,
}

pub(crate) fn standing(model: &Model, noun: &Noun, at: usize, orders: &[Order]) -> Standing {
    let row = &noun.rows[at];
    let values = orders.iter().map(|order| order.value(model, noun, row)).collect();
    Standing { values, at }
}

impl Standing {
    pub(crate) fn compare(&self, other: &Self, orders: &[Order]) -> Ordering {
        let by = orders.iter().zip(self.values.iter().zip(&other.values));
        let by = by.map(|(order, (a, b))| order.compare(a.as_ref(), b.as_ref()));
        let key = self.at.cmp(&other.at);
        let reversed = orders.last().is_some_and(|last| last.descending);
        by.fold(Ordering::Equal, Ordering::then).then(if reversed { key.reverse() } else { key })
    }
}

pub(crate) fn compare(a: Option<&Cell>, b: Option<&Cell>, descending: bool, nulls_first: bool) -> Ordering {
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

/// The key in a global id: uuids and codes sort as the keys do.
pub(super) fn plain_key(id: &str) -> String {
    let id = String::from_utf8(URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap();
    id.split_once(':').unwrap().1.to_owned()
}

/// The fields that the schema offers as orders.
pub(super) fn sortable(types: &BTreeMap<String, MetaType>, shape: &Shape) -> Vec<&'static str> {
    let Some(MetaType::Enum { enum_values, .. }) = types.get(&format!("{}OrderField", shape.input)) else {
        return Vec::new();
    };
    shape
        .fields
        .iter()
        .map(|(name, ..)| *name)
        .filter(|name| enum_values.contains_key(&screaming(name)))
        .collect()
}

pub(crate) fn screaming(name: &str) -> String {
    let mut screamed = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            screamed.push('_');
        }
        screamed.extend(letter.to_uppercase());
    }
    screamed
}

pub(super) fn numbers<'m>(rows: impl Iterator<Item = &'m Row>, field: &str) -> Vec<i128> {
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
