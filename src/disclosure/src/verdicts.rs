//! Verdicts on change and trend, from releases alone: whoever has the files can check them.
//!
//! A change is tested by Welch's test on the published means and standard deviations, without
//! finite-population correction: the question is whether something moved, not what those who were
//! there on two days thought. The false-discovery rate is held over every scale and unit that shows
//! these numbers in both waves, all units together (Benjamini and Hochberg 1995); trends the same
//! way over theirs. A change is called one from q < 0.05 and the wave's relevance in points.

use crate::closed::Earlier;
use release::{Change, Kind, Release, Scale, ScaleValue, Trend, TrendVerdict, UnitResult, Verdict};
use stats::{Moments, benjamini_hochberg, trend, welch};
use std::collections::BTreeMap;

/// Under this participation, in percent, those who did not answer could turn any verdict.
pub(crate) const LOW_PARTICIPATION: u8 = 60;
/// After a fall of more percentage points, other people may have answered.
pub(crate) const PARTICIPATION_DROP: u8 = 10;
/// No more than one in twenty of what is called certain is chance.
const FALSE_DISCOVERIES: f64 = 0.05;
/// A line is rejected when its waves scatter around it as they would by chance once in twenty.
const LINEARITY: f64 = 0.05;
/// Fewest waves that a trend is judged on; three draw a line without a verdict.
const TREND_WAVES: usize = 4;

/// The verdicts of each unit of `release`, in its order, by scale; `earlier` is oldest first. The
/// verdicts that `release` holds already are not looked at, those of earlier releases are.
pub fn verdicts(release: &Release, earlier: &[Earlier]) -> Vec<BTreeMap<String, Verdict>> {
    let earlier: Vec<Known<'_>> = earlier.iter().map(Known::of).collect();
    let cells: Vec<Cell<'_>> = release
        .units
        .iter()
        .enumerate()
        .flat_map(|(idx, unit)| {
            let scales = release.instrument.scales.iter();
            scales.map({
                let earlier = &earlier;
                move |scale| Cell::of(release, earlier, idx, unit, scale)
            })
        })
        .filter(|cell| !cell.is_repeat())
        .collect();
    let changes = changes(release, &cells);
    let trends = trends(&cells, &changes);
    let mut verdicts = vec![BTreeMap::new(); release.units.len()];
    for ((cell, change), trend) in cells.iter().zip(changes).zip(trends) {
        let before = cell.before.filter(|_| change != Change::Protected);
        let verdict = Verdict {
            change,
            since: before.map(|past| past.release.wave.id.clone()),
            from: before.and_then(|past| Some(past.value?.index)),
            trend,
        };
        verdicts[cell.idx].insert(cell.scale.id.clone(), verdict);
    }
    verdicts
}

/// One scale in one unit, with its past.
struct Cell<'a> {
    /// Place of the unit in the release.
    idx: usize,
    scale: &'a Scale,
    now: Past<'a>,
    /// The last wave in which a scale of this id was asked of this unit.
    before: Option<Past<'a>>,
    /// This wave and those before it, back to the last change of the scale, newest first.
    line: Vec<Past<'a>>,
}

/// An earlier release with its units by id: each is asked for once a scale.
struct Known<'a> {
    release: &'a Release,
    units: BTreeMap<&'a str, &'a UnitResult>,
}

impl<'a> Known<'a> {
    fn of(earlier: &'a Earlier) -> Self {
        let release = &earlier.release;
        let units = release.units.iter().map(|unit| (unit.id.as_str(), unit));
        Self {
            release,
            units: units.collect(),
        }
    }
}

/// A line through some waves.
struct Fit {
    waves: usize,
    line: stats::Trend,
}

/// One scale in one unit in one wave.
#[derive(Clone, Copy)]
struct Past<'a> {
    /// Place of the wave among all that are known.
    t: usize,
    release: &'a Release,
    unit: &'a UnitResult,
    fingerprint: &'a str,
    value: Option<&'a ScaleValue>,
}

impl<'a> Past<'a> {
    fn find(t: usize, earlier: &Known<'a>, unit: &str, scale: &str) -> Option<Self> {
        let unit = *earlier.units.get(unit)?;
        let scales = &earlier.release.instrument.scales;
        let scale = scales.iter().find(|known| known.id == scale)?;
        Some(Self {
            t,
            release: earlier.release,
            unit,
            fingerprint: &scale.fingerprint,
            value: unit.scales.get(&scale.id)?.shown(),
        })
    }

