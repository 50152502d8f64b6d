//! The project's automation, run as `cargo xtask <command>`.
//!
//! `serve` runs the main job on a fresh machine and `test` passes the tests; the other commands
//! are their parts (`www`) and what keeps the project honest (`size`, `ci`). Nothing depends on
//! this crate, and `.ci/run` calls nothing else.
//!
//! It does not decide anything about surveys, tallies or releases: whatever is known of those
//! is asked of the binary `trust-climate`.

mod browser;
mod ci;
mod failure;
mod preflight;
mod progress;
mod serve;
mod size;
mod test;
mod workspace;
mod www;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{failure::Outcome, progress::Progress, workspace::Workspace};

/// Builds, runs and checks the trust climate survey.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, start the collector with the demo municipality and open the browser
    Serve(serve::Options),
    /// Set up what the tests need and run them, a real browser included
    Test(test::Options),
    /// Build the site into www/dist
    Www,
    /// Measure what each element downloads against sizes.toml
    Size,
    /// Run every check: fmt, clippy, rustdoc, cargo deny, tests, sizes
    Ci,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    let workspace = Workspace::find()?;
    let mut progress = Progress::default();
    match command {
        Command::Serve(options) => serve::serve(&workspace, &options, &mut progress),
        Command::Test(options) => test::test(&workspace, &options, &mut progress),
        Command::Www => www::build(&workspace, &mut progress),
        Command::Size => {
            www::build(&workspace, &mut progress)?;
            size::size(&workspace)
        }
        Command::Ci => ci::ci(&workspace),
    }
}
