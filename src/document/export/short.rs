//! The short form of an export: a list at the root, its arguments, and columns by their paths, as a document.

use std::fmt::Write;

use async_graphql::{
    Name, Value, Variables,
    indexmap::IndexMap,
    registry::{MetaType, Registry},
};

use super::{
    DocumentError,
    flat::{is_figures, is_list, is_page},
};
use crate::document::{parse, specification::Specification};

/// The most columns of a short form, and the most steps of a column's path.
const MAX_PATHS: usize = 500;
const MAX_STEPS: usize = 24;

/// The short form of an export.
#[derive(Clone, Debug, Default)]
pub struct Short {
    /// The field at the root.
    pub list: String,
    /// Paths of scalar fields, separated by commas.
    pub columns: Option<String>,
    /// The list beneath each row that is expanded.
    pub expand: Option<String>,
    /// Arguments of the list, with their values as the caller wrote them.
    pub arguments: Vec<(String, String)>,
}

/// The document of a short form. The values of its arguments are variables, so that no text of the caller is part of it.
#[derive(Debug)]
pub struct ShortForm {
    pub query: String,
    pub variables: Variables,
}

/// The selected fields, by name.
#[derive(Default)]
struct Tree(IndexMap<String, Tree>);

impl Short {
    /// The number of bytes of its texts.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let arguments = self.arguments.iter().map(|(name, text)| name.len() + text.len());
        self.list.len() + self.columns.as_ref().map_or(0, String::len) + arguments.sum::<usize>()
    }

    /// Writes the document.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a list, an argument or a column that does not exist; the error of the parser for a value.
    pub fn document(&self, specification: &Specification) -> Result<ShortForm, DocumentError> {
        let registry = specification.types();
        let root = registry.types.get(&registry.query_type).ok_or_else(|| super::unknown("Query"))?;
        let lists = || {
            let fields = root.fields().into_iter().flatten();
            fields.filter(|(_, field)| rows_of(registry, &field.ty).is_some()).map(|(name, _)| name)
        };
        let known = root.field_by_name(&self.list);
        let Some((known, (rows, is_paged))) =
            known.and_then(|known| Some((known, rows_of(registry, &known.ty)?)))
        else {
            let hint = specification.suggest(&self.list, lists());
            return Err(DocumentError::bad_input(format!("`{}` is no list at the root{hint}", self.list)));
        };
        let (mut declared, mut given, mut variables) = (String::new(), String::new(), Variables::default());
        for (name, text) in &self.arguments {
            let Some(argument) = known.args.get(name) else {
                let reserved = ["columns", "expand", "profile"].map(str::to_owned);
                let hint = specification.suggest(name, known.args.keys().chain(&reserved));
                let message = format!("`{}` has no argument `{name}`{hint}", self.list);
                return Err(DocumentError::bad_input(message));
            };
            if variables.contains_key(name.as_str()) {
                return Err(DocumentError::bad_input(format!("`{name}` is given twice")));
            }
            let _ = write!(declared, "${name}: {} ", argument.ty);
            let _ = write!(given, "{name}: ${name} ");
            let value = value(registry, name, &argument.ty, text)?;
            variables.insert(Name::new(name), value);
        }
        let tree = self.tree(specification, rows)?;
        let mut query = String::from("query ");
        let parentheses = |text: &str| if text.is_empty() { String::new() } else { format!("({text})") };
        let _ = write!(query, "{}{{ {}{} {{ ", parentheses(&declared), self.list, parentheses(&given));
        query.push_str(if is_paged { "nodes { " } else { "" });
        self.write(&tree, registry, rows, &mut String::new(), &mut query);
        query.push_str(if is_paged { "} } }" } else { "} }" });
        Ok(ShortForm { query, variables })
    }

    fn tree(&self, specification: &Specification, rows: &MetaType) -> Result<Tree, DocumentError> {
        let registry = specification.types();
        let paths = self.columns.iter().flat_map(|columns| columns.split(',')).map(str::trim);
        let paths: Vec<&str> = paths.filter(|path| !path.is_empty()).collect();
        if paths.is_empty() {
            return Err(DocumentError::bad_input(
                "an export needs `columns`, such as `columns=name,region.name`",
            ));
        }
        if paths.len() > MAX_PATHS {
            let message = format!("`columns` names {} columns; at most {MAX_PATHS}", paths.len());
            return Err(DocumentError::bad_input(message));
        }
        if paths.iter().any(|path| path.split('.').count() > MAX_STEPS) {
            let message = format!("a column of `columns` has more than {MAX_STEPS} names in its path");
            return Err(DocumentError::bad_input(message));
        }
        let mut tree = Tree::default();
        for path in paths {
            let (mut of, mut at, mut walked) = (rows, &mut tree, String::new());
            let steps: Vec<&str> = path.split('.').collect();
            for (nth, name) in steps.iter().copied().enumerate() {
                // The name of the type, which every object has.
                let is_typename = name == "__typename" && is_composite(of);
                let written = if is_typename {
                    Some("String")
                } else {
                    of.field_by_name(name).map(|field| field.ty.as_str())
                };
                let Some(written) = written else {
                    let names = of.fields().into_iter().flatten().map(|(name, _)| name);
                    let hint = specification.suggest(name, names);
                    let message = format!("no column `{path}`: `{}` has no field `{name}`{hint}", of.name());
                    return Err(DocumentError::bad_input(message));
                };
                let inner = registry.concrete_type_by_name(written).ok_or_else(|| super::unknown(name))?;
                walked.push_str(if walked.is_empty() { "" } else { "." });
                walked.push_str(name);
                let expanded = self.expand.as_deref() == Some(&walked);
                let is_keys = is_figures(of) && name == "keys";
                // A number of a page, such as `linkages.totalCount`.
                let is_number = steps
                    .get(nth + 1)
                    .and_then(|next| inner.field_by_name(next))
                    .is_some_and(|next| !registry.concrete_type_by_name(&next.ty).is_some_and(is_composite));
                let is_rows = is_list(written) || !is_number;
                if !expanded && !is_keys && is_rows && rows_of(registry, written).is_some() {
                    return Err(DocumentError::bad_input(format!(
                        "`{walked}` is a list beneath each row: export it at the root, or give `expand={walked}` to get a \
                         row for each of its items"
                    )));
                }
                of =
                    if expanded { rows_of(registry, written).map_or(inner, |(rows, _)| rows) } else { inner };
                at = at.0.entry(name.to_owned()).or_default();
            }
            if is_composite(of) {
                let first = of.fields().and_then(|fields| fields.keys().next());
                let example = first.filter(|_| specification.suggests());
                let example = example.map(|name| format!(", such as `{path}.{name}`")).unwrap_or_default();
                let message = format!("the column `{path}` is an object: name a field of it{example}");
                return Err(DocumentError::bad_input(message));
            }
        }
        Ok(tree)
    }

    /// Writes what is selected of type `of`, which is at `path`.
    fn write(&self, tree: &Tree, registry: &Registry, of: &MetaType, path: &mut String, query: &mut String) {
        for (name, beneath) in &tree.0 {
            let _ = write!(query, "{name} ");
            let Some(field) = of.field_by_name(name).filter(|_| !beneath.0.is_empty()) else { continue };
            let before = path.len();
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(name);
            let rows = rows_of(registry, &field.ty).filter(|_| self.expand.as_deref() == Some(path.as_str()));
            let inner = rows.map(|(rows, _)| rows).or_else(|| registry.concrete_type_by_name(&field.ty));
            let is_paged = rows.is_some_and(|(_, is_paged)| is_paged);
            if let Some(inner) = inner {
                query.push_str(if is_paged { "{ nodes { " } else { "{ " });
                self.write(beneath, registry, inner, path, query);
                query.push_str(if is_paged { "} } " } else { "} " });
            }
            path.truncate(before);
        }
    }
}

