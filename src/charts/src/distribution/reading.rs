//! A distribution in words and numbers.

use super::rows::{Row, Rows, Shown};
use crate::chart::Table;
use texts::Language;

/// Texts of the three groups, low to high.
pub const GROUPS: [&str; 3] = [
    "distribution.group.low",
    "distribution.group.middle",
    "distribution.group.high",
];

/// Which statements got the most and the fewest positive answers.
pub fn sentence(rows: &Rows, language: &Language) -> String {
    let shown = rows
        .rows
        .iter()
        .filter(|row| !matches!(row.shown, Shown::Withheld))
        .count();
    if shown == 0 {
        let names = [("scale", rows.scale), ("unit", rows.unit)];
        return language.fill("distribution.never_shown", &names);
    }
    let mut sentences: Vec<String> = of_positive(rows, language).into_iter().collect();
    if shown < rows.rows.len() {
        sentences.push(language.get("distribution.some_withheld").to_owned());
    }
    sentences.join(" ")
}

fn of_positive(rows: &Rows, language: &Language) -> Option<String> {
    let valued = || {
        rows.rows
            .iter()
            .filter_map(|row| Some((row.positive()?, statement(row))))
    };
    // The first of equals, as people read from the top.
    let (most, most_item) = valued().reduce(|best, row| if row.0 > best.0 { row } else { best })?;
    let (least, least_item) =
        valued().reduce(|best, row| if row.0 < best.0 { row } else { best })?;
    let (most_percent, least_percent) = (language.percent(most), language.percent(least));
    let key = match (most == least, valued().count()) {
        (_, 1) => "distribution.only",
        (true, _) => "distribution.same",
        (false, _) => "distribution.extremes",
    };
    let values = [
        ("unit", rows.unit),
        ("scale", rows.scale),
        ("item", most_item),
        ("percent", &most_percent),
        ("most", most_item),
        ("most_percent", &most_percent),
        ("least", least_item),
        ("least_percent", &least_percent),
    ];
    Some(language.fill(key, &values))
}

/// The statement without its full stop, to be quoted inside a sentence.
fn statement<'a>(row: &'a Row) -> &'a str {
    row.label.trim_end_matches('.')
}

/// Every value of the chart. The columns are those that some item has.
pub fn table(rows: &Rows, language: &Language) -> Table {
    let columns = columns(rows, language);
    let mut headers = vec![
        language.get("distribution.column.item").to_owned(),
        language.get("distribution.column.n").to_owned(),
    ];
    headers.extend(columns.iter().map(|(header, _)| header.clone()));
    let names = [
        ("scale", rows.scale),
        ("unit", rows.unit),
        ("wave", rows.wave),
    ];
    Table {
        caption: language.fill("distribution.caption", &names),
        headers,
        rows: rows
            .rows
            .iter()
            .map(|row| cells(row, &columns, language))
            .collect(),
    }
}

/// What a column after the first two is about.
enum Column {
    Group(usize),
    Point(usize),
    NotApplicable,
}

fn columns(rows: &Rows, language: &Language) -> Vec<(String, Column)> {
    let mut columns = Vec::new();
    let any = |wanted: fn(&Shown) -> bool| rows.rows.iter().find(|row| wanted(&row.shown));
    if any(|shown| matches!(shown, Shown::Groups(_))).is_some() {
        let group =
            |(place, key): (usize, &str)| (language.get(key).to_owned(), Column::Group(place));
        columns.extend(GROUPS.into_iter().enumerate().map(group));
    }
    if let Some(row) = any(|shown| matches!(shown, Shown::Points { .. })) {
        let point = |(place, label): (usize, &&str)| ((*label).to_owned(), Column::Point(place));
        columns.extend(row.points.iter().enumerate().map(point));
        columns.push((row.not_applicable_label.to_owned(), Column::NotApplicable));
    }
    columns
}

fn cells(row: &Row, columns: &[(String, Column)], language: &Language) -> Vec<String> {
    let short = || language.get("value.withheld_short").to_owned();
    let n = row
        .n
        .map_or_else(|| language.withheld().to_owned(), |n| language.count(n));
    let percent = |share: Option<&u8>| share.map(|share| language.percent(*share));
    let cell = |(_, column): &(String, Column)| {
        let value = match (&row.shown, column) {
            (Shown::Groups(shares), Column::Group(place)) => percent(shares.get(*place)),
            (
                Shown::Points {
                    percent: shares, ..
                },
                Column::Point(place),
            ) => percent(shares.get(*place)),
            (Shown::Points { not_applicable, .. }, Column::NotApplicable) => {
                percent(Some(not_applicable))
            }
            (
                Shown::Withheld | Shown::Groups(_) | Shown::Points { .. },
                Column::Group(_) | Column::Point(_) | Column::NotApplicable,
            ) => None,
        };
        value.unwrap_or_else(short)
    };
    [row.label.clone(), n]
        .into_iter()
        .chain(columns.iter().map(cell))
        .collect()
}
