//! The real binary: what it withstands, how it ends, what it logs.
//!
//! The binary is the tests' own, without the optimiser's help: what it refuses in time, a release does sooner.

mod admitted;
mod attacks;
mod conditions;
mod connections;
mod crowds;
mod drain;
mod file;
mod files;
mod floods;
mod loading;
mod log;
mod peer;
mod pipelines;
mod running;
mod shares;
mod signals;
mod slow;
mod sockets;
#[cfg(feature = "otel")]
mod telemetry;
mod unread;
mod waiting;

pub(crate) use running::{Node, each_node};
