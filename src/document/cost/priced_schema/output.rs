//! Classifies output types: rows, lists, pages, figures, and introspection.

use std::collections::{BTreeSet, HashMap};

use async_graphql::{
    Value,
    indexmap::IndexMap,
    registry::{MetaField, MetaInputValue, MetaType, Registry},
};

use super::{
    Argument, Field, Inputs, PricedSchema, Role, Shape, Type, TypeId, bare, is_list, kind, letters, related,
};
use crate::{
    document::cost::price::{MAX_STEPS, NESTED_ROWS, PLAIN, ROOT_ROWS, WALKED_ROWS},
    graph::{
        list_size::LIST_SIZE,
        page::{MAX_GROUPS, MAX_PAGE},
    },
};

pub(super) fn read(registry: &Registry) -> PricedSchema {
    let composite = |kind: &&MetaType| {
        matches!(kind, MetaType::Object { .. } | MetaType::Interface { .. } | MetaType::Union { .. })
    };
    let types: Vec<&MetaType> = registry.types.values().filter(composite).collect();
    let reserved = INTROSPECTION.iter().map(|(name, _)| (*name).to_owned());
    let ours = types.iter().map(|kind| kind.name().to_owned()).filter(|name| !name.starts_with("__"));
    let names: HashMap<String, TypeId> =
        ours.chain(reserved).enumerate().map(|(at, name)| (name, TypeId(at))).collect();
    let inputs = Inputs::read(registry);
    let reading = Reading { registry, names: &names, inputs: &inputs };
    let mut types: Vec<Type> = types
        .into_iter()
        .filter(|kind| !kind.name().starts_with("__"))
        .map(|kind| reading.kind(kind))
        .collect();
    types.extend(INTROSPECTION.iter().map(|(_, fields)| reading.reserved(fields)));
    let root = names.get(&registry.query_type).copied();
    if let Some(Type::Object { fields, .. }) = root.and_then(|root| types.get_mut(root.0)) {
        for (name, of) in [("__schema", "__Schema"), ("__type", "__Type")] {
            fields.insert(name.to_owned(), reading.field_of(Shape::Introspection, of));
        }
        let unsaid = |field: &&mut Field| !field.stated && matches!(field.shape, Shape::Page { .. });
        for field in fields.values_mut().filter(unsaid) {
            field.chosen_from = ROOT_ROWS;
        }
    }
    let verbs = registry.mutation_type.as_ref().and_then(|verbs| names.get(verbs).copied());
    let relations = related::read(&types, root, &inputs);
    PricedSchema { types, names, inputs, relations, root, verbs }
}

struct Reading<'a> {
    registry: &'a Registry,
    names: &'a HashMap<String, TypeId>,
    inputs: &'a Inputs,
}

impl Reading<'_> {
    fn kind(&self, kind: &MetaType) -> Type {
        match kind {
            MetaType::Object { fields, .. } => {
                let page = is_page(fields);
                let edge = fields.contains_key("cursor") && fields.contains_key("node");
                let mut priced: HashMap<String, Field> =
                    fields.values().map(|field| (field.name.clone(), self.field(field, page))).collect();
                if let Some(node) = priced.get_mut("node").filter(|_| edge) {
                    // The edge is the row that is paid for.
                    node.row = false;
                }
                let figures = fields.contains_key("keys") && fields.contains_key("count");
                Type::Object { fields: priced, page, figures }
            }
            MetaType::Interface { possible_types, .. } | MetaType::Union { possible_types, .. } => {
                let possible =
                    possible_types.iter().filter_map(|name| self.names.get(name.as_str()).copied());
                Type::Abstract(possible.collect())
            }
            _ => Type::Abstract(Vec::new()),
        }
    }

    fn field(&self, field: &MetaField, on_page: bool) -> Field {
        let of = self.names.get(bare(&field.ty)).copied();
        let shape = self.shape(field, of, on_page);
        // A key of figures may lead to the row that it stands for.
        let key = field.args.contains_key("dimension");
        let row = shape == Shape::Rows || key || is_row(self.registry, &field.ty);
        let of_page = matches!(shape, Shape::Page { .. });
        let chosen_from = stated_size(field).filter(|_| of_page || shape == Shape::Figures);
        let arguments = field.args.values().filter_map(|argument| {
            let role = self.role(field, argument, of_page)?;
            Some(Argument { name: argument.name.clone(), role })
        });
        let arguments: Vec<_> = arguments.collect();
        let walks = arguments.iter().any(|argument| matches!(argument.role, Role::Steps { .. }));
        Field {
            shape,
            of,
            row,
            chosen_from: chosen_from.unwrap_or(if walks { WALKED_ROWS } else { NESTED_ROWS }),
            stated: chosen_from.is_some(),
            arguments,
        }
    }

    fn shape(&self, field: &MetaField, of: Option<TypeId>, on_page: bool) -> Shape {
        if on_page && ["totalCount", "totalCountPrecision"].contains(&field.name.as_str()) {
            return Shape::Count;
        }
        let (Some(_), Some(kind)) = (of, kind(self.registry, &field.ty)) else { return Shape::Leaf };
        let fields = fields(kind);
        if is_list(&field.ty) {
            let rows = on_page && ["nodes", "edges"].contains(&field.name.as_str());
            return if rows { Shape::Rows } else { Shape::List(stated_size(field).unwrap_or(PLAIN)) };
        }
        if let Some(fields) = fields.filter(|fields| is_page(fields)) {
            let figures = fields.get("nodes").is_some_and(|nodes| self.is_figures(&nodes.ty));
            let most = if figures { MAX_GROUPS } else { MAX_PAGE };
            return Shape::Page { most: most.into(), figures };
        }
        if self.is_figures(&field.ty) { Shape::Figures } else { Shape::One }
    }

    /// A row of figures has keys and a count.
    fn is_figures(&self, written: &str) -> bool {
        let fields = kind(self.registry, written).and_then(fields);
        fields.is_some_and(|fields| fields.contains_key("keys") && fields.contains_key("count"))
    }

    fn role(&self, field: &MetaField, argument: &MetaInputValue, of_page: bool) -> Option<Role> {
        let default = || argument.default_value.as_deref().and_then(|default| default.parse().ok());
        let listed = is_list(&field.ty) || of_page;
        match argument.name.as_str() {
            "first" | "last" if listed => return Some(Role::Size { default: default() }),
            "after" | "before" if listed => return Some(Role::Cursor),
            "ids" if listed => return Some(Role::Ids),
            "search" | "text" if listed => return Some(Role::Search),
            "groupBy" => return Some(Role::Dimensions),
            "maxDepth" => return Some(Role::Steps { default: default().unwrap_or(MAX_STEPS) }),
            _ => {}
        }
        let input = self.inputs.find(&argument.ty)?;
        let Some(words) = self.order_words(&argument.ty) else {
            let condition = self.inputs.get(input).kind != super::InputKind::Operand;
            return condition.then_some(Role::Filter(input));
        };
        let plain = self.row_of(field).map(|row| {
            words
                .filter(|word| row.values().any(|field| names(word, field)))
                .cloned()
                .collect::<BTreeSet<_>>()
        });
        Some(Role::Order { input, plain })
    }

    /// The values of the enum `field` of an order.
    fn order_words(&self, written: &str) -> Option<impl Iterator<Item = &String>> {
        let MetaType::InputObject { input_fields, .. } = kind(self.registry, written)? else { return None };
        match kind(self.registry, &input_fields.get("field")?.ty)? {
            MetaType::Enum { enum_values, .. } => Some(enum_values.keys()),
            _ => None,
        }
    }

    /// The fields of a list's rows; none for figures.
    fn row_of(&self, field: &MetaField) -> Option<&IndexMap<String, MetaField>> {
        let page = kind(self.registry, &field.ty).and_then(fields)?;
        let nodes = page.get("nodes").filter(|nodes| !self.is_figures(&nodes.ty))?;
        kind(self.registry, &nodes.ty).and_then(fields)
    }

    fn reserved(&self, fields: &[Leads]) -> Type {
        let fields = fields.iter().map(|(name, of, shape)| ((*name).to_owned(), self.field_of(*shape, of)));
        Type::Object { fields: fields.collect(), page: false, figures: false }
    }

    fn field_of(&self, shape: Shape, of: &str) -> Field {
        Field {
            shape,
            of: self.names.get(of).copied(),
            row: false,
            chosen_from: NESTED_ROWS,
            stated: false,
            arguments: Vec::new(),
        }
    }
}

