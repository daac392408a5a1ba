//! Random inputs of verbs, as the schema declares them: mostly sensible, sometimes not.

use std::collections::BTreeMap;

use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};

use super::pool::Pool;

/// The nouns of ids in inputs, by the ends of their fields' names.
const NOUNS: [(&str, &str); 22] = [
    ("batch", "InternshipBatch"),
    ("buyer", "PartnerInstitution"),
    ("businessclass", "BusinessClass"),
    ("commodity", "Commodity"),
    ("cooperative", "Cooperative"),
    ("cooperatives", "Cooperative"),
    ("host", "PartnerInstitution"),
    ("institution", "PartnerInstitution"),
    ("linkage", "BusinessLinkage"),
    ("officer", "Officer"),
    ("officials", "Official"),
    ("organiser", "PartnerInstitution"),
    ("partnership", "Partnership"),
    ("partnerships", "Partnership"),
    ("party", "Cooperative"),
    ("place", "Region"),
    ("program", "InternshipProgram"),
    ("provinces", "Region"),
    ("region", "Region"),
    ("successor", "Cooperative"),
    ("supplier", "Cooperative"),
    ("person", "Person"),
];

const SEATS: [(&str, &str); 6] = [
    ("BOARD", "CHAIR"),
    ("BOARD", "SECRETARY"),
    ("BOARD", "TREASURER"),
    ("SUPERVISORY", "SUPERVISORY_CHAIR"),
    ("SUPERVISORY", "SUPERVISORY_MEMBER"),
    ("BOARD", "SUPERVISORY_MEMBER"),
];

/// Days around the season of the registry, and some far from it.
const DAYS: [&str; 12] = [
    "2026-09-01",
    "2026-10-01",
    "2026-10-20",
    "2026-11-01",
    "2026-11-02",
    "2026-11-12",
    "2026-11-20",
    "2026-11-28",
    "2026-11-29",
    "2026-12-31",
    "2090-01-01",
    "1900-01-01",
];

/// Makes inputs of one step.
pub(super) struct Maker<'a> {
    pub(super) types: &'a BTreeMap<String, MetaType>,
    pub(super) pool: &'a Pool,
    pub(super) chance: ChaCha8Rng,
    /// The noun of the verb.
    pub(super) noun: &'a str,
}

