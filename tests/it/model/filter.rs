//! Evaluates a `where` on a row, by the descriptions in the schema.

use std::cmp::Ordering;

use chrono::DateTime;
use serde_json::{Map, Value as Json};
use simpul::graph::fold::fold;

use super::{Cell, Kind, Model, Noun, Reach, Row, yearly::of_year};

impl Model {
    /// Whether a row of a noun fits.
    pub(crate) fn fits(&self, noun: &Noun, row: &Row, filter: &Json) -> bool {
        filter.as_object().unwrap().iter().all(|(name, demand)| match name.as_str() {
            "and" => demand.as_array().unwrap().iter().all(|part| self.fits(noun, row, part)),
            "or" => demand.as_array().unwrap().iter().any(|part| self.fits(noun, row, part)),
            "not" => !self.fits(noun, row, demand),
            // The row is there.
            "isNull" => demand == false,
            "within" => match row.fields.get("code") {
                Some(Cell::Text(code)) => within(code, demand.as_str().unwrap()),
                other => panic!("no code but {other:?}"),
            },
            "withinAny" => demand
                .as_array()
                .unwrap()
                .iter()
                .any(|region| self.fits(noun, row, &serde_json::json!({ "within": region }))),
            name => match noun.relation(name) {
                Some((Reach::One, other)) => {
                    let (other, related) = (self.noun(other), row.related(name, None));
                    self.is_empty(other, demand)
                        || related.iter().any(|place| self.fits(other, &other.rows[*place], demand))
                        || related.is_empty() && self.without(other, demand) == Some(true)
                }
                Some((_, other)) => {
                    self.related_fit(self.noun(other), row, name, demand.as_object().unwrap())
                }
                None => {
                    let kind = noun.kind(name).unwrap_or_else(|| panic!("{} has no {name}", noun.name));
                    holds(kind, row.fields.get(name), demand.as_object().unwrap())
                }
            },
        })
    }

    /// The rows that a relation leads to and that count, on the side and under the `where` that a selection names.
    pub(crate) fn chosen<'m>(
        &self,
        other: &'m Noun,
        row: &Row,
        relation: &str,
        selection: &Map<String, Json>,
    ) -> Vec<&'m Row> {
        self.narrowed(other, row, relation, selection, None)
    }

    /// The same, for a condition on the related rows.
    fn narrowed<'m>(
        &self,
        other: &'m Noun,
        row: &Row,
        relation: &str,
        selection: &Map<String, Json>,
        condition: Option<&Json>,
    ) -> Vec<&'m Row> {
        let side = selection.get("as").and_then(Json::as_str);
        let (mut places, only) = (row.related(relation, side), selection.get("where"));
        // The records of a commodity are of all years; those of a cooperative are not.
        if relation == "commodities" {
            of_year(other, &mut places, &[only, condition]);
        }
        let rows = places.into_iter().map(|place| &other.rows[place]);
        rows.filter(|row| only.is_none_or(|only| self.fits(other, row, only))).collect()
    }

    fn related_fit(&self, other: &Noun, row: &Row, relation: &str, demand: &Map<String, Json>) -> bool {
        let rows = |condition| self.narrowed(other, row, relation, demand, condition);
        demand.iter().all(|(name, demand)| match name.as_str() {
            "some" => rows(Some(demand)).iter().any(|row| self.fits(other, row, demand)),
            "none" => !rows(Some(demand)).iter().any(|row| self.fits(other, row, demand)),
            "every" => rows(Some(demand)).iter().all(|row| self.fits(other, row, demand)),
            "count" => {
                let count = Cell::Number(rows(None).len().try_into().unwrap());
                holds(Kind::Int, Some(&count), demand.as_object().unwrap())
            }
            _ => true,
        })
    }
}

fn within(code: &str, region: &str) -> bool {
    code == region || code.strip_prefix(region).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a value or null matches the operators.
pub(crate) fn holds(kind: Kind, cell: Option<&Cell>, operators: &Map<String, Json>) -> bool {
    let same = |operand: &Json| cell.is_some_and(|cell| compare(kind, cell, operand) == Ordering::Equal);
    let ordered = |operand: &Json, allowed: &[Ordering]| {
        cell.is_some_and(|cell| allowed.contains(&compare(kind, cell, operand)))
    };
    let part = |operand: &Json| part(kind, operand.as_str().unwrap());
    operators.iter().all(|(operator, operand)| match operator.as_str() {
        "eq" => same(operand),
        "ne" => !same(operand),
        "in" => operand.as_array().unwrap().iter().any(same),
        "notIn" => !operand.as_array().unwrap().iter().any(same),
        "lt" => ordered(operand, &[Ordering::Less]),
        "lte" => ordered(operand, &[Ordering::Less, Ordering::Equal]),
        "gt" => ordered(operand, &[Ordering::Greater]),
        "gte" => ordered(operand, &[Ordering::Greater, Ordering::Equal]),
        "isNull" => cell.is_none() == operand.as_bool().unwrap(),
        "contains" => matches!(cell, Some(Cell::Text(held)) if held.contains(&part(operand))),
        "startsWith" => matches!(cell, Some(Cell::Text(held)) if held.starts_with(&part(operand))),
        other => panic!("what is {other}?"),
    })
}

fn written(kind: Kind, text: &str) -> String {
    if kind == Kind::Prose { fold(text) } else { text.to_owned() }
}

/// A part of a text, where blanks at the ends count.
fn part(kind: Kind, text: &str) -> String {
    if kind != Kind::Prose {
        return text.to_owned();
    }
    let blank = |blank: bool| if blank { " " } else { "" };
    match fold(text).as_str() {
        "" => blank(!text.is_empty()).to_owned(),
        folded => {
            let (begins, ends) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
            format!("{}{folded}{}", blank(begins), blank(ends))
        }
    }
}

/// How a value compares with an operand, which may have more decimal places.
fn compare(kind: Kind, cell: &Cell, operand: &Json) -> Ordering {
    match (cell, operand) {
        (Cell::Flag(held), Json::Bool(wanted)) => held.cmp(wanted),
        (Cell::Text(held), Json::String(wanted)) => held.cmp(&written(kind, wanted)),
        (Cell::Number(held), Json::Number(wanted)) => held.cmp(&wanted.as_i64().unwrap().into()),
        (Cell::Number(held), Json::String(wanted)) if kind == Kind::Moment => {
            let wanted = DateTime::parse_from_rfc3339(wanted).unwrap().timestamp_nanos_opt().unwrap();
            (held * 1_000).cmp(&wanted.into())
        }
        (Cell::Number(held), Json::String(wanted)) => {
            let places = if let Kind::Decimal(places) = kind { places } else { 0 };
            (held * 10_i128.pow(12 - places)).cmp(&units(wanted))
        }
        other => panic!("{other:?} do not compare"),
    }
}

/// A decimal text in units of its twelfth place.
fn units(text: &str) -> i128 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<12}").parse().unwrap()
}
