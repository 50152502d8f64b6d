//! A trend in words and numbers. It tells the first and the last value and the uncertainty, and
//! leaves it to the verdicts whether they differ by more than chance.

use super::history::{History, Moment, Reading};
use crate::chart::{Table, index_text};
use release::ScaleValue;
use texts::Language;

/// The reading of the whole trend.
pub fn sentence(history: &History, language: &Language) -> String {
    let mut sentences = vec![main_sentence(history, language)];
    if history.shown().next().is_some() {
        sentences.extend(gap_sentence(history, language));
        sentences.extend(break_sentences(history, language));
    }
    sentences.join(" ")
}

fn main_sentence(history: &History, language: &Language) -> String {
    let names = [("scale", history.scale), ("unit", history.unit)];
    let Some(latest_asked) = history.asked().next_back() else {
        return language.fill("trend.not_asked", &names);
    };
    let Some((last, value)) = history.shown().next_back() else {
        return language.fill("trend.never_shown", &names);
    };
    let (last_text, uncertainty) = (
        index_text(value.index, language),
        uncertainty(value, language),
    );
    let mut values = names.to_vec();
    values.extend([
        ("last", last_text.as_str()),
        ("last_wave", history.moments[last].wave),
        ("uncertainty", &uncertainty),
        ("wave", history.moments[latest_asked].wave),
    ]);
    if last != latest_asked {
        return language.fill("trend.latest_withheld", &values);
    }
    match first_comparable(history, last) {
        None => language.fill("trend.one", &values),
        Some((first, value)) => {
            let first_text = index_text(value.index, language);
            let first = [
                ("first", first_text.as_str()),
                ("first_wave", history.moments[first].wave),
            ];
            values.extend(first);
            language.fill("trend.first_and_last", &values)
        }
    }
}

/// The earliest shown moment that asked the same as the last one, when there is one before it.
fn first_comparable<'a>(history: &History<'a>, last: usize) -> Option<(usize, &'a ScaleValue)> {
    let same =
        |place: usize| history.moments[place].fingerprint == history.moments[last].fingerprint;
    history
        .shown()
        .find(|(place, _)| same(*place))
        .filter(|(place, _)| *place < last)
}

fn uncertainty(value: &ScaleValue, language: &Language) -> String {
    value.interval.map_or_else(String::new, |[low, high]| {
        let (low, high) = (low.to_string(), high.to_string());
        language.fill("trend.uncertainty", &[("low", &low), ("high", &high)])
    })
}

fn gap_sentence(history: &History, language: &Language) -> Option<String> {
    let latest_asked = history.asked().next_back()?;
    let withheld = |moment: &&Moment| matches!(moment.reading, Reading::Withheld);
    match history.moments[..latest_asked]
        .iter()
        .filter(withheld)
        .count()
    {
        0 => None,
        1 => Some(language.get("trend.gap_one").to_owned()),
        count => Some(language.fill("trend.gap_many", &[("count", &count.to_string())])),
    }
}

fn break_sentences(history: &History, language: &Language) -> Vec<String> {
    let sentence = |(_, after): (usize, usize)| {
        let values = [
            ("scale", history.scale),
            ("wave", history.moments[after].wave),
        ];
        language.fill("trend.break", &values)
    };
    history.breaks().into_iter().map(sentence).collect()
}

/// Every value of the trend.
pub fn table(history: &History, language: &Language) -> Table {
    let names = [("scale", history.scale), ("unit", history.unit)];
    let columns = ["wave", "index", "interval", "n"];
    let header = |name: &str| language.get(&format!("trend.column.{name}")).to_owned();
    Table {
        caption: language.fill("trend.caption", &names),
        headers: columns.into_iter().map(header).collect(),
        rows: history
            .moments
            .iter()
            .map(|moment| row(moment, language))
            .collect(),
    }
}

fn row(moment: &Moment, language: &Language) -> Vec<String> {
    let short = || language.get("value.withheld_short").to_owned();
    let not_asked = || language.get("value.not_asked").to_owned();
    let cells = match moment.reading {
        Reading::NotAsked => [not_asked(), not_asked(), not_asked()],
        Reading::Withheld => [language.withheld().to_owned(), short(), short()],
        Reading::Shown(value) => {
            let interval = value.interval.map_or_else(short, |[low, high]| {
                let (low, high) = (low.to_string(), high.to_string());
                language.fill("value.interval", &[("low", &low), ("high", &high)])
            });
            [
                index_text(value.index, language),
                interval,
                language.count(value.n),
            ]
        }
    };
    std::iter::once(moment.wave.to_owned())
        .chain(cells)
        .collect()
}
