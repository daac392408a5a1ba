//! Validates the use of variables, `__typename`, directives and introspection.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Pos, Positioned,
    parser::types::{
        Directive, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
        VariableDefinition,
    },
    registry::{MetaType, MetaTypeName, Registry},
};
use async_graphql_value::Value;

use super::{Types, literals};
use crate::document::DocumentError;

/// The errors of a document that the library does not find.
pub(super) fn errors(types: Types<'_>, document: &ExecutableDocument) -> Vec<DocumentError> {
    let mut walk = Walk { registry: types.registry, types, errors: Vec::new() };
    let fragments = walk.fragments(document);
    for (_, operation) in document.operations.iter() {
        walk.operation(&operation.node, &fragments);
    }
    walk.errors
}

/// The uses of variables that are null despite a default, at positions whose type is non-null.
pub(super) fn nulls(
    types: Types<'_>,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    null: &HashSet<&Name>,
) -> Vec<DocumentError> {
    let mut walk = Walk { registry: types.registry, types, errors: Vec::new() };
    let fragments = walk.fragments(document);
    let scope = walk.scope(operation);
    let mut errors = Vec::new();
    for usage in reached(&scope, &fragments) {
        if null.contains(usage.variable) && usage.expected.ends_with('!') {
            let message = format!(
                "variable `${}` is null; in this place it must be {}",
                usage.variable, usage.expected
            );
            errors.push(DocumentError::bad_input(message).at([usage.pos]));
        }
    }
    errors
}

/// All uses of variables in an operation, those in its fragments included.
fn reached<'s, 'a>(own: &'s Scope<'a>, fragments: &'s HashMap<&'a Name, Scope<'a>>) -> Vec<&'s Usage<'a>> {
    let (mut seen, mut open, mut usages) = (HashSet::new(), vec![own], Vec::new());
    while let Some(scope) = open.pop() {
        usages.extend(&scope.usages);
        let spreads = scope.spreads.iter().filter(|name| seen.insert(**name));
        open.extend(spreads.filter_map(|name| fragments.get(*name)));
    }
    usages
}

/// A use of a variable.
#[derive(Debug)]
struct Usage<'a> {
    variable: &'a Name,
    pos: Pos,
    /// The type of the position, as the schema writes it.
    expected: &'a str,
    /// Whether the position has a default value.
    filled: bool,
    /// Whether it is the field of a `@oneOf` input object.
    only: bool,
}

/// The variables and fragment spreads of an operation or a fragment.
#[derive(Debug, Default)]
struct Scope<'a> {
    usages: Vec<Usage<'a>>,
    spreads: Vec<&'a Name>,
}

struct Walk<'a> {
    registry: &'a Registry,
    types: Types<'a>,
    errors: Vec<DocumentError>,
}

impl<'a> Walk<'a> {
    fn fragments(&mut self, document: &'a ExecutableDocument) -> HashMap<&'a Name, Scope<'a>> {
        let mut fragments = HashMap::new();
        for (name, fragment) in &document.fragments {
            let on = self.registry.types.get(fragment.node.type_condition.node.on.node.as_str());
            let mut scope = Scope::default();
            self.set(&fragment.node.selection_set.node, on, &mut scope);
            fragments.insert(name, scope);
        }
        fragments
    }

