//! `simpul states`: the state machines of the nouns as a page.

use clap::Args;

use super::{Failure, output::print};
use crate::registry::states;

/// Print the state machines of the nouns in Markdown, as docs/states.md holds them.
#[derive(Args, Debug)]
pub(super) struct Options;

impl Options {
    #[expect(clippy::unused_self, reason = "all commands run alike")]
    pub(super) fn run(self) -> Result<(), Failure> {
        Ok(print(&states::markdown())?)
    }
}
