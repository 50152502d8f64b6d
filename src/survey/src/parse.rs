//! Survey files (TOML), read so that every problem is found at once, each with its line.
//!
//! The walk turns the file into a [`Survey`] and remembers the line of every path; what the types
//! cannot say is checked by `check`, on the same paths.

use crate::canonical::Edition;
use crate::check::check;
use crate::definition::{Anchors, Item, Kind, Page, Scale, Source, Survey, Text, Theme};
use crate::named::Named;
use crate::problem::{Problem, ProblemCode};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a survey file.
///
/// # Errors
/// Every problem, in the order of the file.
pub fn parse(file: &str) -> Result<Edition, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(file);
    let mut log = Log {
        file,
        lines: BTreeMap::new(),
        problems: Vec::new(),
        silenced: Vec::new(),
    };
    for error in errors {
        let line = error.span().map_or(0, |span| log.line_at(span.start));
        let detail = error.message().to_owned();
        log.problems.push(Problem {
            line,
            path: String::new(),
            code: ProblemCode::Syntax,
            detail,
        });
    }
    if !log.problems.is_empty() {
        return Err(log.problems);
    }
    let survey = read_survey(&mut Node::root(&mut log, table.get_ref()));
    log.add_checked(check(&survey));
    if log.problems.is_empty() {
        return Edition::new(survey);
    }
    log.problems.sort();
    Err(log.problems)
}

fn read_survey(root: &mut Node<'_, '_>) -> Survey {
    let anchors = root.map("anchors", read_anchors);
    let sources = root.map("sources", read_source);
    let only_anchors = only_key(&anchors);
    let only_source = only_key(&sources);
    let items = root.list("items", |node| {
        read_item(node, only_anchors.as_ref(), only_source.as_ref())
    });
    let mut scales = root.list("scales", read_scale);
    fill_composites(&mut scales);
    let pages = root.list("pages", |node| read_page(node, &scales));
    let survey = Survey {
        format: root.number("format").unwrap_or(1),
        id: root.string("id"),
        status: root.string("status"),
        license: root.string("license"),
        languages: root.strings("languages"),
        title: root.text("title"),
        about: root.text("about"),
        sources,
        anchors,
        items,
        scales,
        pages,
        themes: if root.has("themes") {
            root.list("themes", read_theme)
        } else {
            Vec::new()
        },
    };
    root.finish();
    survey
}

fn read_anchors(node: &mut Node<'_, '_>) -> Anchors {
    Anchors {
        points: node.texts("points"),
        not_applicable: node.text("not_applicable"),
    }
}

fn read_source(node: &mut Node<'_, '_>) -> Source {
    Source {
        title: node.string("title"),
        year: node.number("year").unwrap_or_default(),
    }
}

fn read_item(node: &mut Node<'_, '_>, anchors: Option<&String>, source: Option<&String>) -> Item {
    Item {
        id: node.string("id"),
        text: node.text("text"),
        anchors: node.string_or("anchors", anchors),
        reversed: node.flag("reversed"),
        principle: node.optional_number("principle"),
        source: node.string_or("source", source),
        clause: if node.has("clause") {
            node.strings("clause")
        } else {
            Vec::new()
        },
    }
}

fn read_scale(node: &mut Node<'_, '_>) -> Scale {
    let kind = node.kind("kind");
    let parts = if node.has("parts") {
        node.strings("parts")
    } else {
        Vec::new()
    };
    let items = if kind == Kind::Composite {
        Vec::new()
    } else {
        node.strings("items")
    };
    Scale {
        id: node.string("id"),
        name: node.text("name"),
        kind,
        principle: node.optional_number("principle"),
        min_answered: node
            .optional_number("min_answered")
            .unwrap_or_else(|| half(items.len())),
        items,
        parts,
    }
}

/// The half rule: a score needs at least half of the items, rounded up.
fn half(n_items: usize) -> usize {
    n_items.div_ceil(2)
}

/// A composite holds all items of its parts, each once, in the order of the parts.
fn fill_composites(scales: &mut [Scale]) {
    let items_of: BTreeMap<String, Vec<String>> = scales
        .iter()
        .map(|scale| (scale.id.clone(), scale.items.clone()))
        .collect();
    for scale in scales
        .iter_mut()
        .filter(|scale| scale.kind == Kind::Composite)
    {
        for id in scale
            .parts
            .iter()
            .filter_map(|part| items_of.get(part))
            .flatten()
        {
            if !scale.items.contains(id) {
                scale.items.push(id.clone());
            }
        }
        if scale.min_answered == 0 {
            scale.min_answered = half(scale.items.len());
        }
    }
}