impl Maker<'_> {
    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        *choices.choose(&mut self.chance).unwrap()
    }

    fn number(&mut self) -> usize {
        self.chance.random_range(0..64)
    }

    /// An input object without ids of its own, keys and versions, which the walk adds.
    pub(super) fn object(&mut self, ty: &str) -> Json {
        let MetaType::InputObject { input_fields, oneof, .. } = &self.types[ty] else {
            panic!("{ty} is no input")
        };
        if *oneof {
            let fields: Vec<&MetaInputValue> = input_fields.values().collect();
            let at = self.chance.random_range(0..fields.len());
            return json!({ fields[at].name.clone(): self.value(&fields[at].ty, &fields[at].name) });
        }
        let mut made = serde_json::Map::new();
        for field in input_fields.values() {
            let (name, needed) = (field.name.as_str(), field.ty.ends_with('!'));
            if ["idempotencyKey", "expectedVersion"].contains(&name) || (name == "id" && !needed) {
                continue;
            }
            let often =
                ["startsOn", "endsOn", "capacity", "legalEntityOn", "reason", "parties"].contains(&name);
            if needed || self.chance.random_ratio(if often { 3 } else { 1 }, 6) {
                let empty = !needed && self.chance.random_ratio(1, 8);
                let value = if empty { Json::Null } else { self.value(&field.ty, name) };
                made.insert(name.to_owned(), value);
            }
        }
        if ty == "AppointmentInput" {
            let (body, role) = self.of(&SEATS);
            made.insert("body".to_owned(), json!(body));
            made.insert("role".to_owned(), json!(role));
        }
        Json::Object(made)
    }

    fn value(&mut self, ty: &str, name: &str) -> Json {
        if name == "parties" {
            let party =
                |noun: &str, role: &str, number| json!({ "party": self.pool.id(noun, number), "role": role });
            let numbers = [0; 3].map(|_| self.chance.random_range(0..64));
            let mut parties = vec![
                party("PartnerInstitution", "FIRST", numbers[0]),
                party("Cooperative", "SECOND", numbers[1]),
            ];
            if numbers[2] < 16 {
                parties.push(party("PartnerInstitution", "WITNESS", numbers[2]));
            }
            return json!(parties);
        }
        if ty.starts_with('[') {
            let ty = ty.trim_end_matches('!').trim_matches(['[', ']']);
            let length = if name == "cooperatives" { 1 } else { self.chance.random_range(0..3) };
            return (0..length).map(|_| self.one(ty, name)).collect();
        }
        self.one(ty, name)
    }

    fn one(&mut self, ty: &str, name: &str) -> Json {
        let kind = MetaTypeName::concrete_typename(ty);
        match (&self.types[kind], kind) {
            (MetaType::Enum { .. }, "PartnershipPattern") if self.chance.random_ratio(1, 2) => {
                json!("GENERAL_TRADE")
            }
            (MetaType::Enum { enum_values, .. }, _) => {
                let values: Vec<&String> = enum_values.keys().collect();
                json!(self.of(&values))
            }
            (MetaType::InputObject { .. }, _) => self.object(kind),
            (_, "ID") => self.id(name),
            (_, "Int") => self.int(name),
            (_, "Boolean") => json!(self.chance.random_bool(0.5)),
            (_, "Float") => json!(if name == "latitude" { -6.9 } else { 107.6 }),
            (_, "Decimal") => json!(self.of(&["1", "12.5", "80", "2", "-1", "0.0001"])),
            (_, "Rupiah") => json!(self.of(&["1000", "0", "250000000", "7", "-5"])),
            (_, "Date") if name == "month" => {
                json!(self.of(&["2026-09-01", "2026-10-01", "2026-11-01", "2026-10-02"]))
            }
            (_, "Date") => json!(self.of(&DAYS)),
            _ => self.text(name),
        }
    }

    fn id(&mut self, name: &str) -> Json {
        let (number, name) = (self.number(), name.to_lowercase());
        let noun = match (name.as_str(), self.noun) {
            ("parent", noun) => noun,
            // Of a merged cooperative.
            ("id", _) => "Cooperative",
            (name, _) => {
                let known = NOUNS.iter().find(|(field, _)| name.ends_with(field));
                known.unwrap_or_else(|| panic!("which noun does the input `{name}` name?")).1
            }
        };
        // Now and then what it cannot be.
        let noun = if self.chance.random_ratio(1, 40) { "InternshipBatch" } else { noun };
        json!(self.pool.id(noun, number))
    }

    fn int(&mut self, name: &str) -> Json {
        json!(match name.to_lowercase().as_str() {
            name if name.ends_with("year") => self.of(&[2023, 2024, 2025, 2026, 2999]),
            "capacity" => self.of(&[1, 1, 2, 3, 0]),
            "number" => self.of(&[1, 2, 3, 9]),
            "attendancedays" => self.of(&[0, 1, 5, 11, -1]),
            "buildprogress" => self.of(&[0, 50, 100, 101]),
            _ => self.of(&[1, 5, 20, 37]),
        })
    }

    fn text(&mut self, name: &str) -> Json {
        if self.chance.random_ratio(1, 30) {
            return json!(self.of(&["", " ", "a\u{202e}b", "'\"\\"]));
        }
        let number = self.chance.random_range(0..12);
        json!(match name.to_lowercase().as_str() {
            "legalentitynumber" => format!("AHU-{number:07}.AH.01.29.Tahun 2026"),
            "registrationnumber" | "businessnumber" => format!("3299999999{number:03}"),
            "email" => format!("uji{number}@example.org"),
            "website" => format!("https://uji{number}.example.org"),
            "domain" => format!("uji{number}.ac.id"),
            "phone" => format!("+62 800 {number}"),
            "number" => format!("PKS/{number}/2026"),
            "code" => format!("UJI-{number}"),
            name => format!("Contoh {name} {number}"),
        })
    }
}
