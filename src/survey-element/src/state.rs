//! What one respondent has done so far: the fill-in machine, and what goes with the answers.

use crate::wave::Units;
use survey::{Action, Answer, Place, Session, Survey};
use wire::{ProblemCode, SUBMISSION_FORMAT, Submission};

/// One respondent at the element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where they are and what they have answered.
    pub session: Session,
    /// The leaf they answer for.
    pub unit: Option<String>,
    /// Whether the page has chosen the unit and it was not refused, so that nobody is asked.
    pub unit_is_fixed: bool,
    /// Their one-time code.
    pub code: String,
    /// Whether the code came with the page and has not been refused, so that nobody is asked.
    pub code_is_given: bool,
    /// What is in the way of sending.
    pub trouble: Option<Trouble>,
    /// The same for every attempt to send these answers: a repeat is counted once.
    id: String,
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A step of the machine.
    Step(Action),
    /// Another unit was chosen; empty for none.
    Unit(String),
    /// The code was changed.
    Code(String),
    /// The answers could not be sent.
    Trouble(Trouble),
}

/// Why answers are not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No unit is chosen.
    UnitMissing,
    /// No network, and nothing can be kept on this device.
    Offline,
    /// The device could not keep the count.
    NotKept,
    /// They could not be sealed.
    NotSealed,
    /// The collector's reason.
    Refused(ProblemCode),
}

impl State {
    /// A respondent at the opening. `unit` is what the page has set; one that is no leaf of the wave
    /// is left out, so that the respondent is asked. `id` is random.
    pub fn new(
        survey: &Survey,
        units: &Units,
        unit: Option<&str>,
        code: Option<&str>,
        id: String,
    ) -> Self {
        let mut state = Self {
            session: Session::new(survey),
            unit: None,
            unit_is_fixed: false,
            code: String::new(),
            code_is_given: false,
            trouble: None,
            id,
        };
        state.fix_unit(units, unit);
        state.give_code(code);
        state
    }

    /// Takes over the unit that the page has set.
    pub fn fix_unit(&mut self, units: &Units, unit: Option<&str>) {
        let fixed = unit.filter(|id| is_leaf(units, id)).map(str::to_owned);
        self.unit_is_fixed = fixed.is_some();
        // A wave with a single leaf leaves nothing to choose.
        self.unit = fixed
            .or_else(|| units.only_leaf().map(str::to_owned))
            .or(self.unit.take());
    }

    /// Takes over the code that came with the page.
    pub fn give_code(&mut self, code: Option<&str>) {
        if let Some(code) = code {
            self.code = code.to_owned();
            self.code_is_given = true;
        }
    }

    /// The state after `event`.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Step(action) => {
                if self.session.place == Place::Review {
                    self.trouble = None;
                }
                self.session = self.session.clone().step(action);
            }
            Event::Unit(unit) => {
                self.unit = Some(unit).filter(|unit| !unit.is_empty());
                self.trouble = None;
            }
            Event::Code(code) => {
                self.code = code.trim().to_owned();
                self.trouble = None;
            }
            Event::Trouble(trouble) => {
                self.session = self.session.clone().step(Action::Failed);
                self.code_is_given &= !trouble.is_about_code();
                self.unit_is_fixed &= trouble != Trouble::Refused(ProblemCode::UnitUnknown);
                self.trouble = Some(trouble);
            }
        }
    }

    /// What must be filled in before these answers can be sent.
    pub fn missing(&self, asks_for_code: bool) -> Option<Trouble> {
        if self.unit.is_none() {
            Some(Trouble::UnitMissing)
        } else if asks_for_code && self.code.is_empty() {
            Some(Trouble::Refused(ProblemCode::CodeMissing))
        } else {
            None
        }
    }

    /// The message that carries the answers; `None` without a unit.
    pub fn submission(&self, wave: &str, edition: &str, asks_for_code: bool) -> Option<Submission> {
        Some(Submission {
            format: SUBMISSION_FORMAT.to_owned(),
            id: self.id.clone(),
            edition: edition.to_owned(),
            wave: wave.to_owned(),
            unit: self.unit.clone()?,
            code: asks_for_code.then(|| self.code.clone()),
            answers: self.session.answers().to_vec(),
        })
    }

    /// The answer to an item; blank for one that the survey does not have.
    pub fn answer(&self, item: usize) -> Answer {
        self.session
            .answers()
            .get(item)
            .copied()
            .unwrap_or_default()
    }
}

impl Trouble {
    /// What `www/deliver.js` says instead of `counted`.
    pub fn named(name: &str) -> Self {
        match name {
            "offline" => Self::Offline,
            "not_kept" => Self::NotKept,
            "not_sealed" => Self::NotSealed,
            code => Self::Refused(ProblemCode::named(code).unwrap_or(ProblemCode::Malformed)),
        }
    }

    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::UnitMissing => "trouble.unit_missing",
            Self::Offline => "trouble.offline",
            Self::NotKept => "trouble.not_kept",
            Self::NotSealed => "trouble.not_sealed",
            Self::Refused(code) => key_of(code),
        }
    }

    /// Whether another code would help.
    fn is_about_code(self) -> bool {
        matches!(
            self,
            Self::Refused(
                ProblemCode::CodeMissing | ProblemCode::CodeUnknown | ProblemCode::CodeUsed
            )
        )
    }

    /// Whether nothing the respondent does can get these answers counted.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Refused(
                ProblemCode::WaveClosed | ProblemCode::WaveReleased | ProblemCode::EditionChanged
            )
        )
    }
}

