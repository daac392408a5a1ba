//! `simpul schema`: prints the GraphQL schema in SDL.

use clap::Args;

use super::{Failure, output::print};
use crate::schema;

/// Print the GraphQL schema, as schema.graphql holds it.
#[derive(Args, Debug)]
pub(super) struct Options;

impl Options {
    #[expect(clippy::unused_self, reason = "all commands run alike")]
    pub(super) fn run(self) -> Result<(), Failure> {
        Ok(print(&schema::sdl())?)
    }
}
