//! The arguments of a field, read in the same way as by its resolver.

use async_graphql::{Context, InputType};

use crate::graph::{
    Error, Result,
    filter::Where,
    load::selected::{self, Chosen},
    order::{Order, OrderField},
    page::{List, Window},
};

/// The arguments of one field of the document.
pub struct FieldArguments<'a>(pub(in crate::graph::load) &'a Context<'a>);

impl std::fmt::Debug for FieldArguments<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FieldArguments")
    }
}

impl<'a> FieldArguments<'a> {
    /// The arguments of the field that is being resolved.
    #[must_use]
    pub fn of(ctx: &'a Context<'a>) -> Self {
        Self(ctx)
    }

    /// Reads one argument.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it does not fit its type.
    pub fn read<T: InputType>(&self, name: &str) -> Result<T> {
        let (_, value) =
            self.0.param_value::<T>(name, None).map_err(|error| Error::bad_input(error.message))?;
        Ok(value)
    }

    /// The fields that are selected beneath it, with the fields beneath these.
    #[must_use]
    pub fn chosen(&self) -> Vec<Chosen<'_>> {
        selected::chosen(self.0)
    }

    /// Reads the arguments that every list takes.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when one does not fit its type.
    pub fn list<W: Where, O: OrderField>(&self) -> Result<List<W, O>> {
        Ok(List {
            filter: self.read("where")?,
            order_by: self.read::<Option<Vec<Order<O>>>>("orderBy")?,
            window: Window {
                first: self.read("first")?,
                after: self.read("after")?,
                last: self.read("last")?,
                before: self.read("before")?,
            },
        })
    }
}
