//! A CSV file as rows with line numbers: comma or semicolon, with or without a byte order mark.

use super::problem::{Code, Problem};
use csv::StringRecord;

/// A file that has been read into memory.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its name in messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The rows of a file under their header.
pub(super) struct Table<'a> {
    pub source: Source<'a>,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Rows that could not be read.
    pub bad_rows: Vec<Problem>,
}

/// One row; it has as many cells as the table has columns.
pub(super) struct Row {
    pub line: u64,
    cells: StringRecord,
}

impl Source<'_> {
    /// The problem of a row whose unit is not known.
    pub(crate) fn unknown_unit(&self, line: u64, unit: &str) -> Problem {
        self.problem(line, Code::UnknownUnit, unit)
    }

    pub(super) fn problem(&self, line: u64, code: Code, detail: impl Into<String>) -> Problem {
        Problem {
            file: self.name.to_owned(),
            line,
            code,
            detail: detail.into(),
        }
    }
}

impl<'a> Table<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not text, has no rows, or has a column twice.
    pub(super) fn read(source: &Source<'a>) -> Result<Self, Vec<Problem>> {
        let text = text_of(source).map_err(|problem| vec![problem])?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map_err(|error| vec![not_csv(source, &error)])?;
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        let mut table = Self {
            source: *source,
            columns,
            rows: Vec::new(),
            bad_rows: Vec::new(),
        };
        let mut problems = table.duplicate_columns();
        for record in reader.into_records() {
            table.take(record);
        }
        if table.rows.is_empty() && table.bad_rows.is_empty() {
            problems.push(source.problem(1, Code::Empty, ""));
        }
        if problems.is_empty() {
            Ok(table)
        } else {
            Err(problems)
        }
    }

    /// The position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The position of a column that must be there.
    pub(super) fn required(&self, name: &str, problems: &mut Vec<Problem>) -> usize {
        self.column(name).unwrap_or_else(|| {
            problems.push(self.source.problem(1, Code::MissingColumn, name));
            0
        })
    }

    fn take(&mut self, record: Result<StringRecord, csv::Error>) {
        let (found, expected) = match &record {
            Ok(record) => (record.len(), self.columns.len()),
            Err(error) => return self.bad_rows.push(not_csv(&self.source, error)),
        };
        let Ok(cells) = record else { return };
        let line = cells.position().map_or(0, csv::Position::line);
        if found == expected {
            self.rows.push(Row { line, cells });
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            let detail = format!("{found} cells and the header {expected}");
            self.bad_rows
                .push(self.source.problem(line, Code::CellCount, detail));
        }
    }

    fn duplicate_columns(&self) -> Vec<Problem> {
        let seen_before = |(at, name): (usize, &String)| {
            self.columns[..at]
                .contains(name)
                .then(|| self.source.problem(1, Code::DuplicateColumn, name))
        };
        self.columns
            .iter()
            .enumerate()
            .filter_map(seen_before)
            .collect()
    }
}

impl Row {
    /// The cell in a column of the table.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }
}

fn text_of<'a>(source: &Source<'a>) -> Result<&'a str, Problem> {
    let text = std::str::from_utf8(source.bytes).map_err(|error| {
        let before = &source.bytes[..error.valid_up_to()];
        let line = 1 + before
            .iter()
            .map(|byte| u64::from(*byte == b'\n'))
            .sum::<u64>();
        source.problem(line, Code::NotUtf8, "")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Semicolons are what spreadsheets write where the comma is the decimal sign, as in Danish.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |sign: char| header.matches(sign).count();
    if count(';') > count(',') { b';' } else { b',' }
}

fn not_csv(source: &Source<'_>, error: &csv::Error) -> Problem {
    let line = error.position().map_or(1, csv::Position::line);
    source.problem(line, Code::NotCsv, error.to_string())
}
