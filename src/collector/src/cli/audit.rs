//! `audit`: what release files give away, found from the files alone.

use super::out::say;
use crate::failure::Failure;
use ::audit::{Code, Finding, Report};
use clap::Args;
use release::{Index, ReadError, Release};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Options {
    /// Release files; several files of one wave are combined. A `releases.json` among them is
    /// skipped
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let files = read(&options.files)?;
    let edited: Vec<Finding> = files.iter().filter_map(Read::edited).collect();
    let releases: Vec<Release> = files.into_iter().map(|file| file.release).collect();
    let mut report = ::audit::audit(&releases);
    report.objections.extend(edited);
    if options.json {
        say(json(&report));
    } else if report.is_clean() {
        say(report.to_string().trim_end());
    }
    if report.is_clean() {
        return Ok(());
    }
    let mut lines: Vec<String> = report.objections.iter().map(ToString::to_string).collect();
    lines.push(
        "Do not publish these files, and take them down where they are published; the list names \
         what gives each group away."
            .to_owned(),
    );
    Err(Failure::problems(&lines))
}

fn json(report: &Report) -> String {
    // Cannot fail: plain data with string keys.
    serde_json::to_string_pretty(report).expect("a report is JSON")
}

/// A release as it lay there.
struct Read {
    name: String,
    release: Release,
    is_as_written: bool,
}

impl Read {
    /// Files say the same in other bytes only when somebody has edited them.
    fn edited(&self) -> Option<Finding> {
        (!self.is_as_written).then(|| Finding {
            wave: self.release.wave.id.clone(),
            code: Code::Files,
            units: Vec::new(),
            measure: String::new(),
            combination: String::new(),
            words: format!(
                "`{}` was changed after it was written: its bytes are not those that the program \
                 writes",
                self.name
            ),
        })
    }
}

/// The releases in `files`, or every file's problem at once.
fn read(files: &[PathBuf]) -> Result<Vec<Read>, Failure> {
    let (mut releases, mut problems) = (Vec::new(), Vec::new());
    for path in files {
        match read_one(path) {
            Ok(Some(release)) => releases.push(release),
            // To standard error: the output may be JSON.
            Ok(None) => eprintln!(
                "`{}` is a list of releases and was skipped.",
                path.display()
            ),
            Err(problem) => problems.push(format!("`{}`: {problem}", path.display())),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::problems(&problems));
    }
    if releases.is_empty() {
        return Err(Failure::refused(
            "there is no release among the files: name those that `releases.json` lists",
        ));
    }
    Ok(releases)
}

fn read_one(path: &Path) -> Result<Option<Read>, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("cannot be read: {error}; check the name"))?;
    let release = match Release::from_json(&bytes) {
        Ok(release) => release,
        Err(_) if Index::from_json(&bytes).is_ok() => return Ok(None),
        Err(ReadError::Format(format)) => {
            return Err(format!(
                "`{format}` is not a format of this program: audit it with the program that made it"
            ));
        }
        Err(ReadError::Unreadable(words)) => {
            return Err(format!(
                "is not a release file ({words}): name files that `release` or `wave release` wrote"
            ));
        }
    };
    let is_as_written = release.to_json() == bytes;
    Ok(Some(Read {
        name: path.display().to_string(),
        release,
        is_as_written,
    }))
}
