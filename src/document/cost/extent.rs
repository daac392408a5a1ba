//! The extent of a document: its depth, its width, and its size with all fragments expanded.
//!
//! Each fragment is measured once, however often it is spread. What follows expands fragments: the library validates
//! every operation so, whichever of them is executed.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet},
};

use super::{
    limit::{MAX_DEPTH, MAX_ROOT_FIELDS, MAX_SELECTION_DEPTH, MAX_SELECTIONS, MAX_USES, check},
    value_bytes::{ValueBytes, VariableSizes},
};
use crate::document::DocumentError;

/// The extent of a selection set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// The depth of nested fields.
    pub(super) depth: u32,
    /// The depth of nested selection sets, fragments included.
    levels: u32,
    /// Fields directly in it.
    width: u64,
    /// Selections in all of it.
    pub(super) selections: u64,
    /// The size of its arguments.
    pub(super) value_bytes: ValueBytes,
}

impl Extent {
    fn add(&mut self, depth: u32, width: u64, inner: Self) {
        self.depth = self.depth.max(depth + inner.depth);
        self.levels = self.levels.max(1 + inner.levels);
        self.width = self.width.saturating_add(width);
        self.selections = self.selections.saturating_add(1).saturating_add(inner.selections);
        self.value_bytes.add(inner.value_bytes);
    }
}

/// Measures a document.
///
/// # Errors
/// When it is too deep to be measured, or a fragment spreads itself.
pub(super) fn measure(
    document: &ExecutableDocument,
    sizes: &VariableSizes<'_>,
) -> Result<Extent, DocumentError> {
    Measuring::new(document, sizes).document(document)
}

/// The size of one operation's arguments.
pub(super) fn value_bytes(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    sizes: &VariableSizes<'_>,
) -> Result<ValueBytes, DocumentError> {
    Ok(Measuring::new(document, sizes).set(&operation.selection_set.node, 1)?.value_bytes)
}

/// Refuses a document that is too deep.
pub(super) fn check_depth(extent: Extent) -> Result<(), DocumentError> {
    if extent.depth <= MAX_DEPTH {
        return Ok(());
    }
    let message = format!("fields are nested {} deep; at most {MAX_DEPTH}", extent.depth);
    Err(DocumentError::too_deep(message).with("depth", extent.depth).with("limit", MAX_DEPTH))
}

/// Refuses a document that is too wide or too large.
pub(super) fn check_size(extent: Extent) -> Result<(), DocumentError> {
    check("root fields", extent.width, MAX_ROOT_FIELDS.into())?;
    check("fields, with fragments expanded", extent.selections, MAX_SELECTIONS.into())?;
    check("uses of variables, with fragments expanded", extent.value_bytes.uses, MAX_USES)
}

pub(super) struct Measuring<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    sizes: &'a VariableSizes<'a>,
    /// The extents of fragments; `None` while one is being measured.
    measured: HashMap<&'a str, Option<Extent>>,
    #[cfg(test)]
    pub(super) visits: usize,
}

impl<'a> Measuring<'a> {
    pub(super) fn new(document: &'a ExecutableDocument, sizes: &'a VariableSizes<'a>) -> Self {
        Self {
            fragments: &document.fragments,
            sizes,
            measured: HashMap::new(),
            #[cfg(test)]
            visits: 0,
        }
    }

    pub(super) fn document(&mut self, document: &'a ExecutableDocument) -> Result<Extent, DocumentError> {
        let mut whole = Extent::default();
        for (_, operation) in document.operations.iter() {
            let extent = self.set(&operation.node.selection_set.node, 1)?;
            whole.depth = whole.depth.max(extent.depth);
            whole.width = whole.width.max(extent.width);
            whole.selections = whole.selections.saturating_add(extent.selections);
            whole.value_bytes.add(extent.value_bytes);
            whole.value_bytes.add(self.sizes.of_directives(&operation.node.directives));
        }
        // Validation checks every fragment, spread or not.
        for name in document.fragments.keys() {
            let extent = self.fragment(name, 1)?;
            whole.selections = whole.selections.saturating_add(extent.selections);
            whole.value_bytes.add(extent.value_bytes);
        }
        Ok(whole)
    }

    fn set(&mut self, set: &'a SelectionSet, level: u32) -> Result<Extent, DocumentError> {
        let mut extent = Extent::default();
        if !set.items.is_empty() && level > MAX_SELECTION_DEPTH {
            return Err(too_deep());
        }
        for item in &set.items {
            #[cfg(test)]
            {
                self.visits += 1;
            }
            extent.value_bytes.add(self.sizes.of_directives(item.node.directives()));
            match &item.node {
                Selection::Field(field) => {
                    let inner = self.set(&field.node.selection_set.node, level + 1)?;
                    extent.add(1, 1, inner);
                    extent.value_bytes.add(self.sizes.of_field(&field.node));
                }
                Selection::InlineFragment(fragment) => {
                    let inner = self.set(&fragment.node.selection_set.node, level + 1)?;
                    extent.add(0, inner.width, inner);
                }
                Selection::FragmentSpread(spread) => {
                    let inner = self.fragment(&spread.node.fragment_name.node, level + 1)?;
                    extent.add(0, inner.width, inner);
                }
            }
        }
        if level + extent.levels > MAX_SELECTION_DEPTH + 1 { Err(too_deep()) } else { Ok(extent) }
    }

    fn fragment(&mut self, name: &str, level: u32) -> Result<Extent, DocumentError> {
        // Validation reports an unknown one.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Extent::default()) };
        match self.measured.insert(name, None) {
            Some(None) => {
                return Err(DocumentError::invalid(format!("fragment `{name}` spreads itself")));
            }
            Some(known) => {
                self.measured.insert(name, known);
                return Ok(known.unwrap_or_default());
            }
            None => {}
        }
        let extent = self.set(&fragment.node.selection_set.node, level)?;
        self.measured.insert(name, Some(extent));
        Ok(extent)
    }
}

fn too_deep() -> DocumentError {
    DocumentError::too_deep(format!("selections are nested more than {MAX_SELECTION_DEPTH} deep"))
}
