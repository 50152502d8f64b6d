//! An edition: one exact text of a survey, named by the hash of its canonical form.

use crate::check::check;
use crate::definition::{Scale, Survey};
use crate::problem::Problem;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A checked survey with its canonical bytes and their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    survey: Survey,
    json: Vec<u8>,
    hash: String,
}

/// Why bytes are not an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionError {
    /// Not JSON of the format; the reader's own words.
    Unreadable(String),
    /// Readable, but not a survey that can be asked.
    Problems(Vec<Problem>),
}

impl Edition {
    /// Checks `survey` and fixes its canonical form: compact JSON, keys sorted, UTF-8, no numbers
    /// but integers (what RFC 8785 gives for such a document).
    ///
    /// # Errors
    /// Every problem, with its path.
    pub fn new(survey: Survey) -> Result<Self, Vec<Problem>> {
        let problems = check(&survey);
        if !problems.is_empty() {
            return Err(problems);
        }
        let json = canonical_json(&survey);
        let hash = sha256_hex(&json);
        Ok(Self { survey, json, hash })
    }

    /// Reads an edition document.
    ///
    /// # Errors
    /// When it is not JSON of the format, or not a survey that can be asked.
    pub fn from_json(bytes: &[u8]) -> Result<Self, EditionError> {
        let survey: Survey =
            serde_json::from_slice(bytes).map_err(|e| EditionError::Unreadable(e.to_string()))?;
        Self::new(survey).map_err(EditionError::Problems)
    }

    /// The survey.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// The canonical bytes.
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    /// SHA-256 of the canonical bytes in lowercase hexadecimal: the name of the edition.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What makes a scale the same line over the waves: its items' ids, directions, points and
    /// source-language wording with labels, and the fewest answers for a score. A corrected
    /// translation or another survey with the same scale keeps the fingerprint.
    pub fn fingerprint(&self, scale: &Scale) -> String {
        let survey = &self.survey;
        let source = &survey.languages[..1];
        let text = |t: &crate::Text| t.get(&source[0], source).to_owned();
        let mut items: Vec<ItemPrint> = survey
            .scale_items(scale)
            .map(|idx| {
                let item = &survey.items[idx];
                let labels = survey.anchors_of(item).points.iter().map(text).collect();
                ItemPrint {
                    id: &item.id,
                    reversed: item.reversed,
                    text: text(&item.text),
                    labels,
                }
            })
            .collect();
        items.sort_by_key(|item| item.id);
        sha256_hex(&canonical_json(&(items, scale.min_answered)))
    }
}

#[derive(Serialize)]
struct ItemPrint<'a> {
    id: &'a str,
    reversed: bool,
    text: String,
    labels: Vec<String>,
}

fn canonical_json(value: &impl Serialize) -> Vec<u8> {
    // Cannot fail: the types hold strings, integers, booleans, lists and maps with string keys.
    let sorted = serde_json::to_value(value).expect("plain data is JSON");
    serde_json::to_vec(&sorted).expect("a JSON value can be written")
}

/// SHA-256 in lowercase hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").expect("strings take all text");
            hex
        })
}
