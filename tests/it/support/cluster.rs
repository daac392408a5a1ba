//! PostgreSQL clusters that one test has to itself: to be killed, or to have a standby.

use std::process::Command;

use super::database::postgres_template_url;

/// A cluster that is stopped when the test ends.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    /// The URL of its only database.
    pub(crate) url: String,
}

/// Runs a command of `scripts/postgres-cluster`, and returns what it prints.
fn script(arguments: &[&str]) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres-cluster");
    let output = Command::new(path).args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

impl Cluster {
    /// A cluster with a copy of the template, which keeps what it acknowledged.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let durable = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];
        let path = folder.path().to_str().unwrap().to_owned();
        let url = script(&[&["start", path.as_str()], &durable[..]].concat());
        let cluster = Self { folder, url };
        script(&["copy", &postgres_template_url().await, &cluster.url]);
        cluster
    }

    /// A streaming standby of it.
    pub(crate) fn standby(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = script(&["standby", folder.path().to_str().unwrap(), &self.url]);
        Self { folder, url }
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    /// Kills all of its processes.
    pub(crate) fn kill(&self) {
        script(&["kill", self.path()]);
    }

    /// Starts it again.
    pub(crate) fn resume(&self) {
        script(&["resume", self.path()]);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        script(&["stop", self.path()]);
    }
}
