//! The metrics of exports.

use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use super::{GaugeGuard, seconds};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByStatus {
    status: u16,
}

/// The metrics of exports.
pub(in crate::http) struct ExportMetrics {
    running: Gauge,
    rows: Counter,
    bytes: Counter,
    duration: Histogram,
    refused: Family<ByStatus, Counter>,
    stored: Gauge,
}

impl ExportMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let (running, rows, bytes) = (Gauge::default(), Counter::default(), Counter::default());
        let (duration, refused) = (seconds(), Family::default());
        registry.register("exports_running", "Exports whose files are being made", Gauge::clone(&running));
        registry.register("export_rows", "Rows of the files of exports", Counter::clone(&rows));
        registry.register_with_unit(
            "export_size",
            "Bytes of files of exports",
            Unit::Bytes,
            Counter::clone(&bytes),
        );
        let took = "Time to make the file of an export";
        registry.register_with_unit("export_duration", took, Unit::Seconds, duration.clone());
        let not_answered = "Exports that were not answered with a file, by status";
        registry.register("exports_refused", not_answered, Family::clone(&refused));
        let stored = Gauge::default();
        let files = "Bytes of temporary files of exports";
        registry.register_with_unit("export_files", files, Unit::Bytes, Gauge::clone(&stored));
        Self { running, rows, bytes, duration, refused, stored }
    }

    /// Counts an export that is being made, until the guard is dropped.
    pub(in crate::http) fn running(&self) -> GaugeGuard {
        GaugeGuard::one_more(&self.running)
    }

    /// Counts a finished file.
    pub(in crate::http) fn made(&self, rows: u64, bytes: u64, took: Duration) {
        self.rows.inc_by(rows);
        self.bytes.inc_by(bytes);
        self.duration.observe(took.as_secs_f64());
    }

    /// Sets how many bytes the temporary files have.
    pub(in crate::http) fn stored(&self, bytes: u64) {
        self.stored.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }

    /// Counts an export that was not answered with a file.
    pub(in crate::http) fn refused(&self, status: u16) {
        self.refused.get_or_create(&ByStatus { status }).inc();
    }
}
