//! What the last release showed: among patterns that are equally good, those units are preferred, so
//! that lines do not come and go.

use crate::closed::Closed;
use crate::level::Level;
use release::{Release, ScaleValue, UnitResult};
use survey::ScaleIdx;

/// The last release, by the units of this wave: those with the same id.
pub(crate) struct Before<'a> {
    release: Option<&'a Release>,
    units: Vec<Option<&'a UnitResult>>,
}

impl<'a> Before<'a> {
    pub fn new(closed: &Closed<'a>) -> Self {
        let release = closed.earlier.last().map(|earlier| &earlier.release);
        let mut units = vec![None; closed.units.units().len()];
        for unit in release.into_iter().flat_map(|release| &release.units) {
            if let Some(idx) = closed.units.idx(&unit.id) {
                units[idx] = Some(unit);
            }
        }
        Self { release, units }
    }

    pub fn responses(&self) -> Vec<bool> {
        self.units_where(|unit| unit.responses.shown().is_some())
    }

    pub fn participation(&self) -> Vec<bool> {
        self.units_where(|unit| {
            let responses = unit.responses.shown();
            responses.is_some_and(|shown| shown.participation.shown().is_some())
        })
    }

    /// The units that showed any of `scales` at `level`. A scale is the same where its fingerprint is:
    /// no line joins another.
    pub fn scales(&self, closed: &Closed<'_>, scales: &[ScaleIdx], level: Level) -> Vec<bool> {
        let Some(release) = self.release else {
            return vec![false; self.units.len()];
        };
        let is_same = |scale: &&ScaleIdx| {
            let definition = &closed.edition.survey().scales[**scale];
            let print = closed.edition.fingerprint(definition);
            let mut earlier = release.instrument.scales.iter();
            earlier.any(|scale| scale.id == definition.id && scale.fingerprint == print)
        };
        let ids: Vec<&String> = scales
            .iter()
            .filter(is_same)
            .map(|scale| &closed.edition.survey().scales[*scale].id)
            .collect();
        self.units_where(|unit| {
            let values = ids.iter().filter_map(|id| unit.scales.get(*id)?.shown());
            values.map(level_of).any(|shown| shown >= level)
        })
    }

    fn units_where(&self, shows: impl Fn(&UnitResult) -> bool) -> Vec<bool> {
        let units = self.units.iter();
        units.map(|unit| unit.is_some_and(&shows)).collect()
    }
}

/// The level at which a value is shown.
fn level_of(value: &ScaleValue) -> Level {
    match (value.moments, value.sd, value.interval) {
        (Some(_), _, _) => Level::Verdict,
        (None, Some(_), _) => Level::Distribution,
        (None, None, Some(_)) => Level::Interval,
        (None, None, None) => Level::Index,
    }
}
