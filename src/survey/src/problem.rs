//! What can be wrong with a survey file: a code, a line and a path; sentences are made at the edge.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line in the file, from 1; 0 where the file gives no line.
    pub line: usize,
    /// Where, for example `item.t1a.text.en`.
    pub path: String,
    /// What is wrong.
    pub code: ProblemCode,
    /// The offending or the expected word, ready to be quoted.
    pub detail: String,
}

/// The kinds of problem of a survey file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// The file is not TOML.
    Syntax,
    /// A key that the format does not have.
    UnknownKey,
    /// A key that must be there is not.
    Missing,
    /// A value of another type than the key takes.
    WrongType,
    /// A value outside its range.
    OutOfRange,
    /// Two things with the same id.
    Duplicate,
    /// An id with characters other than letters, digits, `-` and `_`, or too long.
    BadId,
    /// A reference to something that is not defined.
    UnknownReference,
    /// A text without one of the declared languages.
    MissingLanguage,
    /// A text in a language that is not declared.
    UndeclaredLanguage,
    /// A text that is empty.
    EmptyText,
    /// An item that no page shows.
    ItemOnNoPage,
    /// An item that more than one page shows.
    ItemOnTwoPages,
    /// An item that no scale scores.
    ItemInNoScale,
    /// Items of one scale with different numbers of points.
    MixedPoints,
    /// A composite that is made of another composite, or of nothing.
    BadComposite,
    /// A licence or status that claims validation.
    ClaimsValidation,
}

impl ProblemCode {
    /// The code as printed, for people and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "S01",
            Self::UnknownKey => "S02",
            Self::Missing => "S03",
            Self::WrongType => "S04",
            Self::OutOfRange => "S05",
            Self::Duplicate => "S06",
            Self::BadId => "S07",
            Self::UnknownReference => "S08",
            Self::MissingLanguage => "S09",
            Self::UndeclaredLanguage => "S10",
            Self::EmptyText => "S11",
            Self::ItemOnNoPage => "S12",
            Self::ItemOnTwoPages => "S13",
            Self::ItemInNoScale => "S14",
            Self::MixedPoints => "S15",
            Self::BadComposite => "S16",
            Self::ClaimsValidation => "S17",
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
