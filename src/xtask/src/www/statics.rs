//! What the binary `trust-climate` makes for the site: editions, the demo wave and the demo
//! releases. This crate knows none of their shapes.

use std::{fs, path::PathBuf, process::Command, time::UNIX_EPOCH};

use super::{assets::digest, site::Site};
use crate::{
    failure::{Failure, Outcome},
    progress::Progress,
    workspace::{Workspace, emptied, run, write},
};

/// The canonical editions of `surveys/*.toml` and their `index.json`.
pub fn surveys(workspace: &Workspace) -> Outcome<Site> {
    let out = workspace.target("www/surveys");
    emptied(&out)?;
    let mut export = Command::new(workspace.collector());
    export.args(["survey", "export", "--out"]).arg(&out);
    run(export.args(survey_files(workspace)?))?;
    Site::read(&out)
}

fn survey_files(workspace: &Workspace) -> Outcome<Vec<PathBuf>> {
    let folder = workspace.path("surveys");
    let entries = fs::read_dir(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// `demo/` (the static wave and its closing key) and `releases/`.
///
/// They are made again only when the collector has changed. The collector itself keeps a wave
/// that is still good, so that answers on a device outlive a build.
pub fn demo(workspace: &Workspace, progress: &mut Progress) -> Outcome<Site> {
    let folder = workspace.target("www/static");
    let stamp = workspace.target("www/static.sha256");
    let current = collector_stamp(workspace)?;
    if !fs::read_to_string(&stamp).is_ok_and(|made_by| made_by == current) {
        progress.step("Making the demo municipality's releases");
        let mut demo = Command::new(workspace.collector());
        run(demo.args(["demo", "--static"]).arg(&folder))?;
        write(&stamp, current.as_bytes())?;
    }
    Site::read(&folder)
}

/// Cargo writes the binary only when something in it has changed, so its time and size say
/// enough, and a hundred megabytes need not be read.
fn collector_stamp(workspace: &Workspace) -> Outcome<String> {
    let binary = workspace.collector();
    let unreadable = |error| Failure::file("read", &binary, &error);
    let metadata = fs::metadata(&binary).map_err(unreadable)?;
    let modified = metadata
        .modified()
        .map_err(unreadable)?
        .duration_since(UNIX_EPOCH)
        .map_err(|_| Failure::new("the clock was before 1970 when the collector was built"))?;
    let text = format!("{} {}", modified.as_nanos(), metadata.len());
    Ok(digest([("trust-climate", text.as_bytes())]))
}
