//! Selections without fragments and conditions: each spread is written out, and what `@skip` and `@include` leave out is
//! dropped.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value as Constant, Variables,
    parser::types::{Directive, Field, FragmentDefinition, InlineFragment, Selection, SelectionSet},
    registry::{MetaType, Registry},
};
use async_graphql_value::Value;

/// What selections are written out with.
#[derive(Clone, Copy)]
pub(super) struct Flat<'a> {
    pub(super) registry: &'a Registry,
    pub(super) fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    pub(super) variables: &'a Variables,
}

impl Flat<'_> {
    /// A selection on type `of`, with fragments written out. Those on another type stay inline fragments.
    pub(super) fn set(self, set: &SelectionSet, of: &MetaType) -> SelectionSet {
        let mut items = Vec::with_capacity(set.items.len());
        for item in &set.items {
            if self.leaves_out(item.node.directives()) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => {
                    let known = of.field_by_name(&field.node.name.node);
                    let inner = known.and_then(|known| self.registry.concrete_type_by_name(&known.ty));
                    let mut field = field.clone();
                    field.node.directives.clear();
                    if let Some(inner) = inner {
                        field.node.selection_set.node = self.set(&field.node.selection_set.node, inner);
                    }
                    items.push(Positioned::new(Selection::Field(field), item.pos));
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    self.fragment(item, on, &fragment.node.selection_set.node, of, &mut items);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.fragments.get(&spread.node.fragment_name.node) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.fragment(item, Some(on), &fragment.node.selection_set.node, of, &mut items);
                    }
                }
            }
        }
        SelectionSet { items }
    }

    fn fragment(
        self,
        item: &Positioned<Selection>,
        on: Option<&str>,
        set: &SelectionSet,
        of: &MetaType,
        items: &mut Vec<Positioned<Selection>>,
    ) {
        let Some(on) = on.and_then(|on| self.registry.types.get(on)).filter(|on| on.name() != of.name())
        else {
            items.extend(self.set(set, of).items);
            return;
        };
        if !overlap(of, on) {
            return;
        }
        if matches!(of, MetaType::Object { .. }) {
            items.extend(self.set(set, of).items);
            return;
        }
        items.push(inline(on.name(), self.set(set, on), item.pos));
    }

    /// Whether `@skip` or `@include` leave a selection out.
    fn leaves_out(self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let holds = directive.node.get_argument("if").map(|value| match &value.node {
                Value::Variable(name) => self.variables.get(name) == Some(&Constant::Boolean(true)),
                value => *value == Value::Boolean(true),
            });
            match directive.node.name.node.as_str() {
                "skip" => holds == Some(true),
                "include" => holds == Some(false),
                _ => false,
            }
        })
    }
}

/// An inline fragment on a type.
pub(super) fn inline(on: &str, set: SelectionSet, pos: async_graphql::Pos) -> Positioned<Selection> {
    let on = Positioned::new(Name::new(on), pos);
    let fragment = InlineFragment {
        type_condition: Some(Positioned::new(async_graphql::parser::types::TypeCondition { on }, pos)),
        directives: Vec::new(),
        selection_set: Positioned::new(set, pos),
    };
    Positioned::new(Selection::InlineFragment(Positioned::new(fragment, pos)), pos)
}

/// Whether an object may be of both types.
fn overlap(one: &MetaType, other: &MetaType) -> bool {
    let of = |kind: &MetaType| -> Vec<String> {
        kind.possible_types()
            .map_or_else(|| vec![kind.name().to_owned()], |possible| possible.iter().cloned().collect())
    };
    let others = of(other);
    of(one).iter().any(|one| others.contains(one))
}

/// Visits the fields of a selection without spreads, those of inline fragments included.
pub(super) fn each_field<'a>(set: &'a SelectionSet, visit: &mut impl FnMut(&'a Positioned<Field>)) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => visit(field),
            Selection::InlineFragment(fragment) => each_field(&fragment.node.selection_set.node, visit),
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// Whether a type, as it is written, is a list.
pub(super) fn is_list(written: &str) -> bool {
    written.trim_end_matches('!').ends_with(']')
}

/// Whether a type is a page of a list: a connection, or a page of figures.
pub(super) fn is_page(kind: &MetaType) -> bool {
    ["nodes", "pageInfo"].iter().all(|name| kind.field_by_name(name).is_some())
}

/// Whether a type is a row of figures: it has keys and a count.
pub(super) fn is_figures(kind: &MetaType) -> bool {
    ["keys", "count"].iter().all(|name| kind.field_by_name(name).is_some())
}
