//! Loads reference data when a node starts: on a blocking thread, which ends before the node does.

use tokio::{runtime::Handle, sync::oneshot, task::JoinHandle};

/// Reference data that is being loaded on a blocking thread. A table is decoded without a pause: requests on the same
/// thread would wait for all of it.
pub(super) struct Loading {
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

impl Loading {
    /// Begins `work`.
    pub(super) fn begin(work: impl Future<Output = ()> + Send + 'static) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let runtime = Handle::current();
        let work = tokio::task::spawn_blocking(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    () = work => {}
                }
            });
        });
        Self { stop, work }
    }

    /// Gives up what is not loaded, and returns when the thread has let go of the database.
    pub(super) async fn end(self) {
        drop(self.stop);
        if let Err(error) = self.work.await {
            tracing::error!(%error, "loading stopped with an error");
        }
    }
}
