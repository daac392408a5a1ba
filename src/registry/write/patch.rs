//! Patches of rows: absent fields of an input stay as they are, and null empties one.

use async_graphql::MaybeUndefined;
use sea_orm::{ActiveValue, EntityTrait, Set, TryIntoModel};

use super::{Faults, Message, Refusal, UserError, UserErrorCode, Write};
use crate::{graph::load::Noun, store::writer::Recorded};

/// Sets a column that may be empty, if the input names it.
pub(in crate::registry) fn patch<T, V: Into<sea_orm::Value>>(
    column: &mut ActiveValue<Option<V>>,
    input: &MaybeUndefined<T>,
    read: impl FnOnce(&T) -> Option<V>,
) where
    Option<V>: Into<sea_orm::Value>,
{
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *column = Set(None),
        MaybeUndefined::Value(value) => *column = Set(read(value)),
    }
}

impl Faults {
    /// Sets a column that may not be empty to the value as it is, if the input names it.
    pub(in crate::registry) fn demanded<T>(
        &mut self,
        field: &str,
        input: &MaybeUndefined<T>,
        column: &mut ActiveValue<T>,
    ) where
        T: Clone + Into<sea_orm::Value>,
    {
        self.replace(field, input, column, |_, value| Some(value.clone()));
    }

    /// Sets a column that may not be empty to what is read from the value, if the input names it.
    pub(in crate::registry) fn replace<T, V: Into<sea_orm::Value>>(
        &mut self,
        field: &str,
        input: &MaybeUndefined<T>,
        column: &mut ActiveValue<V>,
        read: impl FnOnce(&mut Self, &T) -> Option<V>,
    ) {
        match input {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => {
                self.add(UserErrorCode::Required, field, "it may not be null", "tidak boleh kosong");
            }
            MaybeUndefined::Value(value) => {
                if let Some(value) = read(self, value) {
                    *column = Set(value);
                }
            }
        }
    }
}

impl Write {
    /// Writes a patched row; refuses a patch that changes nothing.
    pub(in crate::registry) async fn amend<N>(
        &mut self,
        before: &<N::Entity as EntityTrait>::Model,
        row: <N::Entity as EntityTrait>::ActiveModel,
    ) -> Result<(), Refusal>
    where
        N: Noun<Entity: Recorded>,
        <N::Entity as EntityTrait>::Model: PartialEq,
        <N::Entity as EntityTrait>::ActiveModel: Clone + TryIntoModel<<N::Entity as EntityTrait>::Model>,
    {
        if is_same::<N>(before, &row) {
            return Err(unchanged());
        }
        Ok(self.transaction().update::<N::Entity>(N::NAME, before, row).await?)
    }
}

/// Whether a patched row is as it was.
pub(in crate::registry) fn is_same<N>(
    before: &<N::Entity as EntityTrait>::Model,
    row: &<N::Entity as EntityTrait>::ActiveModel,
) -> bool
where
    N: Noun<Entity: Recorded>,
    <N::Entity as EntityTrait>::Model: PartialEq,
    <N::Entity as EntityTrait>::ActiveModel: Clone + TryIntoModel<<N::Entity as EntityTrait>::Model>,
{
    row.clone().try_into_model().is_ok_and(|amended| amended == *before)
}

/// The refusal of a patch that changes nothing.
pub(in crate::registry) fn unchanged() -> Refusal {
    let message = Message::new("nothing would be changed", "tidak ada yang berubah");
    UserError::new(UserErrorCode::Invalid, &[], message).into()
}
