//! Six waves of an invented organisation, counted and released: the same bytes everywhere.

use disclosure::{Closed, Earlier};
use std::collections::{BTreeMap, BTreeSet};
use survey::{Answer, Edition, Response};
use tally::{CrossProducts, Layout, Relevance, Tally, Threshold, Unit, UnitTree};

const WAVES: u32 = 6;
const TEAMS: u32 = 12;

/// The hashes of all releases, a line each.
pub fn hashes() -> Vec<String> {
    let edition = survey::parse(include_str!("../../../surveys/trust-climate.toml"))
        .expect("a survey without problems");
    let mut earlier: Vec<Earlier> = Vec::new();
    for wave in 0..WAVES {
        let release = release(&edition, wave, &earlier);
        let sha256 = release::sha256_hex(&release.to_json());
        earlier.push(Earlier { sha256, release });
    }
    let line =
        |earlier: &Earlier| format!("release\t{}\t{}", earlier.release.wave.id, earlier.sha256);
    earlier.iter().map(line).collect()
}

fn release(edition: &Edition, wave: u32, earlier: &[Earlier]) -> release::Release {
    let layout = Layout::new(edition);
    let mut chance = Chance(u64::from(wave) + 1);
    let mut tallies = BTreeMap::new();
    let mut products = CrossProducts::zero(edition);
    for team in 0..TEAMS {
        let mut tally = Tally::zero(&layout);
        // From three to ninety answers: every level of detail, and teams too small for any.
        for _ in 0..3 + team * team * 2 / 3 {
            let response = response(edition, wave, &mut chance);
            products.record(edition.survey(), &response);
            let recorded = tally.record(&layout, edition.survey(), &response);
            recorded.expect("a response of the same edition");
        }
        tallies.insert(format!("T{team}"), tally);
    }
    let closed = Closed {
        edition,
        wave: release::Wave {
            id: format!("w{wave}"),
            name: BTreeMap::new(),
            employer: BTreeMap::new(),
            opens: "2026-01-01".to_owned(),
            closes: "2026-01-31".to_owned(),
        },
        wave_file: "0",
        units: &units(),
        threshold: Threshold::FLOOR,
        relevance: Relevance::FLOOR,
        tallies: &tallies,
        products: Some(&products),
        hidden: &BTreeSet::new(),
        earlier,
    };
    disclosure::release(&closed).expect("tallies of the tree")
}

fn response(edition: &Edition, wave: u32, chance: &mut Chance) -> Response {
    let survey = edition.survey();
    // One mood a person, so that scales hang together; it rises from wave to wave.
    let mood = chance.below(3);
    let answer = |_| match chance.below(20) {
        0 => Answer::Blank,
        1 => Answer::NotApplicable,
        _ => {
            let point = 1 + mood + chance.below(2) + u32::from(chance.below(6) < wave);
            Answer::Point(u8::try_from(point.min(5)).expect("a point"))
        }
    };
    let answers = (0..survey.items.len()).map(answer).collect();
    Response::new(survey, answers).expect("answers to every item")
}

fn units() -> UnitTree {
    let unit = |id: String, parent: Option<&str>, headcount| Unit {
        name: id.clone(),
        id,
        parent: parent.map(str::to_owned),
        headcount,
    };
    let mut units = vec![unit("ALL".to_owned(), None, None)];
    units.extend(["D0", "D1", "D2"].map(|id| unit(id.to_owned(), Some("ALL"), None)));
    for team in 0..TEAMS {
        let staff = 6 + team * team;
        units.push(unit(
            format!("T{team}"),
            Some(["D0", "D1", "D2"][team as usize % 3]),
            Some(staff),
        ));
    }
    UnitTree::new(units).expect("a tree")
}

/// A generator of our own, since the same numbers are wanted everywhere (Steele, Lea and Flood 2014,
/// *Fast splittable pseudorandom number generators*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        u32::try_from(z % u64::from(end)).expect("less than the end")
    }
}
