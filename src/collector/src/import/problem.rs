//! What can be wrong with an imported file: a line, a code, and what to do about it.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// Line in it, from 1.
    pub line: u64,
    /// What is wrong.
    pub code: Code,
    /// The offending word.
    pub detail: String,
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Not CSV.
    NotCsv,
    /// No rows.
    Empty,
    /// A column that must be there is not.
    MissingColumn,
    /// A column that is neither expected nor an item of the survey.
    UnknownColumn,
    /// Two columns of one name.
    DuplicateColumn,
    /// More or fewer cells than columns.
    CellCount,
    /// An empty cell where a word is needed.
    EmptyCell,
    /// Not a whole number.
    NotANumber,
    /// A number that the item has no point for.
    NoSuchPoint,
    /// A wave without headcounts.
    UnknownWave,
    /// A unit that the units file does not have.
    UnknownUnit,
    /// A unit with units below and no staff of its own.
    NotALeaf,
    /// The same row twice.
    Duplicate,
    /// One unit under two names.
    TwoNames,
    /// Units that make no tree.
    Units,
    /// A wave whose dates nothing says.
    NoDates,
}

impl Code {
    /// The code as printed.
    pub fn as_str(self) -> &'static str {
        self.words().0
    }

    /// Code, sentence around the offending word, remedy.
    #[rustfmt::skip] // a table: one row a line
    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::NotUtf8 => ("I01", "the text is not UTF-8", "", "save the file as \"CSV UTF-8\""),
            Self::NotCsv => ("I02", "the line cannot be read as CSV: ", "", "check its quotation marks"),
            Self::Empty => ("I03", "the file has no rows", "", "check that it is the right file"),
            Self::MissingColumn => ("I04", "the column `", "` is missing", "add it; cells of an item that was not asked are left empty"),
            Self::UnknownColumn => ("I05", "the column `", "` is no item of the survey", "correct its name, or remove it"),
            Self::DuplicateColumn => ("I06", "the column `", "` is there twice", "remove one of the two"),
            Self::CellCount => ("I07", "the row has ", "", "give every column one cell"),
            Self::EmptyCell => ("I08", "the cell of `", "` is empty", "fill it in"),
            Self::NotANumber => ("I09", "`", "` is not a whole number", "write a whole number"),
            Self::NoSuchPoint => ("I10", "", "", "use a point of the item, 9 or NA for not applicable, 0 or nothing for blank"),
            Self::UnknownWave => ("I11", "the wave `", "` has no headcounts", "correct its id, or add it to the headcounts file"),
            Self::UnknownUnit => ("I12", "the unit `", "` is not in the units file", "correct its id, or add it to the units file"),
            Self::NotALeaf => ("I13", "the unit `", "` has units below it and no staff of its own", "name the unit below, or give it a headcount"),
            Self::Duplicate => ("I14", "", " is there twice", "remove one of the two"),
            Self::TwoNames => ("I15", "the unit ", "", "give it one name"),
            Self::Units => ("I16", "", "", "correct the units file"),
            Self::NoDates => ("I17", "nothing says when the wave `", "` was", "add --dates WAVE=FIRST..LAST, for example 2022-01-01..2022-06-30"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, before, after, remedy) = self.code.words();
        let Self {
            file, line, detail, ..
        } = self;
        write!(
            f,
            "{file}:{line}: {code} {before}{detail}{after}. Remedy: {remedy}."
        )
    }
}
