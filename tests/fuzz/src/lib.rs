//! What must hold of any input, as functions of bytes: fuzz targets call them with what libFuzzer finds,
//! and `cargo test` with what proptest makes up (`src/disclosure/tests/properties.rs`).

pub mod attacker;
pub mod room;
pub mod world;

use self::world::{Bytes, World};
use release::Release;
use survey::{Answer, Response};
use tally::Layout;

/// No group that is too small follows from a release, no single histogram, and nothing that hangs
/// together is torn apart; a second wave that remembers the first is as safe.
pub fn release_hides_small_groups(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let mut world = World::new(&mut bytes);
    let first = world.release();
    for round in 0..2 {
        let release = world.release();
        attacker::attack(&world, &release);
        attacker::together(&release);
        let objections = audit::blocks(&release);
        assert!(objections.is_empty(), "{objections:?}");
        if round == 0 {
            world.earlier = vec![disclosure::Earlier {
                sha256: String::new(),
                release: first.clone(),
            }];
        }
    }
}

/// Two releases of one wave, the second with late answers: the numbers of responses tell apart exactly the
/// increments that the audit must object to.
pub fn differencing_releases(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let before = World::new(&mut bytes);
    let mut after = before.clone();
    for rows in &mut after.rows {
        if let Some(row) = rows.first().cloned() {
            let late = if bytes.below(3) == 0 {
                bytes.below(12)
            } else {
                0
            };
            rows.extend(std::iter::repeat_n(row, late));
        }
    }
    let (first, second) = (before.release(), after.release());
    let fewest = i64::from(before.threshold.answers());
    let small = small_increments(&first, &second, fewest);
    // Whoever is shown in both has grown by what was added below.
    for unit in 0..before.rows.len() {
        let id = &before.tree.units()[unit].id;
        let n = |release: &Release| Some(release.unit(id)?.responses.shown()?.n);
        let (Some(n1), Some(n2)) = (n(&first), n(&second)) else {
            continue;
        };
        let increment = i64::from(n2) - i64::from(n1);
        let is_below = |leaf: usize| {
            std::iter::successors(Some(leaf), |at| before.tree.parent(*at)).any(|at| at == unit)
        };
        let leaves = (0..before.rows.len()).filter(|leaf| is_below(*leaf));
        let added: usize = leaves
            .map(|leaf| after.rows[leaf].len() - before.rows[leaf].len())
            .sum();
        assert_eq!(increment, i64::try_from(added).expect("small"));
        assert_eq!(small.contains(id), (1..fewest).contains(&increment), "{id}");
    }
}

/// Units whose number of responses grew by a few. The audit of several releases takes this place: it must
/// object if, and only if, there is one such unit, or one such block.
pub fn small_increments(first: &Release, second: &Release, fewest: i64) -> Vec<String> {
    let grew = |unit: &&release::UnitResult| {
        let n1 = unit.responses.shown().map(|shown| i64::from(shown.n));
        let later = second
            .unit(&unit.id)
            .and_then(|unit| unit.responses.shown());
        let n2 = later.map(|shown| i64::from(shown.n));
        n1.zip(n2)
            .is_some_and(|(n1, n2)| (1..fewest).contains(&(n2 - n1)))
    };
    first
        .units
        .iter()
        .filter(grew)
        .map(|unit| unit.id.clone())
        .collect()
}

/// Whatever arrives is read or refused.
pub fn parse_never_panics(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _edition = survey::parse(text);
    }
    let _release = Release::from_json(bytes);
    let _index = release::Index::from_json(bytes);
    let _wave = wire::WaveFile::from_json(bytes);
    let _hand_in = wire::HandIn::from_json(bytes);
    let layout = Layout::new(&world::edition(5));
    let _tally = tally::Tally::from_bytes(&layout, bytes);
    let _device = wire::DeviceTally::from_bytes(&layout, bytes);
}

/// The order in which counts are merged cannot be seen.
pub fn merge_commutes(bytes: &[u8]) {
    let world = World::new(&mut Bytes(bytes));
    let tallies = world
        .rows
        .iter()
        .map(|rows| world::tally(&world.edition, rows));
    let tallies: Vec<tally::Tally> = tallies.collect();
    let zero = tally::Tally::zero(&Layout::new(&world.edition));
    let merge = |mut sum: tally::Tally, more: &tally::Tally| {
        sum.merge(more).expect("one edition, few answers");
        sum
    };
    let forward = tallies.iter().fold(zero.clone(), merge);
    let backward = tallies.iter().rev().fold(zero.clone(), merge);
    let (left, right) = tallies.split_at(tallies.len() / 2);
    let halves = merge(
        right.iter().fold(zero.clone(), merge),
        &left.iter().fold(zero, merge),
    );
    assert_eq!(forward, backward);
    assert_eq!(forward, halves);
}

/// Who answers one item a point higher has no lower a score, and a lower one if it is reversed.
pub fn score_is_monotone(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let points = 2 + bytes.below(10);
    let edition = world::edition(points);
    let survey = edition.survey();
    let answers: Vec<Answer> = (0..survey.items.len())
        .map(|_| match bytes.below(points + 2) {
            0 => Answer::Blank,
            1 => Answer::NotApplicable,
            point => Answer::Point(u8::try_from(point - 1).expect("few points")),
        })
        .collect();
    let sum = |answers: &[Answer], scale: &survey::Scale| {
        let response = Response::new(survey, answers.to_vec()).expect("answers to all items");
        survey::score(survey, scale, &response).sum
    };
    for item in 0..answers.len() {
        let Answer::Point(point) = answers[item] else {
            continue;
        };
        if usize::from(point) == points {
            continue;
        }
        let mut higher = answers.clone();
        higher[item] = Answer::Point(point + 1);
        for scale in &survey.scales {
            let (low, high) = (sum(&answers, scale), sum(&higher, scale));
            if !scale.items.contains(&survey.items[item].id) {
                assert_eq!(low, high);
            } else if survey.items[item].reversed {
                assert_eq!(low, high + 1);
            } else {
                assert_eq!(low + 1, high);
            }
        }
    }
}
