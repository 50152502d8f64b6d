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
    let wanted = |scale: &&Scale| match scale.kind {
        Kind::Composite => true,
        Kind::Short => pulses,
        Kind::Reflective | Kind::Formative => false,
    };
    scales.iter().copied().filter(wanted).collect()
}

fn add_new<'a, T>(known: &mut Vec<&'a T>, more: &'a [T], id: fn(&T) -> &String) {
    for one in more {
        if !known.iter().any(|other| id(other) == id(one)) {
            known.push(one);
        }
    }
}
