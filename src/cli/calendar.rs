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
            let mut told = BTreeSet::new();
            loop {
                tokio::select! {
                    _ = &mut stopped => return,
                    _ = looks.tick() => {}
                }
                tell(calendar::change(&writer, clock::now_micros()).await, &mut told);
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

/// Logs what was done; of a change that is refused at each look, once.
fn tell(changes: Result<Changes, sea_orm::DbErr>, told: &mut BTreeSet<Uuid>) {
    match changes {
        Ok(Changes { changed, refused }) => {
            for (key, reason) in refused {
                if told.insert(key) {
                    tracing::warn!(%key, reason, "a change that is due would break a rule");
                }
            }
            if changed > 0 {
                tracing::info!(changed, "changes that were due are made");
            }
        }
        Err(error) => tracing::warn!(%error, "changes that are due could not be made; the next look follows"),
    }
}
