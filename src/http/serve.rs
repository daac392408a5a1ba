//! Listening, until the operator says stop.

use std::{io, net::SocketAddr};

use tokio::{net::TcpListener, signal::unix};

use super::{Door, router};

/// Why a node does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0} is in use; choose another address with --listen")]
    InUse(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("serving failed: {0}")]
    Serve(#[from] io::Error),
}

/// Listens on `address`, calls `ready` with the address that it got, and answers until SIGTERM or SIGINT; requests
/// under way are finished first.
///
/// # Errors
/// When the address is taken or cannot be listened on.
pub async fn serve(
    address: SocketAddr,
    door: Door,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(address),
        _ => ServeError::Listen(address, error),
    })?;
    let mut terminate = unix::signal(unix::SignalKind::terminate())?;
    let mut interrupt = unix::signal(unix::SignalKind::interrupt())?;
    ready(listener.local_addr()?);
    let stopped = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: requests under way are finished first");
    };
    axum::serve(listener, router(door)).with_graceful_shutdown(stopped).await?;
    Ok(())
}
