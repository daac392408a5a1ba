//! `simpul serve`: serves an existing registry.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::{NonZeroU32, NonZeroU64},
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait};

use super::{Failure, calendar::Calendar, demand_readable, loading::Loading, say};
use crate::{
    access::CostLimits,
    config::{
        self, CostLimit, DatabaseOptions, File, Hidden, IssuerOptions, RateLimit, ServeOptions, Switch,
        milliseconds,
    },
    document::{
        cost::price,
        named::{Manifest, NamedDocuments, UntrustedDocuments},
    },
    graph::{
        load::{Planner, ReferenceData},
        scheduling::{AnswerLimit, DEFAULT_ANSWER_BYTES},
    },
    http::{
        self, Authority, BodyLimits, Capacity, Door, ExportFiles, Listening, Node, Origins, Rate, Settings,
        SocketLimits, TrustedIssuer,
    },
    pages,
    registry::reference,
    schema::Introspection,
    store::{self, AccessLog, Credentials, DatabaseUrl, ServedFile, TimeLimit, database::OpenError},
};

/// Serve a registry.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    serve: ServeOptions,
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let url = self.database.url(file);
        let database = store::connect(url.text()).await?;
        demand_readable(&database).await?;
        serve(database, &url, self.serve.over(file), Some(DEFAULT_RATE)).await
    }
}

/// The default refill rate of each caller in points per second: enough for some dozens of profiles.
const DEFAULT_RATE: u32 = 30_000;

/// Serves `database`, whose URL is `url`, until a signal stops it.
pub(super) async fn serve(
    database: DatabaseConnection,
    url: &Hidden,
    options: ServeOptions,
    default_rate: Option<u32>,
) -> Result<(), Failure> {
    // Its last spans go out when the node has ended.
    #[cfg(feature = "otel")]
    let _telemetry =
        http::Telemetry::begin().map_err(|error| Failure::Refused(format!("OTEL_*: {error}")))?;
    let listening = listening(&options)?;
    let reference_data = Arc::new(ReferenceData::default());
    let file = store::served_file(url.text(), options.sqlite_mmap_bytes).await?;
    let writer = store::Writer::open(url.text()).await?.map(|writer| writer.watching(file.clone()));
    let door = door(url, &options, default_rate, &reference_data, file.clone()).await?;
    let door = door.with_writer(writer.clone());
    let trusted = issuers(&options)?;
    demand_regions(&database, &trusted).await?;
    let aside = store::connect_credentials(url.text()).await?;
    let door = door.with_access_log(AccessLog::new(aside.clone()));
    let credentials = Credentials::new(aside);
    let door = door.with_credentials(credentials.clone());
    let authority = Authority::new(credentials).trusting(&trusted);
    let authority = authority.map_err(|error| Failure::Refused(format!("issuers of tokens: {error}")))?;
    let mut node =
        Node::new(door.clone(), settings(&options)?).with_file(file.clone()).with_authority(authority);
    if file.is_none() {
        // A file is looked at by a fresh connection each time.
        node = node.with_health_database(store::connect_aside(url.text(), http::READY_WITHIN).await?);
    }
    let shown = DatabaseUrl::parse(url.text()).map_err(OpenError::from)?;
    let pages = (options.pages != Some(Switch::Off)).then(pages::pages);
    let is_paged = pages.is_some();
    let prepared = pages.clone().map(|pages| (pages, node.clone()));
    let (mut loading, mut calendar) = (None, None);
    let served = http::serve(options.listen.unwrap_or(DEFAULT_LISTEN), node, pages, listening, |address| {
        say(&format!("simpul {} serves {shown}", env!("CARGO_PKG_VERSION")));
        say(&format!("  GraphQL  http://{address}/graphql"));
        if is_paged {
            say(&format!("  pages    http://{address}/"));
            say(&format!("  such as  http://{address}/koperasi/kopontren-al-ittifaq"));
        }
        say(&format!("  try      curl -s http://{address}/graphql -H 'content-type: application/json' \\"));
        say(&format!("             -d '{EXAMPLE}'"));
        calendar = writer.map(Calendar::begin);
        loading = Some(Loading::begin(async move {
            warm(door, database, reference_data).await;
            if let Some((pages, node)) = prepared {
                pages::prepare(pages, node).await;
            }
        }));
    })
    .await;
    if let Some(calendar) = calendar {
        calendar.end().await;
    }
    if let Some(loading) = loading {
        loading.end().await;
    }
    Ok(served?)
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8000);

