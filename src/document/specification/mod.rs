//! The validation rules of GraphQL's specification that the library does not check, or checks wrongly.
//!
//! [`usage`] checks where the document uses its variables, and `__typename`, which the library never checks;
//! [`literals`] checks the values in the document, [`merging`] fields with one response key; [`values`] coerces the
//! variables of the request.

mod enclosing;
mod literals;
mod merging;
mod scalar;
mod suggestion;
mod typename;
mod usage;
mod values;

use std::collections::HashSet;

use async_graphql::{Name, Request, Value, Variables, parser::types::ExecutableDocument, registry::Registry};

use super::{DocumentError, operation};

/// The schema that documents are validated against.
pub struct Specification {
    registry: Registry,
    introspection: bool,
}

/// The types that values are checked against, and whether errors suggest names.
#[derive(Clone, Copy)]
struct Types<'a> {
    registry: &'a Registry,
    suggestions: bool,
}

impl Types<'_> {
    /// The suggestions for a mistyped name.
    fn suggest<'n>(self, mistyped: &str, known: impl Iterator<Item = &'n String>) -> String {
        if self.suggestions {
            suggestion::suggest(mistyped, known.map(String::as_str))
        } else {
            String::new()
        }
    }
}

impl std::fmt::Debug for Specification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Specification").finish_non_exhaustive()
    }
}

impl Specification {
    #[must_use]
    pub fn of(registry: Registry) -> Self {
        Self { registry, introspection: true }
    }

    /// The same, with introspection refused.
    #[must_use]
    pub fn without_introspection(self) -> Self {
        Self { introspection: false, ..self }
    }

    /// Whether errors suggest names.
    #[must_use]
    pub fn suggests(&self) -> bool {
        self.introspection
    }

    fn checked(&self) -> Types<'_> {
        Types { registry: &self.registry, suggestions: self.introspection }
    }

    /// `; did you mean …?` with the known names that are like a mistyped one; empty where introspection is off.
    #[must_use]
    pub fn suggest<'n>(&self, mistyped: &str, known: impl Iterator<Item = &'n String>) -> String {
        self.checked().suggest(mistyped, known)
    }

    /// The types of the schema.
    #[must_use]
    pub fn types(&self) -> &Registry {
        &self.registry
    }

    /// Writes the implied type conditions into a document, which the library needs to be explicit.
    pub fn write_out(&self, document: &mut ExecutableDocument) {
        enclosing::write(&self.registry, document);
    }

    /// Validates a document for all values of its variables.
    ///
    /// # Errors
    /// `GRAPHQL_VALIDATION_FAILED`.
    pub fn validate(&self, document: &ExecutableDocument) -> Result<(), Vec<DocumentError>> {
        let mut errors = usage::errors(self.checked(), document);
        errors.extend(merging::errors(&self.registry, document));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Coerces the variables of the operation that the request selects. Afterwards the conditions on `__typename` are
    /// constants, and the request has every variable that has a value or a default.
    ///
    /// # Errors
    /// `BAD_USER_INPUT`.
    pub fn coerce(
        &self,
        document: &mut ExecutableDocument,
        request: &mut Request,
    ) -> Result<(), Vec<DocumentError>> {
        let Some(operation) = operation(document, request.operation_name.as_deref()) else { return Ok(()) };
        let variable_definitions = &operation.variable_definitions;
        values::coerce(self.checked(), variable_definitions, &mut request.variables)?;
        let null = variable_definitions.iter().map(|definition| &definition.node).filter(|definition| {
            let default = definition.default_value.as_ref();
            default.is_some() && request.variables.get(&definition.name.node) == Some(&Value::Null)
        });
        let null: HashSet<&Name> = null.map(|definition| &definition.name.node).collect();
        if !null.is_empty() {
            let errors = usage::nulls(self.checked(), document, operation, &null);
            if !errors.is_empty() {
                return Err(errors);
            }
        }
        Self::decide(document, &request.variables);
        Ok(())
    }

    /// Removes each `__typename` that `@skip` or `@include` leaves out.
    pub fn decide(document: &mut ExecutableDocument, variables: &Variables) {
        typename::decide(document, variables);
    }
}
