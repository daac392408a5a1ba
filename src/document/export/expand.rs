//! Expansion of one list beneath each row: each of its items becomes a row of the file.

use async_graphql::{
    Name, Pos, Positioned, Value,
    parser::types::{Field, Selection, SelectionSet},
};
use async_graphql_value::{Number, Value as Literal};

use super::{
    Column,
    columns::{Step, at},
};

/// The most items of the expanded list beneath one row.
pub const MAX_EXPANDED: u32 = 100;

/// The list that is expanded.
#[derive(Clone, Debug)]
pub(super) struct Expanded {
    /// Its path in a row.
    pub(super) path: String,
    pub(super) steps: Vec<Step>,
    /// The key of the items on its page; none for a list without pages.
    pub(super) rows: Option<Name>,
}

/// A row has more items than can be expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    pub path: String,
}

impl Expanded {
    /// Makes the selection read whole lists: the largest page, and whether it is all.
    pub(super) fn read_whole(&self, set: &mut SelectionSet) {
        if self.rows.is_none() {
            return;
        }
        let keys: Vec<&Name> = self
            .steps
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key),
                Step::Item(_) => None,
            })
            .collect();
        widen(set, &keys);
    }

    /// The rows of the file that a row of the list becomes: one at least.
    pub(super) fn rows_of(&self, columns: &[Column], row: &Value) -> Result<Vec<Vec<Value>>, TooMany> {
        let list = at(row, &self.steps);
        let items = match &self.rows {
            None => list,
            Some(rows) => {
                if list.and_then(|list| at(list, &more())) == Some(&Value::Boolean(true)) {
                    return Err(TooMany { path: self.path.clone() });
                }
                list.and_then(|list| at(list, &[Step::Key(rows.clone())]))
            }
        };
        let items: &[Value] = match items {
            Some(Value::List(items)) => items,
            _ => &[],
        };
        let none = [Value::Null];
        let items = if items.is_empty() { &none } else { items };
        let cell = |column: &Column, item: &Value| column.of(if column.is_expanded { item } else { row });
        Ok(items.iter().map(|item| columns.iter().map(|column| cell(column, item)).collect()).collect())
    }
}

fn more() -> [Step; 2] {
    ["pageInfo", "hasNextPage"].map(|name| Step::Key(Name::new(name)))
}

/// Changes the field at the end of these keys.
fn widen(set: &mut SelectionSet, keys: &[&Name]) {
    let [key, rest @ ..] = keys else { return };
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if field.node.response_key().node == **key => {
                if rest.is_empty() {
                    whole(field);
                } else {
                    widen(&mut field.node.selection_set.node, rest);
                }
            }
            Selection::InlineFragment(fragment) => widen(&mut fragment.node.selection_set.node, keys),
            _ => {}
        }
    }
}

fn whole(field: &mut Positioned<Field>) {
    let pos = field.pos;
    let arguments = &mut field.node.arguments;
    arguments.retain(|(name, _)| !["first", "last", "after", "before"].contains(&name.node.as_str()));
    arguments.push((name("first", pos), Positioned::new(Literal::Number(Number::from(MAX_EXPANDED)), pos)));
    let items = &mut field.node.selection_set.node.items;
    items.retain(|item| match &item.node {
        Selection::Field(field) => ["nodes", "edges"].contains(&field.node.name.node.as_str()),
        _ => true,
    });
    items.push(selected("pageInfo", vec![selected("hasNextPage", Vec::new(), pos)], pos));
}

fn name(name: &str, pos: Pos) -> Positioned<Name> {
    Positioned::new(Name::new(name), pos)
}

/// A field without arguments.
pub(super) fn selected(of: &str, items: Vec<Positioned<Selection>>, pos: Pos) -> Positioned<Selection> {
    let field = Field {
        alias: None,
        name: name(of, pos),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet { items }, pos),
    };
    Positioned::new(Selection::Field(Positioned::new(field, pos)), pos)
}