    /// Mean and standard deviation as published, where they are.
    fn moments(&self) -> Option<Moments> {
        published_moments(self.value?)
    }

    /// Responses and staff, where they are published.
    fn participation(&self) -> Option<(u64, u64)> {
        let responses = self.unit.responses.shown()?;
        let staff = responses.participation.shown()?.headcount;
        Some((u64::from(responses.n), u64::from(staff)))
    }

    fn has_low_participation(&self) -> bool {
        self.participation()
            .is_some_and(|(n, staff)| 100 * n < u64::from(LOW_PARTICIPATION) * staff)
    }
}

impl<'a> Cell<'a> {
    fn of(
        release: &'a Release,
        earlier: &[Known<'a>],
        idx: usize,
        unit: &'a UnitResult,
        scale: &'a Scale,
    ) -> Self {
        let past = earlier.iter().enumerate().rev();
        let past: Vec<Past<'_>> = past
            .filter_map(|(t, earlier)| Past::find(t, earlier, &unit.id, &scale.id))
            .collect();
        let now = Past {
            t: earlier.len(),
            release,
            unit,
            fingerprint: &scale.fingerprint,
            value: unit.scales.get(&scale.id).and_then(|value| value.shown()),
        };
        let same = past
            .iter()
            .take_while(|past| past.fingerprint == scale.fingerprint);
        Self {
            idx,
            scale,
            now,
            before: past.first().copied(),
            line: std::iter::once(now).chain(same.copied()).collect(),
        }
    }

    /// Whether this is a short scale in two waves that both asked the longer ones with its items: the
    /// same answers would be judged twice.
    fn is_repeat(&self) -> bool {
        let has_longer = |release: &Release| {
            let longer: Vec<&Scale> = release
                .instrument
                .scales
                .iter()
                .filter(|scale| matches!(scale.kind, Kind::Reflective | Kind::Formative))
                .collect();
            let is_in_longer =
                |item: &String| longer.iter().any(|scale| scale.items.contains(item));
            self.scale.items.iter().all(is_in_longer)
        };
        self.scale.kind == Kind::Short
            && has_longer(self.now.release)
            && self.before.is_none_or(|before| has_longer(before.release))
    }

    /// What can be said before any test: the first of these that applies.
    fn untested(&self) -> Option<Change> {
        let Some(before) = &self.before else {
            return Some(match self.now.value {
                None => Change::Protected,
                Some(_) => Change::First,
            });
        };
        let applies = [
            (self.now.value.is_none(), Change::Protected),
            (before.fingerprint != self.now.fingerprint, Change::Edition),
            (
                self.now.has_low_participation() || before.has_low_participation(),
                Change::CautionLow,
            ),
            (dropped(before, &self.now), Change::CautionDrop),
            (
                self.now.moments().is_none() || before.moments().is_none(),
                Change::FewVerdict,
            ),
        ];
        applies
            .into_iter()
            .find(|(applies, _)| *applies)
            .map(|(_, change)| change)
    }

    /// Welch's test, where both waves show the moments of the same scale: difference and p.
    fn test(&self) -> Option<(f64, f64)> {
        let before = self.before.as_ref()?;
        if before.fingerprint != self.now.fingerprint {
            return None;
        }
        let change = welch(&before.moments()?, &self.now.moments()?).ok()?;
        Some((change.difference, change.p))
    }

    /// The line through the waves that may be trusted, with its p.
    fn fit(&self) -> Option<Fit> {
        let points: Vec<(f64, Moments)> = self
            .line
            .iter()
            .rev()
            .filter(|past| !past.has_low_participation())
            .filter_map(|past| Some((place(past.t), past.moments()?)))
            .collect();
        if points.len() < TREND_WAVES {
            return None;
        }
        let waves = points.len();
        trend(&points).ok().map(|line| Fit { waves, line })
    }

    /// The one change on the line that is itself a rise or a fall: between which waves.
    fn step(&self, change: Change) -> Option<[String; 2]> {
        let is_step = |change: Change| matches!(change, Change::Rise | Change::Fall);
        let verdict = |past: &Past<'_>| {
            let verdict = past.unit.verdicts.get(&self.scale.id)?;
            let since = verdict.since.clone().filter(|_| is_step(verdict.change))?;
            Some([since, past.release.wave.id.clone()])
        };
        let now = self.before.filter(|_| is_step(change)).map(|before| {
            let wave = |past: &Past<'_>| past.release.wave.id.clone();
            [wave(&before), wave(&self.now)]
        });
        // The oldest wave's verdict is about what was before the line.
        let past = self.line[1..].iter().rev().skip(1).filter_map(verdict);
        let steps: Vec<[String; 2]> = past.chain(now).collect();
        <[_; 1]>::try_from(steps).ok().map(|[step]| step)
    }
}