/// The type of the rows of a list, and whether it is read in pages; none for what is no list of objects.
fn rows_of<'a>(registry: &'a Registry, written: &str) -> Option<(&'a MetaType, bool)> {
    let of = registry.concrete_type_by_name(written)?;
    if is_list(written) {
        return is_composite(of).then_some((of, false));
    }
    if !is_page(of) {
        return None;
    }
    registry.concrete_type_by_name(&of.field_by_name("nodes")?.ty).map(|rows| (rows, true))
}

fn is_composite(of: &MetaType) -> bool {
    matches!(of, MetaType::Object { .. } | MetaType::Interface { .. } | MetaType::Union { .. })
}

/// Parses the value of an argument: exactly one value in GraphQL's notation, the brackets of a list left out or not; a
/// text is taken as it is.
fn value(registry: &Registry, name: &str, written: &str, text: &str) -> Result<Value, DocumentError> {
    let of = registry.concrete_type_by_name(written);
    let plain = match of {
        Some(MetaType::Scalar { name, .. }) => !["Int", "Float", "Boolean"].contains(&name.as_str()),
        _ => false,
    };
    if plain && !is_list(written) {
        return Ok(Value::String(text.to_owned()));
    }
    let text = text.trim();
    let bracketed = is_list(written) && !text.starts_with('[');
    let parsed = if bracketed { parse::value(&format!("[{text}]")) } else { parse::value(text) };
    let mut parsed = parsed.map_err(|mut error| {
        error.message = format!("`{name}` is not a value in GraphQL's notation: {}", error.message);
        // Positions would be those in the parameter.
        error.locations.clear();
        error.code = "BAD_USER_INPUT";
        error
    })?;
    as_variable(&mut parsed);
    Ok(parsed)
}

/// Words are strings in variables.
fn as_variable(value: &mut Value) {
    match value {
        Value::Enum(word) => *value = Value::String(word.to_string()),
        Value::List(items) => items.iter_mut().for_each(as_variable),
        Value::Object(fields) => fields.values_mut().for_each(as_variable),
        _ => {}
    }
}