fn key_of(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::WaveClosed => "trouble.wave_closed",
        ProblemCode::WaveReleased => "trouble.wave_released",
        ProblemCode::WavePlanned => "trouble.wave_planned",
        ProblemCode::EditionChanged => "trouble.edition_changed",
        ProblemCode::UnitUnknown => "trouble.unit_unknown",
        ProblemCode::CodeMissing => "trouble.code_missing",
        ProblemCode::CodeUnknown => "trouble.code_unknown",
        ProblemCode::CodeUsed => "trouble.code_used",
        // These are never the respondent's doing; one sentence says whom to tell.
        ProblemCode::Malformed
        | ProblemCode::TooLarge
        | ProblemCode::CannotOpen
        | ProblemCode::WaveUnknown
        | ProblemCode::AnswersInvalid
        | ProblemCode::NotFound
        | ProblemCode::Unavailable => "trouble.not_ours",
    }
}

fn is_leaf(units: &Units, id: &str) -> bool {
    units.get(id).is_some_and(|unit| unit.is_leaf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wave::Unit;
    use survey::{Anchors, Item, Named, Page, Text};

    fn survey() -> Survey {
        let item = |id: &str| Item {
            id: id.into(),
            text: Text::default(),
            anchors: "two".into(),
            reversed: false,
            principle: None,
            source: "s".into(),
            clause: Vec::new(),
        };
        let anchors = Anchors {
            points: vec![Text::default(); 2],
            not_applicable: Text::default(),
        };
        Survey {
            format: 1,
            id: "s".into(),
            status: String::new(),
            license: String::new(),
            languages: vec!["da".into()],
            title: Text::default(),
            about: Text::default(),
            sources: Named::default(),
            anchors: Named::from([("two".into(), anchors)]),
            items: vec![item("a"), item("b")],
            scales: Vec::new(),
            pages: vec![Page {
                heading: Text::default(),
                items: vec!["a".into(), "b".into()],
            }],
            themes: Vec::new(),
        }
    }

    fn tree(leaves: &[&str]) -> Units {
        let unit = |id: &str, parent: Option<&str>| Unit {
            id: id.into(),
            name: id.into(),
            parent: parent.map(str::to_owned),
            has_staff: false,
            is_leaf: false,
        };
        let leaves = leaves.iter().map(|leaf| unit(leaf, Some("root")));
        Units::new(std::iter::once(unit("root", None)).chain(leaves).collect())
    }

    fn state(leaves: &[&str], unit: Option<&str>) -> State {
        State::new(&survey(), &tree(leaves), unit, None, "id".into())
    }

    fn at_review(unit: Option<&str>) -> State {
        let mut state = state(&["x", "y"], unit);
        state.apply(Event::Step(Action::Next));
        state.apply(Event::Step(Action::Answer(1, Answer::Point(2))));
        state.apply(Event::Step(Action::Next));
        state
    }

    #[test]
    fn the_page_chooses_the_unit_only_when_it_is_a_leaf() {
        let check = |leaves: &[&str], unit, expected: (Option<&str>, bool)| {
            let state = state(leaves, unit);
            assert_eq!((state.unit.as_deref(), state.unit_is_fixed), expected);
        };
        check(&["x", "y"], Some("y"), (Some("y"), true));
        check(&["x", "y"], Some("root"), (None, false));
        check(&["x", "y"], Some("gone"), (None, false));
        check(&["x", "y"], None, (None, false));
        check(&["x"], None, (Some("x"), false));
    }

    #[test]
    fn a_unit_and_a_code_are_asked_for_before_sending() {
        let mut state = at_review(None);
        assert_eq!(state.missing(true), Some(Trouble::UnitMissing));
        state.apply(Event::Unit("x".into()));
        assert_eq!(
            state.missing(true),
            Some(Trouble::Refused(ProblemCode::CodeMissing))
        );
        assert_eq!(state.missing(false), None);
        state.apply(Event::Code("  abc ".into()));
        assert_eq!(state.missing(true), None);
        let submission = state.submission("w", "e", true).expect("a unit is chosen");
        assert_eq!(submission.code.as_deref(), Some("abc"));
        assert_eq!(submission.answers, [Answer::Blank, Answer::Point(2)]);
    }

    #[test]
    fn a_code_that_came_with_the_page_is_asked_for_only_when_it_is_refused() {
        let tree = tree(&["x"]);
        let mut state = State::new(&survey(), &tree, None, Some("abc"), "id".into());
        assert!(state.code_is_given);
        state.apply(Event::Trouble(Trouble::Offline));
        assert!(state.code_is_given);
        state.apply(Event::Trouble(Trouble::Refused(ProblemCode::CodeUnknown)));
        assert!(!state.code_is_given);
    }

    #[test]
    fn a_refused_answer_is_kept_and_sent_again_under_the_same_id() {
        let mut state = at_review(Some("x"));
        let first = state.submission("w", "e", false);
        state.apply(Event::Step(Action::Submit));
        state.apply(Event::Trouble(Trouble::Refused(ProblemCode::CodeUsed)));
        assert_eq!(state.session.place, Place::Review);
        assert_eq!(state.trouble, Some(Trouble::Refused(ProblemCode::CodeUsed)));
        assert_eq!(state.submission("w", "e", false), first);
    }

    #[test]
    fn trouble_is_forgotten_when_something_is_done_about_it() {
        let mut state = at_review(None);
        state.apply(Event::Trouble(Trouble::UnitMissing));
        state.apply(Event::Unit("y".into()));
        assert_eq!(state.trouble, None);
    }
}
