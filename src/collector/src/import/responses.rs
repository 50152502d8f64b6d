//! Answers as CSV: `wave,unit,<item ids…>`, one row a respondent, in any order of columns.

use super::problem::{Code, Problem};
use super::table::{Row, Source, Table};
use std::collections::BTreeMap;
use survey::{Answer, Edition, Response};
use tally::{CrossProducts, Layout, Tally};
use wire::WaveFile;

/// The code for *not applicable* in files whose items have fewer than nine points.
const NINE: u8 = 9;
/// What `tally::UnitTree::new` adds to a unit's id for the leaf of its own staff.
const DIRECT: &str = ".direct";

/// What was read.
pub(super) struct Read {
    /// Tallies by wave and leaf.
    pub tallies: BTreeMap<String, BTreeMap<String, Tally>>,
    /// Cross-products by wave.
    pub products: BTreeMap<String, CrossProducts>,
    /// Rows that were not counted.
    pub bad_rows: Vec<Problem>,
}

/// Reads the answers of `waves` and counts them.
///
/// # Errors
/// When the header is not the survey's: then no row can be trusted.
pub(super) fn read(
    source: &Source<'_>,
    edition: &Edition,
    waves: &[WaveFile],
) -> Result<Read, Vec<Problem>> {
    let table = Table::read(source)?;
    let columns = Columns::find(&table, edition)?;
    let layout = Layout::new(edition);
    let leaves: BTreeMap<&str, Leaves> = waves
        .iter()
        .map(|wave| (wave.id.as_str(), leaves_of(wave)))
        .collect();
    let mut read = Read {
        tallies: BTreeMap::new(),
        products: BTreeMap::new(),
        bad_rows: table.bad_rows,
    };
    for row in &table.rows {
        match columns.read_row(source, edition, &leaves, row) {
            Err(problems) => read.bad_rows.extend(problems),
            Ok(counted) => {
                read.products
                    .entry(counted.wave.to_owned())
                    .or_insert_with(|| CrossProducts::zero(edition))
                    .record(edition.survey(), &counted.response);
                let wave = read.tallies.entry(counted.wave.to_owned()).or_default();
                let tally = wave
                    .entry(counted.leaf)
                    .or_insert_with(|| Tally::zero(&layout));
                tally
                    .record(&layout, edition.survey(), &counted.response)
                    // The layout is the edition's, and four billion rows do not fit a file.
                    .expect("a row of the same edition is counted");
            }
        }
    }
    read.bad_rows.sort_by_key(|problem| problem.line);
    Ok(read)
}

/// One row of a file that is only described: nothing is checked but the answers.
pub(crate) struct LooseRow {
    /// Its wave; none where the file has no such column.
    pub wave: Option<String>,
    /// Its unit; none where the file has no such column.
    pub unit: Option<String>,
    /// Line in the file.
    pub line: u64,
    /// The answers.
    pub response: Response,
}

/// Rows to describe.
pub(crate) struct LooseRows {
    /// Those that could be read.
    pub rows: Vec<LooseRow>,
    /// Those that could not.
    pub bad_rows: Vec<Problem>,
    /// Columns that are neither `wave`, `unit` nor an item.
    pub unused_columns: Vec<String>,
}

/// Reads answers with or without waves and units, leaving other columns alone.
///
/// # Errors
/// When an item has no column, or the file is no table.
pub(crate) fn loose_rows(
    source: &Source<'_>,
    edition: &Edition,
) -> Result<LooseRows, Vec<Problem>> {
    let table = Table::read(source)?;
    let survey = edition.survey();
    let mut problems = Vec::new();
    let items: Vec<usize> = survey
        .items
        .iter()
        .map(|item| table.required(&item.id, &mut problems))
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let (wave, unit) = (table.column("wave"), table.column("unit"));
    let is_used = |at: usize| items.contains(&at) || wave == Some(at) || unit == Some(at);
    let columns = table.columns.iter().enumerate();
    let unused = columns.filter(|(at, _)| !is_used(*at));
    let unused_columns = unused.map(|(_, name)| name.clone()).collect();
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut bad_rows = table.bad_rows;
    for row in &table.rows {
        let cell = |column: Option<usize>| column.map(|column| row.cell(column).to_owned());
        match response(source, edition, &items, row) {
            Err(problems) => bad_rows.extend(problems),
            Ok(response) => rows.push(LooseRow {
                wave: cell(wave),
                unit: cell(unit),
                line: row.line,
                response,
            }),
        }
    }
    bad_rows.sort_by_key(|problem| problem.line);
    Ok(LooseRows {
        rows,
        bad_rows,
        unused_columns,
    })
}

/// The answers of one row.
fn response(
    source: &Source<'_>,
    edition: &Edition,
    columns: &[usize],
    row: &Row,
) -> Result<Response, Vec<Problem>> {
    let survey = edition.survey();
    let mut problems = Vec::new();
    let mut answers = Vec::with_capacity(columns.len());
    for (item, column) in columns.iter().enumerate() {
        match answer(row.cell(*column), survey.points(item)) {
            Ok(answer) => answers.push(answer),
            Err((code, detail)) => {
                let id = &survey.items[item].id;
                let detail = match code {
                    Code::NoSuchPoint => format!("`{id}` has no point {detail}"),
                    _ => detail,
                };
                problems.push(source.problem(row.line, code, detail));
            }
        }
    }
    match Response::new(survey, answers) {
        Ok(response) if problems.is_empty() => Ok(response),
        _ => Err(problems),
    }
}

