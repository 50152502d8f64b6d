//! The wasm modules: compiled by cargo, bound to JavaScript by wasm-bindgen as a library, so
//! that no tool has to be installed and no version can differ from the crate's.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use super::{assets::digest, names, order, site::Site};
use crate::{
    failure::{Failure, Outcome},
    progress::Progress,
    workspace::{Workspace, emptied, read, read_text, run, stdout_of, write},
};

/// The target triple of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The crates that become a wasm module each.
pub const CRATES: [&str; 4] = [
    "survey-element",
    "device-count",
    "results-element",
    "console",
];

/// Adds the wasm target where it is missing; rustup does not do so when
/// `RUSTUP_AUTO_INSTALL=0`. Without rustup, cargo's own message about the target is the best.
pub fn add_target(workspace: &Workspace, progress: &mut Progress) -> Outcome {
    let mut list = Command::new("rustup");
    list.args(["target", "list", "--installed"]);
    let Ok(installed) = stdout_of(list.current_dir(workspace.path(""))) else {
        return Ok(());
    };
    if installed.lines().any(|target| target == TARGET) {
        return Ok(());
    }
    progress.step("Adding the wasm target to the Rust toolchain");
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET]);
    run(add.current_dir(workspace.path("")))
}

/// The modules and their glue: `<crate>.js` and `<crate>_bg.wasm`.
pub fn build(workspace: &Workspace) -> Outcome<Site> {
    compile(workspace, &CRATES)?;
    let mut site = Site::default();
    for name in CRATES {
        site.add_all("", bound(workspace, &name.replace('-', "_"))?)?;
    }
    Ok(site)
}

/// One cargo invocation for all, so that they share what they have in common.
fn compile(workspace: &Workspace, crates: &[&str]) -> Outcome {
    let mut command = workspace.cargo(&["build", "--profile", "wasm", "--target", TARGET]);
    for name in crates {
        command.args(["--package", name]);
    }
    command.arg("--config").arg(flags()?);
    run(&mut command)
}

/// How eagerly LLVM puts a function in place of its call. `opt-level = "z"` says 5, which leaves
/// thousands of functions of a few bytes; at 30 what they become together is smaller by 4.5 % after
/// compression (measured from 5 to 75).
const INLINE: &str = "-Cllvm-args=-inline-threshold=30";

/// The module that tests hold against its native twin: the folder of its two files.
pub fn digits(workspace: &Workspace) -> Outcome<PathBuf> {
    compile(workspace, &["digits"])?;
    bound(workspace, "digits")?;
    Ok(workspace.target("www/modules/digits"))
}

/// The compiler's flags for the modules, as a setting for cargo.
fn flags() -> Outcome<String> {
    let mut flags = remapped_paths()?;
    flags.push(INLINE.into());
    // JSON's texts are TOML's, too.
    let flags = serde_json::to_string(&flags)
        .map_err(|error| Failure::new(format!("cannot write the compiler's flags: {error}")))?;
    Ok(format!("target.{TARGET}.rustflags={flags}"))
}

/// By these, messages of panics name a dependency's file, not the folders of whoever built it: the
/// same module from every checkout, and 2.5 kB less of it.
fn remapped_paths() -> Outcome<Vec<String>> {
    let folder = cargo_home().join("registry/src");
    let unreadable = |error| Failure::file("read", &folder, &error);
    let mut flags = Vec::new();
    for registry in fs::read_dir(&folder).map_err(unreadable)? {
        let registry = registry.map_err(unreadable)?.path();
        flags.push(format!("--remap-path-prefix={}=", registry.display()));
    }
    Ok(flags)
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// What wasm-bindgen makes of one module; kept until the module changes.
fn bound(workspace: &Workspace, module: &str) -> Outcome<Site> {
    let wasm = workspace.target(format!("{TARGET}/wasm/{module}.wasm"));
    let folder = workspace.target(format!("www/modules/{module}"));
    // Beside the folder, not in it: what is in it goes to the site.
    let stamp = workspace.target(format!("www/modules/{module}.sha256"));
    let current = digest([(module, read(&wasm)?.as_slice())]);
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == current) {
        return Site::read(&folder);
    }
    emptied(&folder)?;
    bind(&wasm, &folder, module)?;
    // Last, so that an interrupted run is done again.
    write(&stamp, current.as_bytes())?;
    Site::read(&folder)
}

fn bind(wasm: &Path, folder: &Path, module: &str) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .typescript(false)
        // The element classes pass the address of the wasm, relative to their own.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    let refused = |error| {
        Failure::new(format!(
            "wasm-bindgen refuses `{}`: {error:#}",
            wasm.display()
        ))
    };
    let mut bound = bindgen
        .web(true)
        .and_then(Bindgen::generate_output)
        .map_err(refused)?;
    let short = names::shorten(bound.wasm_mut());
    // Read by wasm-bindgen, not by browsers.
    bound.wasm_mut().customs.remove_raw("target_features");
    bound.emit(folder).map_err(refused)?;
    let binary = folder.join(format!("{module}_bg.wasm"));
    write(&binary, &order::ordered(&read(&binary)?)?)?;
    let glue = folder.join(module).with_extension("js");
    write(
        &glue,
        names::shortened(&read_text(&glue)?, &short).as_bytes(),
    )
}
