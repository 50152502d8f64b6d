//! `cargo xtask test`: sets up what the tests need, and passes them.

use clap::Args;

use crate::{
    browser,
    failure::Outcome,
    preflight,
    progress::Progress,
    workspace::{Workspace, run},
    www,
};

/// What `test` takes.
#[derive(Args, Default)]
pub struct Options {
    /// Passed on to `cargo test`: a name to filter by, `--package stats`, `-- --nocapture`
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds what the tests look at from outside, then runs those of every crate.
///
/// The tests find the binary and the site in `TRUST_CLIMATE_BIN` and `TRUST_CLIMATE_DIST`.
pub fn test(workspace: &Workspace, options: &Options, progress: &mut Progress) -> Outcome {
    preflight::c_compiler()?;
    browser::ensure(progress)?;
    www::build(workspace, progress)?;
    progress.step("Running the tests");
    let mut command = workspace.cargo(&["test", "--workspace"]);
    command
        .args(&options.arguments)
        .env("TRUST_CLIMATE_BIN", workspace.collector())
        .env("TRUST_CLIMATE_DIST", workspace.dist());
    run(&mut command)
}
