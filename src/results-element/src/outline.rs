//! Which charts there are and in what order, over all releases.

use release::{Kind, Release, Scale, Theme};

/// The scales of a results page.
#[derive(Debug, PartialEq)]
pub struct Outline<'a> {
    /// Scales that sum up a principle; short ones where nothing longer does.
    pub headline: Vec<&'a Scale>,
    /// The other scales by theme.
    pub themes: Vec<(&'a Theme, Vec<&'a Scale>)>,
    /// Scales without a theme.
    pub other: Vec<&'a Scale>,
}

impl<'a> Outline<'a> {
    /// The outline of `releases`, oldest first. The latest wave's names and order come first; what
    /// only earlier waves asked for follows.
    pub fn of(releases: &'a [Release]) -> Self {
        let mut scales: Vec<&Scale> = Vec::new();
        let mut themes: Vec<&Theme> = Vec::new();
        for instrument in releases.iter().rev().map(|release| &release.instrument) {
            add_new(&mut scales, &instrument.scales, |scale| &scale.id);
            add_new(&mut themes, &instrument.themes, |theme| &theme.id);
        }
        let in_theme = |scale: &&Scale, theme: &Theme| theme.scales.contains(&scale.id);
        let shown = |scale: &&Scale| match scale.kind {
            Kind::Reflective | Kind::Formative => true,
            Kind::Composite | Kind::Short => false,
        };
        let themed = themes.iter().map(|theme| {
            let of_theme = scales
                .iter()
                .copied()
                .filter(|scale| in_theme(scale, theme) && shown(scale));
            (*theme, of_theme.collect())
        });
        let without = |scale: &&Scale| shown(scale) && !themes.iter().any(|t| in_theme(scale, t));
        Self {
            headline: headline(releases, &scales),
            themes: themed
                .filter(|(_, scales): &(_, Vec<_>)| !scales.is_empty())
                .collect(),
            other: scales.iter().copied().filter(without).collect(),
        }
    }
}

/// Composites; and the short scales when some wave had no composite, so that a pulse wave is seen.
fn headline<'a>(releases: &[Release], scales: &[&'a Scale]) -> Vec<&'a Scale> {
    let has_composite = |release: &Release| {
        release
            .instrument
            .scales
            .iter()
            .any(|scale| scale.kind == Kind::Composite)
    };
    let pulses = !releases.iter().all(has_composite);
    let of = |kind| {
        scales
            .iter()
            .copied()
            .filter(move |scale| scale.kind == kind)
    };
    if pulses {
        of(Kind::Composite).chain(of(Kind::Short)).collect()
    } else {
        of(Kind::Composite).collect()
    }
}

fn add_new<'a, T>(known: &mut Vec<&'a T>, more: &'a [T], id: fn(&T) -> &String) {
    for one in more {
        if !known.iter().any(|other| id(other) == id(one)) {
            known.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use release::{Instrument, Policy, RELEASE_FORMAT, Wave};

    fn scale(id: &str, kind: Kind) -> Scale {
        Scale {
            id: id.to_owned(),
            name: [("da".to_owned(), id.to_owned())].into(),
            kind,
            principle: None,
            items: Vec::new(),
            parts: Vec::new(),
            fingerprint: String::new(),
        }
    }

    fn release(scales: Vec<Scale>, themes: &[(&str, &[&str])]) -> Release {
        let theme = |(id, scales): &(&str, &[&str])| Theme {
            id: (*id).to_owned(),
            name: [("da".to_owned(), (*id).to_owned())].into(),
            subtitle: [].into(),
            scales: scales.iter().map(|id| (*id).to_owned()).collect(),
        };
        Release {
            format: RELEASE_FORMAT.to_owned(),
            software: String::new(),
            wave: Wave {
                id: String::new(),
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
                scales,
                themes: themes.iter().map(theme).collect(),
            },
            units: Vec::new(),
            quality: [].into(),
            earlier: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// The outline as `headline | theme: scales | other`.
    fn check(releases: &[Release], expected: &str) {
        let ids = |scales: &[&Scale]| {
            scales
                .iter()
                .map(|s| s.id.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let outline = Outline::of(releases);
        let mut parts = vec![ids(&outline.headline)];
        parts.extend(
            outline
                .themes
                .iter()
                .map(|(theme, s)| format!("{}: {}", theme.id, ids(s))),
        );
        parts.push(ids(&outline.other));
        assert_eq!(parts.join(" | "), expected);
    }

    fn full() -> Release {
        let scales = vec![
            scale("T1", Kind::Reflective),
            scale("A1", Kind::Formative),
            scale("P3_total", Kind::Composite),
            scale("PULS3", Kind::Short),
            scale("X", Kind::Reflective),
        ];
        release(scales, &[("tillid", &["T1"]), ("handlerum", &["A1", "Z"])])
    }

    #[test]
    fn short_scales_step_back_for_composites() {
        check(
            &[full(), full()],
            "P3_total | tillid: T1 | handlerum: A1 | X",
        );
    }

    #[test]
    fn a_pulse_wave_brings_the_short_scales_forward() {
        let pulse = release(vec![scale("PULS3", Kind::Short)], &[]);
        check(
            &[full(), pulse.clone()],
            "P3_total PULS3 | tillid: T1 | handlerum: A1 | X",
        );
        check(&[pulse], "PULS3 | ");
    }

    #[test]
    fn a_survey_without_themes_is_shown_whole() {
        check(
            &[release(vec![scale("heroes", Kind::Reflective)], &[])],
            " | heroes",
        );
    }
}
