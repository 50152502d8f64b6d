//! Units as CSV: `unit,unit_name,parent,parent_name`. A parent may have a row of its own.

use super::headcounts::Staff;
use super::problem::{Code, Problem};
use super::table::{Row, Source, Table};
use std::collections::BTreeMap;
use tally::{Unit, UnitTree, UnitsProblem};

/// The unit above all, for files that have several at the top.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The units of a file, each after its parent.
#[derive(Debug)]
pub struct UnitList {
    file: String,
    units: Vec<Unit>,
}

struct Mentioned {
    name: Option<String>,
    parent: Option<String>,
    line: u64,
}

/// Units by id, in the order they are first mentioned.
#[derive(Default)]
struct Mentions {
    order: Vec<String>,
    by_id: BTreeMap<String, Mentioned>,
    problems: Vec<Problem>,
}

impl Mentions {
    fn add_row(
        &mut self,
        source: &Source<'_>,
        row: &Row,
        [unit, unit_name, parent]: [usize; 3],
        parent_name: Option<usize>,
    ) {
        let (id, above) = (row.cell(unit), row.cell(parent));
        if id.is_empty() {
            return self
                .problems
                .push(source.problem(row.line, Code::EmptyCell, "unit"));
        }
        if !above.is_empty() {
            let name = parent_name.map_or("", |column| row.cell(column));
            self.mention(source, row.line, above, name);
        }
        self.mention(source, row.line, id, row.cell(unit_name));
        self.hang(source, row.line, id, above);
    }

    /// Notes a unit and its name, wherever in the file it is named.
    fn mention(&mut self, source: &Source<'_>, line: u64, id: &str, name: &str) {
        let name = (!name.is_empty()).then(|| name.to_owned());
        let Some(known) = self.by_id.get_mut(id) else {
            self.order.push(id.to_owned());
            self.by_id.insert(
                id.to_owned(),
                Mentioned {
                    name,
                    parent: None,
                    line: 0,
                },
            );
            return;
        };
        match (&known.name, name) {
            (Some(one), Some(other)) if *one != other => {
                let detail = format!("`{id}` is called both `{one}` and `{other}`");
                self.problems
                    .push(source.problem(line, Code::TwoNames, detail));
            }
            (None, name @ Some(_)) => known.name = name,
            _ => {}
        }
    }

    /// Gives a unit its row's parent.
    fn hang(&mut self, source: &Source<'_>, line: u64, id: &str, above: &str) {
        if let Some(unit) = self.by_id.get_mut(id) {
            if unit.line > 0 {
                let detail = format!("the unit `{id}`");
                self.problems
                    .push(source.problem(line, Code::Duplicate, detail));
            }
            unit.line = line;
            unit.parent = (!above.is_empty()).then(|| above.to_owned());
        }
    }

    fn into_list(
        mut self,
        source: &Source<'_>,
        organisation: &Organisation,
    ) -> Result<UnitList, Vec<Problem>> {
        let tops: Vec<String> = self
            .order
            .iter()
            .filter(|id| self.by_id[*id].parent.is_none())
            .cloned()
            .collect();
        if tops.len() > 1 {
            self.put_on_top(&organisation.id, &organisation.name, &tops);
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(UnitList {
            file: source.name.to_owned(),
            units: self.in_tree_order(),
        })
    }

    fn put_on_top(&mut self, id: &str, name: &str, tops: &[String]) {
        for top in tops {
            if let Some(unit) = self.by_id.get_mut(top) {
                unit.parent = Some(id.to_owned());
            }
        }
        self.order.insert(0, id.to_owned());
        let root = Mentioned {
            name: Some(name.to_owned()),
            parent: None,
            line: 0,
        };
        self.by_id.insert(id.to_owned(), root);
    }

    /// Each unit after its parent, siblings in the order of the file. What hangs on itself comes
    /// last, for the tree to refuse.
    fn in_tree_order(&self) -> Vec<Unit> {
        let mut below: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
        for id in self.order.iter().rev() {
            below
                .entry(self.by_id[id].parent.as_deref())
                .or_default()
                .push(id);
        }
        let mut sorted: Vec<&str> = Vec::with_capacity(self.order.len());
        let mut next = below.remove(&None).unwrap_or_default();
        while let Some(id) = next.pop() {
            sorted.push(id);
            next.extend(below.remove(&Some(id)).unwrap_or_default());
        }
        let lost = below.into_values().flatten();
        sorted
            .into_iter()
            .chain(lost)
            .map(|id| self.unit(id))
            .collect()
    }

    fn unit(&self, id: &str) -> Unit {
        let Mentioned { name, parent, .. } = &self.by_id[id];
        let name = name.clone().unwrap_or_else(|| id.to_owned());
        Unit {
            id: id.to_owned(),
            name,
            parent: parent.clone(),
            headcount: None,
        }
    }
}

impl UnitList {
    /// Reads a units file.
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn read(source: &Source<'_>, organisation: &Organisation) -> Result<Self, Vec<Problem>> {
        let table = Table::read(source)?;
        let mut problems = Vec::new();
        let mut required = |name| table.required(name, &mut problems);
        let columns = [required("unit"), required("unit_name"), required("parent")];
        let parent_name = table.column("parent_name");
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut mentions = Mentions {
            problems: table.bad_rows,
            ..Mentions::default()
        };
        for row in &table.rows {
            mentions.add_row(source, row, columns, parent_name);
        }
        mentions.into_list(source, organisation)
    }

    /// The units, each after its parent.
    pub(crate) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Name of the unit above all: it comes first.
    pub fn top(&self) -> &str {
        self.units.first().map_or("", |unit| unit.name.as_str())
    }

    /// The tree of a wave whose staff is `staff`.
    ///
    /// # Errors
    /// When the units make no tree, or `staff` names others.
    pub fn tree(&self, staff: &Staff<'_>) -> Result<UnitTree, Vec<Problem>> {
        let mut units = self.units.clone();
        let mut by_id: BTreeMap<&str, &mut Option<u32>> = BTreeMap::new();
        for Unit { id, headcount, .. } in &mut units {
            by_id.insert(id, headcount);
        }
        let mut problems = Vec::new();
        for entry in &staff.entries {
            match by_id.get_mut(entry.unit.as_str()) {
                Some(headcount) => **headcount = Some(entry.headcount),
                None => problems.push(staff.problem(entry.line, Code::UnknownUnit, &entry.unit)),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        UnitTree::new(units)
            .map_err(|all| all.iter().map(|problem| self.problem(problem)).collect())
    }

    fn problem(&self, problem: &UnitsProblem) -> Problem {
        Problem {
            file: self.file.clone(),
            line: 1,
            code: Code::Units,
            detail: problem.to_string(),
        }
    }
}