fn fields(kind: &MetaType) -> Option<&IndexMap<String, MetaField>> {
    match kind {
        MetaType::Object { fields, .. } | MetaType::Interface { fields, .. } => Some(fields),
        _ => None,
    }
}

fn is_page(fields: &IndexMap<String, MetaField>) -> bool {
    fields.contains_key("pageInfo") && fields.get("nodes").is_some_and(|nodes| is_list(&nodes.ty))
}

/// Whether a type is a row: it has an `id`, or it is abstract and one of its types has.
fn is_row(registry: &Registry, written: &str) -> bool {
    match kind(registry, written) {
        Some(MetaType::Union { possible_types, .. }) => {
            possible_types.iter().any(|possible| is_row(registry, possible))
        }
        Some(kind) => fields(kind).is_some_and(|fields| fields.contains_key("id")),
        None => false,
    }
}

/// Whether an order field, such as `MEMBER_COUNT`, is a field of the row, such as `memberCount`; or a field with arguments
/// that is computed from the row alone, such as `distanceKm`.
fn names(word: &str, field: &MetaField) -> bool {
    let (word, name) = (letters(word), letters(&field.name));
    word == name || (!field.args.is_empty() && name.starts_with(&word))
}

/// The length that `@listSize` states.
fn stated_size(field: &MetaField) -> Option<u64> {
    let stated = field.directive_invocations.iter().find(|directive| directive.name == LIST_SIZE)?;
    match stated.args.get("assumedSize") {
        Some(Value::Number(size)) => size.as_u64(),
        _ => None,
    }
}

/// A field of introspection, the type that it leads to, and the shape.
type Leads = (&'static str, &'static str, Shape);

/// The composite fields of introspection, with their sizes. There are about 400 types; the other sizes are those of types
/// that have such fields at all, so that circular selections are not underestimated.
const INTROSPECTION: &[(&str, &[Leads])] = &[
    (
        "__Schema",
        &[
            ("types", "__Type", Shape::List(400)),
            ("directives", "__Directive", Shape::List(6)),
            ("queryType", "__Type", Shape::One),
            ("mutationType", "__Type", Shape::One),
            ("subscriptionType", "__Type", Shape::One),
        ],
    ),
    (
        "__Type",
        &[
            ("fields", "__Field", Shape::List(10)),
            ("inputFields", "__InputValue", Shape::List(8)),
            ("enumValues", "__EnumValue", Shape::List(3)),
            ("interfaces", "__Type", Shape::List(3)),
            ("possibleTypes", "__Type", Shape::List(20)),
            ("ofType", "__Type", Shape::Inner),
        ],
    ),
    ("__Field", &[("args", "__InputValue", Shape::List(1)), ("type", "__Type", Shape::One)]),
    ("__InputValue", &[("type", "__Type", Shape::One)]),
    ("__Directive", &[("args", "__InputValue", Shape::List(2))]),
    ("__EnumValue", &[]),
];
