//! Which cell of a tally counts what: the canonical layout of an edition.
//!
//! Cell 0 counts responses. Then, item by item: one cell for each point, one for *not applicable*,
//! one for *blank*. Then, scale by scale, the score table `score_hist[a][S]`: for each number `a`
//! of answered items, one cell for each possible sum `S` from 0 to `(points − 1)·a`.

use survey::{Edition, ItemIdx, ScaleIdx};

/// The layout of the tallies of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    edition: String,
    items: Vec<ItemCells>,
    scales: Vec<ScaleCells>,
    len: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ItemCells {
    start: usize,
    points: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ScaleCells {
    start: usize,
    items: usize,
    steps: usize,
}

/// One cell of a score table: respondents who answered `answered` items with the sum `sum`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreCell {
    /// Items answered.
    pub answered: usize,
    /// Sum of steps above the lowest point.
    pub sum: usize,
    /// Respondents.
    pub count: u32,
}

impl Layout {
    /// The layout for tallies of `edition`.
    pub fn new(edition: &Edition) -> Self {
        Self::of(edition.survey(), edition.hash())
    }

    /// The layout for tallies of the edition called `hash`, whose checked survey is `survey`.
    pub fn of(survey: &survey::Survey, hash: &str) -> Self {
        let mut next = 1;
        let mut items = Vec::with_capacity(survey.items.len());
        for item in 0..survey.items.len() {
            let points = survey.points(item);
            items.push(ItemCells {
                start: next,
                points,
            });
            next += points + 2;
        }
        let mut scales = Vec::with_capacity(survey.scales.len());
        for scale in &survey.scales {
            let cells = ScaleCells {
                start: next,
                items: scale.items.len(),
                steps: survey.scale_points(scale) - 1,
            };
            next = cells.start_of(cells.items + 1);
            scales.push(cells);
        }
        Self {
            edition: hash.to_owned(),
            items,
            scales,
            len: next,
        }
    }

    /// Hash of the edition that the cells belong to.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Number of cells; never 0, since cell 0 counts responses.
    #[expect(clippy::len_without_is_empty, reason = "a layout always has a cell")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Number of points of an item.
    pub fn points(&self, item: ItemIdx) -> usize {
        self.items[item].points
    }

    /// The cell that counts `point` (from 1) of an item.
    pub fn point_cell(&self, item: ItemIdx, point: usize) -> usize {
        self.items[item].start + point - 1
    }

    /// The cell that counts *not applicable*.
    pub fn not_applicable_cell(&self, item: ItemIdx) -> usize {
        self.items[item].start + self.items[item].points
    }

    /// The cell that counts *blank*.
    pub fn blank_cell(&self, item: ItemIdx) -> usize {
        self.not_applicable_cell(item) + 1
    }

    /// The cell that counts respondents with `answered` items and the sum `sum`.
    pub fn score_cell(&self, scale: ScaleIdx, answered: usize, sum: usize) -> usize {
        self.scales[scale].start_of(answered) + sum
    }

    /// Every (answered, sum) of a scale, in the order of the cells, with its cell.
    pub fn score_cells(&self, scale: ScaleIdx) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let cells = &self.scales[scale];
        (0..=cells.items).flat_map(move |answered| {
            (0..=cells.steps * answered)
                .map(move |sum| (answered, sum, cells.start_of(answered) + sum))
        })
    }

    /// Steps from the lowest to the highest point of a scale's items: points − 1.
    pub fn steps(&self, scale: ScaleIdx) -> usize {
        self.scales[scale].steps
    }
}

impl ScaleCells {
    /// Row `a` follows rows 0 … a−1, which hold Σ (steps·i + 1) cells.
    fn start_of(&self, answered: usize) -> usize {
        let before = self.steps * (answered * answered.saturating_sub(1) / 2) + answered;
        self.start + before
    }
}

impl Layout {
    /// The ranges of cells that each count every response exactly once.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let items = self
            .items
            .iter()
            .map(|item| item.start..item.start + item.points + 2);
        let scales = self
            .scales
            .iter()
            .map(|scale| scale.start..scale.start_of(scale.items + 1));
        items.chain(scales)
    }
}
