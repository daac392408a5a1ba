//! The `simpul` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    simpul::cli::run()
}
