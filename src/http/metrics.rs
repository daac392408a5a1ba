//! The metrics of a node, in Prometheus' format.

mod exports;
mod names;

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use sea_orm::DatabaseConnection;

use self::{
    exports::ExportMetrics,
    names::{Label, Names},
};
use super::operation::OperationRecord;
use crate::store::{Pool, pool};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByOperation {
    operation: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByCode {
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByKind {
    kind: &'static str,
}

/// The metrics of a node.
#[derive(Clone)]
pub(super) struct Metrics(Arc<Figures>);

struct Figures {
    registry: Registry,
    names: Mutex<Names>,
    operations: Family<ByOperation, Histogram, fn() -> Histogram>,
    errors: Family<ByCode, Counter>,
    cost: Family<ByKind, Histogram, fn() -> Histogram>,
    statements: Histogram,
    batches: Histogram,
    connections: Gauge,
    sockets: Gauge,
    running: Gauge,
    loaded: Gauge<f64, AtomicU64>,
    shed: Counter,
    lines_lost: Counter,
    displaced: Family<ByKind, Counter>,
    unread: Gauge,
    pool: Family<ByKind, Gauge>,
    exports: ExportMetrics,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// A histogram from half a millisecond to half a minute.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 17))
}

/// A histogram from ten points to ten million.
fn points() -> Histogram {
    Histogram::new(exponential_buckets(10.0, 4.0, 11))
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("simpul");
        let figures = Figures {
            names: Mutex::default(),
            operations: Family::new_with_constructor(seconds as fn() -> _),
            errors: Family::default(),
            cost: Family::new_with_constructor(points as fn() -> _),
            statements: seconds(),
            batches: Histogram::new(exponential_buckets(1.0, 4.0, 8)),
            connections: Gauge::default(),
            sockets: Gauge::default(),
            running: Gauge::default(),
            loaded: Gauge::default(),
            shed: Counter::default(),
            lines_lost: Counter::default(),
            displaced: Family::default(),
            unread: Gauge::default(),
            pool: Family::default(),
            exports: ExportMetrics::new(&mut registry),
            registry: Registry::default(),
        };
        let (many, each) = (Unit::Other("questions".to_owned()), Unit::Other("points".to_owned()));
        registry.register_with_unit(
            "operation_duration",
            "Duration of operations, by name",
            Unit::Seconds,
            figures.operations.clone(),
        );
        registry.register("errors", "Errors in responses, by code", figures.errors.clone());
        registry.register_with_unit(
            "operation_cost",
            "Requested and actual cost of operations, in points",
            each,
            figures.cost.clone(),
        );
        registry.register_with_unit(
            "sql_statement_duration",
            "Duration of SQL statements",
            Unit::Seconds,
            figures.statements.clone(),
        );
        registry.register_with_unit(
            "loader_batch",
            "Number of questions in a batch of the loader",
            many,
            figures.batches.clone(),
        );
        registry.register("connections", "Open connections", figures.connections.clone());
        registry.register("sockets", "Open WebSockets", figures.sockets.clone());
        registry.register("operations_running", "Requests in progress", figures.running.clone());
        registry.register_with_unit(
            "load_duration",
            "Time from the start of the node until its reference data was loaded; 0 before that",
            Unit::Seconds,
            figures.loaded.clone(),
        );
        registry.register("shed", "Requests refused because the node was overloaded", figures.shed.clone());
        registry.register(
            "log_lines_lost",
            "Log lines lost because they were not read in time",
            figures.lines_lost.clone(),
        );
        registry.register(
            "connections_displaced",
            "Connections closed to make room for other callers or for other responses",
            figures.displaced.clone(),
        );
        registry.register_with_unit(
            "unread",
            "Bytes of responses that clients have not read yet",
            Unit::Bytes,
            figures.unread.clone(),
        );
        registry.register("database_connections", "Connections to the database", figures.pool.clone());
        Self(Arc::new(Figures { registry, ..figures }))
    }

    /// Counts an operation.
    pub(super) fn operation(&self, record: &OperationRecord) {
        let Figures { errors, cost, statements, batches, .. } = &*self.0;
        self.duration(record);
        for (code, times) in &record.errors {
            errors.get_or_create(&ByCode { code: code.clone() }).inc_by(*times);
        }
        for (kind, points) in [("requested", record.requested), ("actual", record.actual)] {
            if let Some(points) = points {
                #[expect(clippy::cast_precision_loss, reason = "a bucket's borders are not that exact")]
                cost.get_or_create(&ByKind { kind }).observe(points as f64);
            }
        }
        for took in &record.effort.statements {
            statements.observe(took.as_secs_f64());
        }
        for questions in &record.effort.batches {
            #[expect(clippy::cast_precision_loss, reason = "a bucket's borders are not that exact")]
            batches.observe(*questions as f64);
        }
    }

    /// Observes the duration of an operation, by its name. The names stay locked, so that a label that was just removed
    /// is not added again.
    fn duration(&self, record: &OperationRecord) {
        let mut names = self.0.names.lock().unwrap_or_else(PoisonError::into_inner);
        let label = record.name.as_deref().map(|name| (name, names.label(name, record.origin)));
        let operation = match label {
            None => "anonymous",
            Some((_, Label::Other)) => "other",
            Some((name, Label::Shown { instead_of })) => {
                if let Some(operation) = instead_of {
                    self.0.operations.remove(&ByOperation { operation });
                }
                name
            }
        };
        let operation = ByOperation { operation: operation.to_owned() };
        self.0.operations.get_or_create(&operation).observe(record.duration.as_secs_f64());
    }

    pub(super) fn exports(&self) -> &ExportMetrics {
        &self.0.exports
    }

    pub(super) fn connection(&self) -> GaugeGuard {
        GaugeGuard::one_more(&self.0.connections)
    }

    pub(super) fn socket(&self) -> GaugeGuard {
        GaugeGuard::one_more(&self.0.sockets)
    }

    pub(super) fn running(&self) -> GaugeGuard {
        GaugeGuard::one_more(&self.0.running)
    }

    /// Sets how long the node took to load reference data.
    pub(super) fn loaded(&self, took: Duration) {
        self.0.loaded.set(took.as_secs_f64());
    }

    pub(super) fn shed(&self) {
        self.0.shed.inc();
    }

    /// Sets how many bytes of answers wait to be read.
    pub(super) fn unread(&self, bytes: usize) {
        self.0.unread.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }

    /// Counts a connection that was closed to make room: an `idle` or `busy` one, or one with `unread` answers.
    pub(super) fn displaced(&self, kind: &'static str) {
        self.0.displaced.get_or_create(&ByKind { kind }).inc();
    }

    /// All metrics in the text format.
    pub(super) fn text(&self, database: &DatabaseConnection) -> Result<String, fmt::Error> {
        let Pool { busy, idle } = pool(database);
        for (kind, many) in [("busy", busy), ("idle", idle)] {
            self.0.pool.get_or_create(&ByKind { kind }).set(many.into());
        }
        self.0.lines_lost.inner().store(super::log::writer::lost(), Ordering::Relaxed);
        let mut text = String::new();
        encode(&mut text, &self.0.registry)?;
        Ok(text)
    }
}

/// A guard that counts in a gauge until it is dropped.
#[derive(Debug)]
pub(super) struct GaugeGuard(Gauge);

impl GaugeGuard {
    fn one_more(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for GaugeGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}
