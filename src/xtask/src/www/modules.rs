//! The wasm modules: compiled by cargo, bound to JavaScript by wasm-bindgen as a library, so
//! that no tool has to be installed and no version can differ from the crate's.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use super::{assets::digest, site::Site};
use crate::{
    failure::{Failure, Outcome},
    progress::Progress,
    workspace::{Workspace, emptied, read, run, stdout_of, write},
};

/// The target triple of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The crates that become a wasm module each.
pub const CRATES: [&str; 3] = ["survey-element", "results-element", "console"];

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

/// The three modules and their glue: `<crate>.js` and `<crate>_bg.wasm`.
pub fn build(workspace: &Workspace) -> Outcome<Site> {
    compile(workspace)?;
    let mut site = Site::default();
    for name in CRATES {
        site.add_all("", bound(workspace, &name.replace('-', "_"))?)?;
    }
    Ok(site)
}

/// One cargo invocation for the three, so that they share what they have in common.
fn compile(workspace: &Workspace) -> Outcome {
    let mut command = workspace.cargo(&["build", "--profile", "wasm", "--target", TARGET]);
    for name in CRATES {
        command.args(["--package", name]);
    }
    run(&mut command)
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
    bind(&wasm, &folder)?;
    // Last, so that an interrupted run is done again.
    write(&stamp, current.as_bytes())?;
    Site::read(&folder)
}

fn bind(wasm: &PathBuf, folder: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .typescript(false)
        // The element classes pass the address of the wasm, relative to their own.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| {
            Failure::new(format!(
                "wasm-bindgen refuses `{}`: {error:#}",
                wasm.display()
            ))
        })
}
