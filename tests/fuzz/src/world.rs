//! Waves out of bytes: a tree of units, everybody's answers, units that asked to stay hidden, and the
//! release made of them.

use disclosure::{Closed, Earlier, release};
use release::Release;
use std::collections::{BTreeMap, BTreeSet};
use survey::{Answer, Edition, Response};
use tally::{Layout, Tally, Threshold, Unit, UnitTree};

/// Bytes read one by one; after the last come zeros.
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    /// The next byte.
    pub fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// A number under `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.next()) % end.max(1)
    }
}

/// One wave, with all that nobody may learn.
#[derive(Clone)]
pub struct World {
    /// What was asked.
    pub edition: Edition,
    /// The units.
    pub tree: UnitTree,
    /// The answers of everybody, by unit: one row a person.
    pub rows: Vec<Vec<Vec<Answer>>>,
    /// Ids of units that asked to stay hidden.
    pub hidden: BTreeSet<String>,
    /// The policy.
    pub threshold: Threshold,
    /// What was released before.
    pub earlier: Vec<Earlier>,
}

/// Two scales that share an item, one of a single item, one of three, and two composites; items of
/// `points` points.
pub fn edition(points: usize) -> Edition {
    let labels: Vec<String> = (1..=points)
        .map(|p| format!("{{ en = \"{p}\" }}"))
        .collect();
    let text = include_str!("small.toml").replace("POINTS", &labels.join(", "));
    survey::parse(&text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

impl World {
    /// The wave that `bytes` describe: up to 14 units, or up to 60; some leaves without known staff; answers
    /// that lean to one point, more in some waves than in others.
    pub fn new(bytes: &mut Bytes<'_>) -> Self {
        let points = [5, 5, 5, 5, 4, 2, 3, 7, 11, 5][bytes.below(10)];
        let edition = edition(points);
        let n_units = if bytes.below(4) == 0 {
            2 + bytes.below(59)
        } else {
            2 + bytes.below(13)
        };
        let flat = bytes.below(3);
        let most = [8, 12, 26, 60][bytes.below(4)];
        let (lean, at) = (bytes.below(4), 1 + bytes.below(points));
        let parents: Vec<Option<usize>> = (0..n_units)
            .map(|unit| match (unit, flat) {
                (0, _) => None,
                (unit, 0) => Some(bytes.below(unit)),
                (unit, _) => Some(bytes.below(unit.min(4))),
            })
            .collect();
        let is_leaf = |unit: usize| !parents.contains(&Some(unit));
        let mut noise = Noise(u64::from(bytes.next()) << 8 | u64::from(bytes.next()));
        let n_items = edition.survey().items.len();
        let rows: Vec<Vec<Vec<Answer>>> = (0..n_units)
            .map(|unit| {
                let n = if is_leaf(unit) { bytes.below(most) } else { 0 };
                let row = |_| {
                    (0..n_items)
                        .map(|_| noise.answer(points, lean, at))
                        .collect()
                };
                (0..n).map(row).collect()
            })
            .collect();
        let tree = tree(&parents, &rows, bytes);
        let some = bytes.below(4) == 0;
        let hidden = (0..n_units)
            .filter(|_| some && bytes.below(6) == 0)
            .map(|unit| format!("u{unit}"))
            .collect();
        let threshold = Threshold::new(5 + u32::try_from(bytes.below(4)).expect("small"));
        Self {
            edition,
            tree,
            rows,
            hidden,
            threshold: threshold.expect("at least the floor"),
            earlier: Vec::new(),
        }
    }

    /// What everybody gets, through its file.
    pub fn release(&self) -> Release {
        let tallies: BTreeMap<String, Tally> = (0..self.rows.len())
            .filter(|unit| self.tree.is_leaf(*unit))
            .map(|unit| (self.tree.units()[unit].id.clone(), self.tally(unit)))
            .collect();
        let made = release(&Closed {
            edition: &self.edition,
            wave: release::Wave {
                id: "w".to_owned(),
                name: BTreeMap::new(),
                employer: BTreeMap::new(),
                opens: "2026-01-01".to_owned(),
                closes: "2026-01-31".to_owned(),
            },
            wave_file: "0",
            units: &self.tree,
            threshold: self.threshold,
            relevance: tally::Relevance::FLOOR,
            tallies: &tallies,
            products: None,
            hidden: &self.hidden,
            earlier: &self.earlier,
        });
        let bytes = made.expect("tallies of the tree").to_json();
        Release::from_json(&bytes).expect("what was written can be read")
    }

    fn tally(&self, unit: usize) -> Tally {
        tally(&self.edition, &self.rows[unit])
    }
}

/// The tally of some rows.
pub fn tally(edition: &Edition, rows: &[Vec<Answer>]) -> Tally {
    let layout = Layout::new(edition);
    let mut tally = Tally::zero(&layout);
    for row in rows {
        let response = Response::new(edition.survey(), row.clone()).expect("answers to all items");
        let recorded = tally.record(&layout, edition.survey(), &response);
        recorded.expect("it fits");
    }
    tally
}

/// Leaves have as many staff as answered or some more; few, by mistake, have fewer; some are not counted.
fn tree(parents: &[Option<usize>], rows: &[Vec<Vec<Answer>>], bytes: &mut Bytes<'_>) -> UnitTree {
    let all_counted = bytes.below(2) == 0;
    let unit = |(unit, parent): (usize, &Option<usize>)| {
        let is_leaf = !parents.contains(&Some(unit));
        let staff = match bytes.below(12) {
            0 if !all_counted => None,
            1 => Some(rows[unit].len().saturating_sub(1)),
            more => Some(rows[unit].len() + more % 5),
        };
        Unit {
            id: format!("u{unit}"),
            name: format!("u{unit}"),
            parent: parent.map(|parent| format!("u{parent}")),
            headcount: staff
                .filter(|_| is_leaf)
                .map(|staff| u32::try_from(staff).expect("small")),
        }
    };
    UnitTree::new(parents.iter().enumerate().map(unit).collect()).expect("a tree")
}

/// Numbers out of a seed, so that few bytes make many answers (xorshift).
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.max(1) ^ self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    /// Mostly any point; with more `lean` more often the point `at` or its neighbour.
    fn answer(&mut self, points: usize, lean: usize, at: usize) -> Answer {
        let point = match self.below(24) {
            0 => return Answer::NotApplicable,
            1 => return Answer::Blank,
            roll if roll < 6 * lean + 4 => (at + usize::from(roll % 4 == 0)).min(points),
            _ => 1 + self.below(points),
        };
        Answer::Point(u8::try_from(point).expect("few points"))
    }
}
