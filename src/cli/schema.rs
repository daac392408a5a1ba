//! `simpul schema`: prints the GraphQL schema in SDL.

use std::io::{self, Write};

use clap::Args;

use super::Failure;
use crate::schema;

/// Print the GraphQL schema, as schema.graphql holds it.
#[derive(Args, Debug)]
pub(super) struct Options;

impl Options {
    #[expect(clippy::unused_self, reason = "all commands run alike")]
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(schema::sdl().as_bytes()).and_then(|()| output.flush()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }
}
