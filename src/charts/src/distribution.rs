//! How one unit answered the items of one scale in one wave.

mod picture;
mod reading;
mod rows;

use crate::chart::{Chart, Key};
use crate::ink::Ink;
use release::Release;
use rows::{Rows, Shown};
use texts::Language;

/// The answers to the items of scale `scale` in unit `unit`; nothing when the release has no such
/// scale or unit. `width` is in pixels.
///
/// Each item is a bar of 100 percent: of its points, or of three groups, as the release has it. An
/// item of which only the index may be shown gives its index, and a withheld one a hatched bar with
/// the reason.
pub fn distribution(
    release: &Release,
    unit: &str,
    scale: &str,
    language: &Language,
    width: i32,
) -> Option<Chart> {
    let rows = Rows::of(release, unit, scale, language)?;
    Some(Chart {
        title: rows.scale.to_owned(),
        svg: picture::draw(&rows, language, width),
        sentence: reading::sentence(&rows, language),
        table: reading::table(&rows, language),
        keys: keys(&rows, language),
    })
}

/// The answer points, low to high, of every row of anchors that is shown; the groups; the hatching.
fn keys(rows: &Rows, language: &Language) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    let mut add = |class, label: &str| {
        if !keys
            .iter()
            .any(|key| key.class == class && key.label == label)
        {
            keys.push(Key {
                class,
                label: label.to_owned(),
            });
        }
    };
    for row in &rows.rows {
        match &row.shown {
            Shown::Points { percent, .. } => {
                for (place, label) in row.points.iter().enumerate() {
                    add(Ink::step(place, percent.len()).class(), label);
                }
            }
            Shown::Groups(_) => {
                for (place, group) in reading::GROUPS.into_iter().enumerate() {
                    add(Ink::group(place).class(), language.get(group));
                }
            }
            Shown::Withheld => add(Ink::GAP.class(), language.get("trend.legend.gap")),
        }
    }
    keys
}
