//! Generates random documents over the whole schema, with invalid values.

use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};

use super::types::Types;

/// Texts that are something else to an engine, a parser or a scalar.
const TEXTS: [&str; 14] = [
    "",
    "'; DROP TABLE cooperative; --",
    "%_\\",
    "$1 ?1 :name",
    "\u{1f4a9}\u{202e}e\u{301}",
    "\u{0}",
    "maju",
    "32.04",
    "2025-01-01",
    "99999999999999999999",
    "-1",
    "NaN",
    "\u{10ffff}",
    "null",
];
const NUMBERS: [&str; 8] = ["0", "1", "-1", "3", "20", "100", "2147483647", "-2147483648"];
const FLOATS: [&str; 7] = ["0", "-7.1", "107.4", "180.0001", "1e308", "-1e-320", "20037.5"];
const WHOLE: [&str; 6] =
    ["0", "-1", "1000000", "9223372036854775807", "-9223372036854775808", "9223372036854775808"];
const DECIMALS: [&str; 7] =
    ["0", "12.5", "-0.001", "9223372036854775.807", "9223372036854775807", "1.2345", "."];
const DAYS: [&str; 7] =
    ["2025-01-01", "0001-01-01", "9999-12-31", "2024-02-29", "2025-02-30", "-0001-01-01", "12025-01-01"];
const MOMENTS: [&str; 5] = [
    "2025-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "2025-01-01T00:00:60Z",
    "2025-01-01",
];
const CODES: [&str; 7] = ["32", "32.04", "32.04.05", "32.04.05.2001", "99", "32.4", "32/"];

/// Draws documents; the same ones for the same seed.
pub(crate) struct Draw<'t> {
    pub(crate) chance: ChaCha8Rng,
    pub(crate) types: &'t Types,
    /// Global ids of rows, and cursors, that were seen in answers.
    pub(crate) ids: Vec<String>,
    pub(crate) cursors: Vec<String>,
}

