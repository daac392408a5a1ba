//! The documents that read the rows of an export, and what their answers hold.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, Pos, Positioned, Value,
    parser::types::{DocumentOperations, ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::{Number, Value as Literal};

use super::{
    Column, Export, Rows,
    columns::Step,
    expand::{TooMany, selected},
};

/// The rows of a page.
#[derive(Debug)]
pub struct Page {
    /// The rows of the file: a value for each column.
    pub rows: Vec<Vec<Value>>,
    /// The number of rows of the list.
    pub read: usize,
    /// The cursor of the last row, if more follow.
    pub next: Option<String>,
}

impl Export {
    /// The document that counts the rows; none for a list that has no pages.
    #[must_use]
    pub fn count(&self) -> Option<ExecutableDocument> {
        let Rows::OnPage(_) = self.rows else { return None };
        let document = self.with(|field| {
            let pos = field.selection_set.pos;
            let mut asked = vec!["totalCount"];
            asked.extend(self.has_precision.then_some("totalCountPrecision"));
            let asked = asked.into_iter().map(|name| selected(name, Vec::new(), pos));
            field.selection_set.node.items = asked.collect();
            cut(field, None);
        });
        Some(document)
    }

    /// The number of rows in the answer to [`Export::count`].
    #[must_use]
    pub fn counted(&self, data: &Value) -> Option<u64> {
        let Value::Object(list) = member(data, &self.key)? else { return None };
        let Value::Number(number) = list.get("totalCount")? else { return None };
        number.as_u64()
    }

    /// Whether the list in the answer to [`Export::count`] holds a part of its rows only. A list of the API says so also
    /// where it did not count beyond `limit`, which an export does.
    #[must_use]
    pub fn is_part(&self, data: &Value, limit: u32) -> bool {
        let precision = member(data, &self.key).and_then(|list| member(list, "totalCountPrecision"));
        let exact = match precision {
            Some(Value::Enum(word)) => word.as_str() == "EXACT",
            Some(Value::String(word)) => word == "EXACT",
            _ => true,
        };
        !exact && self.counted(data).is_some_and(|counted| counted <= u64::from(limit))
    }

    /// The document that reads this many rows after a cursor: `first` is at most a page of the API.
    #[must_use]
    pub fn page(&self, first: u32, after: Option<&str>) -> ExecutableDocument {
        self.with(|field| {
            if self.rows != Rows::InList {
                cut(field, Some((first, after)));
            }
        })
    }

    /// The cursor that the rows follow, as the document has it.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Whether cursors bound the rows, so that they may be fewer than are counted.
    #[must_use]
    pub fn has_cursors(&self) -> bool {
        self.has_cursors
    }

    /// The rows in the answer to [`Export::page`], up to this many of the list.
    ///
    /// # Errors
    /// When the expanded list is too long beneath one of them.
    pub fn rows(&self, data: &Value, most: u64) -> Result<Page, TooMany> {
        let list = member(data, &self.key);
        let (items, next) = match self.rows {
            Rows::InList => (list, None),
            Rows::OnPage(rows) => {
                let info = list.and_then(|list| member(list, "pageInfo"));
                let more = info.and_then(|info| member(info, "hasNextPage")) == Some(&Value::Boolean(true));
                let end = info.and_then(|info| member(info, "endCursor"));
                let next = match end {
                    Some(Value::String(cursor)) if more => Some(cursor.clone()),
                    _ => None,
                };
                (list.and_then(|list| member(list, rows)), next)
            }
        };
        let items: &[Value] = match items {
            Some(Value::List(items)) => items,
            _ => &[],
        };
        let read = items.len().min(usize::try_from(most).unwrap_or(usize::MAX));
        let mut rows = Vec::with_capacity(read);
        for item in &items[..read] {
            match &self.expanded {
                None => rows.push(self.columns.iter().map(|column| column.of(item)).collect()),
                Some(expanded) => rows.extend(expanded.rows_of(&self.columns, item)?),
            }
        }
        Ok(Page { rows, read, next })
    }

    /// The column whose value an error of an answer is about, by the path of the error; the path itself where it ends
    /// before a value.
    #[must_use]
    pub fn column_at(&self, path: &[PathSegment]) -> Option<String> {
        let mut rest = path.get(1..)?;
        if let Rows::OnPage(_) = self.rows {
            rest = rest.get(1..)?;
        }
        let found = self.columns.iter().find(|column| self.is_at(column, rest));
        let keys = rest.iter().filter_map(|segment| match segment {
            PathSegment::Field(name) => Some(name.as_str()),
            PathSegment::Index(_) => None,
        });
        let keys: Vec<&str> = keys.collect();
        found.map(|column| column.path.clone()).or_else(|| (!keys.is_empty()).then(|| keys.join(".")))
    }

    /// Whether a path beneath the rows leads to the values of a column.
    fn is_at(&self, column: &Column, path: &[PathSegment]) -> bool {
        let mut steps: Vec<Step> = Vec::new();
        if let Some(expanded) = self.expanded.as_ref().filter(|_| column.is_expanded) {
            steps.extend(expanded.steps.iter().cloned());
            if let Rows::OnPage(rows) = expanded.rows {
                steps.push(Step::Key(Name::new(rows)));
            }
        }
        steps.extend(column.steps.iter().cloned());
        let mut steps = steps.iter().peekable();
        for segment in path {
            let is_next = match (segment, steps.peek()) {
                (PathSegment::Field(name), Some(Step::Key(key))) => name == key.as_str(),
                (PathSegment::Index(at), Some(Step::Item(item))) => at == item,
                // The position of a row, or of an item in a list.
                (PathSegment::Index(_), _) => continue,
                _ => false,
            };
            if !is_next {
                return false;
            }
            steps.next();
        }
        steps.peek().is_none()
    }

    /// The document with the list alone, which `change` changes.
    fn with(&self, change: impl FnOnce(&mut Field)) -> ExecutableDocument {
        let (mut operation, mut field) = (self.operation.clone(), self.field.clone());
        change(&mut field.node);
        let pos = field.pos;
        operation.selection_set.node.items = vec![Positioned::new(Selection::Field(field), pos)];
        let operations = DocumentOperations::Single(Positioned::new(operation, pos));
        ExecutableDocument { operations, fragments: HashMap::new() }
    }
}

fn member<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    match value {
        Value::Object(object) => object.get(key),
        _ => None,
    }
}

/// Replaces the part of the list that a field asks for.
fn cut(field: &mut Field, part: Option<(u32, Option<&str>)>) {
    let pos = field.name.pos;
    let mut ours = vec!["first", "last", "after"];
    if part.is_none() {
        ours.push("before");
    }
    field.arguments.retain(|(name, _)| !ours.contains(&name.node.as_str()));
    let mut add = |name: &str, value| {
        field.arguments.push((Positioned::new(Name::new(name), pos), Positioned::new(value, pos)));
    };
    if let Some((first, after)) = part {
        add("first", Literal::Number(Number::from(first)));
        if let Some(after) = after {
            add("after", Literal::String(after.to_owned()));
        }
    }
}

/// What is selected of the list: its rows, and where it goes on.
pub(super) fn selection(rows: Rows, set: SelectionSet, pos: Pos) -> SelectionSet {
    let Rows::OnPage(name) = rows else { return set };
    let plain = |name| selected(name, Vec::new(), pos);
    let info = selected("pageInfo", vec![plain("hasNextPage"), plain("endCursor")], pos);
    SelectionSet { items: vec![selected(name, set.items, pos), info] }
}
