//! The cost of a document: what it may cost, before it is executed, and what its answer did cost.
//!
//! There are three passes, each in time linear in the document: [`scan`] over its text, before it is parsed;
//! [`extent`] over its depth and size; [`estimate`] over its prices. No type is known by its name: the schema is
//! classified by the shapes of its types ([`priced_schema`]). The prices ([`price`]) are a contract, stated by
//! `docs/cost.md`.

mod actual;
mod advice;
mod arguments;
mod estimate;
mod extent;
mod failures;
pub mod limit;
pub mod price;
mod priced_schema;
mod scan;
#[cfg(test)]
pub(super) mod tests;
mod value_bytes;
mod variables;

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

pub use failures::Failures;
pub use scan::scan;

use self::{
    estimate::{Estimate, Estimator},
    limit::MAX_CONDITIONS,
    priced_schema::PricedSchema,
    value_bytes::{ValueBytes, VariableSizes},
    variables::Bindings,
};
use super::{DocumentError, operation};

/// The cost model of one schema.
#[derive(Debug)]
pub struct Prices(PricedSchema);

/// What an operation costs.
#[derive(Debug)]
pub struct Cost {
    /// The price with full pages.
    pub requested: u64,
    pub limit: u32,
    /// Why it is not executed.
    pub error: Option<DocumentError>,
    /// Points for the values of its arguments.
    values: u64,
    estimate: Arc<Estimate>,
}

/// The estimate of a document, cached where it does not depend on variables.
#[derive(Debug, Default)]
pub struct EstimateCache(OnceLock<CachedEstimate>);

#[derive(Debug)]
struct CachedEstimate {
    estimate: Arc<Estimate>,
    bytes: u64,
    /// The values of its arguments where variables have none.
    value_bytes: ValueBytes,
}

impl CachedEstimate {
    /// The values of its arguments when variables have these sizes.
    fn value_bytes_with(
        &self,
        document: &ExecutableDocument,
        sizes: &VariableSizes<'_>,
    ) -> Result<ValueBytes, DocumentError> {
        let most =
            self.value_bytes.uses.saturating_mul(sizes.largest()).saturating_add(self.value_bytes.bytes);
        if most <= price::FREE_BYTES {
            Ok(self.value_bytes)
        } else {
            Ok(extent::measure(document, sizes)?.value_bytes)
        }
    }
}

impl EstimateCache {
    /// Bytes that it takes in memory.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.get().map_or(0, |cached| cached.bytes)
    }
}

impl Prices {
    /// Classifies the types of a schema.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        Self(PricedSchema::of(registry))
    }

    /// Estimates the operation that a request selects; nothing when it selects none.
    ///
    /// # Errors
    /// When the document is too deep to be estimated, spreads a fragment inside itself, or has too large variables.
    pub fn estimate(
        &self,
        document: &ExecutableDocument,
        cache: &EstimateCache,
        request: &Request,
        limit: u32,
    ) -> Result<Option<Cost>, DocumentError> {
        let Request { query, variables, operation_name, .. } = request;
        variables::check(query, variables)?;
        let operation = operation(document, operation_name.as_deref())
            .filter(|operation| operation.ty != OperationType::Subscription);
        let root = match operation.map(|operation| operation.ty) {
            Some(OperationType::Mutation) => self.0.verbs,
            _ => self.0.root,
        };
        let sizes = VariableSizes::of(document, variables);
        if let Some(cached) = cache.0.get().filter(|_| operation.is_some()) {
            let value_bytes = cached.value_bytes_with(document, &sizes)?;
            let values = operation.map(|operation| price_of_values(document, operation, value_bytes, &sizes));
            let cost = Cost::of(Arc::clone(&cached.estimate), values.transpose()?.unwrap_or(0), limit);
            if cost.requested <= limit.into() {
                return Ok(Some(Cost { error: value_bytes.check().err(), ..cost }));
            }
        }
        let extent = extent::measure(document, &sizes)?;
        extent::check_depth(extent)?;
        let (Some(operation), Some(root)) = (operation, root) else {
            return extent::check_size(extent).map(|()| None);
        };
        let used = Cell::new(false);
        let definitions = &operation.variable_definitions;
        let bindings = Bindings { used: &used, variables, definitions };
        let mut estimator = Estimator::new(&self.0, bindings, &document.fragments);
        let set = &operation.selection_set.node;
        let estimate = estimator.set(set, root);
        let values = price_of_values(document, operation, extent.value_bytes, &sizes)?;
        let requested = estimate.full.saturating_add(values);
        let error = if let Err(large) = extent.value_bytes.check() {
            // A smaller page would not help.
            Some(large)
        } else if requested > limit.into() {
            Some(advice::cost_error(&mut estimator, set, root, requested, limit))
        } else {
            extent::check_size(extent).and_then(|()| check_conditions(estimate.conditions.all())).err()
        };
        let alone = document.operations.iter().count() == 1;
        if alone && error.is_none() && !used.get() {
            let value_bytes = extent::measure(document, &VariableSizes::default())?.value_bytes;
            let _ = cache.0.set(CachedEstimate {
                estimate: Arc::clone(&estimate),
                bytes: estimator.bytes(),
                value_bytes,
            });
        }
        Ok(Some(Cost { error, ..Cost::of(estimate, values, limit) }))
    }
}

impl Cost {
    fn of(estimate: Arc<Estimate>, values: u64, limit: u32) -> Self {
        Self { requested: estimate.full.saturating_add(values), limit, error: None, values, estimate }
    }

    /// What the answer that holds `data` did cost. What is missing because of an error counts in full.
    #[must_use]
    pub fn actual(&self, data: &Value, failures: Option<&Failures>) -> u64 {
        let actual = match data {
            Value::Object(data) => self.estimate.actual(data, failures),
            _ if failures.is_some_and(|failures| failures.failed) => self.requested,
            _ => self.estimate.fixed,
        };
        actual.saturating_add(self.values).min(self.requested)
    }

    /// What is charged once execution began: the flat prices of the root fields, and the values of arguments.
    #[must_use]
    pub fn base(&self) -> u64 {
        self.estimate.fixed.saturating_add(self.values).min(self.requested)
    }

    /// `extensions.cost` of an answer with this actual cost.
    #[must_use]
    pub fn extension(&self, actual: u64) -> Value {
        // JSON numbers are exact to 2^53.
        let exact = |points: u64| points.min((1 << 53) - 1);
        value!({ "requested": exact(self.requested), "actual": exact(actual), "limit": self.limit })
    }
}

/// Points for the values of one operation's arguments; `all` are those of the whole document.
fn price_of_values(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    all: ValueBytes,
    sizes: &VariableSizes<'_>,
) -> Result<u64, DocumentError> {
    if all.is_free() { Ok(0) } else { Ok(extent::value_bytes(document, operation, sizes)?.points()) }
}

/// Refuses more conditions than SQL statements can hold.
fn check_conditions(conditions: u64) -> Result<(), DocumentError> {
    limit::check("conditions, with those on related rows expanded", conditions, MAX_CONDITIONS.into())
}