impl Draw<'_> {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.chance.next_u64() % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    pub(crate) fn document(&mut self) -> String {
        let roots = 1 + self.below(2);
        let fields = self.types.fields("Query", "fields");
        let roots: Vec<String> = (0..roots)
            .map(|at| {
                let field = fields[self.below(fields.len())].clone();
                format!("r{at}: {}", self.field(&field, 6))
            })
            .collect();
        format!("{{ {} }}", roots.join(" "))
    }

    /// A field with arguments and a selection; pages are short, so that much of what is drawn can be paid for.
    fn field(&mut self, field: &Json, depth: usize) -> String {
        let mut arguments = Vec::new();
        for argument in field["args"].as_array().unwrap() {
            let name = argument["name"].as_str().unwrap();
            let needed = argument["type"]["kind"] == "NON_NULL";
            let value = match name {
                "first" if self.one_in(8) => self.value(&argument["type"], 3),
                "first" => self.below(4).to_string(),
                "last" | "before" if !self.one_in(12) => continue,
                "after" if !self.one_in(4) => continue,
                "after" | "before" if !self.cursors.is_empty() && self.one_in(2) => {
                    let at = self.below(self.cursors.len());
                    json!(self.cursors[at]).to_string()
                }
                _ if needed || self.one_in(2) => self.value(&argument["type"], 3),
                _ => continue,
            };
            arguments.push(format!("{name}: {value}"));
        }
        let arguments =
            if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let selection = self.selection(Types::named(&field["type"]), depth);
        format!("{}{arguments}{selection}", field["name"].as_str().unwrap())
    }

    fn selection(&mut self, of: &str, depth: usize) -> String {
        match self.types.kind(of) {
            "SCALAR" | "ENUM" => return String::new(),
            "INTERFACE" | "UNION" => {
                let possible = self.types.possible(of);
                let on = possible[self.below(possible.len())].clone();
                return format!(" {{ __typename ... on {on}{} }}", self.selection(&on, depth));
            }
            _ => {}
        }
        let fields = self.types.fields(of, "fields");
        let mut chosen = vec!["__typename".to_owned()];
        for at in 0..=self.below(3) {
            let field = fields[self.below(fields.len())].clone();
            let leaf = matches!(self.types.kind(Types::named(&field["type"])), "SCALAR" | "ENUM");
            if leaf || depth > 0 {
                chosen.push(format!("f{at}: {}", self.field(&field, depth.saturating_sub(1))));
            }
        }
        // What a page holds, and the cursors that others may begin at.
        for name in ["nodes", "pageInfo"] {
            if let Some(field) = fields.iter().find(|field| field["name"] == name).filter(|_| depth > 0) {
                chosen.push(match name {
                    "pageInfo" => "pageInfo { endCursor hasNextPage hasPreviousPage }".to_owned(),
                    _ => self.field(field, depth - 1),
                });
            }
        }
        if fields.iter().any(|field| field["name"] == "id") {
            chosen.push("id".to_owned());
        }
        format!(" {{ {} }}", chosen.join(" "))
    }

    /// A value of a type, mostly one that the type allows.
    fn value(&mut self, kind: &Json, depth: usize) -> String {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" => self.value(&kind["ofType"], depth),
            _ if self.one_in(40) => "null".to_owned(),
            "LIST" => {
                let length = if self.one_in(60) { 400 } else { self.below(4) };
                let depth = if length > 4 { 0 } else { depth };
                let values: Vec<_> = (0..length).map(|_| self.value(&kind["ofType"], depth)).collect();
                format!("[{}]", values.join(" "))
            }
            "ENUM" => {
                let values = self.types.values(kind["name"].as_str().unwrap());
                values[self.below(values.len())].clone()
            }
            "INPUT_OBJECT" => self.input(kind["name"].as_str().unwrap(), depth),
            _ => self.scalar(kind["name"].as_str().unwrap()),
        }
    }

    fn input(&mut self, name: &str, depth: usize) -> String {
        let fields = self.types.fields(name, "inputFields");
        let plain = |field: &&Json| {
            let of = Types::named(&field["type"]);
            self.types.kind(of) != "INPUT_OBJECT"
                || !self.types.fields(of, "inputFields").iter().any(|f| f["name"] == "and")
        };
        let shallow: Vec<&Json> = fields.iter().filter(plain).collect();
        let choice: Vec<&Json> = if depth == 0 { shallow } else { fields.iter().collect() };
        let mut given: Vec<&Json> =
            fields.iter().filter(|field| field["type"]["kind"] == "NON_NULL").collect();
        let wanted = if name.ends_with("By") { 1 } else { 1 + self.below(2) };
        for _ in 0..wanted {
            if let Some(field) = (!choice.is_empty()).then(|| choice[self.below(choice.len())])
                && !given.iter().any(|known| known["name"] == field["name"])
            {
                given.push(field);
            }
        }
        let given: Vec<_> = given
            .into_iter()
            .map(|field| {
                let value = self.value(&field["type"], depth.saturating_sub(1));
                format!("{}: {value}", field["name"].as_str().unwrap())
            })
            .collect();
        format!("{{{}}}", given.join(" "))
    }

    fn scalar(&mut self, name: &str) -> String {
        let quoted = |text: &str| json!(text).to_string();
        match name {
            "Int" => self.of(&NUMBERS).to_owned(),
            "Float" => self.of(&FLOATS).to_owned(),
            "Boolean" => (*self.of(&[&"true", &"false"])).to_owned(),
            "ID" if !self.ids.is_empty() && !self.one_in(4) => {
                let at = self.below(self.ids.len());
                quoted(&self.ids[at])
            }

            "Rupiah" => quoted(self.of(&WHOLE)),
            "Decimal" => quoted(self.of(&DECIMALS)),
            "Date" => quoted(self.of(&DAYS)),
            "DateTime" => quoted(self.of(&MOMENTS)),
            "RegionCode" => quoted(self.of(&CODES)),
            _ => quoted(self.of(&TEXTS)),
        }
    }
}