    /// The variables and fragment spreads of an operation itself.
    fn scope(&mut self, operation: &'a OperationDefinition) -> Scope<'a> {
        let root = match operation.ty {
            OperationType::Query => Some(&self.registry.query_type),
            OperationType::Mutation => self.registry.mutation_type.as_ref(),
            OperationType::Subscription => self.registry.subscription_type.as_ref(),
        };
        let root = root.and_then(|root| self.registry.types.get(root));
        let mut scope = Scope::default();
        self.set(&operation.selection_set.node, root, &mut scope);
        scope
    }

    fn operation(&mut self, operation: &'a OperationDefinition, fragments: &HashMap<&'a Name, Scope<'a>>) {
        let mut definitions = HashMap::new();
        for definition in &operation.variable_definitions {
            let name = &definition.node.name.node;
            if let Some(first) = definitions.insert(name, &definition.node) {
                let at = [first.name.pos, definition.node.name.pos];
                self.errors
                    .push(DocumentError::invalid(format!("variable `${name}` is defined twice")).at(at));
            }
            let written = definition.node.var_type.node.to_string();
            if let Some(default) = &definition.node.default_value
                && let Err(mismatch) = literals::fit(self.types, &written, &default.node.clone().into_value())
            {
                let message = format!("the default of variable `${name}{mismatch}");
                self.errors.push(DocumentError::invalid(message).at([default.pos]));
            }
            definition.node.directives.iter().for_each(|directive| self.unknown(directive));
        }
        let scope = self.scope(operation);
        for usage in reached(&scope, fragments) {
            self.usage(usage, definitions.get(usage.variable).copied());
        }
    }

    fn set(&mut self, set: &'a SelectionSet, on: Option<&'a MetaType>, scope: &mut Scope<'a>) {
        for item in &set.items {
            self.conditions(item.node.directives(), scope);
            match &item.node {
                Selection::Field(field) => self.field(field, on, scope),
                Selection::FragmentSpread(spread) => scope.spreads.push(&spread.node.fragment_name.node),
                Selection::InlineFragment(fragment) => {
                    let inner = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    let on = inner.map_or(on, |inner| self.registry.types.get(inner));
                    self.set(&fragment.node.selection_set.node, on, scope);
                }
            }
        }
    }

    fn field(&mut self, field: &'a Positioned<Field>, on: Option<&'a MetaType>, scope: &mut Scope<'a>) {
        let (pos, field) = (field.pos, &field.node);
        if field.name.node == "__typename" {
            return self.typename(field, pos);
        }
        if !self.types.suggestions && ["__schema", "__type"].contains(&field.name.node.as_str()) {
            // The library would answer null.
            let message = "introspection is disabled; the schema is at /schema.graphql";
            return self.errors.push(DocumentError::invalid(message).at([pos]));
        }
        let known = on.and_then(|on| on.field_by_name(&field.name.node));
        for (name, value) in &field.arguments {
            let Some(known) = known else { continue };
            let Some(argument) = known.args.get(name.node.as_str()) else {
                let alike = self.types.suggest(&name.node, known.args.keys());
                let message = format!("the field `{}` has no argument `{}`{alike}", known.name, name.node);
                self.errors.push(DocumentError::invalid(message).at([name.pos]));
                continue;
            };
            let filled = argument.default_value.is_some();
            if let Err(mismatch) = literals::fit(self.types, &argument.ty, &value.node) {
                let message = format!("argument `{}{mismatch}", name.node);
                self.errors.push(DocumentError::invalid(message).at([value.pos]));
            }
            self.value(&value.node, value.pos, &argument.ty, (filled, false), scope);
        }
        for argument in known.iter().flat_map(|known| known.args.values()) {
            let given = field.arguments.iter().any(|(name, _)| name.node == argument.name.as_str());
            if !given && argument.ty.ends_with('!') && argument.default_value.is_none() {
                let (name, of) = (&field.name.node, &argument.ty);
                let message =
                    format!("the field `{name}` requires the argument `{}` of type {of}", argument.name);
                self.errors.push(DocumentError::invalid(message).at([pos]));
            }
        }
        let of = known.and_then(|known| self.registry.concrete_type_by_name(&known.ty));
        self.set(&field.selection_set.node, of, scope);
    }

    fn typename(&mut self, field: &'a Field, pos: Pos) {
        if let Some((name, _)) = field.arguments.first() {
            let message = format!("`__typename` has no argument `{}`", name.node);
            self.errors.push(DocumentError::invalid(message).at([name.pos]));
        }
        if !field.selection_set.node.items.is_empty() {
            self.errors.push(DocumentError::invalid("`__typename` has no subfields").at([pos]));
        }
        let mut seen = HashSet::new();
        for directive in &field.directives {
            let name = &directive.node.name.node;
            if !["skip", "include"].contains(&name.as_str()) {
                self.unknown(directive);
            } else if !seen.insert(name) {
                self.errors.push(
                    DocumentError::invalid(format!("`@{name}` must not be repeated here"))
                        .at([directive.pos]),
                );
            } else if directive.node.arguments.len() != 1 || directive.node.get_argument("if").is_none() {
                self.errors.push(
                    DocumentError::invalid(format!("`@{name}` takes only the argument `if`"))
                        .at([directive.pos]),
                );
            }
        }
    }

    fn unknown(&mut self, directive: &Positioned<Directive>) {
        let message = format!("the directive `@{}` is not allowed here", directive.node.name.node);
        self.errors.push(DocumentError::invalid(message).at([directive.pos]));
    }

    /// Checks `@skip` and `@include`; the library checks all others.
    fn conditions(&mut self, directives: &'a [Positioned<Directive>], scope: &mut Scope<'a>) {
        for directive in directives.iter().map(|directive| &directive.node) {
            let condition = directive.get_argument("if");
            let ("skip" | "include", Some(value)) = (directive.name.node.as_str(), condition) else {
                continue;
            };
            match &value.node {
                Value::Boolean(_) => {}
                Value::Variable(_) => self.value(&value.node, value.pos, "Boolean!", (false, false), scope),
                _ => {
                    let message = format!("`if` of `@{}` must be true or false", directive.name.node);
                    self.errors.push(DocumentError::invalid(message).at([value.pos]));
                }
            }
        }
    }

    fn value(
        &mut self,
        value: &'a Value,
        pos: Pos,
        expected: &'a str,
        (filled, only): (bool, bool),
        scope: &mut Scope<'a>,
    ) {
        let bare = expected.strip_suffix('!').unwrap_or(expected);
        match value {
            Value::Variable(variable) => {
                scope.usages.push(Usage { variable, pos, expected, filled, only });
            }
            Value::List(items) => {
                if let MetaTypeName::List(inner) = MetaTypeName::create(bare) {
                    for item in items {
                        self.value(item, pos, inner, (false, false), scope);
                    }
                }
            }
            Value::Object(fields) => {
                let input = self.registry.types.get(MetaTypeName::concrete_typename(bare));
                let Some(MetaType::InputObject { input_fields, oneof, .. }) = input else { return };
                for (name, value) in fields {
                    if let Some(field) = input_fields.get(name.as_str()) {
                        let filled = field.default_value.is_some();
                        self.value(value, pos, &field.ty, (filled, *oneof), scope);
                    }
                }
            }
            _ => {}
        }
    }

    fn usage(&mut self, usage: &Usage<'_>, definition: Option<&VariableDefinition>) {
        let Usage { variable, pos, expected, filled, only } = *usage;
        let Some(definition) = definition else {
            return self
                .errors
                .push(DocumentError::invalid(format!("variable `${variable}` is not defined")).at([pos]));
        };
        let written = definition.var_type.node.to_string();
        let default = definition.default_value.as_ref();
        let filled = filled || default.is_some_and(|value| value.node != async_graphql::Value::Null);
        let fits = match expected.strip_suffix('!') {
            Some(nullable) if filled => fits(&written, nullable),
            _ => fits(&written, expected) && !(only && definition.var_type.node.nullable),
        };
        if !fits {
            let place = if only { "as the one field of its input object" } else { "in this place" };
            let expected = if only { format!("{expected}!") } else { expected.to_owned() };
            let message = format!("variable `${variable}` is {written}; {place} it must be {expected}");
            self.errors.push(DocumentError::invalid(message).at([definition.name.pos, pos]));
        }
    }
}

/// Whether a variable of one type may be used where the other is expected (`AreTypesCompatible`).
fn fits(written: &str, expected: &str) -> bool {
    match (MetaTypeName::create(written), MetaTypeName::create(expected)) {
        (MetaTypeName::NonNull(written), MetaTypeName::NonNull(expected))
        | (MetaTypeName::List(written), MetaTypeName::List(expected)) => fits(written, expected),
        (MetaTypeName::NonNull(written), _) => fits(written, expected),
        (MetaTypeName::Named(written), MetaTypeName::Named(expected)) => written == expected,
        _ => false,
    }
}
