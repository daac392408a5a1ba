//! What a document costs, found out before it is executed, and what its answer did cost.
//!
//! Three looks are taken, each in time linear in the document: [`scan`] at its letters, before it is parsed;
//! [`extent`] at how deep and wide it is; [`weigh`] at its prices. None names a noun: the schema is read by
//! the shapes of its types ([`sheet`]). The prices ([`price`]) are a contract; `docs/cost.md` states them.

mod asking;
mod dearest;
mod delivered;
mod extent;
mod given;
mod handed;
pub mod limit;
mod missing;
pub mod price;
mod scan;
mod sheet;
#[cfg(test)]
pub(super) mod tests;
mod weigh;

use std::{
    cell::Cell,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    Request, Value,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
    registry::Registry,
    value,
};

pub use missing::Missing;
pub use scan::scan;

use self::{
    given::Bindings,
    handed::{Handed, Sizes},
    limit::MAX_CONDITIONS,
    sheet::Sheet,
    weigh::{Scales, Weight},
};
use super::{DocumentError, operation};

/// The prices of one schema.
#[derive(Debug)]
pub struct Prices(Sheet);

/// What an operation costs.
#[derive(Debug)]
pub struct Cost {
    /// With full pages.
    pub requested: u64,
    pub limit: u32,
    /// Why it is not executed.
    pub error: Option<DocumentError>,
    /// Points for the values that its fields are given.
    values: u64,
    weight: Arc<Weight>,
}

/// What a document was found to weigh, where that is the same whatever its variables are.
#[derive(Debug, Default)]
pub struct Known(OnceLock<Weighed>);

#[derive(Debug)]
struct Weighed {
    weight: Arc<Weight>,
    bytes: u64,
    /// What its fields are given where variables have no values.
    handed: Handed,
}

impl Weighed {
    /// What the fields are given when variables have these sizes.
    fn handed_with(&self, document: &ExecutableDocument, sizes: &Sizes<'_>) -> Result<Handed, DocumentError> {
        let most = self.handed.uses.saturating_mul(sizes.largest()).saturating_add(self.handed.bytes);
        if most <= price::FREE_BYTES { Ok(self.handed) } else { Ok(extent::measure(document, sizes)?.handed) }
    }
}

impl Known {
    /// Bytes that it takes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.get().map_or(0, |weighed| weighed.bytes)
    }
}

impl Prices {
    /// Reads the shapes of a schema.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        Self(Sheet::of(registry))
    }

    /// Weighs the operation that a request names, if nobody did before; nothing is weighed when it names none.
    ///
    /// # Errors
    /// When the document is too deep to be weighed, spreads a fragment inside itself, or brings too large variables.
    pub fn weigh(
        &self,
        document: &ExecutableDocument,
        known: &Known,
        request: &Request,
        limit: u32,
    ) -> Result<Option<Cost>, DocumentError> {
        let Request { query, variables, operation_name, .. } = request;
        given::check(query, variables)?;
        let operation = operation(document, operation_name.as_deref())
            .filter(|operation| operation.ty == OperationType::Query);
        let sizes = Sizes::of(document, variables);
        if let Some(weighed) = known.0.get().filter(|_| operation.is_some()) {
            let handed = weighed.handed_with(document, &sizes)?;
            let values = operation.map(|operation| price_of_values(document, operation, handed, &sizes));
            let cost = Cost::of(Arc::clone(&weighed.weight), values.transpose()?.unwrap_or(0), limit);
            if cost.requested <= limit.into() {
                return Ok(Some(Cost { error: handed.check().err(), ..cost }));
            }
        }
        let extent = extent::measure(document, &sizes)?;
        extent::check_depth(extent)?;
        let (Some(operation), Some(root)) = (operation, self.0.root) else {
            return extent::check_size(extent).map(|()| None);
        };
        let looked_at = Cell::new(false);
        let definitions = &operation.variable_definitions;
        let bindings = Bindings { looked_at: &looked_at, variables, definitions };
        let mut scales = Scales::new(&self.0, bindings, &document.fragments);
        let set = &operation.selection_set.node;
        let weight = scales.set(set, root);
        let values = price_of_values(document, operation, extent.handed, &sizes)?;
        let requested = weight.full.saturating_add(values);
        let error = if let Err(large) = extent.handed.check() {
            // No page that is made smaller would help.
            Some(large)
        } else if requested > limit.into() {
            Some(dearest::refuse(&mut scales, set, root, requested, limit))
        } else {
            extent::check_size(extent).and_then(|()| check_written(weight.written.all())).err()
        };
        let alone = document.operations.iter().count() == 1;
        if alone && error.is_none() && !looked_at.get() {
            let handed = extent::measure(document, &Sizes::default())?.handed;
            let _ = known.0.set(Weighed { weight: Arc::clone(&weight), bytes: scales.bytes(), handed });
        }
        Ok(Some(Cost { error, ..Cost::of(weight, values, limit) }))
    }
}

impl Cost {
    fn of(weight: Arc<Weight>, values: u64, limit: u32) -> Self {
        Self { requested: weight.full.saturating_add(values), limit, error: None, values, weight }
    }

    /// What the answer that holds `data` did cost. What is missing because something failed counts in full.
    #[must_use]
    pub fn actual(&self, data: &Value, missing: Option<&Missing>) -> u64 {
        let delivered = match data {
            Value::Object(data) => self.weight.delivered(data, missing),
            _ if missing.is_some_and(|missing| missing.failed) => self.requested,
            _ => self.weight.fixed,
        };
        delivered.saturating_add(self.values).min(self.requested)
    }

    /// What is paid for once it was begun: the flat prices of the fields at the root, and the values that came.
    #[must_use]
    pub fn begun(&self) -> u64 {
        self.weight.fixed.saturating_add(self.values).min(self.requested)
    }

    /// `extensions.cost` of an answer that did cost so much.
    #[must_use]
    pub fn reported(&self, actual: u64) -> Value {
        // JSON's readers know whole numbers to 2^53.
        let exact = |points: u64| points.min((1 << 53) - 1);
        value!({ "requested": exact(self.requested), "actual": exact(actual), "limit": self.limit })
    }
}

/// Points for the values that one operation's fields are given; `all` are those of the whole document.
fn price_of_values(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    all: Handed,
    sizes: &Sizes<'_>,
) -> Result<u64, DocumentError> {
    if all.is_free() { Ok(0) } else { Ok(extent::handed(document, operation, sizes)?.points()) }
}

/// Refuses conditions that come to more than statements can hold.
fn check_written(conditions: u64) -> Result<(), DocumentError> {
    limit::check("conditions, with those on related rows written out", conditions, MAX_CONDITIONS.into())
}
