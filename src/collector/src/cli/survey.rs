//! `survey check` and `survey export`.

use super::edition;
use super::out::say;
use crate::failure::Failure;
use clap::Subcommand;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};
use survey::{Edition, Named, Problem, ProblemCode};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// List every problem of survey files, with line, code and remedy
    Check {
        /// Survey files (TOML)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write editions as the site serves them: `HASH.json` each, and index.json
    Export {
        /// The folder to write to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Survey files (TOML)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

pub(super) fn run(verb: &Verb) -> Result<(), Failure> {
    match verb {
        Verb::Check { files } => read_all(files).map(|editions| {
            for (path, edition) in files.iter().zip(&editions) {
                describe(path, edition);
            }
        }),
        Verb::Export { out, files } => export(out, &read_all(files)?),
    }
}

/// All editions, or the problems of all files.
fn read_all(files: &[PathBuf]) -> Result<Vec<Edition>, Failure> {
    let mut failures: Vec<Failure> = Vec::new();
    let mut editions = Vec::new();
    for file in files {
        match edition(file) {
            Ok(edition) => editions.push(edition),
            Err(failure) => failures.push(failure),
        }
    }
    let Some(first) = failures.first() else {
        return Ok(editions);
    };
    let lines = failures
        .iter()
        .flat_map(|failure| failure.lines.clone())
        .collect();
    Err(Failure {
        exit: first.exit,
        lines,
    })
}

fn describe(path: &Path, edition: &Edition) {
    let survey = edition.survey();
    say(format_args!("{}: no problems", path.display()));
    say(format_args!(
        "  survey     {} ({}, {})",
        survey.id, survey.status, survey.license
    ));
    say(format_args!("  edition    {}", edition.hash()));
    say(format_args!("  languages  {}", survey.languages.join(", ")));
    say(format_args!(
        "  items      {} on {} pages",
        survey.items.len(),
        survey.pages.len()
    ));
    say(format_args!(
        "  scales     {}; trend lines join where the fingerprint is the same",
        survey.scales.len()
    ));
    for scale in &survey.scales {
        let (items, needed) = (scale.items.len(), scale.min_answered);
        let fingerprint = edition.fingerprint(scale);
        say(format_args!(
            "    {:<10} {items:>2} items, {needed:>2} needed  {fingerprint}",
            scale.id
        ));
    }
}

/// One line of `index.json`.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    edition: &'a str,
    file: String,
    title: &'a Named<String>,
    languages: &'a [String],
}

fn export(out: &Path, editions: &[Edition]) -> Result<(), Failure> {
    fs::create_dir_all(out).map_err(|error| Failure::file("make the folder", out, &error))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(|error| Failure::file("write", &path, &error))
    };
    let mut index = Vec::new();
    for edition in editions {
        let (survey, file) = (edition.survey(), format!("{}.json", edition.hash()));
        write(&file, edition.json())?;
        index.push(Listed {
            id: &survey.id,
            edition: edition.hash(),
            file,
            title: &survey.title.0,
            languages: &survey.languages,
        });
    }
    // Cannot fail: strings, lists and maps with string keys.
    let json = serde_json::to_vec(&index).expect("the index is JSON");
    write("index.json", &json)?;
    say(format_args!(
        "{} editions written to {}",
        editions.len(),
        out.display()
    ));
    Ok(())
}

/// The problems of a survey file, a line each.
pub(super) fn failure(file: &str, problems: &[Problem]) -> Failure {
    let line = |problem: &Problem| {
        let Problem {
            line,
            path,
            code,
            detail,
        } = problem;
        let (sentence, remedy) = words(*code, detail);
        format!("{file}:{line}: {code} {path}: {sentence}. Remedy: {remedy}.")
    };
    let lines: Vec<String> = problems.iter().map(line).collect();
    Failure::problems(&lines)
}

/// What is wrong, and what to do about it.
#[rustfmt::skip] // a table: one row a line
fn words(code: ProblemCode, detail: &str) -> (String, &'static str) {
    let quoted = if detail.is_empty() { "the value".to_owned() } else { format!("`{detail}`") };
    match code {
        ProblemCode::Syntax => (format!("this is not TOML ({detail})"), "correct the line; see https://toml.io"),
        ProblemCode::UnknownKey => (format!("{quoted} is no key of the format"), "check its spelling, or remove it"),
        ProblemCode::Missing => (format!("{quoted} is missing"), "add it"),
        ProblemCode::WrongType => (format!("the value is not like {detail}"), "write a value of that type"),
        ProblemCode::OutOfRange => (format!("the number is outside its range ({detail})"), "choose one that fits"),
        ProblemCode::Duplicate => (format!("{quoted} is there twice"), "give one of the two another id"),
        ProblemCode::BadId => (format!("{quoted} is not an id"), "use at most 40 letters, digits, `-` and `_`"),
        ProblemCode::UnknownReference => (format!("{quoted} is not defined"), "define it, or correct the reference"),
        ProblemCode::MissingLanguage => (format!("the text in {quoted} is missing"), "add it, or take the language off `languages`"),
        ProblemCode::UndeclaredLanguage => (format!("the language {quoted} is not declared"), "add it to `languages`, or remove the text"),
        ProblemCode::EmptyText => ("the text is empty".to_owned(), "write it"),
        ProblemCode::ItemOnNoPage => (format!("no page shows the item {quoted}"), "put it on a page"),
        ProblemCode::ItemOnTwoPages => (format!("more than one page shows the item {quoted}"), "leave it on one page"),
        ProblemCode::ItemInNoScale => (format!("no scale scores the item {quoted}"), "put it in a scale, or remove it"),
        ProblemCode::MixedPoints => (format!("the items of {quoted} have different numbers of points"), "score items with equally many points together"),
        ProblemCode::BadComposite => (format!("{quoted} cannot be part of a composite"), "name scales that are no composites as `parts`"),
        ProblemCode::ClaimsValidation => (format!("{quoted} claims a validation that this project has not shown"), "write \"draft, not validated\""),
    }
}
