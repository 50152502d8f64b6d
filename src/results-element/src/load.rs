//! Fetching releases, and refusing those that are not what they should be.

use charts::Language;
use release::{INDEX_FORMAT, Index, IndexEntry, RELEASE_FORMAT, Release};
use serde::de::DeserializeOwned;
use ui::{FetchProblem, Fresh};

/// Why a release, or the list of them, is not shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// `src` is not an address.
    Address(String),
    /// It could not be fetched.
    Fetch(String, FetchProblem),
    /// It is a file of another format or version, which is named.
    Format(String, String),
    /// It is not the file that the list names.
    Hash(String),
    /// It shows more than the rules allow; the audit's words.
    Audit(String, String),
    /// What is kept in this browser could not be read; the browser's words.
    Device(String),
}

impl Problem {
    /// What happened, and what to do about it.
    pub fn sentences(&self, language: &Language) -> [String; 2] {
        let (name, url, reason) = match self {
            Self::Address(url) => ("address", url.as_str(), String::new()),
            // Fetched, but not to be read.
            Self::Fetch(url, FetchProblem::Unreadable) => (
                "format",
                url.as_str(),
                fetch_reason(FetchProblem::Unreadable, language),
            ),
            Self::Fetch(url, problem) => ("fetch", url.as_str(), fetch_reason(*problem, language)),
            Self::Format(url, reason) => ("format", url.as_str(), reason.clone()),
            Self::Hash(url) => ("hash", url.as_str(), String::new()),
            Self::Audit(url, reason) => ("audit", url.as_str(), reason.clone()),
            Self::Device(reason) => ("device", "", reason.clone()),
        };
        let values = [("url", url), ("reason", reason.as_str())];
        let remedy = language.get(&format!("error.{name}_remedy")).to_owned();
        [language.fill(&format!("error.{name}"), &values), remedy]
    }
}

fn fetch_reason(problem: FetchProblem, language: &Language) -> String {
    match problem {
        FetchProblem::Offline => language.get("error.offline").to_owned(),
        FetchProblem::Status(status) => status.to_string(),
        FetchProblem::Unreadable => language.get("error.unreadable").to_owned(),
    }
}

/// The list of releases at `url`, which must be absolute.
pub async fn index(url: &str) -> Result<Index, Problem> {
    let index: Index = read(url, &fetched(url, Fresh::Asked).await?)?;
    formatted(url, &index.format, INDEX_FORMAT)?;
    Ok(index)
}

/// Reads with the browser's own parser, which costs nothing to download; and refuses
/// unknown fields as [`Release::from_json`] does.
fn read<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Problem> {
    ui::json_from(bytes).map_err(|problem| Problem::Fetch(name.to_owned(), problem))
}

fn formatted(name: &str, format: &str, known: &str) -> Result<(), Problem> {
    if format == known {
        Ok(())
    } else {
        Err(Problem::Format(name.to_owned(), format.to_owned()))
    }
}

/// The release that `entry` of the list at `index` names.
pub async fn listed(index: &str, entry: &IndexEntry) -> Result<Release, Problem> {
    let url = ui::absolute(&entry.file, Some(index))
        .ok_or_else(|| Problem::Address(entry.file.clone()))?;
    // What the browser has kept will do: the hash tells whether it is right.
    let bytes = fetched(&url, Fresh::Kept).await?;
    let bytes = if release::sha256_hex(&bytes) == entry.sha256 {
        bytes
    } else {
        fetched(&url, Fresh::Asked).await?
    };
    if release::sha256_hex(&bytes) == entry.sha256 {
        checked(&url, &bytes)
    } else {
        Err(Problem::Hash(url))
    }
}

/// Reads a release and refuses it when the block audit objects. `name` is what people know it by.
pub fn checked(name: &str, bytes: &[u8]) -> Result<Release, Problem> {
    let release: Release = read(name, bytes)?;
    formatted(name, &release.format, RELEASE_FORMAT)?;
    match audit::blocks(&release).first() {
        None => Ok(release),
        Some(objection) => Err(Problem::Audit(name.to_owned(), objection.to_string())),
    }
}

async fn fetched(url: &str, fresh: Fresh) -> Result<Vec<u8>, Problem> {
    ui::bytes(url, fresh)
        .await
        .map_err(|problem| Problem::Fetch(url.to_owned(), problem))
}
