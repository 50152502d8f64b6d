//! What the releases say about one scale of one unit, wave by wave.

use release::{IndexValue, Published, Release, Scale, ScaleValue};
use texts::Language;

/// One scale of one unit over all waves.
pub struct History<'a> {
    /// Name of the scale, as the latest wave has it.
    pub scale: &'a str,
    /// Name of the unit, as the latest wave has it.
    pub unit: &'a str,
    /// One for each release, oldest first.
    pub moments: Vec<Moment<'a>>,
}

/// One wave.
pub struct Moment<'a> {
    /// Name of the wave.
    pub wave: &'a str,
    /// What the scale was then; empty when it was not asked for.
    pub fingerprint: &'a str,
    /// Its value.
    pub reading: Reading<'a>,
}

/// What a wave says.
#[derive(Clone, Copy)]
pub enum Reading<'a> {
    /// The wave did not ask for the scale, or not in this unit.
    NotAsked,
    /// Withheld to protect anonymity.
    Withheld,
    /// Shown.
    Shown(&'a ScaleValue),
}

/// A whole index that a line may go through.
#[derive(Clone, Copy)]
pub struct Point {
    /// Place of its wave.
    pub place: usize,
    /// Points from 0 to 100.
    pub index: u8,
    /// Interval around it, where it is published.
    pub interval: Option<[u8; 2]>,
}

impl<'a> History<'a> {
    /// The history, or nothing when no release asked for the scale.
    pub fn of(
        releases: &'a [Release],
        unit: &str,
        scale: &str,
        language: &Language,
    ) -> Option<Self> {
        let latest_scale = releases
            .iter()
            .rev()
            .find_map(|release| scale_of(release, scale))?;
        let latest_unit = releases
            .iter()
            .rev()
            .find_map(|release| release.unit(unit))?;
        let moment = |release: &'a Release| moment(release, unit, scale, language);
        Some(Self {
            scale: language.pick(&latest_scale.name),
            unit: &latest_unit.name,
            moments: releases.iter().map(moment).collect(),
        })
    }

    /// Places and values of the moments that are shown.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = (usize, &'a ScaleValue)> {
        self.moments
            .iter()
            .enumerate()
            .filter_map(|(place, moment)| match moment.reading {
                Reading::Shown(value) => Some((place, value)),
                Reading::NotAsked | Reading::Withheld => None,
            })
    }

    /// Places of the moments that asked for the scale otherwise than the asking moment before.
    pub fn breaks(&self) -> Vec<(usize, usize)> {
        let asked: Vec<usize> = self.asked().collect();
        let differ = |pair: &&[usize]| {
            self.moments[pair[0]].fingerprint != self.moments[pair[1]].fingerprint
        };
        asked
            .windows(2)
            .filter(differ)
            .map(|pair| (pair[0], pair[1]))
            .collect()
    }

    /// Places of the moments that asked for the scale.
    pub fn asked(&self) -> impl DoubleEndedIterator<Item = usize> {
        let asked = |(_, moment): &(usize, &Moment)| !matches!(moment.reading, Reading::NotAsked);
        self.moments
            .iter()
            .enumerate()
            .filter(asked)
            .map(|(place, _)| place)
    }

    /// Runs of points that a line may join: whole indices of the same scale with nothing withheld
    /// between them.
    pub fn runs(&self) -> Vec<Vec<Point>> {
        let mut runs: Vec<Vec<Point>> = Vec::new();
        let mut joins: Option<&str> = None;
        for (place, moment) in self.moments.iter().enumerate() {
            let point = match moment.reading {
                Reading::NotAsked => continue,
                Reading::Withheld => None,
                Reading::Shown(value) => match value.index {
                    IndexValue::Points(index) => Some(Point {
                        place,
                        index,
                        interval: value.interval,
                    }),
                    IndexValue::AtMost10 | IndexValue::AtLeast90 => None,
                },
            };
            let Some(point) = point else {
                joins = None;
                continue;
            };
            match runs.last_mut() {
                Some(run) if joins == Some(moment.fingerprint) => run.push(point),
                Some(_) | None => runs.push(vec![point]),
            }
            joins = Some(moment.fingerprint);
        }
        runs
    }
}

fn moment<'a>(release: &'a Release, unit: &str, scale: &str, language: &Language) -> Moment<'a> {
    let value = release.unit(unit).and_then(|unit| unit.scales.get(scale));
    let asked = scale_of(release, scale);
    let reading = match (asked, value) {
        (Some(_), Some(Published::Shown(value))) => Reading::Shown(value),
        (Some(_), Some(Published::Withheld)) => Reading::Withheld,
        (None, _) | (_, None) => Reading::NotAsked,
    };
    Moment {
        wave: language.pick(&release.wave.name),
        fingerprint: asked.map_or("", |scale| &scale.fingerprint),
        reading,
    }
}

fn scale_of<'a>(release: &'a Release, id: &str) -> Option<&'a Scale> {
    release
        .instrument
        .scales
        .iter()
        .find(|scale| scale.id == id)
}
