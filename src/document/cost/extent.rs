//! How far a document reaches: how deep, how wide, and how long it would be with every fragment written out.
//!
//! Each fragment is measured once, however often it is spread. What comes after this writes fragments out: the
//! library's validation does so for every operation, whichever of them is executed.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet},
};

use super::{
    handed::{Handed, Sizes},
    limit::{MAX_DEPTH, MAX_ROOT_FIELDS, MAX_SELECTION_DEPTH, MAX_SELECTIONS, MAX_USES, check},
};
use crate::document::DocumentError;

/// How far a selection reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Fields inside fields.
    pub(super) depth: u32,
    /// Selections inside selections, fragments included.
    levels: u32,
    /// Fields directly in it, and in all of it.
    width: u64,
    pub(super) selections: u64,
    /// What its fields are given.
    pub(super) handed: Handed,
}

impl Extent {
    fn add(&mut self, depth: u32, width: u64, inner: Self) {
        self.depth = self.depth.max(depth + inner.depth);
        self.levels = self.levels.max(1 + inner.levels);
        self.width = self.width.saturating_add(width);
        self.selections = self.selections.saturating_add(1).saturating_add(inner.selections);
        self.handed.add(inner.handed);
    }
}

/// Measures all of a document.
///
/// # Errors
/// When it is too deep to be followed at all, or a fragment spreads itself.
pub(super) fn measure(document: &ExecutableDocument, sizes: &Sizes<'_>) -> Result<Extent, DocumentError> {
    Measuring::new(document, sizes).document(document)
}

/// What the fields of one operation are given.
pub(super) fn handed(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    sizes: &Sizes<'_>,
) -> Result<Handed, DocumentError> {
    Ok(Measuring::new(document, sizes).set(&operation.selection_set.node, 1)?.handed)
}

/// Refuses what is deeper than a caller may ask.
pub(super) fn check_depth(extent: Extent) -> Result<(), DocumentError> {
    if extent.depth <= MAX_DEPTH {
        return Ok(());
    }
    let message = format!("fields are nested {} deep; at most {MAX_DEPTH}", extent.depth);
    Err(DocumentError::too_deep(message).with("depth", extent.depth).with("limit", MAX_DEPTH))
}

/// Refuses what is wider or longer than a caller may ask.
pub(super) fn check_size(extent: Extent) -> Result<(), DocumentError> {
    check("fields at its root", extent.width, MAX_ROOT_FIELDS.into())?;
    check("fields, with its fragments written out", extent.selections, MAX_SELECTIONS.into())?;
    check("places of variables, with its fragments written out", extent.handed.uses, MAX_USES)
}

pub(super) struct Measuring<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    sizes: &'a Sizes<'a>,
    /// What was measured; nothing while it is under way.
    known: HashMap<&'a str, Option<Extent>>,
    #[cfg(test)]
    pub(super) visits: usize,
}

impl<'a> Measuring<'a> {
    pub(super) fn new(document: &'a ExecutableDocument, sizes: &'a Sizes<'a>) -> Self {
        Self {
            fragments: &document.fragments,
            sizes,
            known: HashMap::new(),
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
            whole.handed.add(extent.handed);
            whole.handed.add(self.sizes.of_directives(&operation.node.directives));
        }
        // Validation looks at every fragment, spread or not.
        for name in document.fragments.keys() {
            let extent = self.fragment(name, 1)?;
            whole.selections = whole.selections.saturating_add(extent.selections);
            whole.handed.add(extent.handed);
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
            extent.handed.add(self.sizes.of_directives(item.node.directives()));
            match &item.node {
                Selection::Field(field) => {
                    let inner = self.set(&field.node.selection_set.node, level + 1)?;
                    extent.add(1, 1, inner);
                    extent.handed.add(self.sizes.of_field(&field.node));
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
        // One that is nowhere is validation's to report.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Extent::default()) };
        match self.known.insert(name, None) {
            Some(None) => {
                return Err(DocumentError::invalid(format!("fragment `{name}` spreads itself")));
            }
            Some(known) => {
                self.known.insert(name, known);
                return Ok(known.unwrap_or_default());
            }
            None => {}
        }
        let extent = self.set(&fragment.node.selection_set.node, level)?;
        self.known.insert(name, Some(extent));
        Ok(extent)
    }
}

fn too_deep() -> DocumentError {
    DocumentError::too_deep(format!("selections are nested more than {MAX_SELECTION_DEPTH} deep"))
}
