//! The columns of a file: the selected scalar fields, by their paths in answers.

use async_graphql::{
    Name, Pos, Positioned, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::{MetaField, MetaType, Registry},
};

use super::{
    DocumentError, Rows,
    expand::{Expanded, page_argument},
    flat::{each_field, is_figures, is_list, is_page},
};

/// The most columns of a file.
const MAX_COLUMNS: usize = 500;

/// The most bytes of a column's name, which NDJSON repeats in each row.
const MAX_NAME_BYTES: usize = 255;

/// A column of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The path of the field in a row, such as `region.name`.
    pub path: String,
    /// The scalar or enum of its values.
    pub of: String,
    /// Whether its values are lists.
    pub is_list: bool,
    /// What the schema says about the field.
    pub description: String,
    /// The values of its enum.
    pub words: Vec<String>,
    /// Where the value is: beneath a row, or beneath an item of the expanded list.
    pub(super) steps: Vec<Step>,
    pub(super) is_expanded: bool,
}

/// A step to a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Key(Name),
    Item(usize),
}

impl Column {
    /// The value in a row; null where a step leads nowhere.
    pub(super) fn of(&self, row: &Value) -> Value {
        at(row, &self.steps).cloned().unwrap_or_default()
    }
}

/// What is at the end of these steps.
pub(super) fn at<'v>(value: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match (step, value) {
        (Step::Key(key), Value::Object(object)) => object.get(key),
        (Step::Item(at), Value::List(items)) => items.get(*at),
        _ => None,
    })
}

/// Collects the columns of a selection.
pub(super) struct Columns<'a> {
    registry: &'a Registry,
    found: Vec<Column>,
    /// The dimensions of figures, which have a key each.
    pub(super) dimensions: Vec<String>,
    /// The path of the list that is expanded, and what was found there.
    expand: Option<&'a str>,
    expanded: Option<Expanded>,
}

/// Where a selection is.
#[derive(Clone, Default)]
struct Place {
    /// The path in the names of columns.
    path: Vec<String>,
    steps: Vec<Step>,
    is_expanded: bool,
}

impl Place {
    fn beneath(&self, name: &str, key: &Name) -> Self {
        let mut place = self.clone();
        place.path.push(name.to_owned());
        place.steps.push(Step::Key(key.clone()));
        place
    }

    fn path_of(&self, name: &str) -> String {
        let path = self.path.iter().map(String::as_str).chain([name]);
        path.collect::<Vec<_>>().join(".")
    }
}

impl<'a> Columns<'a> {
    pub(super) fn new(registry: &'a Registry, expand: Option<&'a str>) -> Self {
        Self { registry, found: Vec::new(), dimensions: Vec::new(), expand, expanded: None }
    }

    /// Collects the columns of a row of type `of`, which `is_edge` where its node is beneath it.
    pub(super) fn collect(
        &mut self,
        set: &SelectionSet,
        of: &MetaType,
        is_edge: bool,
    ) -> Result<(), DocumentError> {
        self.set(set, of, &Place::default(), is_edge)
    }

