//! Changes by the calendar: agreements come into force and expire on their day, logged with the actor `system`.
//!
//! Every node looks for what is due. A change is looked up again under the writers' lock, so that it is made once.

mod partnership;

use std::{collections::BTreeSet, time::Duration};

use sea_orm::DbErr;
use uuid::Uuid;

use super::write::{Refusal, UserError, by_system};
use crate::store::{Writer, clock::day_of};

/// How often a node looks for changes that are due.
pub const EVERY: Duration = Duration::from_mins(1);

/// The most changes that are looked up at once.
const MOST: u64 = 1_000;

/// What was due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The number of rows that were changed.
    pub changed: usize,
    /// The keys of rows whose change was refused, with the reasons.
    pub refused: Vec<(Uuid, String)>,
}

/// Makes the changes that are due at a time, in microseconds since 1970 UTC, except those of the rows that are `left`.
///
/// # Errors
/// The error of the database. Changes that were made before it stay.
pub async fn change(writer: &Writer, now: i64, left: &BTreeSet<Uuid>) -> Result<Changes, DbErr> {
    let today = day_of(now);
    let mut changes = Changes::default();
    let mut last = None;
    loop {
        let due = partnership::due(writer.connection(), today, last).await?;
        let Some((key, _)) = due.last() else { return Ok(changes) };
        last = Some(*key);
        for (key, verb) in due.into_iter().filter(|(key, _)| !left.contains(key)) {
            let changed = by_system(writer, verb, async |transaction| {
                partnership::change(transaction, key, verb, today).await
            });
            match changed.await {
                Ok(changed) => changes.changed += usize::from(changed),
                Err(Refusal::Errors(errors)) => {
                    let reasons: Vec<String> = errors.iter().map(UserError::reason).collect();
                    changes.refused.push((key, format!("{verb}: {}", reasons.join(", "))));
                }
                Err(Refusal::Failed(error)) => changes.refused.push((key, format!("{verb}: {error}"))),
                Err(Refusal::Write(error)) => return Err(DbErr::Custom(error.to_string())),
            }
        }
    }
}
