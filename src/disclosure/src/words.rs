//! The survey in the words of a release.

use release::{Anchors, Instrument, Item, Kind, Scale, Text, Theme};
use survey::Edition;

/// What was asked, so that a release can be read without the edition.
pub(crate) fn instrument(edition: &Edition) -> Instrument {
    let survey = edition.survey();
    let anchors = survey.anchors.iter().map(|(name, row)| {
        let points = row.points.iter().map(text).collect();
        (
            name.clone(),
            Anchors {
                points,
                not_applicable: text(&row.not_applicable),
            },
        )
    });
    let items = survey.items.iter().map(|item| Item {
        id: item.id.clone(),
        text: text(&item.text),
        anchors: item.anchors.clone(),
        reversed: item.reversed,
    });
    let themes = survey.themes.iter().map(|theme| Theme {
        id: theme.id.clone(),
        name: text(&theme.name),
        subtitle: text(&theme.subtitle),
        scales: theme.scales.clone(),
    });
    Instrument {
        id: survey.id.clone(),
        title: text(&survey.title),
        status: survey.status.clone(),
        license: survey.license.clone(),
        languages: survey.languages.clone(),
        anchors: anchors.collect(),
        items: items.collect(),
        scales: survey.scales.iter().map(|s| scale(edition, s)).collect(),
        themes: themes.collect(),
    }
}

fn scale(edition: &Edition, scale: &survey::Scale) -> Scale {
    Scale {
        id: scale.id.clone(),
        name: text(&scale.name),
        kind: kind(scale.kind),
        principle: scale.principle,
        items: scale.items.clone(),
        parts: scale.parts.clone(),
        fingerprint: edition.fingerprint(scale),
    }
}

fn kind(kind: survey::Kind) -> Kind {
    match kind {
        survey::Kind::Reflective => Kind::Reflective,
        survey::Kind::Formative => Kind::Formative,
        survey::Kind::Short => Kind::Short,
        survey::Kind::Composite => Kind::Composite,
    }
}

fn text(text: &survey::Text) -> Text {
    text.0.clone().into_iter().collect()
}
