//! Expansion of one list beneath each row: each of its items becomes a row of the file.

use async_graphql::{
    Name, Pos, Positioned, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::{MetaType, Registry},
};
use async_graphql_value::{Number, Value as Literal};

use super::{
    Column, Rows,
    columns::{Columns, Step, at},
    flat::each_field,
    source,
};

/// The most items of the expanded list beneath one row.
pub const MAX_EXPANDED: u32 = 100;

/// The list that is expanded.
#[derive(Clone, Debug)]
pub(super) struct Expanded {
    /// Its path in a row.
    pub(super) path: String,
    pub(super) steps: Vec<Step>,
    /// Where its items are.
    pub(super) rows: Rows,
    /// The name of the type of its items.
    pub(super) of: String,
    /// Whether the page says that it is incomplete.
    pub(super) may_be_truncated: bool,
}

/// A row has more items than can be expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    pub path: String,
}

impl Expanded {
    /// Makes the selection read whole lists: the largest page, and whether it is all. The source of each item is selected
    /// too; its column is returned.
    pub(super) fn read_whole(
        &self,
        registry: &Registry,
        set: &mut SelectionSet,
        columns: &Columns<'_>,
    ) -> Option<Column> {
        let of = registry.types.get(&self.of)?;
        let keys: Vec<&Name> = self
            .steps
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key),
                Step::Item(_) => None,
            })
            .collect();
        // Each mention of the list is read as a whole; answers merge them.
        let mut sources = Vec::new();
        widen(set, &keys, &mut |field| sources.push(self.whole(registry, field, of, columns)));
        // Where one mention selects the source, its column is there.
        if sources.iter().any(Option::is_none) { None } else { sources.pop().flatten() }
    }

    /// Makes the list read as a whole.
    fn whole(
        &self,
        registry: &Registry,
        field: &mut Positioned<Field>,
        of: &MetaType,
        columns: &Columns<'_>,
    ) -> Option<Column> {
        let pos = field.pos;
        let set = &mut field.node.selection_set.node;
        let Rows::OnPage(rows) = self.rows else {
            return source::add(registry, set, (of, false), Some(&self.path), columns);
        };
        let mut items = Vec::new();
        each_field(set, &mut |inner| {
            if inner.node.name.node == rows {
                items.extend(inner.node.selection_set.node.items.iter().cloned());
            }
        });
        let mut inner = SelectionSet { items };
        let column = source::add(registry, &mut inner, (of, rows == "edges"), Some(&self.path), columns);
        let info = selected("pageInfo", vec![selected("hasNextPage", Vec::new(), pos)], pos);
        set.items = vec![selected(rows, inner.items, pos), info];
        if self.may_be_truncated {
            set.items.push(selected("truncated", Vec::new(), pos));
        }
        let most = Positioned::new(Literal::Number(Number::from(MAX_EXPANDED)), pos);
        field.node.arguments.push((name("first", pos), most));
        column
    }

    /// The rows of the file that a row of the list becomes: one at least.
    pub(super) fn rows_of(&self, columns: &[Column], row: &Value) -> Result<Vec<Vec<Value>>, TooMany> {
        let list = at(row, &self.steps);
        let items = match self.rows {
            Rows::InList => list,
            Rows::OnPage(rows) => {
                let says = |path: &[&str]| {
                    let steps: Vec<Step> = path.iter().map(|name| Step::Key(Name::new(name))).collect();
                    list.and_then(|list| at(list, &steps)) == Some(&Value::Boolean(true))
                };
                if says(&["pageInfo", "hasNextPage"]) || says(&["truncated"]) {
                    return Err(TooMany { path: self.path.clone() });
                }
                list.and_then(|list| at(list, &[Step::Key(Name::new(rows))]))
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

/// The argument of a list that asks for a page of it, if there is one.
pub(super) fn page_argument(field: &Field) -> Option<&Name> {
    let names = field.arguments.iter().map(|(name, _)| &name.node);
    names.into_iter().find(|name| ["first", "last", "after", "before"].contains(&name.as_str()))
}

/// Changes each mention of the field at the end of these keys.
fn widen(set: &mut SelectionSet, keys: &[&Name], change: &mut impl FnMut(&mut Positioned<Field>)) {
    let [key, rest @ ..] = keys else { return };
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if field.node.response_key().node == **key => {
                if rest.is_empty() {
                    change(field);
                } else {
                    widen(&mut field.node.selection_set.node, rest, change);
                }
            }
            Selection::InlineFragment(fragment) => widen(&mut fragment.node.selection_set.node, keys, change),
            _ => {}
        }
    }
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