    fn set(
        &mut self,
        set: &SelectionSet,
        of: &MetaType,
        place: &Place,
        is_edge: bool,
    ) -> Result<(), DocumentError> {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(field, of, place, is_edge)?,
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let on =
                        on.and_then(|on| self.registry.types.get(on.node.on.node.as_str())).unwrap_or(of);
                    self.set(&fragment.node.selection_set.node, on, place, is_edge)?;
                }
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        field: &Positioned<Field>,
        of: &MetaType,
        place: &Place,
        is_edge: bool,
    ) -> Result<(), DocumentError> {
        let (name, key) = (&field.node.name.node, &field.node.response_key().node);
        if name == "__typename" {
            return self.leaf("String", false, "Name of the type of the object.", (place, key), field.pos);
        }
        let known = of.field_by_name(name).ok_or_else(|| super::unknown(name))?;
        let inner = self.registry.concrete_type_by_name(&known.ty).ok_or_else(|| super::unknown(name))?;
        let description = known.description.as_deref().unwrap_or_default();
        if matches!(inner, MetaType::Scalar { .. } | MetaType::Enum { .. }) {
            return self.leaf(inner.name(), is_list(&known.ty), description, (place, key), field.pos);
        }
        let set = &field.node.selection_set.node;
        if is_figures(of) && name == "keys" && is_list(&known.ty) {
            return self.keys(set, inner, &place.beneath(key, key));
        }
        if is_edge && name == "node" {
            let mut place = place.clone();
            place.steps.push(Step::Key(key.clone()));
            return self.set(set, inner, &place, false);
        }
        let is_rows = is_list(&known.ty) || is_page(inner) && (has_rows(set) || self.is_expanded(place, key));
        if is_rows {
            return self.list(field, known, inner, place);
        }
        self.set(set, inner, &place.beneath(key, key), false)
    }

    fn leaf(
        &mut self,
        of: &str,
        is_list: bool,
        description: &str,
        (place, key): (&Place, &Name),
        pos: Pos,
    ) -> Result<(), DocumentError> {
        let words = match self.registry.types.get(of) {
            Some(MetaType::Enum { enum_values, .. }) => enum_values.keys().cloned().collect(),
            _ => Vec::new(),
        };
        let mut steps = place.steps.clone();
        steps.push(Step::Key(key.clone()));
        let column = Column {
            path: place.path_of(key),
            of: of.to_owned(),
            is_list,
            description: description.to_owned(),
            words,
            steps,
            is_expanded: place.is_expanded,
        };
        if column.path.len() > MAX_NAME_BYTES {
            let shown: String = column.path.chars().take(60).collect();
            let message = format!(
                "the path of the column `{shown}…` has more than {MAX_NAME_BYTES} bytes; give shorter aliases"
            );
            return Err(DocumentError::bad_input(message).at([pos]));
        }
        match self.found.iter().find(|known| known.path == column.path) {
            // Selected twice, or of two types of one interface.
            Some(known) if known.steps == column.steps && known.is_expanded == column.is_expanded => Ok(()),
            Some(_) => Err(DocumentError::bad_input(format!(
                "two columns would be called `{}`; give one of the fields an alias",
                column.path
            ))
            .at([pos])),
            None if self.found.len() >= MAX_COLUMNS => {
                let message = format!("the document selects more than {MAX_COLUMNS} columns");
                Err(DocumentError::bad_input(message).at([pos]))
            }
            None => {
                self.found.push(column);
                Ok(())
            }
        }
    }

    /// The keys of a group: one for each dimension, called by its name.
    fn keys(&mut self, set: &SelectionSet, of: &MetaType, place: &Place) -> Result<(), DocumentError> {
        for (nth, dimension) in self.dimensions.clone().iter().enumerate() {
            let mut place = place.clone();
            place.path.push(dimension.clone());
            place.steps.push(Step::Item(nth));
            self.set(set, of, &place, false)?;
        }
        Ok(())
    }

    /// A list beneath the row, which is expanded or refused.
    fn list(
        &mut self,
        field: &Positioned<Field>,
        known: &MetaField,
        of: &MetaType,
        place: &Place,
    ) -> Result<(), DocumentError> {
        let key = &field.node.response_key().node;
        let path = place.path_of(key);
        if self.expand != Some(path.as_str()) {
            let hint = match self.expand {
                None => format!("or give `expand={path}` to get a row for each of its items"),
                Some(other) => format!("only `{other}` is expanded"),
            };
            return Err(DocumentError::bad_input(format!(
                "`{path}` is a list beneath each row, and a file has no lists: export it at the root, {hint}"
            ))
            .at([field.pos]));
        }
        if let Some(argument) = page_argument(&field.node) {
            return Err(DocumentError::bad_input(format!(
                "`{path}` is expanded, which reads all of its items: leave out `{argument}`"
            ))
            .at([field.pos]));
        }
        let mut beneath = Place { path: place.path.clone(), steps: Vec::new(), is_expanded: true };
        beneath.path.push(key.to_string());
        let mut steps = place.steps.clone();
        steps.push(Step::Key(key.clone()));
        let (rows, on_row, set) = super::row_set(self.registry, &field.node, known)?;
        if self.expanded.as_ref().is_some_and(|known| known.rows != rows || known.of != on_row.name()) {
            let message = format!(
                "`{path}` is selected several times, with different rows: an export takes either `nodes` or `edges` of \
                 it, of one type"
            );
            return Err(DocumentError::bad_input(message).at([field.pos]));
        }
        self.expanded = Some(Expanded {
            path,
            steps,
            rows,
            of: on_row.name().to_owned(),
            may_be_truncated: of.field_by_name("truncated").is_some(),
        });
        self.set(&set, on_row, &beneath, rows == Rows::OnPage("edges"))
    }

    /// Whether the list with this key at this place is the one that is expanded.
    fn is_expanded(&self, place: &Place, key: &Name) -> bool {
        self.expand.is_some_and(|path| *path == place.path_of(key))
    }

    /// Whether a path is a column's name, or begins one.
    pub(super) fn has(&self, path: &str) -> bool {
        self.found.iter().any(|column| {
            column.path == path || column.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
        })
    }

    pub(super) fn push(&mut self, column: Column) {
        self.found.push(column);
    }

    /// The list that is expanded.
    pub(super) fn expanded(&mut self) -> Result<Option<Expanded>, DocumentError> {
        match (self.expand, self.expanded.take()) {
            (Some(path), None) => Err(DocumentError::bad_input(format!(
                "`expand={path}` names no list that the document selects beneath a row"
            ))),
            (_, found) => Ok(found),
        }
    }

    /// All columns.
    pub(super) fn finish(self, pos: Pos) -> Result<Vec<Column>, DocumentError> {
        match self.found.len() {
            0 => Err(DocumentError::bad_input("the document selects no scalar field for a column").at([pos])),
            _ => Ok(self.found),
        }
    }
}

/// Whether a page is asked for rows, and not for numbers alone, such as `totalCount`.
fn has_rows(set: &SelectionSet) -> bool {
    let mut found = false;
    each_field(set, &mut |field| {
        found |= ["nodes", "edges", "pageInfo"].contains(&field.node.name.node.as_str());
    });
    found
}
