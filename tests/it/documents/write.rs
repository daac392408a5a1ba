//! Writes a document tree as GraphQL text and variables.

use std::{collections::BTreeMap, fmt::Write as _};

use async_graphql::registry::{MetaType, MetaTypeName};
use serde_json::{Map, Value as Json, json};

use super::tree::{Arguments, Directive, Document, Field, Figures, Given, Many, Passing, Place, What};
use crate::model::{Model, order::screaming};

/// The schema's types, by name.
pub(super) type Types = BTreeMap<String, MetaType>;

pub(super) struct Written {
    pub(super) text: String,
    pub(super) variables: Json,
}

/// Writes a document.
pub(super) fn written(document: &Document, model: &Model, types: &Types) -> Written {
    let mut writer =
        Writer { model, types, variables: Vec::new(), values: Map::new(), fragments: Vec::new() };
    let selection = writer.selection("Query", &document.roots);
    let head = if writer.variables.is_empty() {
        String::new()
    } else {
        format!("({})", writer.variables.join(", "))
    };
    let fragments = writer.fragments.concat();
    Written {
        text: format!("query Any{head} {selection}{fragments}"),
        variables: Json::Object(writer.values),
    }
}

struct Writer<'m> {
    model: &'m Model,
    types: &'m Types,
    variables: Vec<String>,
    values: Map<String, Json>,
    fragments: Vec<String>,
}

