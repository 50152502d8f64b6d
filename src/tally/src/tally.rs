//! Counts for one edition, in one wave and unit.

use crate::layout::{Layout, ScoreCell};
use survey::{Answer, ItemIdx, Response, ScaleIdx, Survey, score};

/// Integer counts over the cells of a [`Layout`]; has a zero, records responses, merges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    edition: String,
    cells: Vec<u32>,
}

/// The histogram of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCounts {
    /// Answers at each point, lowest first.
    pub points: Vec<u32>,
    /// "Don't know or not relevant".
    pub not_applicable: u32,
    /// Left blank.
    pub blank: u32,
}

/// Why two tallies did not merge, or a response was not recorded. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeError {
    /// They count different editions.
    OtherEdition,
    /// A cell would pass 4 294 967 295.
    Overflow,
}

impl std::fmt::Display for MergeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OtherEdition => "they count different editions",
            Self::Overflow => "a count would pass 4 294 967 295",
        })
    }
}

impl std::error::Error for MergeError {}

/// Why bytes are not a tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    /// Not the number of bytes that the layout has.
    Length {
        /// Bytes of a tally of this layout.
        expected: usize,
        /// Bytes given.
        found: usize,
    },
    /// Counts that no set of responses has, for example an item with more answers than responses.
    Inconsistent,
}

impl Tally {
    /// The tally of no responses.
    pub fn zero(layout: &Layout) -> Self {
        Self {
            edition: layout.edition().to_owned(),
            cells: vec![0; layout.len()],
        }
    }

    /// Hash of the edition.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The cells, in the order of the layout.
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// Number of responses.
    pub fn n(&self) -> u32 {
        self.cells[0]
    }

    /// Adds one response.
    ///
    /// # Errors
    /// When the layout is of another edition, or a cell is full.
    pub fn record(
        &mut self,
        layout: &Layout,
        survey: &Survey,
        response: &Response,
    ) -> Result<(), MergeError> {
        if layout.edition() != self.edition {
            return Err(MergeError::OtherEdition);
        }
        if self.n() == u32::MAX {
            return Err(MergeError::Overflow);
        }
        // No cell can pass the number of responses, so none overflows.
        for cell in contribution(layout, survey, response) {
            self.cells[cell] += 1;
        }
        Ok(())
    }

    /// Adds all responses of another tally.
    ///
    /// # Errors
    /// When the editions differ, or a cell would overflow; then nothing is added.
    pub fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        if self.edition != other.edition || self.cells.len() != other.cells.len() {
            return Err(MergeError::OtherEdition);
        }
        if self.n().checked_add(other.n()).is_none() {
            return Err(MergeError::Overflow);
        }
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell += more;
        }
        Ok(())
    }

    /// The histogram of an item.
    pub fn item(&self, layout: &Layout, item: ItemIdx) -> ItemCounts {
        let first = layout.point_cell(item, 1);
        ItemCounts {
            points: self.cells[first..first + layout.points(item)].to_vec(),
            not_applicable: self.cells[layout.not_applicable_cell(item)],
            blank: self.cells[layout.blank_cell(item)],
        }
    }

    /// The score table of a scale, every cell, row by row.
    pub fn scores<'a>(
        &'a self,
        layout: &'a Layout,
        scale: ScaleIdx,
    ) -> impl Iterator<Item = ScoreCell> + 'a {
        layout
            .score_cells(scale)
            .map(|(answered, sum, cell)| ScoreCell {
                answered,
                sum,
                count: self.cells[cell],
            })
    }

    /// The cells as little-endian 32-bit integers: the same length for every tally of an edition,
    /// so that a sealed tally tells nothing by its size.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.cells
            .iter()
            .flat_map(|cell| cell.to_le_bytes())
            .collect()
    }

    /// Reads what [`Tally::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the length is not the layout's, or the counts contradict each other.
    pub fn from_bytes(layout: &Layout, bytes: &[u8]) -> Result<Self, ReadError> {
        let expected = 4 * layout.len();
        if bytes.len() != expected {
            return Err(ReadError::Length {
                expected,
                found: bytes.len(),
            });
        }
        let (words, _) = bytes.as_chunks::<4>();
        let cells = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let tally = Self {
            edition: layout.edition().to_owned(),
            cells,
        };
        if tally.is_consistent(layout) {
            Ok(tally)
        } else {
            Err(ReadError::Inconsistent)
        }
    }

    /// Whether every item and every score table counts each response exactly once.
    fn is_consistent(&self, layout: &Layout) -> bool {
        let n = u64::from(self.n());
        let total = |cells: &[u32]| cells.iter().map(|cell| u64::from(*cell)).sum::<u64>();
        layout.blocks().all(|block| total(&self.cells[block]) == n)
    }
}

/// The cells that one response adds one to: a 0/1 vector, given by its ones.
fn contribution(layout: &Layout, survey: &Survey, response: &Response) -> Vec<usize> {
    let items = response
        .answers()
        .iter()
        .enumerate()
        .map(|(item, answer)| match answer {
            Answer::Point(point) => layout.point_cell(item, usize::from(*point)),
            Answer::NotApplicable => layout.not_applicable_cell(item),
            Answer::Blank => layout.blank_cell(item),
        });
    let scales = survey.scales.iter().enumerate().map(|(idx, scale)| {
        let score = score(survey, scale, response);
        layout.score_cell(idx, score.answered, score.sum)
    });
    std::iter::once(0).chain(items).chain(scales).collect()
}