fn read_page(node: &mut Node<'_, '_>, scales: &[Scale]) -> Page {
    let heading = node.text("heading");
    if !node.has("scale") {
        return Page {
            heading,
            items: node.strings("items"),
        };
    }
    let id = node.string("scale");
    let items = scales
        .iter()
        .find(|scale| scale.id == id)
        .map(|scale| scale.items.clone());
    if items.is_none() {
        node.report("scale", ProblemCode::UnknownReference, &id);
        let items = node.at("items");
        node.log.silenced.push(items);
    }
    Page {
        heading,
        items: items.unwrap_or_default(),
    }
}

fn read_theme(node: &mut Node<'_, '_>) -> Theme {
    Theme {
        id: node.string("id"),
        name: node.text("name"),
        subtitle: if node.has("subtitle") {
            node.text("subtitle")
        } else {
            Text::default()
        },
        scales: node.strings("scales"),
    }
}

fn only_key<V>(map: &Named<V>) -> Option<String> {
    if map.len() == 1 {
        map.keys().next().cloned()
    } else {
        None
    }
}

/// The problems so far, and the line of every path that has been read.
struct Log<'a> {
    file: &'a str,
    lines: BTreeMap<String, usize>,
    problems: Vec<Problem>,
    /// Paths that are empty only because of a problem that has been reported.
    silenced: Vec<String>,
}

impl Log<'_> {
    fn line_at(&self, offset: usize) -> usize {
        1 + self.file.as_bytes()[..offset.min(self.file.len())]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
    }

    /// The line of `path`, or of the nearest thing around it that the file names.
    fn line_of(&self, path: &str) -> usize {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return *line;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = &path[..end],
                None => return 0,
            }
        }
    }

    /// Adds what `check` found, except where the walk has already said what is wrong: a missing
    /// text would otherwise be reported again for each language.
    fn add_checked(&mut self, checked: Vec<Problem>) {
        let mut said = std::mem::take(&mut self.silenced);
        said.extend(self.problems.iter().map(|problem| problem.path.clone()));
        for mut problem in checked {
            let known = |path: &String| {
                problem.path == *path || problem.path.starts_with(&format!("{path}."))
            };
            if !said.iter().any(known) {
                problem.line = self.line_of(&problem.path);
                self.problems.push(problem);
            }
        }
    }
}

/// One table of the file, with the keys that have not been asked for yet.
struct Node<'n, 'a> {
    log: &'n mut Log<'a>,
    path: String,
    rest: BTreeMap<String, (usize, &'n DeValue<'n>)>,
}

impl<'n, 'a> Node<'n, 'a> {
    fn root(log: &'n mut Log<'a>, table: &'n DeTable<'n>) -> Self {
        Self::new(log, String::new(), table)
    }

    fn new(log: &'n mut Log<'a>, path: String, table: &'n DeTable<'n>) -> Self {
        let rest = table
            .iter()
            .map(|(key, value)| {
                let line = log.line_at(key.span().start);
                (key.get_ref().to_string(), (line, value.get_ref()))
            })
            .collect();
        let node = Self { log, path, rest };
        let lines: Vec<_> = node
            .rest
            .iter()
            .map(|(key, (line, _))| (key.clone(), *line))
            .collect();
        for (key, line) in lines {
            let path = node.at(&key);
            node.log.lines.entry(path).or_insert(line);
        }
        node
    }

