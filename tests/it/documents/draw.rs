//! Generates random documents.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value as Json, json};

use super::{
    searches::{Searches, is_known},
    tree::{Arguments, Directive, Document, Field, Figures, Given, Many, Passing, Place, Trap, What},
};
use crate::model::{
    Kind, Model, Noun, Reach,
    dimensions::{Dimension, FIGURED, Figured},
    draw::Draw,
    order::Order,
};

/// Draws documents about a model; the same for the same seed and number.
pub(super) struct Drawing<'m> {
    pub(super) draw: Draw,
    pub(super) model: &'m Model,
    pub(super) searches: &'m Searches,
    keys: usize,
    lists: usize,
}

/// Levels below a field of the root.
const ROOT: usize = 3;

/// The statistics that groups are sorted and narrowed by.
const STATISTICS: [&str; 3] = ["sum", "median", "count"];

/// An invalid literal for the kind of the field.
const MALFORMED: [(Kind, &[&str]); 4] = [
    (
        Kind::Day,
        &["25-11-16", "2025-1-5", "+2025-01-05", " 2025-01-05", "2025-02-30", "2025-01-05T00:00:00Z", ""],
    ),
    (Kind::Rupiah, &["", "-", "+", "+1", "1.", "1.5", "1e3", "01", " 1", "0x1", "1.0", "-0"]),
    (Kind::Decimal(3), &["", "-", "+", ".", "1.", ".5", "1e3", "00.5", "1 ", "1.5.0"]),
    (Kind::Moment, &["2025-01-01", "2025-01-01T00:00:00", "2025-01-01 00:00:00Z", "2025-1-1T00:00:00Z", ""]),
];