/// The default time limit of a request's statements.
pub(super) const DEFAULT_TIME: Duration = Duration::from_secs(5);

/// Builds the request pipeline from the options.
async fn door(
    url: &Hidden,
    options: &ServeOptions,
    default_rate: Option<u32>,
    reference_data: &Arc<ReferenceData>,
    file: Option<Arc<ServedFile>>,
) -> Result<Door, Failure> {
    let time = milliseconds(options.statement_timeout_ms).unwrap_or(DEFAULT_TIME);
    let readers = store::connect_serving(url.text(), time, file.clone()).await?;
    let mut door =
        plain_door(&readers, time, options, reference_data).await?.with_documents(documents(options)?);
    let exporting =
        Duration::from_secs(options.export_seconds.map_or(EXPORT_SECONDS, NonZeroU32::get).into());
    let exporters = store::connect_exporting(url.text(), exporting, file).await?;
    let bound = TimeLimit::over(&exporters, exporting).await?;
    door = door.with_export_database(exporters, bound);
    if options.introspection == Some(Switch::Off) {
        door = door.with_introspection(Introspection::Off);
    }
    let restored = options.rate_limit.map_or(default_rate, |RateLimit(points)| points);
    let export_cost = options.export_cost.map_or(http::DEFAULT_EXPORT_COST, NonZeroU32::get);
    door = door.with_export_cost(export_cost, restored);
    if let Some(restored) = restored {
        let burst = options.rate_burst.map_or(cost_limit(options).saturating_mul(2), NonZeroU32::get);
        door = door.with_rate_limit(Rate { restored, burst });
    }
    Ok(door)
}

/// The default time of an export.
const EXPORT_SECONDS: u32 = 60;

/// Builds the part of the request pipeline that decides how a document is executed.
pub(super) async fn plain_door(
    readers: &DatabaseConnection,
    time: Duration,
    options: &ServeOptions,
    reference_data: &Arc<ReferenceData>,
) -> Result<Door, DbErr> {
    let bound = TimeLimit::over(readers, time).await?;
    if !bound.kept() {
        tracing::warn!("connections do not keep statement_timeout: it is set again before every statement");
    }
    let planner = match options.planner {
        Some(Switch::Off) => Planner::Off,
        _ => Planner::On,
    };
    let answer = AnswerLimit(options.answer_bytes.map_or(DEFAULT_ANSWER_BYTES, NonZeroU32::get));
    Ok(Door::new(readers.clone(), bound, Arc::clone(reference_data), planner)
        .with_cost_limits(CostLimits { anonymous: cost_limit(options) })
        .with_answer_limit(answer))
}

fn cost_limit(options: &ServeOptions) -> u32 {
    options.cost_limit.map_or(price::DEFAULT_LIMIT, |CostLimit(points)| points)
}

fn documents(options: &ServeOptions) -> Result<NamedDocuments, Failure> {
    let untrusted = match options.documents {
        None | Some(config::AllowedDocuments::Any) => UntrustedDocuments::Allowed,
        Some(config::AllowedDocuments::Log) => UntrustedDocuments::Logged,
        Some(config::AllowedDocuments::Only) => UntrustedDocuments::Refused,
    };
    let manifest = match &options.trusted_documents {
        Some(file) => Manifest::read(file)?,
        None if untrusted == UntrustedDocuments::Allowed => Manifest::default(),
        None => {
            let lacks = "--documents requires --trusted-documents";
            return Err(Failure::Refused(lacks.to_owned()));
        }
    };
    let manifest =
        if options.pages == Some(Switch::Off) { manifest } else { manifest.with(pages::documents()) };
    Ok(NamedDocuments::new(manifest, untrusted, options.persisted_bytes.unwrap_or(PERSISTED_BYTES)))
}

/// The issuers of tokens that are trusted: that of the flags, and those of the file.
/// Refuses settings that give roles in regions that there are not.
async fn demand_regions(database: &DatabaseConnection, trusted: &[TrustedIssuer]) -> Result<(), Failure> {
    for code in trusted.iter().flat_map(TrustedIssuer::regions) {
        if entity::region::Entity::find_by_id(code).one(database).await?.is_none() {
            let unknown = format!("issuers of tokens: no region has the code `{code}` of a role");
            return Err(Failure::Refused(unknown));
        }
    }
    Ok(())
}

