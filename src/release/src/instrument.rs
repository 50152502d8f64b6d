//! What was asked, in words: so that a release can be read without the edition.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A language tag, for example `da`.
pub type Lang = String;
/// One text in several languages.
pub type Text = BTreeMap<Lang, String>;

/// The survey as readers of results meet it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Id of the survey.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What may be claimed of it.
    pub status: String,
    /// Licence of the wording.
    pub license: String,
    /// Languages; the first is the source.
    pub languages: Vec<Lang>,
    /// Rows of answer points by name.
    pub anchors: BTreeMap<String, Anchors>,
    /// Items in order.
    pub items: Vec<Item>,
    /// Scales in order.
    pub scales: Vec<Scale>,
    /// Groups of scales.
    pub themes: Vec<Theme>,
}

/// A row of labelled points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchors {
    /// Labels from low to high.
    pub points: Vec<Text>,
    /// Label of *not applicable*.
    pub not_applicable: Text,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Id.
    pub id: String,
    /// The statement.
    pub text: Text,
    /// Name of its anchors.
    pub anchors: String,
    /// Whether agreement counts low.
    pub reversed: bool,
}

/// What a scale is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Items are effects of one thing.
    Reflective,
    /// Items make up the thing.
    Formative,
    /// A few items of longer scales, for pulse waves.
    Short,
    /// All items of several scales.
    Composite,
}

/// A scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Id, for example `T1`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub kind: Kind,
    /// Principle of 2013 it is reported under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principle: Option<u8>,
    /// Item ids.
    pub items: Vec<String>,
    /// Scales that a composite is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Trend lines join releases where this is the same.
    pub fingerprint: String,
}

/// A group of scales.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it covers; may be empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub subtitle: Text,
    /// Scale ids.
    pub scales: Vec<String>,
}
