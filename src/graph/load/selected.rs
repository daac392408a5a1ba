//! Reads the selection of a field in the document, including its fragments.

use std::fmt;

use async_graphql::{
    Context, InputType, Positioned,
    parser::types::{Field as Selected, Selection, SelectionSet},
};
use async_graphql_value::Value;

use crate::graph::{Error, Result};

/// Whether the current field's selection is the same for all values of variables.
pub(super) fn is_constant(ctx: &Context<'_>) -> bool {
    let mut constant = true;
    each_field(ctx, &ctx.item.node.selection_set.node, &mut |field| {
        let arguments = field.node.arguments.iter().all(|(_, value)| is_fixed(&value.node));
        constant = constant && arguments && is_constant(&ctx.with_field(field));
    });
    constant
}

/// Whether a value contains no variable.
pub(super) fn is_fixed(value: &Value) -> bool {
    match value {
        Value::Variable(_) => false,
        Value::List(items) => items.iter().all(is_fixed),
        Value::Object(fields) => fields.values().all(is_fixed),
        _ => true,
    }
}

/// A selected field, and the fields selected beneath it.
pub struct Chosen<'a> {
    pub name: &'a str,
    pub of: Vec<Self>,
    /// Where its arguments are; none for a field without arguments.
    arguments: Option<Context<'a>>,
}

impl fmt::Debug for Chosen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chosen").field("name", &self.name).field("of", &self.of).finish_non_exhaustive()
    }
}

impl<'a> Chosen<'a> {
    fn of(ctx: &'a Context<'_>, field: &'a Positioned<Selected>, of: Vec<Self>) -> Self {
        let arguments = (!field.node.arguments.is_empty()).then(|| ctx.with_field(field));
        Self { name: name(field), of, arguments }
    }

    /// A field without arguments.
    #[cfg(test)]
    pub(in crate::graph) fn plain(name: &'a str, of: Vec<Self>) -> Self {
        Self { name, of, arguments: None }
    }

    /// Reads an argument that is required.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it does not fit its type.
    pub fn argument<T: InputType>(&self, argument: &str) -> Result<T> {
        let missing = || Error::bad_input(format!("`{}` has no argument `{argument}`", self.name));
        let value = self.arguments.as_ref().ok_or_else(missing)?.param_value::<T>(argument, None);
        value.map(|(_, value)| value).map_err(|error| Error::bad_input(error.message))
    }
}

/// The fields that are selected directly beneath the current field, or beneath a page's `nodes`.
pub(super) fn chosen<'a>(ctx: &'a Context<'_>) -> Vec<Chosen<'a>> {
    let mut fields = Vec::new();
    let mut choose = |field: &'a Positioned<Selected>| {
        let mut of = Vec::new();
        each_field(ctx, &field.node.selection_set.node, &mut |field| {
            of.push(Chosen::of(ctx, field, Vec::new()));
        });
        fields.push(Chosen::of(ctx, field, of));
    };
    each_field(ctx, &ctx.item.node.selection_set.node, &mut |field| match name(field) {
        "nodes" => each_field(ctx, &field.node.selection_set.node, &mut choose),
        _ => choose(field),
    });
    fields
}

pub(super) fn name(field: &Positioned<Selected>) -> &str {
    field.node.name.node.as_str()
}

/// Visits the fields of a selection, including its fragments.
pub(super) fn each_field<'a>(
    ctx: &'a Context<'_>,
    set: &'a SelectionSet,
    visit: &mut dyn FnMut(&'a Positioned<Selected>),
) {
    each_field_on(ctx, set, &|_| true, visit);
}

pub(super) fn each_field_on<'a>(
    ctx: &'a Context<'_>,
    set: &'a SelectionSet,
    applies: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&'a Positioned<Selected>),
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => visit(field),
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                if on.is_none_or(applies) {
                    each_field_on(ctx, &fragment.node.selection_set.node, applies, visit);
                }
            }
            Selection::FragmentSpread(spread) => {
                let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) = fragment.filter(|f| applies(&f.node.type_condition.node.on.node)) {
                    each_field_on(ctx, &fragment.node.selection_set.node, applies, visit);
                }
            }
        }
    }
}
