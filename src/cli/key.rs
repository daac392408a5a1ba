//! `simpul key`: creates, lists and revokes API keys.

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{
    Failure, demand_known, demand_readable,
    output::{print, table},
    say,
    subject::{Subject, expiry, time},
};
use crate::{
    config::{DatabaseOptions, File},
    store::{self, Credentials, clock},
};

/// Create, list and revoke API keys, by which programs identify themselves.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create a key and print it once; the registry keeps only its hash
    Create {
        #[command(flatten)]
        database: DatabaseOptions,
        /// Who the key identifies, as grants name it: up to 400 characters
        #[arg(long)]
        subject: Subject,
        /// What the key is for, in up to 160 characters
        #[arg(long)]
        name: Option<String>,
        /// Number of days after which the key expires [default: never]
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
        expires: Option<u32>,
    },
    /// List all keys, without the keys themselves
    List {
        #[command(flatten)]
        database: DatabaseOptions,
    },
    /// Revoke a key: nodes refuse it within a minute
    Revoke {
        #[command(flatten)]
        database: DatabaseOptions,
        /// Id of the key, as `simpul key list` shows it
        id: Uuid,
    },
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        match self.action {
            Action::Create { database, subject, name, expires } => {
                if name.as_deref().is_some_and(|name| name.is_empty() || name.chars().count() > 160) {
                    return Err(Failure::Refused("--name takes 1 to 160 characters".to_owned()));
                }
                let credentials = writable(&database, file).await?;
                let expires_at = expiry(expires);
                let created = credentials.create_key(subject.text(), name.as_deref(), expires_at).await;
                let (id, key) = created.map_err(|error| Failure::Refused(error.to_string()))?;
                say(&format!("key      {}", key.text()));
                say(&format!("id       {id}"));
                say(&format!("subject  {}", subject.text()));
                say(&format!("expires  {}", time(expires_at)));
                say("The key is shown this once. A request sends it as `Authorization: Bearer <key>`.");
                Ok(())
            }
            Action::List { database } => {
                let keys = readable(&database, file).await?.keys().await?;
                let mut rows = vec![
                    ["ID", "SUBJECT", "NAME", "STATE", "CREATED", "EXPIRES", "LAST USED", "BY"]
                        .map(str::to_owned),
                ];
                rows.extend(keys.into_iter().map(|key| {
                    [
                        key.id.to_string(),
                        key.subject,
                        key.name.unwrap_or_else(|| "-".to_owned()),
                        state(key.revoked_at, key.expires_at).to_owned(),
                        time(Some(key.created_at)),
                        time(key.expires_at),
                        time(key.last_used_at),
                        key.created_by.unwrap_or_else(|| "-".to_owned()),
                    ]
                }));
                Ok(print(&table(&rows))?)
            }
            Action::Revoke { database, id } => {
                if !writable(&database, file).await?.revoke_key(id).await? {
                    let missing = format!("no valid key has the id {id}; `simpul key list` shows all keys");
                    return Err(Failure::Refused(missing));
                }
                say(&format!("the key {id} is revoked"));
                Ok(())
            }
        }
    }
}

/// Whether a key or a grant is in force.
pub(super) fn state(revoked_at: Option<i64>, expires_at: Option<i64>) -> &'static str {
    match (revoked_at, expires_at) {
        (Some(_), _) => "revoked",
        (None, Some(end)) if end <= clock::now_micros() => "expired",
        _ => "valid",
    }
}

/// The credentials of a registry, to be changed.
pub(super) async fn writable(database: &DatabaseOptions, file: &File) -> Result<Credentials, Failure> {
    let database = store::connect(database.url(file).text()).await?;
    demand_known(&database).await?;
    Ok(Credentials::new(database))
}

/// The credentials of a registry, to be listed.
pub(super) async fn readable(database: &DatabaseOptions, file: &File) -> Result<Credentials, Failure> {
    let database = store::connect(database.url(file).text()).await?;
    demand_readable(&database).await?;
    Ok(Credentials::new(database))
}
