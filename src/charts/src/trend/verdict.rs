//! The verdict of the latest wave in words. Which verdict it is was decided when the wave was
//! released; here it only gets its sentence.

use super::history::History;
use crate::chart::index_text;
use release::{Change, Participation, Release, Trend, TrendVerdict, UnitResult, Verdict};
use texts::Language;

/// What is said of change and of the movement over the waves; nothing for what is not shown.
pub fn sentences(
    history: &History,
    releases: &[Release],
    unit: &str,
    scale: &str,
    language: &Language,
) -> Vec<String> {
    let told = history.asked().next_back().and_then(|latest| {
        let release = &releases[latest];
        let unit = release.unit(unit)?;
        let teller = Teller {
            releases,
            release,
            unit,
            scale,
            names: history,
            language,
        };
        Some(teller.sentences(unit.verdicts.get(scale)?))
    });
    told.unwrap_or_default()
}

struct Teller<'a> {
    releases: &'a [Release],
    release: &'a Release,
    unit: &'a UnitResult,
    scale: &'a str,
    names: &'a History<'a>,
    language: &'a Language,
}

impl Teller<'_> {
    fn sentences(&self, verdict: &Verdict) -> Vec<String> {
        let change = self.change(verdict);
        let trend = verdict.trend.as_ref().and_then(|trend| self.trend(trend));
        change.into_iter().chain(trend).collect()
    }

    fn change(&self, verdict: &Verdict) -> Option<String> {
        let key = match verdict.change {
            // The reading above says it already.
            Change::Protected => return None,
            Change::Edition => "verdict.edition",
            Change::First => "verdict.first",
            Change::CautionLow => return Some(self.low(verdict)),
            Change::CautionDrop => return self.drop(verdict),
            Change::FewVerdict => return Some(self.few(verdict)),
            Change::Rise => "verdict.rise",
            Change::Fall => "verdict.fall",
            Change::Small => "verdict.small",
            Change::None => "verdict.none",
        };
        let from = verdict.from.map(|index| index_text(index, self.language));
        let to = self.unit.scales.get(self.scale)?.shown()?.index;
        let (to, limit) = (
            index_text(to, self.language),
            self.release.policy.relevance.to_string(),
        );
        let wave = self.language.pick(&self.release.wave.name);
        Some(self.fill(
            key,
            &[
                ("from", from.as_deref().unwrap_or_default()),
                ("to", &to),
                ("limit", &limit),
                ("wave", wave),
            ],
        ))
    }

    /// Too few answered now, or the time before.
    fn low(&self, verdict: &Verdict) -> String {
        let limit = self.release.policy.low_participation;
        let is_low = |p: &&Participation| {
            100 * u64::from(n(self.unit)) < u64::from(limit) * u64::from(p.headcount)
        };
        if let Some(now) = participation(self.unit).filter(is_low) {
            let rate = self.language.percent(now.percent);
            return self.fill("verdict.caution_low", &[("rate", &rate)]);
        }
        let wave = self.wave_name(verdict.since.as_deref().unwrap_or_default());
        self.fill("verdict.caution_low_before", &[("wave", &wave)])
    }

    fn drop(&self, verdict: &Verdict) -> Option<String> {
        let since = verdict.since.as_deref()?;
        let before = self
            .releases
            .iter()
            .find(|release| release.wave.id == since)?;
        let before = participation(before.unit(&self.unit.id)?)?;
        let now = participation(self.unit)?;
        let (before, now) = (
            self.language.percent(before.percent),
            self.language.percent(now.percent),
        );
        Some(self.fill(
            "verdict.caution_drop",
            &[("before", &before), ("now", &now)],
        ))
    }

    /// Too few answers, or enough with a few among them that the exact numbers would lay open.
    fn few(&self, verdict: &Verdict) -> String {
        let limit = self.release.policy.verdict.to_string();
        let before = self
            .releases
            .iter()
            .find(|release| Some(release.wave.id.as_str()) == verdict.since.as_deref());
        let units = [
            Some(self.unit),
            before.and_then(|before| before.unit(&self.unit.id)),
        ];
        let is_enough = |unit: Option<&UnitResult>| {
            let value = unit.and_then(|unit| unit.scales.get(self.scale)?.shown());
            value.is_some_and(|value| value.n >= self.release.policy.verdict)
        };
        if units.into_iter().all(is_enough) {
            return self
                .language
                .get("verdict.few_verdict_protected")
                .to_owned();
        }
        let parent = self.unit.parent.as_deref();
        match parent.and_then(|id| self.release.unit(id)) {
            Some(parent) => self.fill(
                "verdict.few_verdict",
                &[("limit", &limit), ("parent", &parent.name)],
            ),
            None => self.fill("verdict.few_verdict_root", &[("limit", &limit)]),
        }
    }

    fn trend(&self, trend: &Trend) -> Option<String> {
        let waves = trend.waves.to_string();
        let key = match (trend.verdict, trend.slope) {
            (TrendVerdict::TrendUp, _) => "verdict.trend_up",
            (TrendVerdict::TrendDown, _) => "verdict.trend_down",
            (TrendVerdict::TrendNone, Some(_)) => "verdict.trend_none",
            (TrendVerdict::TrendNone, None) => "verdict.trend_uneven",
            (TrendVerdict::Step, _) => return self.step(trend.step.as_ref()?),
        };
        let slope = u32::from(trend.slope.unwrap_or_default().unsigned_abs());
        let points = self.language.tenths(slope);
        Some(self.fill(key, &[("count", &waves), ("points", &points)]))
    }

    fn step(&self, [before, after]: &[String; 2]) -> Option<String> {
        let index = |wave: &str| {
            let release = self
                .releases
                .iter()
                .find(|release| release.wave.id == wave)?;
            let value = release
                .unit(&self.unit.id)?
                .scales
                .get(self.scale)?
                .shown()?;
            Some(index_text(value.index, self.language))
        };
        let (from, to) = (index(before)?, index(after)?);
        let (first, second) = (self.wave_name(before), self.wave_name(after));
        let values = [
            ("wave1", first.as_str()),
            ("wave2", &second),
            ("from", &from),
            ("to", &to),
        ];
        Some(self.fill("verdict.step", &values))
    }

    fn wave_name(&self, id: &str) -> String {
        let known = self.releases.iter().find(|release| release.wave.id == id);
        known
            .map_or(id, |release| self.language.pick(&release.wave.name))
            .to_owned()
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut all = vec![("scale", self.names.scale), ("unit", self.names.unit)];
        all.extend_from_slice(values);
        self.language.fill(key, &all)
    }
}

fn n(unit: &UnitResult) -> u32 {
    unit.responses.shown().map_or(0, |responses| responses.n)
}

fn participation(unit: &UnitResult) -> Option<&Participation> {
    unit.responses.shown()?.participation.shown()
}
