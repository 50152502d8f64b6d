//! Small releases to audit.

// Each test binary uses a part.
#![allow(dead_code)]

use release::{
    Instrument, Policy, Published, RELEASE_FORMAT, Release, Responses, UnitResult, Wave,
};

/// A unit with the number of responses where it is shown.
pub struct Unit {
    pub id: String,
    pub parent: Option<String>,
    pub responses: Option<u32>,
}

/// Units as `id<parent:responses`; no parent for the root, no number where it is withheld.
pub fn release(units: &[&str]) -> Release {
    release_of(units.iter().map(|unit| parsed(unit)).collect())
}

/// A release of units without scales or items.
pub fn release_of(units: Vec<Unit>) -> Release {
    Release {
        format: RELEASE_FORMAT.to_owned(),
        software: String::new(),
        wave: Wave {
            id: "2026H1".to_owned(),
            name: [].into(),
            employer: [].into(),
            opens: String::new(),
            closes: String::new(),
        },
        edition: String::new(),
        wave_file: String::new(),
        policy: Policy {
            threshold: 5,
            interval: 10,
            distribution: 20,
            verdict: 50,
            relevance: 5,
            low_participation: 60,
            participation_drop: 10,
        },
        instrument: Instrument {
            id: String::new(),
            title: [].into(),
            status: String::new(),
            license: String::new(),
            languages: Vec::new(),
            anchors: [].into(),
            items: Vec::new(),
            scales: Vec::new(),
            themes: Vec::new(),
        },
        units: units.into_iter().map(result).collect(),
        quality: [].into(),
        earlier: Vec::new(),
        evidence: Vec::new(),
    }
}

fn parsed(unit: &str) -> Unit {
    let (names, n) = unit
        .split_once(':')
        .expect("a unit is `id<parent:responses`");
    let (id, parent) = names
        .split_once('<')
        .map_or((names, None), |(id, up)| (id, Some(up)));
    Unit {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        responses: n.parse().ok(),
    }
}

fn result(unit: Unit) -> UnitResult {
    UnitResult {
        name: unit.id.clone(),
        id: unit.id,
        parent: unit.parent,
        responses: unit.responses.map_or(Published::Withheld, |n| {
            Published::Shown(Responses {
                n,
                participation: Published::Withheld,
            })
        }),
        scales: [].into(),
        items: [].into(),
        verdicts: [].into(),
    }
}