impl<'m> Drawing<'m> {
    pub(super) fn new(seed: u64, number: u64, model: &'m Model, searches: &'m Searches) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(number);
        Self { draw: Draw(chance), model, searches, keys: 0, lists: 0 }
    }

    pub(super) fn document(&mut self) -> Document {
        match self.draw.below(20) {
            0 => self.malformed(),
            1 => self.foreign(),
            _ => {
                Document { roots: (0..=self.draw.below(2)).map(|_| self.root()).collect(), trap: Trap::None }
            }
        }
    }

    fn root(&mut self) -> Field {
        let what = match self.draw.below(8) {
            0 => {
                let nouns: Vec<&Noun> = self.model.nouns.iter().filter(|noun| noun.list.is_some()).collect();
                let noun = *self.draw.of(&nouns);
                What::Node(noun.name, self.draw.below(noun.rows.len()), self.fields(noun, ROOT))
            }
            1 | 2 => What::Figures(self.figures()),
            _ => {
                let nouns: Vec<&Noun> = self.model.nouns.iter().filter(|noun| noun.list.is_some()).collect();
                let noun = *self.draw.of(&nouns);
                What::Many(self.many(noun.list.unwrap(), noun, Reach::Many, ROOT))
            }
        };
        self.keyed(None, what)
    }

    fn keyed(&mut self, name: Option<&str>, what: What) -> Field {
        self.keys += 1;
        let key = match name {
            Some(name) if self.draw.one_in(2) => name.to_owned(),
            _ => format!("k{}", self.keys),
        };
        let directive = if self.draw.one_in(10) {
            Directive::Given {
                skip: self.draw.one_in(2),
                variable: self.draw.one_in(2),
                there: self.draw.one_in(2),
            }
        } else {
            Directive::None
        };
        let place = match self.draw.below(8) {
            0 => Place::Named,
            1 => Place::Inline { typed: true },
            2 => Place::Inline { typed: false },
            _ => Place::Plain,
        };
        Field { key, directive, place, what }
    }

    /// Fields of a noun: some leaves, and relations while depth is left.
    fn fields(&mut self, noun: &'m Noun, depth: usize) -> Vec<Field> {
        self.some_fields(noun, depth, true)
    }

    fn some_fields(&mut self, noun: &'m Noun, depth: usize, names: bool) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for _ in 0..=self.draw.below(3) {
            let (name, _) = *self.draw.of(&noun.fields);
            let name = if self.draw.one_in(4) { "id" } else { name };
            let field = self.keyed(names.then_some(name), What::Leaf(name));
            if fields.iter().all(|known| known.key != field.key) {
                fields.push(field);
            }
        }
        let relations: Vec<_> = noun.relations.iter().filter(|(name, ..)| is_field(noun, name)).collect();
        for _ in 0..if depth == 0 || relations.is_empty() { 0 } else { self.draw.below(3) } {
            let (relation, reach, other) = **self.draw.of(&relations);
            let what = self.relation(relation, reach, self.model.noun(other), depth - 1);
            fields.push(self.keyed(None, what));
        }
        fields
    }

    fn relation(&mut self, relation: &'static str, reach: Reach, other: &'m Noun, depth: usize) -> What {
        match (reach, other.name) {
            (Reach::One, "Party") => {
                let typed = |drawing: &mut Self, noun: &str| {
                    if drawing.draw.one_in(2) {
                        return Vec::new();
                    }
                    // Fields of different types must not meet under one key.
                    drawing.some_fields(drawing.model.noun(noun), depth, false)
                };
                let own = [typed(self, "Cooperative"), typed(self, "PartnerInstitution")];
                let any = self.fields(other, depth);
                let [cooperative, institution] = own;
                What::Party(relation, [any, cooperative, institution])
            }
            (Reach::One, _) => What::One(relation, other.name, self.fields(other, depth)),
            _ => What::Many(self.many(relation, other, reach, depth)),
        }
    }

    fn many(&mut self, field: &'static str, noun: &'m Noun, reach: Reach, depth: usize) -> Many {
        self.lists += 1;
        let number = self.lists;
        let arguments = self.arguments(noun, reach, depth);
        let part = |drawing: &mut Self| {
            if drawing.draw.one_in(2) { drawing.fields(noun, depth) } else { Vec::new() }
        };
        let (nodes, edges) = (part(self), part(self));
        let draw = &mut self.draw;
        let (total, page_info, split) = (draw.one_in(2), draw.one_in(2), draw.one_in(4));
        Many { number, field, noun: noun.name, arguments, total, page_info, nodes, edges, split }
    }

    fn arguments(&mut self, noun: &'m Noun, reach: Reach, depth: usize) -> Arguments {
        let at_root = depth == ROOT;
        let side = if reach == Reach::Sides && self.draw.one_in(2) {
            Some(*self.draw.of(&["SUPPLIER", "BUYER"]))
        } else {
            None
        };
        let search =
            if at_root && self.draw.one_in(4) { self.searches.draw(&mut self.draw, noun) } else { None };
        let filter = self.draw.one_in(2).then(|| self.filter(noun, depth));
        let filter = filter.filter(|filter| is_known(search.as_ref(), Some(filter)));
        // Who searches without an order gets the best first, which is tested elsewhere.
        let order = (search.is_some() || self.draw.one_in(2)).then(|| self.orders(noun));
        let forward = self.draw.one_in(2);
        // Pages of lists in lists are small.
        let size = (!forward || depth < ROOT || self.draw.one_in(2)).then(|| self.draw.below(5));
        let searchable = self.searches.draw(&mut self.draw, noun).is_some();
        Arguments {
            side,
            filter: self.given(filter),
            search: if at_root && searchable { self.given(search) } else { Given::absent() },
            order: self.given(order),
            forward: forward || size.is_none(),
            size: self.given(size),
            cursor: self.given(None),
        }
    }

    pub(super) fn filter(&mut self, noun: &'m Noun, depth: usize) -> Json {
        self.draw.filter(self.model, noun, depth.min(2))
    }

    pub(super) fn orders(&mut self, noun: &'m Noun) -> Vec<Order> {
        let mut orders: Vec<Order> = Vec::new();
        for _ in 0..=self.draw.below(2) {
            let order = Order::draw(&mut self.draw, self.model, noun);
            // What is named twice decides nothing the second time.
            if orders.iter().all(|known| known.written()["field"] != order.written()["field"]) {
                orders.push(order);
            }
        }
        orders
    }

    fn given<T>(&mut self, value: Option<T>) -> Given<T> {
        let passing =
            *self.draw.of(&[Passing::Literal, Passing::Variable, Passing::Variable, Passing::Default]);
        Given { value, passing, null: self.draw.one_in(2) }
    }

    fn figures(&mut self) -> Figures {
        let figured: &'static Figured = self.draw.of(&FIGURED);
        let noun = self.model.noun(figured.noun);
        let filter = self.draw.one_in(2).then(|| self.filter(noun, 2));
        let by = (!self.draw.one_in(4)).then(|| self.dimensions(figured));
        let having = self.draw.one_in(2).then(|| self.having(figured));
        let measures: Vec<&str> = figured.measures.iter().map(|(name, ..)| *name).collect();
        let some = |drawing: &mut Self| (!measures.is_empty()).then(|| *drawing.draw.of(&measures));
        let order = some(self).filter(|_| self.draw.one_in(2));
        let order = order.map(|name| (name, *self.draw.of(&STATISTICS), self.draw.one_in(2)));
        let percentile = *self.draw.of(&[1, 500, 2_500, 3_333, 5_000, 9_000, 9_750, 9_999, 10_000]);
        let measures = if self.draw.one_in(2) { some(self).into_iter().collect() } else { Vec::new() };
        let size = self.draw.one_in(2).then(|| self.draw.below(40));
        Figures {
            figured,
            filter: self.given(filter),
            by: self.given(by),
            having: self.given(having),
            order,
            percentile,
            size: self.given(size),
            measures,
        }
    }

    pub(super) fn dimensions(&mut self, figured: &Figured) -> Vec<Dimension> {
        let mut by: Vec<Dimension> = Vec::new();
        for _ in 0..self.draw.below(4) {
            let dimension = *self.draw.of(figured.dimensions);
            if by.iter().all(|(name, ..)| *name != dimension.0) {
                by.push(dimension);
            }
        }
        by
    }

    pub(super) fn having(&mut self, figured: &Figured) -> Json {
        let operator = *self.draw.of(&["lt", "lte", "gt", "gte", "eq", "ne"]);
        if figured.measures.is_empty() || self.draw.one_in(2) {
            return json!({ "count": { operator: self.draw.below(20) } });
        }
        let (name, kind, _) = *self.draw.of(figured.measures);
        let large =
            ["9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999"];
        let operand = match kind {
            Kind::Int => json!(i64::try_from(self.draw.below(3000)).unwrap() - 500),
            Kind::Decimal(_) => {
                json!(*self.draw.of(&["0", "12.5", "150.250", "0.001", "-3.5", "1000000.000001"]))
            }
            _ if self.draw.one_in(3) => json!(*self.draw.of(&large)),
            _ => json!(*self.draw.of(&["0", "1000000", "250000000", "-1"])),
        };
        let statistic = self.draw.of(&STATISTICS);
        let operand = if *statistic == "count" { json!(self.draw.below(20)) } else { operand };
        json!({ name: { *statistic: { operator: operand } } })
    }

    /// A list whose condition has a value that is none.
    fn malformed(&mut self) -> Document {
        let (kind, texts) = *self.draw.of(&MALFORMED);
        let fits = |noun: &&Noun| noun.list.is_some() && noun.fields.iter().any(|(_, known)| *known == kind);
        let nouns: Vec<&Noun> = self.model.nouns.iter().filter(fits).collect();
        let noun = *self.draw.of(&nouns);
        let (field, _) = noun.fields.iter().find(|(_, known)| *known == kind).unwrap();
        let mut many = self.many(noun.list.unwrap(), noun, Reach::Many, 1);
        let operator = *self.draw.of(&["eq", "gte", "lt", "in"]);
        let text = json!(*self.draw.of(texts));
        let operand = if operator == "in" { json!([text]) } else { text };
        many.arguments.filter.value = Some(json!({ *field: { operator: operand } }));
        Document { roots: vec![plainly("k", What::Many(many))], trap: Trap::Malformed }
    }

    /// Two lists without conditions and order: one at the root, and one of another noun or beneath another row.
    fn foreign(&mut self) -> Document {
        let nouns: Vec<&Noun> = self.model.nouns.iter().filter(|noun| noun.list.is_some()).collect();
        let (one, other) = (*self.draw.of(&nouns), *self.draw.of(&nouns));
        let many = other.relations.iter().filter(|(_, reach, _)| *reach == Reach::Many);
        let many: Vec<_> = many.filter(|(_, _, noun)| self.model.noun(noun).list.is_some()).collect();
        if many.is_empty() {
            let roots = vec![
                self.whole("a", one.list.unwrap(), one.name),
                self.whole("b", other.list.unwrap(), other.name),
            ];
            return Document { roots, trap: Trap::Foreign };
        }
        let (relation, _, noun) = **self.draw.of(&many);
        let noun = self.model.noun(noun);
        let mut beneath = self.whole("b", other.list.unwrap(), other.name);
        if let What::Many(list) = &mut beneath.what {
            list.nodes.push(self.whole("c", relation, noun.name));
        }
        Document { roots: vec![self.whole("a", noun.list.unwrap(), noun.name), beneath], trap: Trap::Foreign }
    }

    /// A list without arguments but a cursor.
    fn whole(&mut self, key: &str, field: &'static str, noun: &'static str) -> Field {
        self.lists += 1;
        let arguments = Arguments {
            side: None,
            filter: Given::absent(),
            search: Given::absent(),
            order: Given::absent(),
            forward: true,
            size: Given::absent(),
            cursor: Given { passing: Passing::Variable, ..Given::absent() },
        };
        let list = Many {
            number: self.lists,
            field,
            noun,
            arguments,
            total: true,
            page_info: true,
            nodes: Vec::new(),
            edges: vec![plainly("id", What::Leaf("id"))],
            split: false,
        };
        plainly(key, What::Many(list))
    }
}

/// A field with a response key, without directives and fragments.
fn plainly(key: &str, what: What) -> Field {
    Field { key: key.into(), directive: Directive::None, place: Place::Plain, what }
}

/// Whether a relation is a field of answers, and not only one of conditions.
fn is_field(noun: &Noun, relation: &str) -> bool {
    match noun.name {
        "Party" => relation == "region",
        _ => relation != "party",
    }
}
