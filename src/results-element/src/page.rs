//! Everything below the unit picker: responses, trends, distributions, and what one must know to
//! read them.

use crate::figure::{figure, legend};
use crate::outline::Outline;
use crate::width::Widths;
use charts::{Axis, Chart, Language};
use release::{Participation, Published, Release, Scale, Theme, UnitResult};
use yew::prelude::*;

/// Participation below which those who did not answer must be mentioned, in percent: a convention of
/// ours, since no interval tells how the silent differ.
const GOOD_PARTICIPATION: u8 = 60;

/// What the sections are made from.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Words.
    pub language: &'a Language,
    /// Oldest first.
    pub releases: &'a [Release],
    /// The newest of them.
    pub latest: &'a Release,
    /// The unit that is shown.
    pub unit: &'a UnitResult,
    /// Widths of charts.
    pub widths: Widths,
}

/// Survey and wave.
pub fn heading(latest: &Release, language: &Language) -> Html {
    let (survey, employer) = (&latest.instrument.title, &latest.wave.employer);
    let names = [
        ("survey", language.pick(survey)),
        ("employer", language.pick(employer)),
    ];
    let closed = language.date(&latest.wave.closes);
    let wave = [
        ("wave", language.pick(&latest.wave.name)),
        ("date", closed.as_str()),
    ];
    html! {
        <header part="header">
            <h2>{ language.fill("page.survey_of", &names) }</h2>
            <p>{ language.fill("page.latest", &wave) }</p>
        </header>
    }
}

