//! One document for every field, argument and enum value of the schema, and random documents.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use async_graphql::registry::{MetaField, MetaInputValue, MetaType, MetaTypeName};
use serde_json::Value as Json;
use simpul::schema;

use super::draw::Draw;
use crate::support::Registry;

/// A document for one element of the schema, with all elements that it names on the path there.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) trail: Vec<String>,
    pub(crate) document: String,
}

impl Way {
    /// Where it leads: `Type.field`, `Type.field(argument:)` or `Enum.VALUE`.
    pub(crate) fn at(&self) -> &str {
        self.trail.last().unwrap()
    }
}

/// A document with a gap for a selection or a value.
#[derive(Clone, Debug, Default)]
struct Gap {
    trail: Vec<String>,
    before: String,
    after: String,
}

impl Gap {
    fn filled(&self, text: &str) -> Way {
        Way { trail: self.trail.clone(), document: format!("{}{text}{}", self.before, self.after) }
    }

    /// A gap inside of this one, which leads to `at`.
    fn inside(&self, before: &str, after: &str, at: Option<String>) -> Self {
        let trail = self.trail.iter().cloned().chain(at).collect();
        Self { trail, before: format!("{}{before}", self.before), after: format!("{after}{}", self.after) }
    }
}

/// The schema, and ids of some rows.
pub(crate) struct Ways {
    types: BTreeMap<String, MetaType>,
    /// The first gap for a selection of each type.
    gaps: BTreeMap<String, Gap>,
    ids: BTreeMap<String, String>,
}

impl Ways {
    pub(crate) async fn of(registry: &Registry) -> Self {
        let mut ways = Self { types: schema::registry().types, gaps: BTreeMap::new(), ids: BTreeMap::new() };
        ways.reach();
        for (name, gap) in &ways.gaps {
            if name != "Person" && ways.fields(name).is_some_and(|fields| fields.contains_key("id")) {
                let answer = registry.ask(&gap.filled("{ id }").document).await;
                ways.ids.extend(some_id(&answer.body["data"]).map(|id| (name.clone(), id)));
            }
        }
        ways
    }

    /// Finds a gap for a selection of each type that is reached without naming a row.
    fn reach(&mut self) {
        let mut queue = VecDeque::from([("Query".to_owned(), Gap::default())]);
        while let Some((name, gap)) = queue.pop_front() {
            if self.gaps.contains_key(&name) {
                continue;
            }
            for possible in self.possible(&name) {
                queue
                    .push_back((possible.clone(), gap.inside(&format!("{{ ... on {possible} "), " }", None)));
            }
            for field in self.fields(&name).into_iter().flat_map(|fields| fields.values()) {
                let kind = MetaTypeName::concrete_typename(&field.ty);
                let named = field.args.values().any(|argument| needed(argument) && argument.name != "text");
                let composite = self.fields(kind).is_some() || !self.possible(kind).is_empty();
                if named || !composite || name == "Node" || kind == "Node" {
                    continue;
                }
                let before = format!("{{ {} ", self.asked(field, &BTreeMap::new()));
                queue.push_back((kind.to_owned(), gap.inside(&before, " }", Some(at(&name, &field.name)))));
            }
            self.gaps.insert(name, gap);
        }
    }

    fn fields(&self, name: &str) -> Option<&async_graphql::indexmap::IndexMap<String, MetaField>> {
        match self.types.get(name)? {
            MetaType::Object { fields, .. } | MetaType::Interface { fields, .. } => Some(fields),
            _ => None,
        }
    }