struct Counted<'a> {
    wave: &'a str,
    leaf: String,
    response: Response,
}

struct Columns {
    wave: usize,
    unit: usize,
    /// Column of each item, in the order of the survey.
    items: Vec<usize>,
}

impl Columns {
    fn find(table: &Table<'_>, edition: &Edition) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let survey = edition.survey();
        let mut required = |name: &str| table.required(name, &mut problems);
        let (wave, unit) = (required("wave"), required("unit"));
        let items = survey.items.iter().map(|item| required(&item.id)).collect();
        let is_known =
            |name: &str| name == "wave" || name == "unit" || survey.item_idx(name).is_some();
        let unknown = table.columns.iter().filter(|name| !is_known(name));
        problems.extend(unknown.map(|name| table.source.problem(1, Code::UnknownColumn, name)));
        if problems.is_empty() {
            Ok(Self { wave, unit, items })
        } else {
            Err(problems)
        }
    }

    fn read_row<'a>(
        &self,
        source: &Source<'_>,
        edition: &Edition,
        leaves: &BTreeMap<&str, Leaves<'_>>,
        row: &'a Row,
    ) -> Result<Counted<'a>, Vec<Problem>> {
        let mut problems = Vec::new();
        let wave = row.cell(self.wave);
        let leaf = self
            .leaf(source, leaves, row)
            .map_err(|problem| problems.push(problem));
        let response =
            response(source, edition, &self.items, row).map_err(|more| problems.extend(more));
        match (leaf, response) {
            (Ok(leaf), Ok(response)) => Ok(Counted {
                wave,
                leaf,
                response,
            }),
            _ => Err(problems),
        }
    }

    /// The leaf that a row's answers go to.
    fn leaf(
        &self,
        source: &Source<'_>,
        leaves: &BTreeMap<&str, Leaves<'_>>,
        row: &Row,
    ) -> Result<String, Problem> {
        let (wave, unit) = (row.cell(self.wave), row.cell(self.unit));
        let Some(leaves) = leaves.get(wave) else {
            return Err(source.problem(row.line, Code::UnknownWave, wave));
        };
        match leaves.get(unit) {
            Some(Some(leaf)) => Ok(leaf.clone()),
            Some(None) => Err(source.problem(row.line, Code::NotALeaf, unit)),
            None => Err(source.problem(row.line, Code::UnknownUnit, unit)),
        }
    }
}

/// One cell as an answer to an item with `points` points.
fn answer(cell: &str, points: usize) -> Result<Answer, (Code, String)> {
    if cell.is_empty() || cell == "0" {
        return Ok(Answer::Blank);
    }
    if cell.eq_ignore_ascii_case("NA") {
        return Ok(Answer::NotApplicable);
    }
    let bad = |code| Err((code, cell.to_owned()));
    match cell.parse::<u8>() {
        Ok(point) if usize::from(point) <= points => Ok(Answer::Point(point)),
        Ok(NINE) => Ok(Answer::NotApplicable),
        Ok(_) => bad(Code::NoSuchPoint),
        Err(_) if cell.bytes().all(|byte| byte.is_ascii_digit()) => bad(Code::NoSuchPoint),
        Err(_) => bad(Code::NotANumber),
    }
}

/// By unit: the leaf that its answers go to, or none when it has no staff of its own.
type Leaves<'a> = BTreeMap<&'a str, Option<String>>;

fn leaves_of(wave: &WaveFile) -> Leaves<'_> {
    let units = &wave.units;
    let leaf = |idx: usize, id: &str| {
        let direct = || Some(format!("{id}{DIRECT}")).filter(|direct| units.idx(direct).is_some());
        if units.is_leaf(idx) {
            Some(id.to_owned())
        } else {
            direct()
        }
    };
    let all = units.units().iter().enumerate();
    all.map(|(idx, unit)| (unit.id.as_str(), leaf(idx, &unit.id)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, points: usize, expected: Result<Answer, Code>) {
        assert_eq!(
            answer(cell, points).map_err(|(code, _)| code),
            expected,
            "`{cell}`"
        );
    }

    #[test]
    fn a_cell_is_a_point_or_not_applicable_or_blank() {
        check("5", 5, Ok(Answer::Point(5)));
        check("9", 5, Ok(Answer::NotApplicable));
        check("9", 11, Ok(Answer::Point(9)));
        check("na", 11, Ok(Answer::NotApplicable));
        check("0", 5, Ok(Answer::Blank));
        check("", 5, Ok(Answer::Blank));
    }

    #[test]
    fn what_is_none_of_these_is_named() {
        check("6", 5, Err(Code::NoSuchPoint));
        check("4000", 5, Err(Code::NoSuchPoint));
        check("-1", 5, Err(Code::NotANumber));
        check("enig", 5, Err(Code::NotANumber));
    }
}
