//! What the binary `trust-climate` makes for the site: editions, the demo wave and the demo
//! releases. This crate knows none of their shapes.

use std::{
    fs,
    path::PathBuf,
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{assets::digest, site::Site};
use crate::{
    failure::{Failure, Outcome},
    progress::Progress,
    workspace::{Workspace, emptied, remove_folder, run, write},
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
/// They are made again when the collector or an edition has changed, and once a day, because
/// the wave's last day passes. The collector itself keeps a wave that is still good, so that
/// answers on a device outlive a build.
pub fn demo(workspace: &Workspace, surveys: &Site, progress: &mut Progress) -> Outcome<Site> {
    let folder = workspace.target("www/static");
    let stamp = workspace.target("www/static.sha256");
    let current = demo_stamp(workspace, surveys)?;
    if !fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == current) {
        progress.step("Making the demo municipality's releases");
        // A release made by an older collector must not stay beside today's.
        remove_folder(&folder.join("releases"))?;
        let mut demo = Command::new(workspace.collector());
        run(demo.args(["demo", "--static"]).arg(&folder))?;
        // Last, so that an interrupted run is done again.
        write(&stamp, current.as_bytes())?;
    }
    Site::read(&folder)
}

/// What the demo is made from.
///
/// Of the collector, time and size say enough, and a hundred megabytes need not be read: cargo
/// writes the binary only when something in it has changed.
fn demo_stamp(workspace: &Workspace, surveys: &Site) -> Outcome<String> {
    const DAY: Duration = Duration::from_hours(24);
    let binary = workspace.collector();
    let metadata = fs::metadata(&binary).map_err(|error| Failure::file("read", &binary, &error))?;
    let modified = metadata
        .modified()
        .map_err(|error| Failure::file("read the time of", &binary, &error))?;
    let today = since_1970(SystemTime::now())?.as_secs() / DAY.as_secs();
    let built = since_1970(modified)?.as_nanos();
    let text = format!("{built} {} {today}", metadata.len());
    let files = surveys.iter().chain([("", text.as_bytes())]);
    Ok(digest(files))
}

fn since_1970(time: SystemTime) -> Outcome<Duration> {
    time.duration_since(UNIX_EPOCH)
        .map_err(|_| Failure::new("the system's clock is set to a time before 1970"))
}
