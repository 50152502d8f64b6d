//! What makes a definition a survey that can be asked and scored.

use crate::definition::{Kind, Scale, Survey, Text};
use crate::problem::{Problem, ProblemCode};
use std::collections::BTreeSet;

/// Fewest points of an item.
pub const MIN_POINTS: usize = 2;
/// Most points of an item: 0 to 10 is the longest row in common use.
pub const MAX_POINTS: usize = 11;
/// Most items of a survey: what fits a submission of constant size (`wire::SUBMISSION_BYTES`).
pub const MAX_ITEMS: usize = 150;
/// Longest id. Ids travel in submissions of constant size.
const MAX_ID: usize = 40;

/// Every problem of `survey`, with its path; no lines.
pub(crate) fn check(survey: &Survey) -> Vec<Problem> {
    let mut check = Check {
        survey,
        problems: Vec::new(),
    };
    check.head();
    check.anchors();
    check.items();
    check.scales();
    check.pages();
    check.themes();
    check.problems
}

struct Check<'a> {
    survey: &'a Survey,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn report(&mut self, path: impl Into<String>, code: ProblemCode, detail: impl Into<String>) {
        self.problems.push(Problem {
            line: 0,
            path: path.into(),
            code,
            detail: detail.into(),
        });
    }

    fn head(&mut self) {
        let survey = self.survey;
        if survey.format != 1 {
            self.report("format", ProblemCode::OutOfRange, "1");
        }
        self.id("id", &survey.id);
        if survey.languages.is_empty() {
            self.report("languages", ProblemCode::Missing, "da");
        }
        self.distinct("languages", survey.languages.iter().map(String::as_str));
        if claims_validation(&survey.status) {
            self.report("status", ProblemCode::ClaimsValidation, &survey.status);
        }
        self.text("title", &survey.title);
        self.text("about", &survey.about);
    }

    fn anchors(&mut self) {
        for (name, anchors) in self.survey.anchors.iter() {
            let path = format!("anchors.{name}");
            self.id(&path, name);
            if !(MIN_POINTS..=MAX_POINTS).contains(&anchors.points.len()) {
                let range = format!("{MIN_POINTS}–{MAX_POINTS}");
                self.report(format!("{path}.points"), ProblemCode::OutOfRange, range);
            }
            for (idx, point) in anchors.points.iter().enumerate() {
                self.text(&format!("{path}.points[{idx}]"), point);
            }
            self.text(&format!("{path}.not_applicable"), &anchors.not_applicable);
        }
    }

    fn items(&mut self) {
        let survey = self.survey;
        if !(1..=MAX_ITEMS).contains(&survey.items.len()) {
            self.report("items", ProblemCode::OutOfRange, format!("1–{MAX_ITEMS}"));
        }
        self.distinct("items", survey.items.iter().map(|item| item.id.as_str()));
        for (idx, item) in survey.items.iter().enumerate() {
            let path = format!("items[{idx}]");
            self.id(&format!("{path}.id"), &item.id);
            self.text(&format!("{path}.text"), &item.text);
            if !survey.anchors.contains_key(&item.anchors) {
                self.report(
                    format!("{path}.anchors"),
                    ProblemCode::UnknownReference,
                    &item.anchors,
                );
            }
            if !survey.sources.contains_key(&item.source) {
                self.report(
                    format!("{path}.source"),
                    ProblemCode::UnknownReference,
                    &item.source,
                );
            }
            self.principle(&path, item.principle);
            if !survey
                .scales
                .iter()
                .any(|scale| scale.items.contains(&item.id))
            {
                self.report(&path, ProblemCode::ItemInNoScale, &item.id);
            }
        }
    }

    fn scales(&mut self) {
        let survey = self.survey;
        if survey.scales.is_empty() {
            self.report("scales", ProblemCode::Missing, "[[scales]]");
        }
        self.distinct(
            "scales",
            survey.scales.iter().map(|scale| scale.id.as_str()),
        );
        for (idx, scale) in survey.scales.iter().enumerate() {
            self.scale(&format!("scales[{idx}]"), scale);
        }
    }

    fn scale(&mut self, path: &str, scale: &Scale) {
        self.id(&format!("{path}.id"), &scale.id);
        self.text(&format!("{path}.name"), &scale.name);
        self.principle(path, scale.principle);
        self.item_references(path, &scale.items);
        self.distinct(
            &format!("{path}.items"),
            scale.items.iter().map(String::as_str),
        );
        if !(1..=scale.items.len()).contains(&scale.min_answered) {
            let range = format!("1–{}", scale.items.len());
            self.report(
                format!("{path}.min_answered"),
                ProblemCode::OutOfRange,
                range,
            );
        }
        let points: BTreeSet<usize> = self.points_of(scale);
        if points.len() > 1 {
            self.report(format!("{path}.items"), ProblemCode::MixedPoints, &scale.id);
        }
        self.composite(path, scale);
    }

    fn points_of(&self, scale: &Scale) -> BTreeSet<usize> {
        self.survey
            .scale_items(scale)
            .filter_map(|idx| self.survey.anchors.get(&self.survey.items[idx].anchors))
            .map(|anchors| anchors.points.len())
            .collect()
    }

    fn composite(&mut self, path: &str, scale: &Scale) {
        let survey = self.survey;
        if (scale.kind == Kind::Composite) == scale.parts.is_empty() {
            self.report(
                format!("{path}.parts"),
                ProblemCode::BadComposite,
                &scale.id,
            );
        }
        let mut union: BTreeSet<&String> = BTreeSet::new();
        for part in &scale.parts {
            match survey.scales.iter().find(|other| other.id == *part) {
                None => self.report(format!("{path}.parts"), ProblemCode::UnknownReference, part),
                Some(other) if other.kind == Kind::Composite => {
                    self.report(format!("{path}.parts"), ProblemCode::BadComposite, part);
                }
                Some(other) => union.extend(&other.items),
            }
        }
        if !scale.parts.is_empty() && union != scale.items.iter().collect() {
            self.report(
                format!("{path}.items"),
                ProblemCode::BadComposite,
                &scale.id,
            );
        }
    }

    fn pages(&mut self) {
        let survey = self.survey;
        for (idx, page) in survey.pages.iter().enumerate() {
            let path = format!("pages[{idx}]");
            self.text(&format!("{path}.heading"), &page.heading);
            self.item_references(&path, &page.items);
        }
        for (idx, item) in survey.items.iter().enumerate() {
            let shown: usize = survey
                .pages
                .iter()
                .map(|page| page.items.iter().filter(|id| **id == item.id).count())
                .sum();
            match shown {
                0 => self.report(format!("items[{idx}]"), ProblemCode::ItemOnNoPage, &item.id),
                1 => {}
                _ => self.report(
                    format!("items[{idx}]"),
                    ProblemCode::ItemOnTwoPages,
                    &item.id,
                ),
            }
        }
    }

    fn themes(&mut self) {
        let survey = self.survey;
        self.distinct(
            "themes",
            survey.themes.iter().map(|theme| theme.id.as_str()),
        );
        for (idx, theme) in survey.themes.iter().enumerate() {
            let path = format!("themes[{idx}]");
            self.id(&format!("{path}.id"), &theme.id);
            self.text(&format!("{path}.name"), &theme.name);
            if !theme.subtitle.0.is_empty() {
                self.text(&format!("{path}.subtitle"), &theme.subtitle);
            }
            for id in &theme.scales {
                if survey.scale_idx(id).is_none() {
                    self.report(format!("{path}.scales"), ProblemCode::UnknownReference, id);
                }
            }
        }
    }

    fn item_references(&mut self, path: &str, ids: &[String]) {
        if ids.is_empty() {
            self.report(format!("{path}.items"), ProblemCode::Missing, "items");
        }
        for id in ids {
            if self.survey.item_idx(id).is_none() {
                self.report(format!("{path}.items"), ProblemCode::UnknownReference, id);
            }
        }
    }

    fn principle(&mut self, path: &str, principle: Option<u8>) {
        if principle.is_some_and(|p| !(1..=7).contains(&p)) {
            self.report(format!("{path}.principle"), ProblemCode::OutOfRange, "1–7");
        }
    }

    fn id(&mut self, path: &str, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > MAX_ID || !id.chars().all(plain) {
            self.report(path, ProblemCode::BadId, id);
        }
    }

    fn distinct<'b>(&mut self, path: &str, ids: impl Iterator<Item = &'b str>) {
        let mut seen = BTreeSet::new();
        for (idx, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.report(format!("{path}[{idx}]"), ProblemCode::Duplicate, id);
            }
        }
    }

    fn text(&mut self, path: &str, text: &Text) {
        for lang in &self.survey.languages {
            match text.0.get(lang) {
                None => self.report(format!("{path}.{lang}"), ProblemCode::MissingLanguage, lang),
                Some(words) if words.trim().is_empty() => {
                    self.report(format!("{path}.{lang}"), ProblemCode::EmptyText, lang);
                }
                Some(_) => {}
            }
        }
        for lang in text
            .0
            .keys()
            .filter(|lang| !self.survey.languages.contains(lang))
        {
            self.report(
                format!("{path}.{lang}"),
                ProblemCode::UndeclaredLanguage,
                lang,
            );
        }
    }
}

/// An instrument is validated by a pilot and a publication, not by a line in a file; until the
/// format can carry that evidence, the word may only be used to deny it.
fn claims_validation(status: &str) -> bool {
    let status = status.to_lowercase();
    let denied = ["not validated", "unvalidated", "ikke valideret"];
    status.trim().is_empty()
        || (status.contains("validat") || status.contains("valider"))
            && !denied.iter().any(|words| status.contains(words))
}