    fn possible(&self, name: &str) -> Vec<String> {
        match self.types.get(name) {
            Some(MetaType::Interface { possible_types, .. } | MetaType::Union { possible_types, .. }) => {
                possible_types.iter().cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    /// A field with the arguments that are `given`, and those that it needs.
    fn asked(&self, field: &MetaField, given: &BTreeMap<&str, String>) -> String {
        let noun = self.noun(field);
        let needed = field.args.values().filter(|argument| needed(argument));
        let needed = needed.filter(|argument| !given.contains_key(argument.name.as_str()));
        let needed = needed.map(|argument| (argument.name.as_str(), self.sample(&argument.ty, noun)));
        let arguments: Vec<String> = given
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .chain(needed)
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        if arguments.is_empty() {
            field.name.clone()
        } else {
            format!("{}({})", field.name, arguments.join(", "))
        }
    }

    /// The type of the rows of a field.
    fn noun<'a>(&'a self, field: &'a MetaField) -> &'a str {
        let kind = MetaTypeName::concrete_typename(&field.ty);
        let rows = self.fields(kind).and_then(|fields| fields.get("nodes"));
        rows.map_or(kind, |nodes| MetaTypeName::concrete_typename(&nodes.ty))
    }

    /// The selection on a type where one is needed.
    fn selection(&self, kind: &str) -> String {
        let Some(fields) = self.fields(kind) else {
            return if self.possible(kind).is_empty() { String::new() } else { " { __typename }".to_owned() };
        };
        if let Some(nodes) = fields.get("nodes") {
            let total = if fields.contains_key("totalCount") { "totalCount" } else { "" };
            let rows = self.selection(MetaTypeName::concrete_typename(&nodes.ty));
            return format!(" {{ {total} nodes{rows} }}");
        }
        let names = ["id", "count", "code", "value", "name"];
        let own = names.iter().filter(|name| fields.get(**name).is_some_and(|field| self.plain(field)));
        let mut own: Vec<&str> = own.copied().collect();
        if own.is_empty() {
            own.extend(self.plain_fields(kind));
        }
        let keys = if fields.contains_key("keys") { " keys { value label }" } else { "" };
        format!(" {{ __typename {}{keys} }}", own.join(" "))
    }

    fn plain(&self, field: &MetaField) -> bool {
        let kind = MetaTypeName::concrete_typename(&field.ty);
        field.args.is_empty()
            && matches!(self.types.get(kind), Some(MetaType::Scalar { .. } | MetaType::Enum { .. }))
    }

    /// Every way that the schema offers, once.
    pub(crate) fn all(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        let mut inputs = VecDeque::new();
        for (name, gap) in &self.gaps {
            for field in self.fields(name).into_iter().flat_map(|fields| fields.values()) {
                let place = at(name, &field.name);
                if let Some(dimension) = field.args.get("dimension") {
                    ways.extend(self.keys(gap, &place, dimension));
                    continue;
                }
                let selection = self.selection(MetaTypeName::concrete_typename(&field.ty));
                let text = format!("{{ {}{selection} }}", self.asked(field, &BTreeMap::new()));
                ways.push(gap.inside("", "", Some(place.clone())).filled(&text));
                for argument in field.args.values() {
                    let with =
                        self.asked(field, &BTreeMap::from([(argument.name.as_str(), "\u{0}".to_owned())]));
                    let (before, after) = with.split_once('\u{0}').unwrap();
                    let (before, after) = (format!("{{ {before}"), format!("{after}{selection} }}"));
                    let inside = gap.inside(&before, &after, Some(place.clone()));
                    let inside = inside.inside("", "", Some(format!("{place}({}:)", argument.name)));
                    inputs.push_back((argument.ty.clone(), inside, self.noun(field).to_owned()));
                }
            }
        }
        let mut known = BTreeSet::new();
        while let Some((written, gap, noun)) = inputs.pop_front() {
            let gap = if written.contains('[') { gap.inside("[", "]", None) } else { gap };
            let kind = MetaTypeName::concrete_typename(&written);
            let first = known.insert(kind.to_owned());
            match &self.types[kind] {
                MetaType::Enum { enum_values, .. } if first => {
                    let values = enum_values.keys();
                    ways.extend(values.map(|value| gap.inside("", "", Some(at(kind, value))).filled(value)));
                }
                MetaType::InputObject { input_fields, oneof, .. } if first => {
                    for field in input_fields.values() {
                        let others = input_fields.values().filter(|other| other.name != field.name);
                        let others = others.filter(|other| !oneof && needed(other));
                        let others = others
                            .map(|other| format!(", {}: {}", other.name, self.sample(&other.ty, &noun)));
                        let (before, after) =
                            (format!("{{{}: ", field.name), format!("{}}}", others.collect::<String>()));
                        let inside = gap.inside(&before, &after, Some(at(kind, &field.name)));
                        inputs.push_back((field.ty.clone(), inside, noun.clone()));
                    }
                }
                _ => {}
            }
            if !matches!(self.types[kind], MetaType::Enum { .. }) || !first {
                ways.push(gap.filled(&self.sample(kind, &noun)));
            }
        }
        ways
    }

    /// The keys of groups, each in groups by its dimension.
    fn keys(&self, gap: &Gap, place: &str, dimension: &MetaInputValue) -> Vec<Way> {
        let kind = MetaTypeName::concrete_typename(&dimension.ty);
        let way = |value: &str| {
            let grouped = format!("Aggregate(groupBy: [{value}])");
            let gap = Gap { before: gap.before.replacen("Aggregate", &grouped, 1), ..gap.clone() };
            let gap = gap.inside("", "", Some(place.to_owned())).inside("", "", Some(at(kind, value)));
            gap.filled(&format!("{{ key(dimension: {value}) {{ value label }} }}"))
        };
        self.values(kind).into_iter().map(way).collect()
    }

    /// The values of an enum.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        match &self.types[name] {
            MetaType::Enum { enum_values, .. } => enum_values.keys().map(String::as_str).collect(),
            _ => panic!("{name} is no enum"),
        }
    }

    /// The scalar fields of a type without arguments.
    pub(crate) fn plain_fields(&self, name: &str) -> Vec<&str> {
        let fields = self.fields(name).unwrap().values();
        fields.filter(|field| self.plain(field)).map(|field| field.name.as_str()).collect()
    }

    /// A plain value of a type, about rows of `noun`.
    fn sample(&self, written: &str, noun: &str) -> String {
        let kind = MetaTypeName::concrete_typename(written);
        let value = match &self.types[kind] {
            // What a record can be sorted by, whatever it is.
            MetaType::Enum { enum_values, .. } if enum_values.contains_key("CREATED_AT") => {
                "CREATED_AT".to_owned()
            }
            MetaType::Enum { enum_values, .. } => enum_values.keys().next().unwrap().clone(),
            MetaType::InputObject { input_fields, oneof, .. } => {
                let fields = input_fields.values().enumerate();
                let fields = fields.filter(|(at, field)| (*oneof && *at == 0) || (!oneof && needed(field)));
                let fields =
                    fields.map(|(_, field)| format!("{}: {}", field.name, self.sample(&field.ty, noun)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            _ => self.scalar(kind, noun, 0),
        };
        if written.starts_with('[') { format!("[{value}]") } else { value }
    }

    fn scalar(&self, kind: &str, noun: &str, pick: usize) -> String {
        let of = |values: &[&str]| values[pick % values.len()].to_owned();
        match kind {
            "Int" => of(&["3", "1", "10", "2025"]),
            "Float" => of(&["-7", "107"]),
            "Boolean" => of(&["true", "false"]),
            "ID" => {
                let id = self.ids.get(noun).or_else(|| self.ids.get("Cooperative"));
                format!("{:?}", id.map_or("x", String::as_str))
            }
            "Date" => of(&["\"2026-01-01\"", "\"2025-08-04\""]),
            "DateTime" => of(&["\"2026-06-01T00:00:00Z\""]),
            "RegionCode" => of(&["\"32\"", "\"32.04\"", "\"33\""]),
            "Decimal" | "Rupiah" => of(&["\"1\"", "\"1000000\""]),
            _ => of(&["\"koperasi\"", "\"a\"", "\"32\""]),
        }
    }

    /// A document drawn at random over the whole schema.
    pub(crate) fn draw(&self, draw: &mut Draw) -> String {
        let count = 1 + draw.below(2);
        self.drawn("Query", draw, count, 6)
    }

    fn drawn(&self, name: &str, draw: &mut Draw, count: usize, depth: usize) -> String {
        let possible = self.possible(name);
        if let Some(fields) = self.fields(name).filter(|_| possible.is_empty() || draw.one_in(2)) {
            // A key is refused where its dimension is not grouped by.
            let fields: Vec<&MetaField> =
                fields.values().filter(|field| !field.args.contains_key("dimension")).collect();
            let mut chosen = vec!["__typename".to_owned()];
            for at in 0..count {
                let field = *draw.of(&fields);
                let kind = MetaTypeName::concrete_typename(&field.ty);
                let composite = self.fields(kind).is_some() || !self.possible(kind).is_empty();
                if composite && depth == 0 {
                    continue;
                }
                let (noun, mut given) = (self.noun(field), BTreeMap::new());
                for argument in field.args.values() {
                    match argument.name.as_str() {
                        "first" => drop(given.insert("first", (1 + draw.below(4)).to_string())),
                        "after" | "before" | "last" => {}
                        other if needed(argument) || draw.one_in(4) => {
                            given.insert(other, self.value(&argument.ty, noun, draw, 4));
                        }
                        _ => {}
                    }
                }
                let asked = self.asked(field, &given);
                let beneath = 1 + draw.below(3);
                let selection =
                    if composite { self.drawn(kind, draw, beneath, depth - 1) } else { String::new() };
                chosen.push(format!("a{at}: {asked} {selection}"));
            }
            return format!("{{ {} }}", chosen.join(" "));
        }
        let kind = draw.of(&possible).clone();
        format!("{{ __typename ... on {kind} {} }}", self.drawn(&kind, draw, count, depth))
    }

    /// A value drawn at random.
    fn value(&self, written: &str, noun: &str, draw: &mut Draw, depth: usize) -> String {
        let kind = MetaTypeName::concrete_typename(written);
        let value = match &self.types[kind] {
            MetaType::Enum { enum_values, .. } => (*draw.of(&enum_values.keys().collect::<Vec<_>>())).clone(),
            MetaType::InputObject { input_fields, oneof, .. } => {
                let all: Vec<&MetaInputValue> = input_fields.values().collect();
                let chosen = draw.below(all.len());
                let some = *oneof || (depth > 0 && !draw.one_in(8));
                let fields = all
                    .iter()
                    .enumerate()
                    .filter(|(at, field)| (some && *at == chosen) || (!oneof && needed(field)));
                let fields = fields.map(|(_, field)| {
                    format!("{}: {}", field.name, self.value(&field.ty, noun, draw, depth.saturating_sub(1)))
                });
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            _ => self.scalar(kind, noun, draw.below(4)),
        };
        if written.starts_with('[') { format!("[{value}]") } else { value }
    }
}

fn at(kind: &str, field: &str) -> String {
    format!("{kind}.{field}")
}

fn needed(argument: &MetaInputValue) -> bool {
    argument.ty.ends_with('!') && argument.default_value.is_none()
}

/// The first id in an answer.
fn some_id(answer: &Json) -> Option<String> {
    match answer {
        Json::Object(fields) => match fields.get("id") {
            Some(Json::String(id)) => Some(id.clone()),
            _ => fields.values().find_map(some_id),
        },
        Json::Array(items) => items.iter().find_map(some_id),
        _ => None,
    }
}
