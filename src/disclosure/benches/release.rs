//! How long a release takes: the core survey of 24 items in 11 scales, trees four levels deep with
//! 3 to 60 answers a leaf.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use disclosure::{Closed, release};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use survey::{Answer, Edition, Response};
use tally::{Layout, Tally, Threshold, Unit, UnitTree};

const SURVEY: &str = include_str!("../../../surveys/trust-climate.toml");

/// A wave that is ready to be released.
struct Wave {
    edition: Edition,
    units: UnitTree,
    tallies: BTreeMap<String, Tally>,
    hidden: BTreeSet<String>,
}

/// Numbers that look random and are the same every time (Numerical Recipes' congruence).
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % end
    }
}

impl Wave {
    fn new(n_units: usize) -> Self {
        let edition = survey::parse(SURVEY).expect("the core survey passes the check");
        let mut numbers = Numbers(2013);
        let units = tree(n_units);
        let layout = Layout::new(&edition);
        let leaves = (0..units.units().len()).filter(|unit| units.is_leaf(*unit));
        let tallies = leaves
            .map(|leaf| {
                let unit = &units.units()[leaf];
                let staff = unit.headcount.expect("leaves have staff");
                let n = staff * (60 + numbers.below(30)) / 100;
                (unit.id.clone(), tally(&edition, &layout, n, &mut numbers))
            })
            .collect();
        Self {
            edition,
            units,
            tallies,
            hidden: BTreeSet::new(),
        }
    }

    fn release(&self) -> release::Release {
        let closed = Closed {
            edition: &self.edition,
            wave: release::Wave {
                id: "w".to_owned(),
                name: BTreeMap::new(),
                employer: BTreeMap::new(),
                opens: "2026-01-01".to_owned(),
                closes: "2026-01-31".to_owned(),
            },
            wave_file: "0",
            units: &self.units,
            threshold: Threshold::FLOOR,
            relevance: tally::Relevance::FLOOR,
            tallies: &self.tallies,
            products: None,
            hidden: &self.hidden,
            earlier: &[],
        };
        release(&closed).expect("tallies of the tree")
    }
}

/// A root, directorates, areas and teams, each with about as many below.
fn tree(n_units: usize) -> UnitTree {
    let mut numbers = Numbers(6);
    let fan = (1..).find(|fan| fan + fan * fan + fan * fan * fan >= n_units - 1);
    let fan = fan.expect("some number is large enough");
    let inner = 1 + fan + fan * fan;
    let unit = |idx: usize| Unit {
        id: format!("u{idx:05}"),
        name: format!("Unit {idx}"),
        parent: (idx > 0).then(|| format!("u{:05}", (idx - 1) / fan)),
        headcount: None,
    };
    let mut units: Vec<Unit> = (0..n_units.max(inner + 1)).map(unit).collect();
    let is_parent: BTreeSet<String> = units.iter().filter_map(|u| u.parent.clone()).collect();
    for unit in units
        .iter_mut()
        .filter(|unit| !is_parent.contains(&unit.id))
    {
        unit.headcount = Some(4 + numbers.below(82));
    }
    UnitTree::new(units).expect("a tree")
}

/// Answers mostly agree; one in thirty is *not applicable*.
fn tally(edition: &Edition, layout: &Layout, n: u32, numbers: &mut Numbers) -> Tally {
    let survey = edition.survey();
    let mut tally = Tally::zero(layout);
    for _ in 0..n {
        let lean = numbers.below(3);
        let answers = (0..survey.items.len()).map(|_| match numbers.below(30) {
            0 => Answer::NotApplicable,
            roll => Answer::Point(1 + u8::try_from((lean + roll % 5) * 2 / 3).expect("small")),
        });
        let response = Response::new(survey, answers.collect()).expect("answers to all items");
        tally.record(layout, survey, &response).expect("it fits");
    }
    tally
}

fn releases(c: &mut Criterion) {
    let mut group = c.benchmark_group("release");
    group.sample_size(10);
    let mut once = Vec::new();
    for n_units in [40, 100, 500, 1_000, 10_000] {
        let wave = Wave::new(n_units);
        let start = Instant::now();
        let found = wave.release();
        once.push((found.units.len(), start.elapsed()));
        group.bench_with_input(BenchmarkId::from_parameter(n_units), &wave, |b, wave| {
            b.iter(|| wave.release());
        });
    }
    group.finish();
    for pair in once.windows(2) {
        let [(few, short), (many, long)] = [pair[0], pair[1]];
        eprintln!("{few} units {short:.1?} → {many} units {long:.1?}");
    }
}

criterion_group!(benches, releases);
criterion_main!(benches);