impl Writer<'_> {
    fn selection(&mut self, of: &str, fields: &[Field]) -> String {
        let fields: Vec<String> = fields.iter().map(|field| self.field(of, field)).collect();
        format!("{{ __typename {} }}", fields.join(" "))
    }

    fn field(&mut self, of: &str, field: &Field) -> String {
        let directive = self.directive(field.directive);
        let text = match &field.what {
            What::Leaf(name) => aliased(&field.key, name, &directive),
            What::One(relation, noun, fields) => {
                let selection = self.selection(noun, fields);
                format!("{} {selection}", aliased(&field.key, relation, &directive))
            }
            What::Party(relation, [any, cooperative, institution]) => {
                let mut selection: String =
                    any.iter().map(|field| self.field("Party", field) + " ").collect();
                for (noun, fields) in [("Cooperative", cooperative), ("PartnerInstitution", institution)] {
                    if !fields.is_empty() {
                        let _ = write!(selection, "... on {noun} {} ", self.selection(noun, fields));
                    }
                }
                format!("{} {{ __typename {selection}}}", aliased(&field.key, relation, &directive))
            }
            What::Node(noun, at, fields) => {
                let id = json!(self.model.noun(noun).rows[*at].id);
                let selection = self.selection(noun, fields);
                format!("{}: node(id: {id}){directive} {{ __typename ... on {noun} {selection} }}", field.key)
            }
            What::Many(many) => self.many(&field.key, many, &directive),
            What::Figures(figures) => self.figures(&field.key, figures, &directive),
        };
        match field.place {
            Place::Plain => text,
            Place::Inline { typed: false } => format!("... {{ {text} }}"),
            Place::Inline { typed: true } => format!("... on {of} {{ {text} }}"),
            Place::Named => {
                let name = format!("F{}", self.fragments.len());
                self.fragments.push(format!(" fragment {name} on {of} {{ {text} }}"));
                format!("...{name}")
            }
        }
    }

    fn directive(&mut self, directive: Directive) -> String {
        let Directive::Given { skip, variable, there } = directive else { return String::new() };
        let (name, value) = if skip { ("skip", !there) } else { ("include", there) };
        if !variable {
            return format!(" @{name}(if: {value})");
        }
        let variable = self.variable("Boolean!", None, Some(json!(value)));
        format!(" @{name}(if: {variable})")
    }

    fn variable(&mut self, kind: &str, default: Option<&str>, value: Option<Json>) -> String {
        let name = format!("v{}", self.variables.len());
        let default = default.map(|literal| format!(" = {literal}")).unwrap_or_default();
        self.variables.push(format!("${name}: {kind}{default}"));
        if let Some(value) = value {
            self.values.insert(name.clone(), value);
        }
        format!("${name}")
    }

    /// Adds an argument, unless it is omitted.
    fn argument(
        &mut self,
        name: &str,
        kind: &str,
        given: &Given<()>,
        value: Option<Json>,
        to: &mut Vec<String>,
    ) {
        let text = match (given.passing, value) {
            (Passing::Literal, Some(value)) => self.literal(&value, kind),
            (Passing::Literal, None) if given.null => "null".to_owned(),
            (Passing::Literal, None) => return,
            (Passing::Variable, None) => self.variable(kind, None, given.null.then_some(Json::Null)),
            (Passing::Variable, value) => self.variable(kind, None, value),
            (Passing::Default, Some(value)) => {
                let literal = self.literal(&value, kind);
                self.variable(kind, Some(&literal), None)
            }
            (Passing::Default, None) => self.variable(kind, Some("null"), None),
        };
        to.push(format!("{name}: {text}"));
    }

    fn arguments(&mut self, noun: &str, arguments: &Arguments) -> String {
        let input = self.model.noun(noun).input;
        let mut written = Vec::new();
        if let Some(side) = arguments.side {
            written.push(format!("as: {side}"));
        }
        let filter = arguments.filter.value.clone();
        self.argument("where", &format!("{input}Where"), &arguments.filter.bare(), filter, &mut written);
        let search = arguments.search.value.as_ref().map(|text| json!(text));
        self.argument("search", "String", &arguments.search.bare(), search, &mut written);
        let order = arguments.order.value.as_ref();
        let order = order.map(|order| order.iter().map(crate::model::order::Order::written).collect());
        self.argument("orderBy", &format!("[{input}Order!]"), &arguments.order.bare(), order, &mut written);
        let (amount, cursor) = if arguments.forward { ("first", "after") } else { ("last", "before") };
        let size = arguments.size.value.map(|size| json!(size));
        self.argument(amount, "Int", &arguments.size.bare(), size, &mut written);
        let at = arguments.cursor.value.as_ref().map(|cursor| json!(cursor.text));
        self.argument(cursor, "String", &arguments.cursor.bare(), at, &mut written);
        in_brackets(&written)
    }

    fn many(&mut self, key: &str, many: &Many, directive: &str) -> String {
        let arguments = self.arguments(many.noun, &many.arguments);
        let mut parts = vec!["__typename".to_owned()];
        if many.total {
            parts.push("totalCount".to_owned());
        }
        if many.page_info {
            parts.push("pageInfo { hasNextPage hasPreviousPage }".to_owned());
        }
        if !many.nodes.is_empty() {
            parts.push(format!("nodes {}", self.selection(many.noun, &many.nodes)));
        }
        if !many.edges.is_empty() {
            parts.push(format!("edges {{ cursor node {} }}", self.selection(many.noun, &many.edges)));
        }
        let head = format!("{key}: {}{arguments}{directive}", many.field);
        if many.split && parts.len() > 2 {
            let (one, other) = parts.split_at(parts.len() / 2);
            return format!("{head} {{ {} }} {head} {{ {} }}", one.join(" "), other.join(" "));
        }
        format!("{head} {{ {} }}", parts.join(" "))
    }

    fn figures(&mut self, key: &str, figures: &Figures, directive: &str) -> String {
        let input = self.model.noun(figures.figured.noun).input;
        let mut written = Vec::new();
        let filter = figures.filter.value.clone();
        self.argument("where", &format!("{input}Where"), &figures.filter.bare(), filter, &mut written);
        let by = figures.by.value.as_ref().map(|by| by.iter().map(|(name, ..)| json!(name)).collect());
        self.argument("groupBy", &format!("[{input}Dimension!]"), &figures.by.bare(), by, &mut written);
        let having = figures.having.value.clone();
        self.argument(
            "having",
            &format!("{input}FiguresWhere"),
            &figures.having.bare(),
            having,
            &mut written,
        );
        let (field, descending) = match figures.order {
            Some((measure, statistic, descending)) => {
                (format!("{}_{}", screaming(measure), statistic.to_uppercase()), descending)
            }
            None => ("COUNT".to_owned(), true),
        };
        let direction = if descending { "DESC" } else { "ASC" };
        written.push(format!("orderBy: [{{field: {field}, direction: {direction}}}]"));
        let size = figures.size.value.map(|size| json!(size));
        self.argument("first", "Int", &figures.size.bare(), size, &mut written);
        let measures: Vec<String> =
            figures.measures.iter().map(|name| format!("{name} {{ {} }}", statistics(figures))).collect();
        format!(
            "{key}: {}{}{directive} {{ totalCount pageInfo {{ hasNextPage }} nodes {{ count keys {{ dimension value }} {} }} }}",
            figures.figured.field,
            in_brackets(&written),
            measures.join(" ")
        )
    }

    /// A value in the language's own notation, where words have no quotation marks.
    fn literal(&self, value: &Json, kind: &str) -> String {
        let name = MetaTypeName::concrete_typename(kind);
        match (value, self.types.get(name)) {
            (Json::Array(items), _) => {
                let items: Vec<String> = items.iter().map(|item| self.literal(item, name)).collect();
                format!("[{}]", items.join(", "))
            }
            (Json::Object(fields), Some(MetaType::InputObject { input_fields, .. })) => {
                let field = |(name, value): (&String, &Json)| {
                    format!("{name}: {}", self.literal(value, &input_fields[name.as_str()].ty))
                };
                let fields: Vec<String> = fields.iter().map(field).collect();
                format!("{{{}}}", fields.join(", "))
            }
            (Json::String(word), Some(MetaType::Enum { .. })) => word.clone(),
            (value, _) => value.to_string(),
        }
    }
}

impl<T> Given<T> {
    /// How the value is passed, without the value.
    fn bare(&self) -> Given<()> {
        Given { value: None, passing: self.passing, null: self.null }
    }
}

/// All statistics of a measure, some of them twice.
fn statistics(figures: &Figures) -> String {
    let p = f64::from(u32::try_from(figures.percentile).unwrap()) / 100.0;
    format!(
        "count sum average minimum maximum median percentile(p: {p}) same: percentile(p: 50) most: percentile(p: 100)"
    )
}

fn in_brackets(arguments: &[String]) -> String {
    if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) }
}

fn aliased(key: &str, name: &str, directive: &str) -> String {
    if key == name { format!("{name}{directive}") } else { format!("{key}: {name}{directive}") }
}