/// Whether participation fell by more than is taken for the same people.
fn dropped(before: &Past<'_>, now: &Past<'_>) -> bool {
    match (before.participation(), now.participation()) {
        (Some((n0, staff0)), Some((n1, staff1))) => {
            // n0/staff0 − n1/staff1 > drop/100, without dividing.
            let fall = 100 * (i128::from(n0 * staff1) - i128::from(n1 * staff0));
            fall > i128::from(PARTICIPATION_DROP) * i128::from(staff0 * staff1)
        }
        _ => false,
    }
}

fn changes(release: &Release, cells: &[Cell<'_>]) -> Vec<Change> {
    let tests: Vec<Option<(f64, f64)>> = cells.iter().map(Cell::test).collect();
    let q = qs(&tests
        .iter()
        .map(|test| test.map(|(_, p)| p))
        .collect::<Vec<_>>());
    let relevance = f64::from(release.policy.relevance);
    let called = |(difference, q): (f64, f64)| {
        if q >= FALSE_DISCOVERIES {
            Change::None
        } else if difference.abs() < relevance {
            Change::Small
        } else if difference > 0.0 {
            Change::Rise
        } else {
            Change::Fall
        }
    };
    let tested = tests
        .iter()
        .zip(q)
        .map(|(test, q)| Some((test.as_ref()?.0, q?)));
    cells
        .iter()
        .zip(tested)
        // Without any spread on both sides there is no test: no change is claimed.
        .map(|(cell, tested)| {
            cell.untested()
                .unwrap_or(tested.map_or(Change::None, called))
        })
        .collect()
}

fn trends(cells: &[Cell<'_>], changes: &[Change]) -> Vec<Option<Trend>> {
    let fits: Vec<Option<Fit>> = cells.iter().map(Cell::fit).collect();
    let p = |fit: &Option<Fit>| fit.as_ref().map(|fit| fit.line.p);
    let q = qs(&fits.iter().map(p).collect::<Vec<_>>());
    let cells = cells.iter().zip(changes);
    cells
        .zip(fits.iter().zip(q))
        .map(|((cell, change), (fit, q))| {
            // What is under caution, or cannot be judged, has no direction either.
            let judged = [Change::Rise, Change::Fall, Change::Small, Change::None].contains(change);
            judged.then(|| Some(judge(cell, *change, fit.as_ref()?, q?)))?
        })
        .collect()
}

fn judge(cell: &Cell<'_>, change: Change, fit: &Fit, q: f64) -> Trend {
    let line = &fit.line;
    let is_line = line.q_p >= LINEARITY;
    let step = if is_line { None } else { cell.step(change) };
    let verdict = match (is_line, &step) {
        (true, _) if q < FALSE_DISCOVERIES && line.slope > 0.0 => TrendVerdict::TrendUp,
        (true, _) if q < FALSE_DISCOVERIES => TrendVerdict::TrendDown,
        (true, _) | (false, None) => TrendVerdict::TrendNone,
        (false, Some(_)) => TrendVerdict::Step,
    };
    Trend {
        verdict,
        waves: u16::try_from(fit.waves).unwrap_or(u16::MAX),
        slope: is_line.then(|| crate::publish::hundredths(line.slope)),
        step,
    }
}

/// Benjamini–Hochberg over those that were tested.
fn qs(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let tested: Vec<f64> = p.iter().flatten().copied().collect();
    // A p value is always between 0 and 1.
    let q = benjamini_hochberg(&tested).unwrap_or_default();
    let mut q = q.into_iter();
    p.iter().map(|p| p.and_then(|_| q.next())).collect()
}

/// Mean and standard deviation of a scale as its release shows them.
pub(crate) fn published_moments(value: &ScaleValue) -> Option<Moments> {
    let moments = value.moments?;
    let of = |hundredths: u16| f64::from(hundredths) / 100.0;
    Moments::from_summary(u64::from(value.n), of(moments.mean), of(moments.sd)).ok()
}

fn place(t: usize) -> f64 {
    f64::from(u32::try_from(t).unwrap_or(u32::MAX))
}
