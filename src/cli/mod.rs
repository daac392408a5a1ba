//! The command line: one file for each command.

mod access;
mod calendar;
mod demo;
mod doctor;
pub mod explain;
mod generate;
mod grant;
mod key;
mod loading;
mod log;
mod migrate;
mod output;
mod schema;
mod seed;
mod serve;
mod states;
mod subject;

use std::{env, io, process::ExitCode};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};
use sea_orm::DatabaseConnection;
use tracing_subscriber::EnvFilter;

use self::{
    explain::ExplainError,
    output::{Output, complain, say},
};
use crate::{
    config::{Common, ConfigError, File, without_urls},
    document::named::ManifestError,
    exchange::ExchangeError,
    http::ServeError,
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
    Explain(explain::Options),
    Doctor(doctor::Options),
    Key(key::Options),
    Grant(grant::Options),
    Access(access::Options),
    Log(log::Options),
    #[command(hide = true)]
    States(states::Options),
}

/// Why a command failed: one line for the operator.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(Box<OpenError>),
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Migration(#[from] migration::Error),
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    #[error(transparent)]
    Explain(Box<ExplainError>),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
    #[error("this registry has problems: see above")]
    Unwell,
}

impl From<ExplainError> for Failure {
    fn from(error: ExplainError) -> Self {
        Self::Explain(Box::new(error))
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::Open(Box::new(error))
    }
}

impl Failure {
    /// The exit code: 2 for a wrong usage, 1 for any other failure.
    fn code(&self) -> u8 {
        match self {
            Self::Config(_)
            | Self::Refused(_)
            | Self::Manifest(_)
            | Self::Migration(migration::Error::Newer { .. })
            | Self::Exchange(ExchangeError::Refused(_)) => 2,
            Self::Explain(error) if matches!(**error, ExplainError::Variables(_)) => 2,
            Self::Open(error) if matches!(**error, OpenError::Url(_) | OpenError::Missing(_)) => 2,
            _ => 1,
        }
    }

    /// The error message in one line, without passwords.
    fn line(&self) -> String {
        let text = self.to_string();
        let text = match self {
            // It shows of a database URL what may be shown.
            Self::Open(_) => text,
            // As it was written: with its blanks made one, a password would not be found.
            _ => without_urls(&text, given()),
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The stack size of a thread: the levels of a document nest on the stack. Only used pages take memory.
const STACK_BYTES: usize = 16 << 20;

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match parse() {
        Ok(cli) => cli,
        Err(error) => return misused(&error),
    };
    let (file, filter) = match settings(&cli.common) {
        Ok(settings) => settings,
        Err(failure) => {
            complain(&failure.line());
            return ExitCode::from(failure.code());
        }
    };
    let output = Output::begin(filter, cli.common.log_format(&file), cli.command.serves());
    let failure = execute(cli.command, &file).err();
    output.end(failure.as_ref().map(Failure::line).as_deref());
    failure.map_or(ExitCode::SUCCESS, |failure| ExitCode::from(failure.code()))
}

/// Parses the command line. The help shows no value of a variable, which may be a password.
fn parse() -> Result<Cli, clap::Error> {
    let hide = |argument: clap::Arg| argument.hide_env_values(true);
    let command = Cli::command().mut_args(hide).mut_subcommands(|command| command.mut_args(hide));
    Cli::from_arg_matches(&command.try_get_matches()?)
}

/// The settings file, and the log filter.
fn settings(common: &Common) -> Result<(File, EnvFilter), Failure> {
    let file = common.file()?;
    // The migration library logs each step at level INFO, which is too much for operators.
    let filter = EnvFilter::builder().parse(format!("sea_orm_migration=warn,{}", common.log(&file)));
    let filter = filter.map_err(|_| {
        Failure::Refused("--log takes a level, or levels by target, such as warn,simpul=debug".to_owned())
    })?;
    Ok((file, filter))
}

fn execute(command: Command, file: &File) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK_BYTES)
        .build()
        .map_err(ServeError::from)?;
    runtime.block_on(command.run(file))
}

impl Command {
    /// Whether the command serves requests until it is stopped.
    fn serves(&self) -> bool {
        matches!(self, Self::Demo(_) | Self::Serve(_))
    }

    async fn run(self, file: &File) -> Result<(), Failure> {
        match self {
            Self::Demo(options) => options.run(file).await,
            Self::Serve(options) => options.run(file).await,
            Self::Migrate(options) => options.run(file).await,
            Self::Seed(options) => options.run(file).await,
            Self::Generate(options) => options.run(file).await,
            Self::Schema(options) => options.run(),
            Self::Explain(options) => options.run(file).await,
            Self::Doctor(options) => options.run(file).await,
            Self::Key(options) => options.run(file).await,
            Self::Access(options) => options.run(file).await,
            Self::Grant(options) => options.run(file).await,
            Self::Log(options) => options.run(file).await,
            Self::States(options) => options.run(),
        }
    }
}

/// Refuses to write when the database has a migration that this version does not know: it would not fill the new
/// columns.
async fn demand_known(database: &DatabaseConnection) -> Result<(), Failure> {
    let pending = migration::pending(database).await?;
    if let Some(migration) = pending.newer.or_else(|| pending.additive.into_iter().next_back()) {
        return Err(migration::Error::Newer { migration }.into());
    }
    if pending.count > 0 {
        return Err(lacks(pending.count));
    }
    Ok(())
}

/// Refuses to read when migrations are missing, or when the database has a breaking one that this version does not know.
async fn demand_readable(database: &DatabaseConnection) -> Result<(), Failure> {
    let pending = migration::pending(database).await?;
    if let Some(migration) = pending.newer {
        return Err(migration::Error::Newer { migration }.into());
    }
    if pending.count > 0 { Err(lacks(pending.count)) } else { Ok(()) }
}

fn lacks(migrations: usize) -> Failure {
    Failure::Refused(format!("the database lacks {migrations} migrations; run `simpul migrate` first"))
}

/// The arguments and variables that the operator gave. A database URL may be in any of them by mistake.
fn given() -> impl Iterator<Item = String> {
    let variables = env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SIMPUL_"));
    env::args_os().skip(1).chain(variables.map(|(_, value)| value)).map(|text| text.to_string_lossy().into())
}

/// Prints help and version as they are, and one line for a wrong usage.
fn misused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // The reader may close the pipe early.
        let shown = error.print().map_or_else(|error| error.kind() == io::ErrorKind::BrokenPipe, |()| true);
        return if shown && !error.use_stderr() { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let text = without_urls(&error.to_string(), given());
    let line: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    complain(line.join(" ").trim_start_matches("error: "));
    ExitCode::from(2)
}

/// Prints the progress of a load.
fn progress() -> impl FnMut(&str) {
    |line: &str| say(&format!("  {line}"))
}
