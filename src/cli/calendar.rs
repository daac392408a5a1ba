//! Makes the changes of the calendar while a node serves.

use std::collections::BTreeSet;

use tokio::{
    sync::oneshot,
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};

use uuid::Uuid;

use crate::{
    registry::calendar::{self, Changes},
    store::{Writer, clock},
};

/// The looks after which changes that were refused are tried again: in an hour.
const AGAIN: u32 = 60;

/// A task that looks for changes that are due.
pub(super) struct Calendar {
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

impl Calendar {
    /// Looks at once, and then every minute.
    pub(super) fn begin(writer: Writer) -> Self {
        let (stop, mut stopped) = oneshot::channel::<()>();
        let work = tokio::spawn(async move {
            let mut looks = interval(calendar::EVERY);
            looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut refused = BTreeSet::new();
            for look in (0..AGAIN).cycle() {
                if look == 0 {
                    refused.clear();
                }
                tokio::select! {
                    _ = &mut stopped => return,
                    _ = looks.tick() => {}
                }
                let changes = calendar::change(&writer, clock::now_micros(), &refused).await;
                refused.extend(tell(changes));
            }
        });
        Self { stop, work }
    }

    /// Returns when no change is under way any more.
    pub(super) async fn end(self) {
        drop(self.stop);
        if let Err(error) = self.work.await {
            tracing::error!(%error, "the calendar stopped with an error");
        }
    }
}

/// Logs what was changed, and what was refused, whose keys it returns.
fn tell(changes: Result<Changes, sea_orm::DbErr>) -> Vec<Uuid> {
    match changes {
        Ok(Changes { changed, refused }) => {
            for (key, reason) in &refused {
                tracing::warn!(%key, reason, "a change that is due would break a rule");
            }
            if changed > 0 {
                tracing::info!(changed, "changes that were due are made");
            }
            refused.into_iter().map(|(key, _)| key).collect()
        }
        Err(error) => {
            tracing::warn!(%error, "changes that are due could not be made; the next look follows");
            Vec::new()
        }
    }
}
