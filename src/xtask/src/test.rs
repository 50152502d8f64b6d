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
/// The tests find the binary, the site and the digits' module in `TRUST_CLIMATE_BIN`,
/// `TRUST_CLIMATE_DIST` and `TRUST_CLIMATE_DIGITS`.
pub fn test(workspace: &Workspace, options: &Options, progress: &mut Progress) -> Outcome {
    preflight::c_compiler()?;
    browser::ensure(progress)?;
    www::build(workspace, progress)?;
    progress.step("Building the digits to compare in a browser");
    let digits = www::digits(workspace)?;
    progress.step("Running the tests");
    let mut command = workspace.cargo(&["test", "--workspace"]);
    command
        .args(&options.arguments)
        .env("TRUST_CLIMATE_BIN", workspace.collector())
        .env("TRUST_CLIMATE_DIST", workspace.dist())
        .env("TRUST_CLIMATE_DIGITS", digits);
    run(&mut command)
}
