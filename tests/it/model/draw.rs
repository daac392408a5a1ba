//! Generates random arguments with values that occur in the rows.

use chrono::{DateTime, SecondsFormat};
use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};

use super::{Cell, Kind, Model, Noun, Reach};

/// Draws at random, the same for the same seed.
pub(crate) struct Draw(pub(crate) ChaCha8Rng);

impl Draw {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u64() % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A `where` of a noun, as deep as `depth` allows.
    pub(crate) fn filter(&mut self, model: &Model, noun: &Noun, depth: usize) -> Json {
        let mut filter = serde_json::Map::new();
        for _ in 0..=self.below(2) {
            let (name, demand) = self.condition(model, noun, depth);
            filter.insert(name, demand);
        }
        Json::Object(filter)
    }

    fn condition(&mut self, model: &Model, noun: &Noun, depth: usize) -> (String, Json) {
        if depth > 0 && self.one_in(4) {
            let part = |draw: &mut Self| draw.filter(model, noun, depth - 1);
            return match self.below(3) {
                0 => ("not".into(), part(self)),
                1 => ("or".into(), (0..self.below(4)).map(|_| part(self)).collect()),
                _ => ("and".into(), (0..self.below(3)).map(|_| part(self)).collect()),
            };
        }
        if noun.name == "Region" && self.one_in(2) {
            let mut code = || {
                let code = text(&self.of(&noun.rows).fields["code"]);
                let length = *self.of(&[2, 5, 8, 13]);
                json!(code.get(..length).unwrap_or(&code[..2]))
            };
            let (one, any) = (code(), [code(), code(), code()]);
            return match self.below(4) {
                0 => ("withinAny".into(), any[..self.below(4)].into()),
                _ => ("within".into(), one),
            };
        }
        if depth > 0 && !noun.relations.is_empty() && self.one_in(2) {
            let (name, reach, other) = *self.of(&noun.relations);
            let other = model.noun(other);
            let demand = match reach {
                Reach::One if self.one_in(6) => json!({ "isNull": self.one_in(2) }),
                Reach::One if self.one_in(12) => json!({}),
                Reach::One if self.one_in(6) => {
                    let either = [json!({ "isNull": true }), self.filter(model, other, depth - 1)];
                    json!({ *self.of(&["or", "and"]): either })
                }
                Reach::One => self.filter(model, other, depth - 1),
                Reach::Many | Reach::Sides => self.related(model, other, reach, depth),
            };
            return (name.into(), demand);
        }
        let (name, kind) = *self.of(&noun.fields);
        (name.into(), self.operators(noun, name, kind))
    }

    fn related(&mut self, model: &Model, other: &Noun, reach: Reach, depth: usize) -> Json {
        let mut demand = self.selection(model, other, reach, depth);
        let fields = demand.as_object_mut().unwrap();
        for _ in 0..=self.below(2) {
            match self.below(4) {
                0 => fields.insert("some".into(), self.filter(model, other, depth - 1)),
                1 => fields.insert("none".into(), self.filter(model, other, depth - 1)),
                2 => fields.insert("every".into(), self.filter(model, other, depth - 1)),
                _ => fields.insert("count".into(), self.tests_of_a_number()),
            };
        }
        demand
    }

    fn tests_of_a_number(&mut self) -> Json {
        let mut tests = serde_json::Map::new();
        for _ in 0..=self.below(3) {
            let operator = *self.of(&["eq", "ne", "gte", "lt", "gt", "lte", "in", "notIn"]);
            let operand = match operator {
                "in" | "notIn" => (0..self.below(3)).map(|_| json!(self.below(4))).collect(),
                _ => json!(self.below(4)),
            };
            tests.insert(operator.into(), operand);
        }
        Json::Object(tests)
    }

    /// Which of the related rows count.
    pub(crate) fn selection(&mut self, model: &Model, other: &Noun, reach: Reach, depth: usize) -> Json {
        let mut selection = serde_json::Map::new();
        if reach == Reach::Sides && self.one_in(2) {
            selection.insert("as".into(), json!(self.of(&["SUPPLIER", "BUYER"])));
        }
        if self.one_in(3) {
            selection.insert("where".into(), self.filter(model, other, depth.saturating_sub(1)));
        }
        Json::Object(selection)
    }

    fn operators(&mut self, noun: &Noun, name: &str, kind: Kind) -> Json {
        if self.one_in(24) {
            return json!({});
        }
        if kind != Kind::Code && self.one_in(8) || noun.rows.is_empty() {
            return json!({ "isNull": self.one_in(2) });
        }
        let operator = match kind {
            Kind::Flag => *self.of(&["eq", "ne"]),
            Kind::Word => *self.of(&["eq", "ne", "in", "notIn"]),
            Kind::Code if noun.name == "Region" => *self.of(&["eq", "ne", "in", "notIn", "startsWith"]),
            Kind::Code | Kind::Prose => *self.of(&["eq", "ne", "in", "notIn", "contains", "startsWith"]),
            _ => *self.of(&["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte"]),
        };
        let operand = match operator {
            "in" | "notIn" => (0..self.below(4)).map(|_| self.operand(noun, name, kind, operator)).collect(),
            _ => self.operand(noun, name, kind, operator),
        };
        json!({ operator: operand })
    }

    /// A value that occurs in the field, or one close to it.
    fn operand(&mut self, noun: &Noun, name: &str, kind: Kind, operator: &str) -> Json {
        let held = (0..50).find_map(|_| self.of(&noun.rows).fields.get(name).cloned());
        match (kind, held) {
            (Kind::Flag, _) => json!(self.one_in(2)),
            (Kind::Moment, Some(Cell::Number(micros))) => {
                let nanos = i64::try_from(micros).unwrap() * 1_000 + *self.of(&[0, 0, 1, -1, 500, 1_000]);
                json!(DateTime::from_timestamp_nanos(nanos).to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }
            (Kind::Int, Some(Cell::Number(number))) => {
                let number = if self.one_in(6) { -number } else { number + self.near() };
                json!(i64::try_from(number).unwrap())
            }
            (Kind::Rupiah, Some(Cell::Number(number))) => json!((number + self.near()).to_string()),
            (Kind::Decimal(places), Some(Cell::Number(number))) => {
                let thousandths = number * 10_i128.pow(3 - places) + self.near();
                let (sign, size) = (if thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs());
                let zeros = "0".repeat(*self.of(&[0, 0, 3, 9]));
                json!(format!("{sign}{}.{:03}{zeros}", size / 1000, size % 1000))
            }
            (Kind::Int, _) => json!(0),
            (Kind::Rupiah | Kind::Decimal(_), _) => json!("0"),
            (Kind::Moment, None) => json!("2025-01-01T00:00:00Z"),
            (Kind::Day, None) => json!("2025-01-01"),
            (_, Some(cell)) => {
                let held = text(&cell);
                let part = match operator {
                    "startsWith" => held.chars().take(self.below(6)).collect(),
                    "contains" => held.chars().skip(self.below(5)).take(3).collect(),
                    _ => held,
                };
                json!(if kind == Kind::Prose && self.one_in(2) { part.to_uppercase() } else { part })
            }
            (_, None) => json!("nothing"),
        }
    }

    fn near(&mut self) -> i128 {
        i128::try_from(self.below(3)).unwrap() - 1
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    }
}
