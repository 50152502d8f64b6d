//! One scale of one unit over the waves.

mod history;
mod picture;
mod reading;
mod verdict;

use crate::axis::Axis;
use crate::chart::{Chart, Key};
use history::{History, Reading};
use release::{IndexValue, Release};
use texts::Language;

/// The trend of scale `scale` in unit `unit` over `releases`, oldest first; nothing when no release
/// asked for the scale. `width` is in pixels.
///
/// A withheld wave is a hatched gap that no line crosses. A wave that did not ask for the scale
/// leaves its place empty, and the line goes on. Where the scale's fingerprint changes, the line
/// breaks. An index of which only one end is known is drawn open towards that end.
pub fn trend(
    releases: &[Release],
    unit: &str,
    scale: &str,
    axis: Axis,
    language: &Language,
    width: i32,
) -> Option<Chart> {
    let history = History::of(releases, unit, scale, language)?;
    let verdicts = verdict::sentences(&history, releases, unit, scale, language);
    let reading = reading::sentence(&history, language);
    Some(Chart {
        title: history.scale.to_owned(),
        svg: picture::draw(&history, axis, language, width),
        sentence: [vec![reading], verdicts].concat().join(" "),
        table: reading::table(&history, language),
        keys: keys(&history, language),
    })
}

fn keys(history: &History, language: &Language) -> Vec<Key> {
    let shows = |wanted: fn(&Reading) -> bool| history.moments.iter().any(|m| wanted(&m.reading));
    let has_line =
        shows(|r| matches!(r, Reading::Shown(v) if matches!(v.index, IndexValue::Points(_))));
    let has_band = shows(|r| matches!(r, Reading::Shown(v) if v.interval.is_some()));
    let has_gap = shows(|r| matches!(r, Reading::Withheld));
    let has_coded =
        shows(|r| matches!(r, Reading::Shown(v) if !matches!(v.index, IndexValue::Points(_))));
    let entries = [
        (has_line, "line", "trend.legend.line"),
        (has_band, "band", "trend.legend.band"),
        (has_gap, "gap", "trend.legend.gap"),
        (has_coded, "coded", "trend.legend.coded"),
    ];
    let used = entries.into_iter().filter(|(used, ..)| *used);
    used.map(|(_, class, key)| Key {
        class,
        label: language.get(key).to_owned(),
    })
    .collect()
}
