//! Loads reference data at the start of a node, on a blocking thread that ends before the node does.

use tokio::{runtime::Handle, sync::oneshot, task::JoinHandle};

/// The loading of reference data on a blocking thread. A table is decoded without a pause, which would block all
/// requests on the same thread.
pub(super) struct Loading {
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

impl Loading {
    /// Starts `work`.
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

    /// Cancels the loading, and returns when the thread has released the database.
    pub(super) async fn end(self) {
        drop(self.stop);
        if let Err(error) = self.work.await {
            tracing::error!(%error, "loading stopped with an error");
        }
    }
}
