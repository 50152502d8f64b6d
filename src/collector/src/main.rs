//! The binary `trust-climate`.

use std::process::ExitCode;

fn main() -> ExitCode {
    collector::cli::main()
}
