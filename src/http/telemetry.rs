//! OpenTelemetry: a span for each operation, sent by OTLP as the standard `OTEL_*` variables say.
//!
//! A span is made of the record of an operation once it is answered; a thread of its own sends the spans.

use std::{
    cell::Cell,
    env,
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use opentelemetry::{
    Context, KeyValue, SpanId, TraceFlags, TraceId,
    trace::{Span, SpanContext, SpanKind, Status, TraceContextExt, TraceState, Tracer, TracerProvider},
};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::{
    Resource,
    trace::{IdGenerator, RandomIdGenerator, SdkTracer, SdkTracerProvider},
};

use super::{operation::OperationRecord, trace::Trace};
use crate::store::clock;

thread_local! {
    /// The trace of the next span.
    static NEXT: Cell<Option<TraceId>> = const { Cell::new(None) };
}

/// Generates ids: a trace that begins here gets the id that the log has.
#[derive(Debug, Default)]
struct Ids(RandomIdGenerator);

impl IdGenerator for Ids {
    fn new_trace_id(&self) -> TraceId {
        NEXT.take().unwrap_or_else(|| self.0.new_trace_id())
    }

    fn new_span_id(&self) -> SpanId {
        self.0.new_span_id()
    }
}

static TRACER: OnceLock<SdkTracer> = OnceLock::new();

/// Each of these names an endpoint.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/// The exporter of spans; dropped, it sends the last ones.
#[derive(Debug)]
pub struct Telemetry(SdkTracerProvider);

impl Telemetry {
    /// Starts the export of spans, unless no endpoint is named or `OTEL_SDK_DISABLED` is true.
    ///
    /// # Errors
    /// When the variables are invalid.
    pub fn begin() -> Result<Option<Self>, ExporterBuildError> {
        let disabled = env::var("OTEL_SDK_DISABLED").is_ok_and(|value| value.eq_ignore_ascii_case("true"));
        if disabled || ENDPOINTS.iter().all(|name| env::var_os(name).is_none()) {
            return Ok(None);
        }
        let exporter = SpanExporter::builder().with_http().build()?;
        let mut resource = Resource::builder();
        if env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("simpul");
        }
        let provider =
            SdkTracerProvider::builder().with_batch_exporter(exporter).with_id_generator(Ids::default());
        let provider = provider.with_resource(resource.build()).build();
        let _ = TRACER.set(provider.tracer("simpul"));
        Ok(Some(Self(provider)))
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last spans were not sent");
        }
    }
}

/// Exports the span of an operation that has just ended.
pub(super) fn operation(record: &OperationRecord) {
    let Some(tracer) = TRACER.get() else { return };
    let ended = SystemTime::from(clock::now());
    let name = record.name.as_deref().unwrap_or("anonymous").to_owned();
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let in_database: Duration = record.effort.statements.iter().sum();
    let attributes = [
        KeyValue::new("graphql.operation.name", name.clone()),
        KeyValue::new("graphql.document.hash", record.document.clone()),
        KeyValue::new("simpul.request_id", record.request_id.clone()),
        KeyValue::new("simpul.statements", whole(record.effort.statements.len())),
        KeyValue::new("simpul.database_seconds", in_database.as_secs_f64()),
        KeyValue::new("simpul.cost.requested", points(record.requested)),
        KeyValue::new("simpul.cost.actual", points(record.actual)),
    ];
    let builder = tracer.span_builder(name).with_kind(SpanKind::Server).with_attributes(attributes);
    let builder = builder.with_start_time(ended.checked_sub(record.duration).unwrap_or(ended));
    NEXT.set(TraceId::from_hex(&record.trace.id).ok());
    let mut span = tracer.build_with_context(builder, &parent(&record.trace));
    if let Some(code) = record.errors.keys().next() {
        span.set_attribute(KeyValue::new("error.type", code.clone()));
        span.set_status(Status::error(code.clone()));
    }
    span.end_with_timestamp(ended);
}

fn points(cost: Option<u64>) -> i64 {
    cost.map_or(0, |cost| i64::try_from(cost).unwrap_or(i64::MAX))
}

/// The parent span of the caller, if there is one.
fn parent(trace: &Trace) -> Context {
    let ids = trace
        .parent
        .as_deref()
        .and_then(|parent| Some((TraceId::from_hex(&trace.id).ok()?, SpanId::from_hex(parent).ok()?)));
    let Some((id, parent)) = ids else { return Context::new() };
    let flags = if trace.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
    let context = SpanContext::new(id, parent, flags, true, TraceState::default());
    Context::new().with_remote_span_context(context)
}
