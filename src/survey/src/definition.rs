//! The definition of a survey: plain data, every reference by id, in the order people see it.

use crate::named::Named;
use serde::{Deserialize, Serialize};

/// A language tag as in `lang` attributes (BCP 47), for example `da`.
pub type Lang = String;
/// The position of an item in [`Survey::items`].
pub type ItemIdx = usize;
/// The position of a scale in [`Survey::scales`].
pub type ScaleIdx = usize;

/// One text in several languages, by their tags.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Named<String>);

impl Text {
    /// The text in `lang`, else in the first of `fallbacks` that has it, else empty.
    pub fn get<'a>(&'a self, lang: &str, fallbacks: &[Lang]) -> &'a str {
        self.0
            .get(lang)
            .or_else(|| fallbacks.iter().find_map(|l| self.0.get(l)))
            .map_or("", String::as_str)
    }
}

/// A published definition of what is asked and how it is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Version of the definition format; 1.
    pub format: u8,
    /// Short name, for example `trust-climate`.
    pub id: String,
    /// What may be claimed of it, for example "draft, not validated".
    pub status: String,
    /// Licence of the wording (SPDX).
    pub license: String,
    /// Languages on offer; the first is the source language of the wording.
    pub languages: Vec<Lang>,
    /// Title for people.
    pub title: Text,
    /// One or two sentences on what it measures.
    pub about: Text,
    /// Where clauses and items come from.
    pub sources: Named<Source>,
    /// Rows of answer points by name.
    pub anchors: Named<Anchors>,
    /// What is answered.
    pub items: Vec<Item>,
    /// What is scored; a composite comes after its parts.
    pub scales: Vec<Scale>,
    /// How items are paged for respondents.
    pub pages: Vec<Page>,
    /// How scales are grouped for readers of results.
    pub themes: Vec<Theme>,
}

/// A document that wording or clauses come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title as printed.
    pub title: String,
    /// Year of publication.
    pub year: u16,
}

/// The ordered, labelled points of an item, and the answer set apart from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchors {
    /// Labels from low to high.
    pub points: Vec<Text>,
    /// Label of *not applicable*.
    pub not_applicable: Text,
}

/// What one answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Id, stable for one wording.
    pub id: String,
    /// The statement.
    pub text: Text,
    /// Name of its anchors.
    pub anchors: String,
    /// Whether agreement counts low.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reversed: bool,
    /// Principle of 2013 that it belongs to, 1 to 7.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principle: Option<u8>,
    /// Id of the source that it is built on.
    pub source: String,
    /// Verbatim fragments of that source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clause: Vec<String>,
}

/// What a scale is for; it decides how it is disclosed and whether reliability is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Items are effects of one thing: internal consistency is meaningful.
    Reflective,
    /// Items make up the thing: internal consistency is not a gate.
    Formative,
    /// A few items of longer scales, kept so that pulse waves continue the same line.
    Short,
    /// All items of several scales, scored in its own right.
    Composite,
}

/// Items scored together into one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Id, for example `T1`.
    pub id: String,
    /// Name for readers of results.
    pub name: Text,
    /// What it is for.
    pub kind: Kind,
    /// Principle of 2013 it is reported under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principle: Option<u8>,
    /// Item ids, in order; for a composite all items of its parts.
    pub items: Vec<String>,
    /// The scales a composite is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Fewest answered items for a score; by default at least half of them.
    pub min_answered: usize,
}

/// One page of the survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Neutral heading for respondents; the name of the scale would colour the answers.
    pub heading: Text,
    /// Item ids, in order.
    pub items: Vec<String>,
}

/// A group of scales for readers of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Id, for example `tillid`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it covers.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub subtitle: Text,
    /// Scale ids, in order.
    pub scales: Vec<String>,
}

impl Survey {
    /// The position of the item called `id`.
    pub fn item_idx(&self, id: &str) -> Option<ItemIdx> {
        self.items.iter().position(|item| item.id == id)
    }

    /// The position of the scale called `id`.
    pub fn scale_idx(&self, id: &str) -> Option<ScaleIdx> {
        self.scales.iter().position(|scale| scale.id == id)
    }

    /// The anchors of an item. Every item of a checked survey has them.
    pub fn anchors_of(&self, item: &Item) -> &Anchors {
        self.anchors
            .get(&item.anchors)
            .expect("a checked survey has the anchors of its items")
    }

    /// Number of points of the item at `item`.
    pub fn points(&self, item: ItemIdx) -> usize {
        self.anchors_of(&self.items[item]).points.len()
    }

    /// Number of points that all items of a scale share.
    pub fn scale_points(&self, scale: &Scale) -> usize {
        self.scale_items(scale)
            .next()
            .map_or(0, |item| self.points(item))
    }

    /// Positions of a scale's items, in its order.
    pub fn scale_items<'a>(&'a self, scale: &'a Scale) -> impl Iterator<Item = ItemIdx> + 'a {
        scale.items.iter().filter_map(|id| self.item_idx(id))
    }

    /// Estimated time to answer, in whole minutes: 25 s of introduction, 200 words a minute and
    /// 3.5 s per decision, rounded up (silent reading rate; measured in the pilot later).
    pub fn minutes(&self, lang: &str) -> usize {
        let words: usize = self
            .items
            .iter()
            .map(|item| {
                item.text
                    .get(lang, &self.languages)
                    .split_whitespace()
                    .count()
            })
            .sum();
        let tenths_of_second = 250 + words * 3 + self.items.len() * 35;
        tenths_of_second.div_ceil(600)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

fn text_is_empty(text: &Text) -> bool {
    text.0.is_empty()
}