impl Page<'_> {
    /// How many responded in the unit.
    pub fn responses(&self) -> String {
        match &self.unit.responses {
            Published::Withheld => self.responses_withheld(),
            Published::Shown(responses) => {
                let n = self.language.count(responses.n);
                match responses.participation.shown() {
                    None => self
                        .language
                        .fill("unit.participation_withheld", &[("n", &n)]),
                    Some(participation) => self.participation(&n, participation),
                }
            }
        }
    }

    fn participation(&self, n: &str, participation: &Participation) -> String {
        let headcount = self.language.count(participation.headcount);
        let percent = self.language.percent(participation.percent);
        let values = [("n", n), ("headcount", &headcount), ("percent", &percent)];
        let mut sentence = self.language.fill("unit.participation", &values);
        if participation.percent < GOOD_PARTICIPATION {
            sentence.push(' ');
            sentence.push_str(self.language.get("unit.low_participation"));
        }
        sentence
    }

    fn responses_withheld(&self) -> String {
        let unit = self.unit.name.as_str();
        let parent = self
            .unit
            .parent
            .as_deref()
            .and_then(|id| self.latest.unit(id));
        match parent {
            Some(parent) => {
                let values = [("unit", unit), ("parent", parent.name.as_str())];
                self.language.fill("unit.responses_withheld", &values)
            }
            None => self.language.fill("unit.root_withheld", &[("unit", unit)]),
        }
    }

    /// Trends by theme, with what their inks mean.
    pub fn trends(&self, outline: &Outline) -> Html {
        let axis = Axis::of(self.releases, &self.unit.id);
        let trend = |scale: &Scale, width: i32| {
            charts::trend(
                self.releases,
                &self.unit.id,
                &scale.id,
                axis,
                self.language,
                width,
            )
        };
        let headline: Vec<Chart> = outline
            .headline
            .iter()
            .filter_map(|scale| trend(scale, self.widths.large))
            .collect();
        let of_theme = |scales: &[&Scale]| -> Vec<Chart> {
            scales
                .iter()
                .filter_map(|scale| trend(scale, self.widths.small))
                .collect()
        };
        let themes: Vec<(Option<&Theme>, Vec<Chart>)> = outline
            .themes
            .iter()
            .map(|(theme, scales)| (Some(*theme), of_theme(scales)))
            .chain([(None, of_theme(&outline.other))])
            .collect();
        let all = headline
            .iter()
            .chain(themes.iter().flat_map(|(_, charts)| charts));
        let keys = all.flat_map(|chart| chart.keys.clone()).collect();
        html! {
            <section part="trends">
                <h3>{ self.language.get("section.trends") }</h3>
                { legend(keys, self.language) }
                if axis != Axis::WHOLE {
                    <p class="note">
                        { self.language.fill("trend.axis", &[("from", &axis.from().to_string())]) }
                    </p>
                }
                if !headline.is_empty() {
                    <section>
                        <h4>{ self.language.get("section.headline") }</h4>
                        { self.figures("large", headline) }
                    </section>
                }
                { for themes.into_iter().map(|(theme, charts)| self.theme(theme, "small", charts)) }
            </section>
        }
    }

    /// How the latest wave was answered, by theme.
    pub fn distributions(&self, outline: &Outline) -> Html {
        let of_theme = |scales: &[&Scale]| -> Vec<Chart> {
            let chart = |scale: &&Scale| {
                let width = self.widths.large;
                charts::distribution(self.latest, &self.unit.id, &scale.id, self.language, width)
            };
            scales.iter().filter_map(chart).collect()
        };
        let themes: Vec<(Option<&Theme>, Vec<Chart>)> = outline
            .themes
            .iter()
            .map(|(theme, scales)| (Some(*theme), of_theme(scales)))
            .chain([(None, of_theme(&self.unthemed(outline)))])
            .collect();
        let keys = themes
            .iter()
            .flat_map(|(_, charts)| charts)
            .flat_map(|c| c.keys.clone())
            .collect();
        let wave = self.language.pick(&self.latest.wave.name);
        html! {
            <section part="distributions">
                <h3>{ self.language.fill("section.distributions", &[("wave", wave)]) }</h3>
                <p>{ self.language.get("section.distributions_hint") }</p>
                { legend(keys, self.language) }
                { for themes.into_iter().map(|(theme, charts)| self.theme(theme, "large", charts)) }
            </section>
        }
    }

    /// Scales outside the themes. A pulse has nothing but its headline scales: their items are shown.
    fn unthemed<'a>(&self, outline: &Outline<'a>) -> Vec<&'a Scale> {
        let of_latest = |scale: &&Scale| {
            self.latest
                .instrument
                .scales
                .iter()
                .any(|s| s.id == scale.id)
        };
        let themed = outline.themes.iter().flat_map(|(_, scales)| scales);
        let mut unthemed = outline.other.clone();
        if !themed.chain(&outline.other).any(of_latest) {
            unthemed.extend(&outline.headline);
        }
        unthemed
    }

    fn theme(&self, theme: Option<&Theme>, size: &'static str, charts: Vec<Chart>) -> Html {
        if charts.is_empty() {
            return Html::default();
        }
        let name = theme.map_or(self.language.get("section.other"), |t| {
            self.language.pick(&t.name)
        });
        let subtitle = theme.map_or("", |theme| self.language.pick(&theme.subtitle));
        html! {
            <section part="theme">
                <h4>{ name }</h4>
                if !subtitle.is_empty() {
                    <p class="subtitle">{ subtitle }</p>
                }
                { self.figures(size, charts) }
            </section>
        }
    }

    fn figures(&self, size: &'static str, charts: Vec<Chart>) -> Html {
        html! {
            <div class={classes!("figures", size)}>
                { for charts.into_iter().map(|chart| figure(chart, self.language)) }
            </div>
        }
    }

    /// What the numbers can bear, and why some units show less than others.
    pub fn notes(&self) -> Html {
        let language = self.language;
        let policy = &self.latest.policy;
        let threshold = policy.threshold.to_string();
        let step = |key: &str, from: u32| {
            html! { <li>{ language.fill(key, &[("from", &from.to_string())]) }</li> }
        };
        html! {
            <footer part="notes">
                <p><strong>{ language.get("note.status") }</strong></p>
                <p>{ language.fill("note.threshold", &[("k", &threshold)]) }</p>
                <p>{ language.get("note.staircase") }</p>
                <ul>
                    { step("note.step_index", policy.threshold) }
                    { step("note.step_interval", policy.interval) }
                    { step("note.step_distribution", policy.distribution) }
                </ul>
                <p>{ language.get("note.step_also") }</p>
                <p>{ language.get("note.apv") }</p>
            </footer>
        }
    }
}
