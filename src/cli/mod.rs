//! The commands, one file each.

mod demo;
mod doctor;
mod generate;
mod migrate;
mod schema;
mod seed;
mod serve;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand, error::ErrorKind};
use tracing_subscriber::EnvFilter;

use crate::{
    config::{Common, ConfigError, File, LogFormat},
    exchange::ExchangeError,
    http::{ManifestError, ServeError},
    store::database::OpenError,
};

/// A national registry of cooperatives, their partners, internships and business linkages, as a GraphQL API.
#[derive(Debug, Parser)]
#[command(name = "simpul", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Options),
    Serve(serve::Options),
    Migrate(migrate::Options),
    Seed(seed::Options),
    Generate(generate::Options),
    Schema(schema::Options),
    Doctor(doctor::Options),
}

/// Why a command ended early: one line for the operator.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Migration(#[from] migration::Error),
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("this registry is not well: see above")]
    Unwell,
}

impl Failure {
    /// 2 for what the operator asked for wrongly, 1 for what went wrong.
    fn code(&self) -> u8 {
        match self {
            Self::Config(_)
            | Self::Refused(_)
            | Self::Manifest(_)
            | Self::Open(OpenError::Scheme(_) | OpenError::Missing(_))
            | Self::Migration(migration::Error::Newer { .. })
            | Self::Exchange(ExchangeError::Refused(_)) => 2,
            _ => 1,
        }
    }
}

/// A document's levels nest on the stack; only what is used of it takes memory.
const STACK_BYTES: usize = 16 << 20;

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misused(&error),
    };
    let outcome = cli.common.file().map_err(Failure::from).and_then(|file| {
        // The library tells each step of a migration at the level of what an operator wants to hear.
        let filter = format!("sea_orm_migration=warn,{}", cli.common.log(&file));
        let filter = EnvFilter::builder().parse_lossy(filter);
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match cli.common.log_format(&file) {
            LogFormat::Pretty => log.init(),
            LogFormat::Json => log.json().flatten_event(true).init(),
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_stack_size(STACK_BYTES)
            .build()
            .map_err(ServeError::from)?;
        runtime.block_on(cli.command.run(&file))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let line = failure.to_string();
            eprintln!("simpul: {}", line.split_whitespace().collect::<Vec<_>>().join(" "));
            ExitCode::from(failure.code())
        }
    }
}

impl Command {
    async fn run(self, file: &File) -> Result<(), Failure> {
        match self {
            Self::Demo(options) => options.run(file).await,
            Self::Serve(options) => options.run(file).await,
            Self::Migrate(options) => options.run(file).await,
            Self::Seed(options) => options.run(file).await,
            Self::Generate(options) => options.run(file).await,
            Self::Schema(options) => options.run(),
            Self::Doctor(options) => options.run(file).await,
        }
    }
}

/// Help and version go out as they are; of a mistake, the line that names it.
fn misused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let shown = error.print().is_ok();
        return if shown && !error.use_stderr() { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let text = error.to_string();
    let line: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    eprintln!("simpul: {}", line.join(" ").trim_start_matches("error: "));
    ExitCode::from(2)
}

/// A load tells how far it is.
fn progress() -> impl FnMut(&str) {
    |line: &str| say(&format!("  {line}"))
}

/// Tells the operator; nobody need listen.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
