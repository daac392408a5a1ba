//! Validation that the GraphQL specification requires and the library omits or gets wrong.
//!
//! [`usage`] checks the uses of variables, and `__typename`, which the library never checks; [`literals`] checks
//! literal values, [`merging`] fields with the same response key; [`values`] coerces the variables of a request.

mod enclosing;
mod fault;
mod literals;
mod merging;
mod typename;
mod usage;
mod values;

use std::collections::HashSet;

use async_graphql::{
    Name, Request, ServerError, Value, Variables, parser::types::ExecutableDocument, registry::Registry,
};

use super::cost::chosen;

/// The validator: the types against which documents are checked.
pub struct Specification {
    registry: Registry,
    introspected: bool,
}

impl std::fmt::Debug for Specification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Specification").finish_non_exhaustive()
    }
}

impl Specification {
    #[must_use]
    pub fn of(registry: Registry) -> Self {
        Self { registry, introspected: true }
    }

    /// The same, for a schema with introspection turned off.
    #[must_use]
    pub fn untold(self) -> Self {
        Self { introspected: false, ..self }
    }

    /// The types themselves.
    #[must_use]
    pub fn types(&self) -> &Registry {
        &self.registry
    }

    /// Makes explicit what a document leaves implicit and the library misinterprets.
    pub fn write_out(&self, document: &mut ExecutableDocument) {
        enclosing::write(&self.registry, document);
    }

    /// Checks a document independently of its variables.
    ///
    /// # Errors
    /// `GRAPHQL_VALIDATION_FAILED`.
    pub fn hold(&self, document: &ExecutableDocument) -> Result<(), Vec<ServerError>> {
        let mut faults = usage::faults(&self.registry, self.introspected, document);
        faults.extend(merging::faults(&self.registry, document));
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Coerces the variables of the operation that the request names. In the document, the conditions on `__typename`
    /// are resolved; in the request, every variable has its coerced value or default.
    ///
    /// # Errors
    /// `BAD_USER_INPUT`.
    pub fn coerce(
        &self,
        document: &mut ExecutableDocument,
        request: &mut Request,
    ) -> Result<(), Vec<ServerError>> {
        let Some(operation) = chosen(document, request.operation_name.as_deref()) else { return Ok(()) };
        let variable_definitions = &operation.variable_definitions;
        values::coerce(&self.registry, variable_definitions, &mut request.variables)?;
        let null = variable_definitions.iter().map(|definition| &definition.node).filter(|definition| {
            let default = definition.default_value.as_ref();
            default.is_some() && request.variables.get(&definition.name.node) == Some(&Value::Null)
        });
        let null: HashSet<&Name> = null.map(|definition| &definition.name.node).collect();
        if !null.is_empty() {
            let faults = usage::nulls(&self.registry, document, operation, &null);
            if !faults.is_empty() {
                return Err(faults);
            }
        }
        Self::decide(document, &request.variables);
        Ok(())
    }

    /// Leaves out of a document what `@skip` and `@include` leave out of `__typename`.
    pub fn decide(document: &mut ExecutableDocument, variables: &Variables) {
        typename::decide(document, variables);
    }
}
