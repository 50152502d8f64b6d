//! `cargo xtask ci`: every check, in one command that also runs on a laptop.
//!
//! All steps run even when one fails, so that one run tells everything.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use crate::{
    failure::{Failure, Outcome},
    progress::Progress,
    size, test,
    workspace::{Workspace, answers, run},
    www,
};

/// The version of cargo-deny that is installed where there is none: one that builds with our
/// Rust and reads our `deny.toml`.
const CARGO_DENY: &str = "cargo-deny@0.20.2";

/// How a check ended.
enum Verdict {
    Passed,
    Failed(Failure),
    /// Could not be run here, for the reason given.
    Skipped(&'static str),
}

/// One check by the name that the summary uses.
struct Check {
    name: &'static str,
    run: fn(&Workspace) -> Verdict,
}

/// In the order of what is cheapest to learn.
const CHECKS: [Check; 8] = [
    Check {
        name: "fmt",
        run: fmt,
    },
    Check {
        name: "clippy",
        run: clippy,
    },
    Check {
        name: "clippy for wasm",
        run: clippy_wasm,
    },
    Check {
        name: "rustdoc",
        run: rustdoc,
    },
    Check {
        name: "deny: licenses, bans, sources",
        run: deny,
    },
    Check {
        name: "deny: advisories",
        run: deny_advisories,
    },
    Check {
        name: "tests",
        run: tests,
    },
    Check {
        name: "sizes",
        run: sizes,
    },
];

/// Runs all checks and sums them up.
///
/// # Errors
/// Says how many failed.
pub fn ci(workspace: &Workspace) -> Outcome {
    let mut ended = Vec::new();
    for check in &CHECKS {
        eprintln!("\n== {} ==", check.name);
        let start = Instant::now();
        let verdict = (check.run)(workspace);
        if let Verdict::Failed(failure) = &verdict {
            eprintln!("error: {failure}");
        }
        ended.push((check.name, verdict, start.elapsed()));
    }
    sum_up(&ended)
}

fn sum_up(ended: &[(&str, Verdict, Duration)]) -> Outcome {
    eprintln!("\n== summary ==");
    let mut failed = 0_usize;
    for (name, verdict, duration) in ended {
        let seconds = duration.as_secs_f64();
        match verdict {
            Verdict::Passed => eprintln!("passed   {seconds:>7.1} s  {name}"),
            Verdict::Skipped(reason) => eprintln!("SKIPPED  {seconds:>7.1} s  {name}: {reason}"),
            Verdict::Failed(failure) => {
                failed += 1;
                eprintln!("FAILED   {seconds:>7.1} s  {name}: {failure}");
            }
        }
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::new("1 check failed")),
        several => Err(Failure::new(format!("{several} checks failed"))),
    }
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(()) => Self::Passed,
            Err(failure) => Self::Failed(failure),
        }
    }
}

fn fmt(workspace: &Workspace) -> Verdict {
    run(&mut workspace.cargo(&["fmt", "--all", "--check"])).into()
}

fn clippy(workspace: &Workspace) -> Verdict {
    let mut command = workspace.cargo(&["clippy", "--workspace", "--all-targets"]);
    run(command.args(["--", "-D", "warnings"])).into()
}

/// The elements again, as they are built: code behind `cfg(target_arch)` is only seen here.
fn clippy_wasm(workspace: &Workspace) -> Verdict {
    let added = www::add_target(workspace, &mut Progress::default());
    let mut command = workspace.cargo(&["clippy", "--target", www::TARGET]);
    for name in www::CRATES {
        command.args(["--package", name]);
    }
    command.args(["--", "-D", "warnings"]);
    added.and_then(|()| run(&mut command)).into()
}

fn rustdoc(workspace: &Workspace) -> Verdict {
    let mut command = workspace.cargo(&["doc", "--workspace", "--no-deps"]);
    command.arg("--document-private-items");
    run(command.env("RUSTDOCFLAGS", "-D warnings")).into()
}

fn deny(workspace: &Workspace) -> Verdict {
    let checks = [
        "deny",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ];
    cargo_deny(workspace)
        .and_then(|()| run(&mut workspace.cargo(&checks)))
        .into()
}

/// The database of advisories is not in a package registry, so it may be out of reach: that is
/// no fault of the project, and no proof of its health either.
fn deny_advisories(workspace: &Workspace) -> Verdict {
    if let Err(failure) = cargo_deny(workspace) {
        return Verdict::Failed(failure);
    }
    let mut fetch = workspace.cargo(&["deny", "fetch", "db"]);
    let silent = fetch
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !silent.status().is_ok_and(|status| status.success()) {
        return Verdict::Skipped("the RustSec database cannot be fetched from here");
    }
    run(&mut workspace.cargo(&["deny", "check", "--disable-fetch", "advisories"])).into()
}

/// Installs cargo-deny from the crate registry where it is missing.
fn cargo_deny(workspace: &Workspace) -> Outcome {
    if answers(&mut workspace.cargo(&["deny"])) {
        return Ok(());
    }
    run(&mut workspace.cargo(&["install", "--locked", CARGO_DENY]))
}

fn tests(workspace: &Workspace) -> Verdict {
    let options = test::Options::default();
    test::test(workspace, &options, &mut Progress::default()).into()
}

/// After the tests, which have built the site.
fn sizes(workspace: &Workspace) -> Verdict {
    let mut progress = Progress::default();
    www::build(workspace, &mut progress)
        .and_then(|()| size::size(workspace))
        .into()
}
