//! How many related rows a condition reads, by the sizes that the schema states with `@listSize`.

use std::collections::HashMap;

use super::{Field, InputId, InputKind, Inputs, Role, Shape, Type, TypeId};
use crate::document::cost::price::ROOT_ROWS;

/// The sizes of relations, by filter and name.
pub(in crate::document::cost) type Relations = HashMap<(InputId, String), Related>;

/// The size of a relation.
#[derive(Clone, Copy, Debug)]
pub(in crate::document::cost) struct Related {
    /// How many rows have the relation.
    from: u64,
    /// How many rows may be related.
    to: u64,
    /// How many related rows one row has at most, where the schema states it.
    each: Option<u64>,
}

impl Related {
    /// How many related rows are read for this many rows: at least one for each. Where one row may have all of them, each
    /// is assumed to be related to ten.
    pub(in crate::document::cost) fn of(self, rows: u64) -> u64 {
        // Rows that are reached through another list may repeat.
        let times = (rows / self.from.max(1)).max(1);
        let most = match self.each {
            Some(each) if each >= self.to => self.to.saturating_mul(10),
            Some(_) => self.to,
            None => u64::MAX,
        };
        let each = rows.saturating_mul(self.each.unwrap_or(0)).min(most.saturating_mul(times));
        let even = rows.saturating_mul(self.to) / self.from.max(1);
        if self.each.is_some() { each.max(rows) } else { even.max(rows) }
    }
}

pub(super) fn read(types: &[Type], root: Option<TypeId>, inputs: &Inputs) -> Relations {
    let fields = |of: &Type| match of {
        Type::Object { fields, .. } => fields.values().cloned().collect::<Vec<Field>>(),
        Type::Abstract(_) => Vec::new(),
    };
    let (mut sizes, mut rows) = (HashMap::new(), HashMap::new());
    for (at, of) in types.iter().enumerate() {
        for field in fields(of) {
            let Some(filter) = filter(&field) else { continue };
            if root.is_some_and(|root| root.0 == at) {
                let size = sizes.entry(filter).or_insert(0);
                *size = field.chosen_from.max(*size);
            }
            if let (Shape::Page { figures: false, .. }, Some(row)) = (field.shape, row(types, &field)) {
                rows.entry(filter).or_insert(row);
            }
        }
    }
    let size = |filter: InputId| sizes.get(&filter).copied().unwrap_or(ROOT_ROWS);
    let mut relations = Relations::new();
    for (filter, input) in inputs.all().filter(|(_, input)| input.kind == InputKind::Where) {
        for (name, relation) in &input.fields {
            let relation = inputs.get(*relation);
            let Some(some) = relation.fields.get("some").filter(|_| relation.kind == InputKind::Relation)
            else {
                continue;
            };
            let each = rows.get(&filter).and_then(|row| match &types[row.0] {
                Type::Object { fields, .. } => {
                    fields.get(name).filter(|field| field.stated).map(|field| field.chosen_from)
                }
                Type::Abstract(_) => None,
            });
            let related = Related { from: size(filter), to: size(*some), each };
            relations.insert((filter, name.clone()), related);
        }
    }
    relations
}

/// The filter of a list.
fn filter(field: &Field) -> Option<InputId> {
    field.arguments.iter().find_map(|argument| match argument.role {
        Role::Filter(input) if argument.name == "where" => Some(input),
        _ => None,
    })
}

/// The type of a page's rows.
fn row(types: &[Type], field: &Field) -> Option<TypeId> {
    match &types[field.of?.0] {
        Type::Object { fields, .. } => fields.get("nodes")?.of,
        Type::Abstract(_) => None,
    }
}
