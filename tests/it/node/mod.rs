//! The real binary as a server process: limits, shutdown, log.
//!
//! The binary is the tests' own, without the optimiser's help: what it refuses in time, a release does sooner.

mod attacks;
mod connections_per_caller;
mod crash;
mod database_crash;
mod deep_conditions;
mod exports;
mod fair_sharing;
mod flooding_clients;
mod heavy_requests;
mod idle_connections;
mod loading;
mod log;
mod open_files;
mod pipelines;
mod queued_requests;
mod raw_client;
mod shutdown;
mod signals;
mod sqlite_file;
#[cfg(feature = "otel")]
mod telemetry;
mod test_node;
mod unread_log;
mod unread_responses;
mod websocket;
mod websocket_credentials;

pub(crate) use test_node::{Node, each_node, each_returning_node};
