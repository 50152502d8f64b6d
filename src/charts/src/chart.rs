//! What every chart consists of.

use crate::node::Node;
use release::IndexValue;
use texts::Language;

/// One chart: a picture, and the same in words and in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it is about: the name of the scale.
    pub title: String,
    /// The picture: an `svg` element.
    pub svg: Node,
    /// The reading in one sentence, or two where something is withheld.
    pub sentence: String,
    /// Every number of the picture.
    pub table: Table,
    /// What the inks in the picture mean.
    pub keys: Vec<Key>,
}

/// The numbers of a chart. The first cell of a row is its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table is about.
    pub caption: String,
    /// Headings of the columns.
    pub headers: Vec<String>,
    /// Rows, as long as the headings.
    pub rows: Vec<Vec<String>>,
}

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Class of the ink.
    pub class: &'static str,
    /// What it means.
    pub label: String,
}

/// An index as text: `71`, or the words for a coded end.
pub fn index_text(index: IndexValue, language: &Language) -> String {
    match index {
        IndexValue::AtMost10 => language.get("value.at_most_10").to_owned(),
        IndexValue::Points(points) => points.to_string(),
        IndexValue::AtLeast90 => language.get("value.at_least_90").to_owned(),
    }
}
