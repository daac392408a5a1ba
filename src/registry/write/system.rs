//! Changes that no caller asks for: those of the calendar.

use super::{Refusal, rules};
use crate::store::{
    WriteTransaction, Writer,
    writer::{Authorship, SYSTEM},
};

/// Executes a change in a transaction of its own, under the rules of the rows that it changes, and logs it with the actor
/// `system`. Returns whether there was anything to change.
pub(in crate::registry) async fn by_system(
    writer: &Writer,
    verb: &'static str,
    change: impl AsyncFnOnce(&mut WriteTransaction) -> Result<bool, Refusal>,
) -> Result<bool, Refusal> {
    let mut transaction = writer.begin().await?;
    if !change(&mut transaction).await? {
        transaction.roll_back().await?;
        return Ok(false);
    }
    rules::check(&transaction).await?;
    let by = Authorship { actor: SYSTEM.to_owned(), role: None, verb, request_id: None };
    transaction.commit(&by).await?;
    Ok(true)
}