fn issuers(options: &ServeOptions) -> Result<Vec<TrustedIssuer>, Failure> {
    let ServeOptions { jwt_issuer, jwks, jwt_audience, issuers, .. } = options;
    let of_flags = match (jwt_issuer, jwks, jwt_audience) {
        (None, None, None) => None,
        (Some(issuer), Some(jwks), Some(audiences)) => {
            let (issuer, jwks, audiences) = (issuer.clone(), jwks.clone(), audiences.clone());
            Some(IssuerOptions { issuer, jwks, audiences, roles_at: Vec::new(), roles: BTreeMap::new() })
        }
        _ => {
            let lacks = "--jwt-issuer, --jwks and --jwt-audience belong together";
            return Err(Failure::Refused(lacks.to_owned()));
        }
    };
    let all = of_flags.into_iter().chain(issuers.iter().flatten().cloned());
    Ok(all
        .map(|IssuerOptions { issuer, jwks, audiences, roles_at, roles }| TrustedIssuer {
            issuer,
            keys: jwks,
            audiences,
            roles_at,
            roles,
        })
        .collect())
}

/// The default size of the store of persisted documents: enough for thousands of them.
const PERSISTED_BYTES: u64 = 16 << 20;

fn settings(options: &ServeOptions) -> Result<Settings, Failure> {
    let Settings { body, capacity, sockets, exports, .. } = Settings::default();
    let folder = options.export_directory.clone().unwrap_or(exports.folder);
    tempfile::tempfile_in(&folder).map_err(|error| {
        Failure::Refused(format!("--export-directory: {} cannot be written to: {error}", folder.display()))
    })?;
    let origins = Origins::parse(options.allowed_origins.as_deref().unwrap_or_default())
        .map_err(|error| Failure::Refused(format!("--allowed-origins: {error}")))?;
    Ok(Settings {
        body: BodyLimits {
            bytes: options.body_bytes.map_or(body.bytes, |bytes| many(bytes.get())),
            time: milliseconds(options.body_timeout_ms).unwrap_or(body.time),
        },
        capacity: Capacity {
            running: options.running.map_or(capacity.running, |running| many(running.get())),
            waiting: options.waiting.map_or(capacity.waiting, many),
            patience: milliseconds(options.wait_timeout_ms).unwrap_or(capacity.patience),
        },
        origins,
        proxies: options.trusted_proxies.clone().unwrap_or_default(),
        sockets: SocketLimits {
            init: milliseconds(options.socket_init_timeout_ms).unwrap_or(sockets.init),
            ..sockets
        },
        exports: ExportFiles {
            folder,
            bytes: options.export_bytes.map_or(exports.bytes, NonZeroU64::get),
            capacity: exports.capacity,
        },
    })
}

fn listening(options: &ServeOptions) -> Result<Listening, Failure> {
    let Listening { connections, head, write, unread, drain } = Listening::default();
    let answer = options.answer_bytes.map_or(DEFAULT_ANSWER_BYTES, NonZeroU32::get);
    let unread =
        options.unread_bytes.map_or(unread, |bytes| usize::try_from(bytes.get()).unwrap_or(usize::MAX));
    if unread < many(answer).saturating_mul(2) {
        let lacks = "--unread-bytes must be at least twice --answer-bytes";
        return Err(Failure::Refused(lacks.to_owned()));
    }
    Ok(Listening {
        connections: options.connections.map_or(connections, |connections| many(connections.get())),
        head: milliseconds(options.head_timeout_ms).unwrap_or(head),
        write: milliseconds(options.write_timeout_ms).unwrap_or(write),
        unread,
        drain: milliseconds(options.drain_timeout_ms).unwrap_or(drain),
    })
}

fn many(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Loads reference data and counts the registry, so that no request has to wait for either.
async fn warm(door: Door, database: DatabaseConnection, reference_data: Arc<ReferenceData>) {
    let began = Instant::now();
    if let Err(error) = reference::load(&database, &reference_data).await {
        tracing::warn!(%error, "reference data could not be loaded into memory and is read from the database");
    }
    door.count_registry().await;
    door.loaded(began.elapsed());
}

const EXAMPLE: &str =
    r#"{"query":"{ cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { name region { name } } }"}"#;