    fn at(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn has(&self, key: &str) -> bool {
        self.rest.contains_key(key)
    }

    fn report(&mut self, key: &str, code: ProblemCode, detail: &str) {
        let path = self.at(key);
        let line = self.log.line_of(&path);
        self.log.problems.push(Problem {
            line,
            path,
            code,
            detail: detail.to_owned(),
        });
    }

    fn take(&mut self, key: &str) -> Option<&'n DeValue<'n>> {
        let found = self.rest.remove(key).map(|(_, value)| value);
        if found.is_none() {
            self.report(key, ProblemCode::Missing, key);
        }
        found
    }

    fn string(&mut self, key: &str) -> String {
        match self.take(key) {
            Some(DeValue::String(words)) => words.to_string(),
            Some(_) => self.wrong(key, "text"),
            None => String::new(),
        }
    }

    fn wrong<T: Default>(&mut self, key: &str, expected: &str) -> T {
        self.report(key, ProblemCode::WrongType, expected);
        T::default()
    }

    fn string_or(&mut self, key: &str, default: Option<&String>) -> String {
        match default {
            Some(default) if !self.has(key) => default.clone(),
            _ => self.string(key),
        }
    }

    fn flag(&mut self, key: &str) -> bool {
        match self.rest.remove(key) {
            None => false,
            Some((_, DeValue::Boolean(flag))) => *flag,
            Some(_) => self.wrong(key, "true, false"),
        }
    }

    fn number<T: TryFrom<i64> + Default>(&mut self, key: &str) -> Option<T> {
        if self.has(key) {
            return self.optional_number(key);
        }
        self.report(key, ProblemCode::Missing, key);
        None
    }

    fn optional_number<T: TryFrom<i64> + Default>(&mut self, key: &str) -> Option<T> {
        let (_, value) = self.rest.remove(key)?;
        let DeValue::Integer(digits) = value else {
            return Some(self.wrong(key, "1, 2, 3 …"));
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        let fitting = number.and_then(|number| T::try_from(number).ok());
        if fitting.is_none() {
            self.report(key, ProblemCode::OutOfRange, digits.as_str());
        }
        Some(fitting.unwrap_or_default())
    }

    fn kind(&mut self, key: &str) -> Kind {
        if !self.has(key) {
            return Kind::Reflective;
        }
        match self.string(key).as_str() {
            "reflective" => Kind::Reflective,
            "formative" => Kind::Formative,
            "short" => Kind::Short,
            "composite" => Kind::Composite,
            _ => {
                self.report(
                    key,
                    ProblemCode::WrongType,
                    "reflective, formative, short, composite",
                );
                Kind::Reflective
            }
        }
    }

    fn strings(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value else {
            return self.wrong(key, "[\"…\", \"…\"]");
        };
        let words: Vec<String> = array
            .iter()
            .filter_map(|entry| match entry.get_ref() {
                DeValue::String(words) => Some(words.to_string()),
                _ => None,
            })
            .collect();
        if words.len() < array.len() {
            self.report(key, ProblemCode::WrongType, "[\"…\", \"…\"]");
        }
        words
    }

    fn text(&mut self, key: &str) -> Text {
        match self.take(key) {
            Some(DeValue::Table(table)) => {
                let path = self.at(key);
                read_text(&mut Node::new(self.log, path, table))
            }
            Some(_) => self.wrong(key, "{ da = \"…\", en = \"…\" }"),
            None => Text::default(),
        }
    }

    fn texts(&mut self, key: &str) -> Vec<Text> {
        self.list(key, read_text)
    }

    fn list<T>(&mut self, key: &str, mut read: impl FnMut(&mut Node<'_, 'a>) -> T) -> Vec<T> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value else {
            return self.wrong(key, "[ … ]");
        };
        let mut found = Vec::new();
        for (idx, entry) in array.iter().enumerate() {
            let path = format!("{}[{idx}]", self.at(key));
            let line = self.log.line_at(entry.span().start);
            self.log.lines.insert(path.clone(), line);
            if let DeValue::Table(table) = entry.get_ref() {
                let mut node = Node::new(self.log, path, table);
                found.push(read(&mut node));
                node.finish();
            } else {
                self.report(&format!("{key}[{idx}]"), ProblemCode::WrongType, "{ … }");
            }
        }
        found
    }

    fn map<T>(&mut self, key: &str, mut read: impl FnMut(&mut Node<'_, 'a>) -> T) -> Named<T> {
        let Some(value) = self.take(key) else {
            return Named::default();
        };
        let DeValue::Table(table) = value else {
            return self.wrong(key, "[ … ]");
        };
        let mut entries: Vec<(String, &Spanned<DeValue<'_>>)> = table
            .iter()
            .map(|(name, value)| (name.get_ref().to_string(), value))
            .collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        let mut found = Named::default();
        for (name, entry) in entries {
            let path = format!("{}.{name}", self.at(key));
            let line = self.log.line_at(entry.span().start);
            self.log.lines.insert(path.clone(), line);
            if let DeValue::Table(table) = entry.get_ref() {
                let mut node = Node::new(self.log, path, table);
                found.insert(name, read(&mut node));
                node.finish();
            } else {
                self.report(&format!("{key}.{name}"), ProblemCode::WrongType, "{ … }");
            }
        }
        found
    }

    /// Reports every key that nothing asked for: most of them are misspelt.
    fn finish(&mut self) {
        let unknown: Vec<String> = self.rest.keys().cloned().collect();
        for key in unknown {
            self.report(&key, ProblemCode::UnknownKey, &key);
        }
        self.rest.clear();
    }
}

fn read_text(node: &mut Node<'_, '_>) -> Text {
    let langs: Vec<String> = node.rest.keys().cloned().collect();
    Text(
        langs
            .into_iter()
            .map(|lang| (lang.clone(), node.string(&lang)))
            .collect(),
    )
}
